"""The worked examples: documents with their expected results."""

from __future__ import annotations

from pathlib import Path


def case_files() -> list[Path]:
    """The project's cases, by name."""
    result = sorted((Path(__file__).parent / "cases").glob("*.json"))
    assert result
    return result
