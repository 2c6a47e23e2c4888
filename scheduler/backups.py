"""Backups by date, of which the newest few are kept."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

_NAME = re.compile(r"goaltree-\d{8}\.db")


def backup_path(folder: Path, on: date) -> Path:
    """The path of a day's backup."""
    return folder / f"goaltree-{on:%Y%m%d}.db"


def outdated(folder: Path, keep: int) -> list[Path]:
    """The backups beyond the newest `keep`, oldest first. Files with other names are ignored."""
    ours = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    return ours[: max(0, len(ours) - keep)]
