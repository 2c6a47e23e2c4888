"""The worked examples: documents with what they must come to."""

from __future__ import annotations

from pathlib import Path


def case_files() -> list[Path]:
    """The project's cases, in the order of their names."""
    found = sorted((Path(__file__).parent / "cases").glob("*.json"))
    assert found
    return found
