"""The heartbeat: a file in the data directory whose modification time says when the process was last alive."""

from __future__ import annotations

from pathlib import Path

INTERVAL = 30
"""Seconds between two beats."""
MAX_AGE = 120
"""Seconds without a beat after which a process counts as dead."""


def heartbeat_file(data_dir: Path) -> Path:
    return data_dir / "heartbeat"
