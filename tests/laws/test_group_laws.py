"""After any sequence of people joining, leaving, being away and logging in a group, the store agrees with the entries,
and nobody has changed another's."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.actions.absences import come_back, go_away
from core.actions.cache import rebuild, verify
from core.actions.documents import export_document, import_document
from core.actions.edit.ending import end
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.members import join, leave
from core.actions.plant import plant
from core.actions.read import read_trees
from core.errors import DateRefused, EntryGone, InvalidPlan, InvalidValue, NotALeaf, NothingToUndo, Refused
from core.goals.model import Entry, Measure, OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction
from tests.laws.against_oracle import complaints, complaints_about_reading
from tests.laws.plans import FIRST, TODAY, VALUES, dates, documents, entries, law

Json = dict[str, Any]
ZONE_NOON = time(11)
_chats = count(-5000, -1)
PEOPLE = (71, 72, 73, 74)

STEPS = st.one_of(
    st.tuples(st.just("join"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("join"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("leave"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("away"), st.sampled_from(PEOPLE), st.one_of(st.none(), st.integers(0, 20))),
    st.tuples(st.just("back"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("pass"), st.integers(1, 4)),
    *[
        st.tuples(
            st.just("log"),
            st.sampled_from(PEOPLE),
            st.integers(0, 100),
            st.integers(0, 9),
            st.sampled_from([How.ADD, How.ADD, How.SET, How.SKIP]),
            st.sampled_from(VALUES),
        )
    ]
    * 4,
    st.tuples(st.just("amend"), st.sampled_from(PEOPLE), st.integers(0, 100), st.sampled_from(VALUES)),
    st.tuples(st.just("undo"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("archive"), st.integers(0, 100)),
    st.tuples(st.just("plan"), st.integers(0, 100), st.sampled_from([1, 3, 8])),
    st.tuples(st.just("reimport")),
)


@st.composite
def groups(draw: st.DrawFn) -> Json:
    """A document in which each member does some of the leaves."""
    document = draw(documents())
    stack = list(document["visions"])
    leaves = []
    while stack:
        node = stack.pop()
        stack.extend(node.get("children") or [])
        if not node.get("children"):
            leaves.append((node, None))
        else:
            for child in node["children"]:
                if not child.get("children"):
                    leaves.append((child, node))
    for leaf, parent in leaves:
        if parent is None or not draw(st.integers(0, 2)) or "measure" not in leaf or not _can_be_each(leaf):
            continue
        leaf["each"] = {name: leaf.pop(name) for name in ("measure", "aggregate") if name in leaf}
        below_sum = parent.get("strategy") == "sum" and leaf.get("weight", 1)
        leaf["strategy"] = "sum" if below_sum else draw(st.sampled_from(["average", "count", "min", "max", "sum"]))
        if below_sum and leaf["each"].get("aggregate") not in (None, "sum"):
            leaf["each"]["aggregate"] = "sum"
        if leaf["strategy"] == "sum":
            leaf.pop("direction", None)
            _raise_targets(leaf)
    return document


def _can_be_each(leaf: Json) -> bool:
    """Whether a leaf can be one that each member does: it always has a target, and no baseline."""
    history = leaf.get("terms", [leaf])
    return "baseline" not in leaf and all(terms.get("target") is not None for terms in history)


def _raise_targets(leaf: Json) -> None:
    for terms in (leaf, *leaf.get("terms", [])):
        terms["target"] = terms["target"] or 1


@dataclass
class Group:
    """A group in which people log, and their earlier logs."""

    store: Store
    id: int
    today: date = TODAY
    messages: list[tuple[int, Log]] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, ZONE_NOON, UTC)

    async def open(self, document: Json) -> None:
        await self.store.write(lambda tx: tx.owners.add(self.id, OwnerType.GROUP, "", "en", self.now))
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.now)

    async def exported(self) -> Json:
        document: Json = json.loads(await export_document(self.store, Actor.host(self.id)))
        return document

    async def step(self, what: str, *how: Any) -> None:
        """Make one step; a refusal is an answer like others."""
        with suppress(DateRefused, NothingToUndo, Refused, InvalidValue, NotALeaf, EntryGone, InvalidPlan):
            await getattr(self, f"_{what}")(*how)

    async def _join(self, user: int) -> None:
        await join(self.store, Actor.in_group(self.id, user), f"P{user}", self.now)

    async def _leave(self, user: int) -> None:
        await leave(self.store, Actor.in_group(self.id, user), self.now)

    async def _away(self, user: int, days: int | None) -> None:
        last = None if days is None else self.today + timedelta(days=days)
        await go_away(self.store, Actor.in_group(self.id, user), last, self.now)

    async def _back(self, user: int) -> None:
        await come_back(self.store, Actor.in_group(self.id, user), self.now)

    async def _pass(self, days: int) -> None:
        self.today += timedelta(days=days)

    async def entries(self) -> list[Entry]:
        def work(tx: Transaction) -> list[Entry]:
            [vision] = tx.trees.visions_of(_owner(tx, self.id))
            return tx.entries.of_vision(vision.id)

        return await self.store.read(work)

    async def _log(self, user: int, number: int, days_ago: int, how: How, value: float) -> None:
        [reading] = await read_trees(self.store, Actor.host(self.id), self.today)
        tree = reading.tree
        loggable = [node for node in tree.nodes.values() if node.each or (tree.is_leaf(node) and not node.member_id)]
        leaf = loggable[number % len(loggable)]
        measured = leaf.each.measure if leaf.each else leaf.measure
        said = None if how is How.SKIP else Decimal(str(value))
        if said is not None and measured is not Measure.NUMBER:
            said = Decimal(int(value > 0))
        on = self.today - timedelta(days=days_ago)
        wanted = Log(leaf.id, on, how, said, source_key=f"{self.id}:{len(self.messages)}:0")
        self.messages.append((user, wanted))
        before = await self.entries()
        done = await log(self.store, Actor.in_group(self.id, user), wanted, self.now)
        await self._only_own_changed(before, user, done)

    async def _only_own_changed(self, before: list[Entry], user: int, done: CheckOff) -> None:
        """Assert that others' entries are unchanged; on one's own leaf, an entry that one is away gives way."""
        after = {entry.id: entry for entry in await self.entries()}
        for entry in before:
            if entry.author_id != user and not (entry.is_known_ahead and entry.node_id == done.leaf.id):
                assert after.get(entry.id) == entry

    async def _amend(self, user: int, number: int, value: float) -> None:
        if not self.messages:
            return
        author, said = self.messages[number % len(self.messages)]
        if author != user or said.value is None:
            return
        key = f"{said.source_key}:e{len(self.messages)}"
        edited = Log(said.node_id, said.on, How.ADD, Decimal(int(value > 0)), source_key=key)
        self.messages.append((user, edited))
        prefix = (said.source_key or "").rsplit(":", 1)[0] + ":"
        await amend(self.store, Actor.in_group(self.id, user), prefix, [edited], self.now)

    async def _undo(self, user: int) -> None:
        before = await self.entries()
        done = await undo_last(self.store, Actor.in_group(self.id, user), self.now)
        assert done.outcome is LogOutcome.UNDONE
        await self._only_own_changed(before, user, done)

    async def _archive(self, number: int) -> None:
        [reading] = await read_trees(self.store, Actor.host(self.id), self.today)
        nodes = [n for n in reading.tree.nodes.values() if n.parent_id is not None and not n.member_id]
        await end(self.store, Actor.host(self.id), nodes[number % len(nodes)].id, None, self.now, source_key=None)

    async def _plan(self, number: int, target: int) -> None:
        """A new target, or the same goal reopened."""
        [reading] = await read_trees(self.store, Actor.host(self.id), self.today)
        nodes = [n for n in reading.tree.nodes.values() if n.each and n.parent_id == reading.tree.vision.id]
        if not nodes:
            return
        node = nodes[number % len(nodes)]
        unit = f" {node.unit}" if node.unit else ""
        letter = node.level.value[0].upper()
        text = f"Vision\n  {letter}: {node.title} = {target}{unit} each"
        if node.each and node.each.measure is Measure.NUMBER:
            await plant(self.store, Actor.host(self.id), parse_outline(text, self.today), self.today, self.now)

    async def _reimport(self) -> None:
        document = await export_document(self.store, Actor.host(self.id))
        assert (await import_document(self.store, Actor.host(self.id), document, self.now)).unchanged
        assert await export_document(self.store, Actor.host(self.id)) == document


@law(40)
@given(groups(), st.data())
async def test_the_stored_cache_of_a_group_equals_the_slow_recomputation(
    store: Store, document: Json, data: st.DataObject
) -> None:
    group = Group(store, next(_chats))
    document["entries"] = [
        entry for entry in data.draw(entries(document, 8)) if "each" not in _by_key(document, entry["node"])
    ]
    await group.open(document)
    for user in data.draw(st.sets(st.sampled_from(PEOPLE), min_size=1)):
        await group.step("join", user)
    for what, *how in data.draw(st.lists(STEPS, min_size=4, max_size=18)):
        await group.step(what, *how)
    await _everything_agrees(group, [group.today, data.draw(dates(FIRST, TODAY + timedelta(days=20)))])


def _by_key(document: Json, key: str) -> Json:
    stack = list(document["visions"])
    while stack:
        node: Json = stack.pop()
        if node["key"] == key:
            return node
        stack.extend(node.get("children") or [])
    raise KeyError(key)


async def _everything_agrees(group: Group, shown: list[date]) -> None:
    store, document = group.store, await group.exported()
    known = {(entry.node_id, entry.on) for entry in await group.entries() if entry.is_known_ahead}
    for on in shown:
        [reading] = await read_trees(store, Actor.host(group.id), on)
        keys = {(reading.tree.nodes[node_id].key, day.isoformat()) for node_id, day in known}
        seen = document | {
            "entries": [
                entry
                for entry in document["entries"]
                if entry["date"] <= on.isoformat() or (entry.get("skipped") and (entry["node"], entry["date"]) in keys)
            ]
        }
        assert complaints_about_reading(seen, reading, date.max) == []
    vision_id = await store.read(lambda tx: tx.trees.visions_of(_owner(tx, group.id))[0].id)
    cells = await store.read(lambda tx: tx.cache.all_cells(vision_id))
    runs = await store.read(lambda tx: tx.cache.all_runs(vision_id))
    assert complaints(document, reading.tree, cells, runs) == []
    assert await verify(store, Actor.host(group.id)) == (1, [])
    assert await rebuild(store, Actor.host(group.id)) == []


def _owner(tx: Transaction, chat_id: int) -> int:
    owner = tx.owners.by_chat(chat_id)
    assert owner is not None
    return owner.id
