"""Files in the formats of other apps, made here, and the importers' results."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.errors import ImportRefused
from core.importing import Options, understand

BERLIN = Options(zone=ZoneInfo("Europe/Berlin"))


@dataclass(frozen=True)
class Said:
    """An understood file. Entries are by the title of their goal: (date, value, note), with "done" for a tick and
    "skip" for a skip."""

    app: str
    content: dict[str, Any]
    remarks: Mapping[str, int]

    @property
    def children(self) -> list[dict[str, Any]]:
        """The goals below the vision."""
        children: list[dict[str, Any]] = self.content["visions"][0]["children"]
        return children

    @property
    def goals(self) -> list[dict[str, Any]]:
        """The goals below the vision, without their keys."""
        return [{name: value for name, value in goal.items() if name != "key"} for goal in self.children]

    def goal(self, title: str) -> dict[str, Any]:
        return next(goal for goal in self.goals if goal["title"] == title)

    @property
    def entries(self) -> dict[str, list[tuple[object, ...]]]:
        titles = {goal["key"]: goal["title"] for goal in self.children}
        result: dict[str, list[tuple[object, ...]]] = {}
        for entry in self.content["entries"]:
            value = "skip" if entry.get("skipped") else entry.get("value", "done")
            note = (entry["note"],) if "note" in entry else ()
            result.setdefault(titles[entry["node"]], []).append((entry["date"], value, *note))
        return result


def said(raw: bytes | str, options: Options | None = None) -> Said:
    """The document of a file, which is checked for soundness."""
    result = understand(raw.encode() if isinstance(raw, str) else raw, options)
    assert result.parsed().visions
    counts: Counter[str] = Counter()
    for remark in result.remarks:
        counts[remark.code] += int(str(remark.values["count"]))
    return Said(result.app, json.loads(json.dumps(result.document, default=float)), counts)


def refusal_of(raw: bytes | str, options: Options | None = None) -> ImportRefused:
    """The code with which a file is refused."""
    with pytest.raises(ImportRefused) as refused:
        understand(raw.encode() if isinstance(raw, str) else raw, options)
    return refused.value


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of files, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return out.getvalue()


def json_of(value: object) -> bytes:
    return json.dumps(value).encode()


def sqlite_of(tables: Mapping[str, tuple[str, Sequence[Sequence[object]]]], version: int = 0) -> bytes:
    """A SQLite file of tables with columns and rows."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, (columns, rows) in tables.items():
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            for row in rows:
                connection.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', row)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()
        return connection.serialize()
