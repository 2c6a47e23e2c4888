"""A file in the data directory whose time says when the running process was last alive."""

from __future__ import annotations

from pathlib import Path

INTERVAL = 30
"""Seconds between two beats."""
MAX_AGE = 120
"""Seconds after which a process counts as dead."""


def heartbeat_file(data_dir: Path) -> Path:
    """Where the heartbeat is kept."""
    return data_dir / "heartbeat"
