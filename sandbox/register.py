"""The state that survives a restart: the next free id, people and chats.

Without a folder nothing is kept, and every world starts with the same ids.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sandbox.objects import Json

# Ids are reserved in blocks: a crash can waste some, but never hand one out twice.
BLOCK = 1000


def stable_id(kind: str, name: str) -> int:
    """The same positive id for a name in every run: below 2^31, and none that Telegram reserves."""
    digest = hashlib.sha256(f"{kind}:{name.casefold()}".encode()).digest()
    return 2_000_000 + int.from_bytes(digest[:4], "big") % 2_000_000_000


class Register:
    """The saved part of the world, in one small JSON file."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = folder / "telegram.json" if folder else None
        self._kept: Json = {"next_id": 1, "people": [], "chats": []}
        if self._file and self._file.exists():
            self._kept = json.loads(self._file.read_text(encoding="utf-8"))
        self._next = int(self._kept["next_id"])
        self._end = self._next

    @property
    def is_kept(self) -> bool:
        """Whether there is a folder to save it in."""
        return self._file is not None

    @property
    def people(self) -> list[Json]:
        """The people of earlier runs."""
        return list(self._kept["people"])

    @property
    def chats(self) -> list[Json]:
        """The chats of earlier runs, with their members."""
        return list(self._kept["chats"])

    def next_id(self) -> int:
        """A number that was never handed out before."""
        number = self._next
        if number >= self._end:
            self._end = number + BLOCK
            self._save()
        self._next += 1
        return number

    def keep(self, people: list[Json], chats: list[Json]) -> None:
        """Save these people and chats."""
        self._kept["people"], self._kept["chats"] = people, chats
        self._save()

    def _save(self) -> None:
        if self._file is None:
            return
        self._kept["next_id"] = self._end
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(".new")
        draft.write_text(json.dumps(self._kept, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self._file)
