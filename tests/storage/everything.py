"""A store with something in every table, and everything that makes it hard to move: see `fill`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from core.actions.cache import rebuild
from core.actions.edit.pauses import pause
from core.actions.edit.rename import rename
from core.actions.edit.undo import undo_last
from core.actions.log import amend, log
from core.actions.logged import How, Log
from core.asking.reminders import MessageKind, NewMessage, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Aggregate, Each, Kind, Level, Measure, Node, OwnerType, Pause, Strategy
from core.goals.terms import DaySchedule, Terms
from core.group.permissions import Actor
from core.ports.endings import LetGo
from core.ports.entries import NewEntry
from core.ports.inbox import NewUpdate
from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store, Transaction
from core.tokens import Scope, digest
from storage.connections import on_snapshot
from storage.portable import RowTally, line_of, read_rows, shapes
from storage.urls import database_url
from tests.storage.planting import CHAT, MONDAY, NOW, planted

GROUP = -1_001_234_567_890
AHEAD = date(2030, 1, 1)


async def fill(store: Store) -> None:
    """Two chats; a tree whose parents have greater ids than their children, and a history of targets; entries, some of
    them void and replaced by later ones; edits; a conversation, updates, reminders, messages in every state, a
    journal."""
    tree = await planted(store)
    await store.write(_a_group)
    await log(store, Actor.alone(CHAT), Log(tree.run, MONDAY, How.ADD, Decimal("4.25"), "slow 🐢", f"{CHAT}:11:0"), NOW)
    await log(store, Actor.alone(CHAT), Log(tree.run, MONDAY, How.ADD, Decimal("0.000001"), None, f"{CHAT}:12:0"), NOW)
    edited = Log(tree.run, MONDAY, How.ADD, Decimal("6.5"), None, f"{CHAT}:12:e1")
    await amend(store, Actor.alone(CHAT), f"{CHAT}:12:", [edited], NOW)
    await log(store, Actor.alone(CHAT), Log(tree.run, MONDAY, How.SET, Decimal(8), None, f"{CHAT}:13:0"), NOW)
    await log(store, Actor.alone(CHAT), Log(tree.stretch, MONDAY, How.SKIP, source_key=f"{CHAT}:14:0"), NOW)
    await log(store, Actor.alone(CHAT), Log(tree.stretch, MONDAY - timedelta(days=7), source_key=f"{CHAT}:15:0"), NOW)
    await undo_last(store, Actor.alone(CHAT), NOW)
    week = f"{CHAT}:16:{CHAT}:week"
    await rename(store, Actor.alone(CHAT), tree.week, "50 km \N{TURTLE}", NOW, source_key=week)
    await store.write(lambda tx: tx.edits.mark_undone(1, f"{CHAT}:17:{CHAT}:0", NOW))
    await pause(store, Actor.alone(CHAT), Pause(0, AHEAD, AHEAD, tree.week), NOW, source_key=None)
    await store.write(lambda tx: _what_runs(tx, tree.owner, tree.run))
    await store.write(lambda tx: _a_circle(tx, tree.run))
    await rebuild(store, Actor.host())


def _a_group(tx: Transaction) -> None:
    owner = tx.owners.add(GROUP, OwnerType.GROUP, "Läufer\n\\N \"quoted\" 'so'", "de", NOW)
    tx.owners.save(
        replace(owner, timezone="Asia/Kolkata", week_start=6, day_start=time(4), nudge_after=timedelta(hours=2))
    )
    vision = tx.trees.add_vision(owner.id, NOW)
    leaf, week, root = tx.trees.new_node_ids(3)
    history = (
        Terms(target=Decimal(10)),
        Terms(date(2026, 11, 1), Decimal("12.5")),
        # Terms that only later releases know lie ahead, so that no figure follows from them.
        Terms(date(2030, 1, 1), Decimal("12.5"), schedule=DaySchedule(month_days=frozenset({1, 31})), active=False),
    )
    tx.trees.add_nodes(
        vision,
        [
            Node(root, None, "ship", Kind.VISION, Level.VISION, "Ship it", starts_on=date(2026, 11, 2)),
            Node(week, root, "pages", Kind.KPI, Level.WEEKLY, "Pages", Strategy.SUM, unit="p", terms=history),
            Node(
                leaf, week, "write", Kind.DAILY_ACTION, Level.DAILY, "Write", measure=Measure.NUMBER, unit="p",
                terms=(Terms(weight=Decimal("2.5"), schedule=DaySchedule(frozenset({0, 2, 6}))),),
            ),
        ],
    )  # fmt: skip


def _a_circle(tx: Transaction, shared: int) -> None:
    """Three members, one of them gone, whose buddy comes after them; a goal that each member does; and everything else
    that a group has."""
    group = tx.owners.by_chat(GROUP)
    assert group is not None
    tx.owners.save(replace(group, thread_id=7, round_deadline=time(22, 30), board_ordered=False, invite="aZ-09"))
    ann, ben, gone = (tx.members.join(group.id, user_id, name, NOW) for user_id, name in _PEOPLE)
    tx.members.save(replace(ann, nudges=True, named=True, notes_since=NOW, notes_asked_at=NOW, buddy_id=ben.id))
    tx.members.leave(gone.id, NOW)
    tx.absences.add(ben.id, MONDAY, MONDAY + timedelta(days=2))
    tx.shares.put(shared, group.id, ann.id, True, NOW)
    tx.publications.put(group.id, -1_009_876_543_210, "Neuigkeiten", ann.user_id, NOW)
    [vision_id] = tx.trees.vision_ids(group.id)
    vision = tx.trees.vision(vision_id, lock=True)
    assert vision is not None
    root = next(node.id for node in vision.nodes if node.parent_id is None)
    hers, read = tx.trees.new_node_ids(2)
    each = Each(Measure.NUMBER, Aggregate.SUM)
    hers_alone = (
        Terms(target=Decimal("20.5"), schedule=DaySchedule()),
        Terms(date(2030, 1, 1), schedule=DaySchedule(every=2)),
    )
    start = date(2026, 11, 2)
    tx.trees.add_nodes(
        vision_id,
        [
            Node(read, root, "read", Kind.KPI, Level.DAILY, "Read", Strategy.COUNT, each=each, starts_on=start),
            Node(
                hers, read, "read-ann", Kind.KPI, Level.DAILY, "Ann", measure=Measure.NUMBER, aggregate=Aggregate.SUM,
                unit="pages", terms=hers_alone, starts_on=start, member_id=ann.id,
            ),
        ],
    )  # fmt: skip
    pauses = [Pause(0, AHEAD, AHEAD), Pause(0, AHEAD, AHEAD + timedelta(days=9), read)]
    tx.pauses.add(group.id, pauses)
    away = tx.absences.add(ann.id, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))
    skip = tx.entries.add(vision_id, NewEntry(hers, away.first, None, skipped=True, is_known_ahead=True), NOW)
    assert skip is not None
    tx.entries.void([skip.id], NOW)
    tx.endings.save_let_go(vision_id, date(2026, 10, 1), [LetGo(read, True, True, None)], keep_from=date.min)
    tx.endings.announce(root, MONDAY, 1)
    entry = tx.entries.add(vision_id, NewEntry(hers, MONDAY, Decimal(21), author_id=ann.user_id), NOW)
    assert entry is not None
    tx.confirmations.add(entry.id, ben.id, NOW)


_PEOPLE = [(5_000_000_001, "Ann"), (5_000_000_002, "Ben 🐢"), (5_000_000_003, "")]


def _what_runs(tx: Transaction, owner: int, leaf: int) -> None:
    tx.plan_messages.put(
        PlanMessage(
            CHAT, 18, CHAT, NOW, {18: "Läufe 🏃", 19: "  D: Lauf"}, Stage.ASKED, {2: "D: A"}, (1,), "Läufe", {7: True}
        )
    )
    tx.conversations.put(CHAT, CHAT, {"step": "title", "draft": {"title": "Läufe 🏃", "ids": [1, 2]}, "at": 0.1}, NOW)
    tx.tokens.add(CHAT, "läuft 🏃", {Scope.READ, Scope.LOG}, digest("gt_secret"), NOW)
    tx.requests.claim(CHAT, "ä-1", "digest", NOW)
    tx.requests.save_answer(CHAT, "ä-1", 201, '{"id":"1"}')
    tx.requests.claim(CHAT, "unanswered", "digest", NOW)
    tx.inbox.receive(
        [NewUpdate(2_000_000_001, 7, '{"update_id":2000000001}'), NewUpdate(2_000_000_002, 0, '{"text":"ä"}')], NOW
    )
    tx.inbox.mark_handled([2_000_000_001], NOW)
    evening = Schedule(time(20, 30), frozenset({0, 1, 2, 3, 4}))
    tx.reminders.add(Reminder(0, owner, MessageKind.CHECK_IN, evening, next_due=NOW, node_id=leaf), NOW)
    tx.reminders.add(Reminder(0, owner, MessageKind.CHECK_IN, evening, paused=True), NOW)
    tx.outbox.add([_message(owner, f"{n}", nodes=(leaf,) if n else ()) for n in range(5)], NOW)
    sent, again, dropped, dead, _ = tx.outbox.claim(NOW, NOW + timedelta(minutes=2), 5)
    tx.outbox.mark_sent(sent, 77, NOW)
    tx.outbox.retry(again, NOW + timedelta(minutes=1), "could not be reached", 1)
    tx.outbox.mark_over([dropped], "was of no use", NOW)
    tx.outbox.mark_over([dead], "chat not found", NOW, dead=True)
    tx.outbox.add([_message(owner, "waits")], NOW)
    for name in ("tick", "Backup", "verification", "ärger"):  # in byte order, not in a dictionary's
        tx.journal.note(name, NOW, {"visions": 2, "differences": 0})


def _message(owner: int, key: str, **fields: Any) -> NewMessage:
    return NewMessage(key, MessageKind.CHECK_IN, owner, CHAT, MONDAY, NOW, NOW + timedelta(days=1), **fields)


async def checksums(url: str) -> dict[str, tuple[int, str]]:
    """The number of rows and the checksum of each table."""
    return await on_snapshot(database_url(url), _checksums)


def _checksums(connection: Connection) -> dict[str, tuple[int, str]]:
    result = {}
    for shape in shapes():
        tally = RowTally()
        for row in read_rows(connection, shape):
            tally.add(line_of(row))
        result[shape.table] = (tally.rows, tally.checksum)
    return result


async def ask(url: str, question: str) -> list[tuple[Any, ...]]:
    """The answers of a database."""
    return await on_snapshot(
        database_url(url), lambda connection: [tuple(row) for row in connection.execute(text(question))]
    )
