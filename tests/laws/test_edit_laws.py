"""Laws of edits: an edit from a day on leaves earlier days alone, and an undone edit leaves no trace."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.actions.cache import rebuild, tree_of, verify
from core.actions.documents import export_document, import_document
from core.actions.edit.edited import Edited
from core.actions.edit.undo import Undone, undo_last
from core.goals.model import Level, OwnerType
from core.goals.periods import Period
from core.goals.progress import Cell, blank
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.laws.edits import EDITS, Edit, carried_out
from tests.laws.plans import TODAY, law, logged_documents

Json = dict[str, Any]
NOON = datetime.combine(TODAY, time(12), UTC)
_chats = count(500_000)


async def opened(store: Store, document: Json) -> int:
    """A private chat with the contents of a document."""
    chat_id = next(_chats)
    await store.write(lambda tx: tx.owners.add(chat_id, OwnerType.PRIVATE, "", "en", NOON))
    await import_document(store, Actor.host(chat_id), json.dumps(document), NOON)
    return chat_id


async def exported(store: Store, chat_id: int) -> Json:
    """Everything in a chat, with pauses in the order of their days: an undone one comes behind the others."""
    document: Json = json.loads(await export_document(store, Actor.host(chat_id)))
    document["pauses"] = sorted(document.get("pauses", []), key=lambda pause: json.dumps(pause))
    return document


async def figures(store: Store, chat_id: int) -> tuple[Tree | None, dict[tuple[str, date], Cell]]:
    """The tree and every cell with a value, by key and start of period, from an up-to-date cache."""
    await rebuild(store, Actor.host(chat_id))

    def look(tx: Transaction) -> tuple[Tree | None, dict[tuple[str, date], Cell]]:
        owner = tx.owners.by_chat(chat_id)
        assert owner is not None
        for vision in tx.trees.visions_of(owner.id):
            tree = tree_of(vision)
            cells = tx.cache.all_cells(vision.id)
            return tree, {(tree.nodes[id].key, on): cell for id, own in cells.items() for on, cell in own.items()}
        return None, {}

    return await store.read(look)


@law(25)
@given(logged_documents(), st.lists(EDITS, min_size=1, max_size=4))
async def test_an_undone_edit_leaves_no_trace(store: Store, document: Json, edits: list[Edit]) -> None:
    chat_id = await opened(store, document)
    states = []
    for seconds, edit in enumerate(edits):
        before = await exported(store, chat_id), (await figures(store, chat_id))[1]
        if await carried_out(store, chat_id, edit, NOON + timedelta(seconds=seconds)) is not None:
            states.append(before)
            if edit[0] == "delete" and not (await figures(store, chat_id))[1]:
                break
    for before in reversed(states):
        done = await undo_last(store, Actor.alone(chat_id), NOON + timedelta(minutes=1), source_key=None)
        assert isinstance(done, Undone)
        assert (await exported(store, chat_id), (await figures(store, chat_id))[1]) == before
    assert (await verify(store, Actor.host(chat_id)))[1] == []


FROM_A_DAY_ON = {"target", "weight", "every", "weekdays", "track", "end", "take up"}


@law(40)
@given(logged_documents(), EDITS.filter(lambda edit: edit[0] in FROM_A_DAY_ON), st.booleans())
async def test_terms_from_a_day_on_change_no_period_that_ended_before(
    store: Store, document: Json, edit: Edit, again: bool
) -> None:
    chat_id = await opened(store, document)
    tree, before = await figures(store, chat_id)
    done = await carried_out(store, chat_id, edit, NOON)
    if not isinstance(done, Edited) or done.since is None or tree is None:
        return
    if again:
        what = "take up" if edit[0] == "end" else edit[0]
        await carried_out(store, chat_id, (what, *edit[1:3], edit[3] + timedelta(days=9)), NOON)
    now, after = await figures(store, chat_id)
    assert now is not None
    settled = _settled_before(now, done.since)
    for node in now.nodes.values():
        starts = {start for key, start in before.keys() | after.keys() if key == node.key}
        for start in starts:
            old, new = tree.period_of(tree.nodes[node.id], start), now.period_of(node, start)
            if old == new and new.end < settled:
                assert _cell(tree, before, node.id, old) == _cell(now, after, node.id, new), (node.key, start)


def _settled_before(tree: Tree, since: date) -> date:
    """The day before which no window gains or loses a period. A period that is cut belongs to the window of the middle
    of its rest, and a range to the window of its last day, which may be one that was over."""
    cut = [tree.period_of(node, since).start for node in tree.nodes.values() if node.level.rank < Level.RANGE.rank]
    return min([since, *cut]) - timedelta(days=1)


def _cell(tree: Tree, cells: dict[tuple[str, date], Cell], node_id: int, period: Period) -> Cell:
    node = tree.nodes[node_id]
    return cells.get((node.key, period.start)) or blank(tree, node, period)
