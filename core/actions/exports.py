"""Exports of a chat: as a goaltree/1 document, as sheets, or as an outline (design.md §5)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.documents import check_size, export_document
from core.actions.read import CacheStale, on_snapshot, today_of
from core.caps import CAPS, Caps
from core.goals.model import Entry, Owner, OwnerType
from core.goals.tree import Tree
from core.group.notes import readable_by
from core.group.permissions import Act, Actor
from core.planning.outline import print_outline
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision
from core.sheets import entries_sheet, periods_sheet
from core.sheets.periods import Cells


class Export(StrEnum):
    """The forms of an export, by the names that requests use."""

    DOCUMENT = "document"
    """Everything, as goaltree/1: importing it anywhere gives the same."""
    ENTRIES = "entries.csv"
    """One row for each entry."""
    PERIODS = "periods.csv"
    """How each goal did in each of its periods up to today."""
    OUTLINE = "outline"
    """The trees as they are planned, without what was logged."""


async def export(store: Store, actor: Actor, what: Export, now: datetime, caps: Caps = CAPS) -> bytes:
    """The data of the actor's chat, in one of the forms. Raises `CapReached` for one that is too large, `NotFound` and
    `Refused`."""
    # Sheets are written outside the transaction: ten years of entries take a while.
    match what:
        case Export.DOCUMENT:
            return f"{await export_document(store, actor, caps)}\n".encode()
        case Export.ENTRIES:
            content = await asyncio.to_thread(entries_sheet, *await store.read(lambda tx: _logged(tx, actor)))
        case Export.PERIODS:
            owner, trees, cells = await on_snapshot(store, lambda tx: _figures(tx, actor))
            content = await asyncio.to_thread(periods_sheet, trees, cells, today_of(owner, now))
        case Export.OUTLINE:
            owner, _, trees = await store.read(lambda tx: _planned(tx, actor))
            content = "".join(f"{print_outline(tree, today_of(owner, now))}\n" for tree in trees).encode()
    check_size(len(content), caps)
    return content


def _planned(tx: Transaction, actor: Actor) -> tuple[Owner, list[StoredVision], list[Tree]]:
    owner = enter(tx, actor, Act.SETTINGS).owner
    visions = tx.trees.visions_of(owner.id)
    return owner, visions, [tree_of(vision) for vision in visions]


def _logged(tx: Transaction, actor: Actor) -> tuple[list[Tree], list[list[Entry]], Mapping[int, str] | None]:
    owner, visions, trees = _planned(tx, actor)
    entries = [tx.entries.of_vision(vision.id) for vision in visions]
    if owner.type is not OwnerType.GROUP:
        return trees, entries, None
    members = tx.members.of_owner(owner.id, left_too=True)
    entries = [readable_by(of_one, members, actor.user_id) for of_one in entries]
    return trees, entries, {one.user_id: one.name for one in members if one.named and one.present}


def _figures(tx: Transaction, actor: Actor) -> tuple[Owner, list[Tree], Cells]:
    owner, visions, trees = _planned(tx, actor)
    if stale := [vision.id for vision in visions if vision.stale]:
        raise CacheStale(stale)
    return owner, trees, {node: cells for one in visions for node, cells in tx.cache.all_cells(one.id).items()}
