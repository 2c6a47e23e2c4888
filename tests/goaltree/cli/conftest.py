"""A folder of its own for every test of the command line, and no settings from outside."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("GOALTREE_DATABASE_URL", raising=False)
    monkeypatch.delenv("GOALTREE_BOT_TOKEN", raising=False)
    return tmp_path / "data"
