"""Changes of shown figures are counted together with the change itself, with no more statements than there are
messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

import pytest

import storage
from core.actions.edit.undo import undo_last
from core.actions.log import log
from core.actions.logged import Log
from core.asking.reminders import Message, MessageKind, NewMessage
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.ports.check_offs import Route
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from storage.postgres_line import PostgresLine
from storage.repositories import batches
from storage.repositories.batches import BatchEntry
from storage.sql import Sql, Statement
from storage.sqlite import SqliteStore
from storage.transaction import SqlTransaction
from tests.storage.planting import CHAT, MONDAY, NOW, Planted, planted

ANNA = Actor.alone(CHAT)
GROUP = -100
DAY = timedelta(days=1)


def sent(
    tx: Transaction, owner_id: int, chat_id: int = CHAT, on: date = MONDAY, kind: MessageKind = MessageKind.CHECK_IN
) -> int:
    """A sent message; returns its outbox id."""
    key = f"{kind}:{chat_id}:{on}"
    tx.outbox.add([NewMessage(key, kind, owner_id, chat_id, on, NOW, NOW + DAY)], NOW)
    [message] = tx.outbox.claim(NOW, NOW + DAY, 1)
    tx.outbox.mark_sent(message, 700 + message.id, NOW)
    return message.id


async def changed(store: Store, chat_id: int = CHAT) -> list[tuple[int, int]]:
    """A chat's messages that are to be edited, and how often their figures have changed."""
    result = await store.read(lambda tx: tx.living.changed(9, [chat_id]))
    return [(message.id, message.changes) for message in result]


async def statements(store: Store, monkeypatch: pytest.MonkeyPatch, tree: Planted, key: str) -> int:
    """The number of statements of two check-offs, each of which is undone. For the second, PostgreSQL's store assumes
    that it exists, until it has looked."""
    rows, rows_while, count = Sql.rows, PostgresLine.rows_while, 0

    def counted(self: Sql, statement: Statement, *parameters: object) -> object:
        nonlocal count
        count += 1
        return rows(self, statement, *parameters)

    async def counted_too(self: PostgresLine, *what: Any) -> object:
        nonlocal count
        count += 1
        return await rows_while(self, *what)

    with monkeypatch.context() as patched:
        patched.setattr(Sql, "rows", counted)
        patched.setattr(Sql, "run", counted)
        patched.setattr(PostgresLine, "rows_while", counted_too)
        for number in range(2):
            await log(store, ANNA, Log(tree.stretch, MONDAY, source_key=f"{key}{number}"), NOW)
            await undo_last(store, ANNA, NOW)
    return count


