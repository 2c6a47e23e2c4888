"""A tree that many write to, and assertions about it afterwards."""

from __future__ import annotations

import json
from typing import Any

from core.actions.cache import verify
from core.actions.documents import export_document, import_document
from core.actions.read import read_trees
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.laws.against_oracle import complaints_about_reading
from tests.laws.stream import NOON
from tests.processes import Started, started

CHAT = 7


def _sum(key: str, level: str, *children: dict[str, Any]) -> dict[str, Any]:
    said = {"key": key, "title": key, "level": level, "strategy": "sum", "target": 100_000, "unit": "km"}
    return {**said, "children": list(children)}


def _leaf(key: str) -> dict[str, Any]:
    return {"key": key, "title": key, "level": "daily", "measure": "number", "unit": "km", "target": 5}


DOCUMENT = {
    "format": "goaltree/1",
    "visions": [
        {
            "key": "v",
            "title": "v",
            "starts_on": "2026-10-01",
            "children": [
                _sum("q", "quarterly", _sum("m", "monthly", _sum("w", "weekly", _leaf("a"), _leaf("b")))),
                {"key": "mean", "title": "mean", "level": "weekly", "children": [_leaf("c"), _leaf("d")]},
            ],
        }
    ],
}


async def make(store: Store) -> None:
    """Makes the tree in the chat."""
    await store.write(lambda tx: tx.owners.add(CHAT, OwnerType.PRIVATE, "", "en", NOON))
    await import_document(store, Actor.host(CHAT), json.dumps(DOCUMENT), NOON)


async def source_keys(store: Store) -> list[str | None]:
    """The source of every entry."""

    def keys(tx: Transaction) -> list[str | None]:
        [owner] = tx.owners.all()
        [vision] = tx.trees.visions_of(owner.id)
        return [entry.source_key for entry in tx.entries.of_vision(vision.id)]

    return await store.read(keys)


async def all_is_well(store: Store) -> None:
    """Assert that the cache agrees with the entries, by its own account and by the slow recomputation."""
    assert await verify(store, Actor.host()) == (1, [])
    document = json.loads(await export_document(store, Actor.host(CHAT)))
    for reading in await read_trees(store, Actor.host(CHAT), NOON.date()):
        assert complaints_about_reading(document, reading) == []


async def start_stream(url: str, first: int, count: int) -> Started:
    """A process that checks off consecutive numbers."""
    return await started("tests.laws.stream", url, f"{CHAT}", f"{first}", f"{count}")
