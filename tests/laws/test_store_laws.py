"""After any sequence of logs on a tree, the store agrees with the entries."""

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

from core.actions.cache import verify
from core.actions.documents import export_document, import_document
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.actions.owners import change_settings
from core.actions.read import read_summary, read_trees
from core.errors import (
    DateRefused,
    EntryGone,
    InvalidPlan,
    InvalidValue,
    NotALeaf,
    NotFound,
    NothingToUndo,
    UndoRefused,
)
from core.goals.model import Node, OwnerType
from core.group.permissions import Actor
from core.ports.store import Store, Transaction
from tests.laws.against_oracle import complaints, complaints_about_reading, complaints_about_summary
from tests.laws.edits import EDITS, Edit, carried_out, nodes_of
from tests.laws.plans import FIRST, TODAY, VALUES, dates, documents, entries, law

Json = dict[str, Any]
NOON = datetime.combine(TODAY, time(12), UTC)
_chats = count(1000)
SCHEDULES = ("weekdays", "every_days", "month_days")
TERMS = ("target", "weight", *SCHEDULES)

LOGS = st.tuples(
    st.just("log"),
    st.integers(0, 100),
    dates(),
    st.sampled_from([How.ADD, How.ADD, How.ADD, How.SET, How.SKIP]),
    st.sampled_from(VALUES),
)
STEPS = st.one_of(
    LOGS,
    LOGS,
    LOGS,
    LOGS,
    st.tuples(st.just("amend"), st.integers(0, 100), LOGS),
    st.tuples(st.just("empty"), st.integers(0, 100)),
    st.tuples(st.just("repeat"), st.integers(0, 100)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("reimport")),
    st.tuples(st.just("backdate"), st.randoms(use_true_random=False)),
    st.tuples(st.just("edit"), st.integers(0, 100), st.sampled_from(["target", "weight", "schedule", "active"])),
    st.tuples(st.just("pause"), st.integers(0, 100), dates(), st.sampled_from([0, 3, 9, 30])),
    st.tuples(st.just("move"), st.integers(0, 100)),
    st.tuples(st.just("week"), st.integers(0, 6)),
    st.tuples(st.just("change"), EDITS),
    st.tuples(st.just("change"), EDITS),
    st.tuples(st.just("take_back")),
)