async def test_a_check_off_that_no_message_shows_takes_no_more_statements(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = await planted(store)
    await statements(store, monkeypatch, tree, "1:0:")  # from now on the tree is remembered
    unseen = await statements(store, monkeypatch, tree, "1:1:")
    await store.write(lambda tx: sent(tx, tree.owner, on=MONDAY - 3 * DAY))
    await store.write(lambda tx: sent(tx, tree.owner, kind=MessageKind.WEEKLY_DIGEST))
    assert await statements(store, monkeypatch, tree, "1:2:") == unseen
    await store.write(lambda tx: sent(tx, tree.owner))
    # On PostgreSQL most check-offs count the change in the statement that writes them; any others take one more.
    more = 4 if isinstance(store, SqliteStore) else 3
    assert await statements(store, monkeypatch, tree, "1:3:") == unseen + more


async def test_a_change_is_counted_until_it_is_shown(store: Store) -> None:
    tree = await planted(store)
    prompt = await store.write(lambda tx: sent(tx, tree.owner))
    assert await changed(store) == []
    await log(store, ANNA, Log(tree.stretch, MONDAY), NOW)
    assert await changed(store) == [(prompt, 1)]
    await undo_last(store, ANNA, NOW)
    await store.write(lambda tx: tx.living.mark_shown({prompt: 1}))
    assert await changed(store) == [(prompt, 2)]
    await store.write(lambda tx: tx.living.mark_shown({prompt: 2}))
    await store.write(lambda tx: tx.living.mark_shown({prompt: 1}))
    assert await changed(store) == []


async def test_a_refused_or_empty_change_counts_nothing(store: Store) -> None:
    tree = await planted(store)
    await store.write(lambda tx: sent(tx, tree.owner))
    await log(store, ANNA, Log(tree.stretch, MONDAY, source_key="1:1:0"), NOW)
    [(prompt, _)] = await changed(store)
    await store.write(lambda tx: tx.living.mark_shown({prompt: 1}))
    await log(store, ANNA, Log(tree.stretch, MONDAY, source_key="1:1:0"), NOW)
    await log(store, ANNA, Log(tree.stretch, MONDAY, source_key="1:2:0"), NOW)
    assert await changed(store) == []


async def test_an_entry_for_an_earlier_day_changes_the_message_of_that_day_too(store: Store) -> None:
    tree = await planted(store)
    old = await store.write(lambda tx: sent(tx, tree.owner, on=MONDAY - 9 * DAY))
    older = await store.write(lambda tx: sent(tx, tree.owner, on=MONDAY - 10 * DAY))
    await log(store, ANNA, Log(tree.stretch, MONDAY - 9 * DAY), NOW)
    assert old != older
    assert await changed(store) == [(old, 1)]


async def test_a_message_that_is_changed_on_its_way_is_edited_once_it_is_there(store: Store) -> None:
    tree = await planted(store)

    def claimed(tx: Transaction) -> Message:
        message = NewMessage("a", MessageKind.CHECK_IN, tree.owner, CHAT, MONDAY, NOW, NOW + DAY)
        tx.outbox.add([message], NOW)
        return tx.outbox.claim(NOW, NOW + DAY, 1)[0]

    message = await store.write(claimed)
    await log(store, ANNA, Log(tree.stretch, MONDAY), NOW)
    assert await changed(store) == []
    await store.write(lambda tx: tx.outbox.mark_sent(message, 5, NOW))
    assert await changed(store) == [(message.id, 1)]


async def test_a_group_is_shown_by_its_own_messages_and_its_members_prompts(store: Store) -> None:
    tree = await planted(store)

    def work(tx: Transaction) -> tuple[int, int]:
        group = tx.owners.add(GROUP, OwnerType.GROUP, "Friends", "en", NOW)
        tx.members.join(group.id, CHAT, "Anna", NOW)
        prompt, round_id = sent(tx, tree.owner), sent(tx, group.id, GROUP)
        stranger = tx.owners.add(5, OwnerType.PRIVATE, "Ben", "en", NOW)
        sent(tx, stranger.id, 5)
        tx.living.change(group, MONDAY, NOW)
        return prompt, round_id

    prompt, round_id = await store.write(work)
    assert await changed(store) == [(prompt, 1)]
    assert await changed(store, GROUP) == [(round_id, 1)]
    of_all = await store.read(lambda tx: tx.living.changed(9))
    assert [message.id for message in of_all] == [round_id, prompt]
    assert len(await store.read(lambda tx: tx.living.changed(1))) == 1


async def test_a_round_gives_way_to_a_later_one_and_a_board_takes_the_place_of_an_earlier_one(store: Store) -> None:
    tree = await planted(store)

    def work(tx: Transaction) -> tuple[int, list[int]]:
        first = sent(tx, tree.owner)
        sent(tx, tree.owner, on=MONDAY - DAY)
        later = NewMessage("later", MessageKind.CHECK_IN, tree.owner, CHAT, MONDAY, NOW, NOW + DAY)
        tx.outbox.add([later], NOW)
        [message] = tx.outbox.claim(NOW, NOW + DAY, 1)
        tx.living.change_earlier(message)
        tx.living.change_one(message.id)
        board = replace(later, key="b1", kind=MessageKind.BOARD)
        tx.living.keep_one(board, 801, NOW)
        tx.living.keep_one(replace(board, key="b2"), 802, NOW)
        return first, [number for number in (801, 802) if tx.outbox.by_telegram_id(CHAT, number)]

    first, boards = await store.write(work)
    assert await changed(store) == [(first, 1)]
    assert boards == [802]


async def test_a_chat_that_moved_has_nothing_to_edit(store: Store) -> None:
    tree = await planted(store)
    await store.write(lambda tx: sent(tx, tree.owner))
    await log(store, ANNA, Log(tree.stretch, MONDAY), NOW)
    await store.write(lambda tx: tx.outbox.move(CHAT, CHAT + 1))
    assert await changed(store, CHAT + 1) == []


_OTHERS = Statement("""
    INSERT INTO outbox (key, kind, owner_id, chat_id, on_date, nodes, state, due_at, useful_until, attempt, doubts,
        created_at)
    SELECT 'others:' || n, 'check_in', $1, n, $2, '[]', 'sent', now(), now(), 0, 0, now()
    FROM generate_series(1, 2000) n""")
_LOOKED_AT = Statement("SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'outbox'")


async def test_messages_in_other_chats_are_not_looked_at(postgres_url: str) -> None:
    """Even if the database assumes few of them, since they have come within the hour."""
    async with storage.open_store(postgres_url) as store:
        tree = await planted(store)
        item = NewEntry(tree.stretch, MONDAY, Decimal(1))
        route = Route(CHAT, tree.stretch, CHAT, MONDAY, MONDAY - DAY)

        def work(tx: Transaction) -> list[int]:
            sql, fetched = cast(SqlTransaction, tx).sql, []
            owner = tx.owners.by_chat(CHAT)
            assert owner
            sent(tx, owner.id)
            sql.run(_OTHERS, owner.id, MONDAY)
            [[before]] = sql.rows(_LOOKED_AT)
            tx.living.change(owner, MONDAY - DAY, NOW, MONDAY)
            fetched.append(sql.rows(_LOOKED_AT)[0][0] - before)
            marks = batches.read(sql, [tree.vision], []).marks[tree.vision]
            entry = BatchEntry(tree.vision, owner, route, item, NOW)
            assert sql.rows(batches.WRITE, *batches.to_write({tree.vision: marks}, 5, [entry], {}, {}))
            fetched.append(sql.rows(_LOOKED_AT)[0][0] - before - fetched[0])
            return fetched

        assert max(await store.write(work)) < 10
        assert [changes for _, changes in await changed(store)] == [2]