@dataclass
class Chat:
    """A chat that logs, and its earlier logs."""

    store: Store
    id: int
    messages: list[Log] = field(default_factory=list)
    clock: datetime = NOON

    async def open(self, document: Json) -> None:
        await self.store.write(lambda tx: tx.owners.add(self.id, OwnerType.PRIVATE, "", "en", self.clock))
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.clock)

    async def exported(self) -> Json:
        document: Json = json.loads(await export_document(self.store, Actor.host(self.id)))
        return document

    async def nodes(self, *, leaves: bool) -> list[Node]:
        [reading] = await read_trees(self.store, Actor.host(self.id), TODAY)
        tree = reading.tree
        return tree.leaves() if leaves else [node for node in tree.nodes.values() if node.parent_id is not None]

    async def step(self, what: str, *how: Any) -> None:
        """Make one step; a refusal is an answer like others."""
        refusals = DateRefused, NothingToUndo, InvalidPlan, InvalidValue, UndoRefused, NotFound, NotALeaf, EntryGone
        with suppress(*refusals):
            await getattr(self, f"_{what}")(*how)

    async def _wanted(self, leaf_number: int, on: date, how: How, value: float) -> Log:
        leaves = await self.nodes(leaves=True)
        leaf = leaves[leaf_number % len(leaves)]
        number = leaf.measure == "number"
        said = None if how is How.SKIP else Decimal(str(value)) if number else Decimal(int(value > 0))
        return Log(leaf.id, on, how, said, source_key=f"{self.id}:{len(self.messages)}:")

    async def _log(self, *said: Any) -> None:
        wanted = await self._wanted(*said)
        self.messages.append(wanted)
        await log(self.store, Actor.alone(self.id), wanted, self.clock)

    async def _repeat(self, number: int) -> None:
        if self.messages:
            before = await self.exported()
            await self._told_again(self.messages[number % len(self.messages)])
            assert await self.exported() == before

    async def _told_again(self, wanted: Log) -> None:
        def known(tx: Transaction) -> bool:
            return tx.entries.by_source(wanted.source_key or "") is not None

        # A step without a change left no trace either: only writes are remembered.
        if await self.store.read(known):
            done: CheckOff = await log(self.store, Actor.alone(self.id), wanted, self.clock)
            assert done.outcome in (LogOutcome.REPEATED, LogOutcome.UNCHANGED)

    async def _amend(self, number: int, said: Any) -> None:
        if self.messages:
            prefix = self.messages[number % len(self.messages)].source_key or ""
            wanted = await self._wanted(*said[1:])
            edited = Log(
                wanted.node_id, wanted.on, wanted.how, wanted.value, source_key=f"{prefix}e{len(self.messages)}"
            )
            self.messages.append(edited)
            await amend(self.store, Actor.alone(self.id), prefix, [edited], self.clock)

    async def _empty(self, number: int) -> None:
        if self.messages:
            prefix = self.messages[number % len(self.messages)].source_key or ""
            await amend(self.store, Actor.alone(self.id), prefix, [], self.clock)

    async def _undo(self) -> None:
        await undo_last(self.store, Actor.alone(self.id), self.clock)

    async def _reimport(self) -> None:
        document = await export_document(self.store, Actor.host(self.id))
        assert (await import_document(self.store, Actor.host(self.id), document, self.clock)).unchanged
        assert await export_document(self.store, Actor.host(self.id)) == document

    async def _backdate(self, random: Any) -> None:
        document = await self.exported()
        keys = [node.key for node in await self.nodes(leaves=True)]
        for _ in range(random.randint(1, 4)):
            on = TODAY - timedelta(days=random.randint(-3, 30))
            document["entries"].append({"node": random.choice(keys), "date": on.isoformat(), "value": 1})
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.clock)

    async def _edit(self, number: int, part: str) -> None:
        """New terms from a day on, or from the beginning."""
        document = await self.exported()
        node = self._node(document, number)
        own = {name: node[name] for name in TERMS if name in node}
        terms = node.setdefault("terms", [own])
        since = FIRST + timedelta(days=number % 90)
        last = max(date.fromisoformat(terms[-1].get("from", FIRST.isoformat())), self._starts(document, node))
        new = {name: value for name, value in terms[-1].items() if name != "active"}
        new["from"] = max(since, last + timedelta(days=1)).isoformat()
        if part == "target" and new.get("target") is not None:
            new["target"] = 4
        elif part == "weight":
            new["weight"] = 1 + number % 3
        elif part == "active":
            new["active"] = False
        elif part == "schedule" and node.get("level") == "daily":
            new = {name: value for name, value in new.items() if name not in SCHEDULES}
            new["every_days"] = 1 + number % 4
        terms.append(new)
        node.update({name: value for name, value in new.items() if name not in ("from", "active")})
        for name in set(TERMS) - new.keys():
            node.pop(name, None)
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.clock)

    def _starts(self, document: Json, node: Json) -> date:
        return date.fromisoformat(node.get("starts_on") or document["visions"][0]["starts_on"])

    def _node(self, document: Json, number: int) -> Json:
        nodes = list(_below(document["visions"][0]))
        node: Json = nodes[number % len(nodes)]
        return node

    async def _pause(self, number: int, first: date, days: int) -> None:
        document = await self.exported()
        pause = {"from": first.isoformat(), "to": (first + timedelta(days=days)).isoformat()}
        if number % 2:
            pause["node"] = self._node(document, number)["key"]
        document["pauses"] = [*document.get("pauses", []), pause]
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.clock)

    async def _move(self, number: int) -> None:
        """A node moves directly below the vision."""
        document = await self.exported()
        vision, moved = document["visions"][0], self._node(document, number)
        for node in [vision, *_below(vision)]:
            if moved in node.get("children", []) and node is not vision:
                node["children"].remove(moved)
                vision["children"].append(moved)
                break
        await import_document(self.store, Actor.host(self.id), json.dumps(document), self.clock)

    async def _week(self, number: int) -> None:
        await change_settings(self.store, Actor.host(self.id), self.clock, week_start=number)

    async def _change(self, edit: Edit) -> None:
        nodes = await nodes_of(self.store, self.id)
        if edit[0] != "delete" or nodes[edit[1] % len(nodes)].parent_id is not None:
            await carried_out(self.store, self.id, edit, self.clock)

    async def _take_back(self) -> None:
        await undo_last(self.store, Actor.alone(self.id), self.clock, source_key=None)


def _below(node: Json) -> Any:
    for child in node.get("children", []):
        yield child
        yield from _below(child)


@law(45)
@given(documents(), st.data())
async def test_the_stored_cache_equals_the_slow_recomputation(
    store: Store, document: Json, data: st.DataObject
) -> None:
    chat = Chat(store, next(_chats))
    document["entries"] = data.draw(entries(document, 8))
    await chat.open(document)
    for what, *how in data.draw(st.lists(STEPS, min_size=3, max_size=16)):
        await chat.step(what, *how)
    on = data.draw(dates(FIRST, TODAY + timedelta(days=20)))
    await _everything_agrees(chat, [TODAY, on])


async def _everything_agrees(chat: Chat, shown: list[date]) -> None:
    store, document = chat.store, await chat.exported()
    for on in shown:
        readings = await read_trees(store, Actor.host(chat.id), on)
        assert [c for reading in readings for c in complaints_about_reading(document, reading)] == []
        assert complaints_about_summary(document, await read_summary(store, Actor.host(chat.id), on)) == []
    [reading] = readings
    vision_id = await store.read(lambda tx: tx.trees.visions_of(_owner(tx, chat.id))[0].id)
    cells = await store.read(lambda tx: tx.cache.all_cells(vision_id))
    runs = await store.read(lambda tx: tx.cache.all_runs(vision_id))
    assert complaints(document, reading.tree, cells, runs) == []
    assert await verify(store, Actor.host(chat.id)) == (1, [])


def _owner(tx: Transaction, chat_id: int) -> int:
    owner = tx.owners.by_chat(chat_id)
    assert owner is not None
    return owner.id
