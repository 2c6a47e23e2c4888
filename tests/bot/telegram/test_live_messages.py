"""A message that many change is edited in one place: it gets the latest state, no more often than allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from telegram.error import BadRequest, RetryAfter, TimedOut

from bot.features.round.buttons import RoundDone
from bot.telegram.keyboard import Button
from bot.telegram.live_messages import MOST_TRIES, Face, LiveMessages
from bot.telegram.shown import Shown
from core.asking.reminders import Message, MessageKind, MessageState
from core.ports.store import Store, Transaction
from tests.bot.fake_time import run

T = TypeVar("T")
CHAT = -1
ENDS = datetime(2026, 11, 25, tzinfo=UTC)


class Rows:
    """A message in a store that takes no time; `fails` times the store does not answer."""

    def __init__(self) -> None:
        self.changes = 0
        self.noted = 0
        self.fails = 0

    def changed(self, limit: int, among: Collection[int] | None = None) -> list[Message]:
        if self.changes == self.noted or (among is not None and CHAT not in among):
            return []
        state = MessageState.SENT
        on = date(2026, 11, 24)
        row = Message(1, MessageKind.CHECK_IN, 1, CHAT, on, ENDS, state, 1, changes=self.changes, shown=self.noted)
        return [row]

    def mark_shown(self, changes: Mapping[int, int]) -> None:
        self.noted = max(self.noted, changes[1])

    async def glance(self, work: Callable[[Transaction], T]) -> T:
        if self.fails:
            self.fails -= 1
            raise OSError
        return work(cast(Transaction, SimpleNamespace(living=self)))

    write = glance


class Board:
    """A message with a number in it, and Telegram's answers."""

    def __init__(self, pause: float = 1.0, is_busy: Callable[[int], bool] = lambda _: False) -> None:
        self.number = self.stamp = 0
        self.rows = Rows()
        self.shown: list[tuple[float, str]] = []
        self.troubles: list[Exception] = []
        self.notes = Shown(cast(Store, self.rows))
        self.live = LiveMessages(self.notes, self._render, self._rewrite, pause, is_busy)
        self.live.start()

    async def _rewrite(self, face: Face) -> bool:
        await asyncio.sleep(0.2)
        if self.troubles:
            raise self.troubles.pop(0)
        self.shown.append((asyncio.get_running_loop().time(), face.text))
        self.stamp = face.changes
        return True

    async def _render(self, message: Message) -> Face | None:
        keyboard = ((Button("Done", RoundDone(1, 2, message.on, self.rows.changes)),),)
        return Face(CHAT, 1, f"{self.number}", keyboard, self.rows.changes)

    def change(self, by: int = 1) -> None:
        """Change it as an action does, in its transaction."""
        self.number += by
        self.rows.changes += 1

    async def settle(self) -> None:
        await self.live.idle()
        await self.notes.flush()

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.shown]


def played(act: Callable[[Board], Any], **options: Any) -> Board:
    """A board after some acts, in fake time."""

    async def play() -> Board:
        board = Board(**options)
        await act(board)
        await board.live.close()
        await board.notes.close()
        return board

    return run(play())


def test_changes_gather_into_one_edit_a_second() -> None:
    async def rush(board: Board) -> None:
        for _ in range(50):
            board.change()
            board.live.wake()
            await asyncio.sleep(0.05)
        await board.settle()

    board = played(rush)
    assert board.texts[-1] == "50"
    assert board.rows.noted == 50
    times = [at for at, _ in board.shown]
    assert len(times) <= 4
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


def test_two_changes_within_a_second_make_one_edit_with_the_last_state() -> None:
    async def act(board: Board) -> None:
        board.change()
        board.change()
        board.live.wake()
        await board.settle()

    assert played(act).texts == ["2"]


def test_a_change_during_an_edit_is_shown_by_the_next() -> None:
    async def act(board: Board) -> None:
        board.change()
        board.live.wake()
        await asyncio.sleep(0.1)  # the first edit is on its way
        board.change()
        await board.settle()

    assert played(act).texts == ["1", "2"]


def test_a_change_of_another_process_is_found_without_a_word() -> None:
    async def act(board: Board) -> None:
        await asyncio.sleep(0.1)
        board.change()
        await asyncio.sleep(2.5)

    assert played(act).texts == ["1"]


def test_an_edit_that_telegram_puts_off_is_tried_again() -> None:
    async def act(board: Board) -> None:
        board.troubles = [TimedOut(), RetryAfter(timedelta(seconds=5))]
        board.change()
        await board.settle()

    board = played(act)
    assert board.texts == ["1"]
    assert not board.live.failed


def test_a_mistake_is_reported_and_what_comes_after_is_shown() -> None:
    async def act(board: Board) -> None:
        board.troubles = [BadRequest("can't parse entities")]
        board.change()
        await board.settle()
        assert (board.texts, board.rows.noted) == ([], 0)  # another run tries it again
        board.change()
        await board.settle()

    board = played(act)
    assert (board.texts, board.live.failed) == (["2"], True)


def test_a_message_is_left_after_many_tries_until_it_changes_again() -> None:
    async def act(board: Board) -> None:
        board.troubles = [TimedOut() for _ in range(MOST_TRIES)]
        board.change()
        await board.settle()
        assert board.texts == []
        board.change()
        await board.settle()

    assert played(act).texts == ["2"]


def test_a_store_that_does_not_answer_is_asked_again() -> None:
    async def act(board: Board) -> None:
        board.change()
        board.rows.fails = 2
        await asyncio.sleep(5)

    board = played(act)
    assert board.texts == ["1"]
    assert board.rows.noted == 1


def test_a_handlers_own_edit_is_not_overwritten() -> None:
    busy = True

    async def act(board: Board) -> None:
        nonlocal busy
        board.change()
        await asyncio.sleep(2)  # the handler is at work
        board.notes.note(1, 1)
        busy = False
        await board.settle()

    board = played(act, is_busy=lambda _: busy)
    assert board.texts == []
    assert board.rows.noted == 1


def test_a_change_not_shown_before_the_end_stays_a_row() -> None:
    async def act(board: Board) -> None:
        board.change()
        board.live.wake()
        await asyncio.sleep(0.1)

    board = played(act)
    assert (board.texts, board.rows.noted) == ([], 0)


async def _changed(board: Board, by: int = 1) -> None:
    board.change(by)
    await board.settle()


def test_a_message_without_visible_changes_is_not_edited() -> None:
    async def act(board: Board) -> None:
        await _changed(board)
        await _changed(board, 0)
        await _changed(board, 0)
        assert (board.texts, board.rows.noted) == (["1"], 3)
        await _changed(board)

    assert played(act).texts == ["1", "2"]


def test_tapped_buttons_are_renewed_though_all_looks_as_before() -> None:
    async def act(board: Board) -> None:
        await _changed(board)
        board.live.tapped(CHAT, 1)
        board.change()  # the effect of the tap
        board.change(-1)  # and its undo before the message is edited
        await board.settle()
        assert board.stamp == 3

    assert played(act).texts == ["1", "1"]


def test_a_tap_during_the_edit_counts_as_well() -> None:
    async def act(board: Board) -> None:
        board.change()
        board.live.wake()
        await asyncio.sleep(0.1)
        board.live.tapped(CHAT, 1)
        await board.settle()
        await _changed(board, 0)

    assert played(act).texts == ["1", "1"]


def test_a_message_changed_by_another_process_or_a_handler_meanwhile_is_edited() -> None:
    async def act(board: Board) -> None:
        await _changed(board)
        board.change()
        board.rows.noted = 2
        await _changed(board, -1)

    assert played(act).texts == ["1", "1"]


def test_a_refused_edit_does_not_count_as_shown() -> None:
    async def act(board: Board) -> None:
        board.troubles = [BadRequest("can't parse entities")]
        await _changed(board)
        await _changed(board, 0)

    assert played(act).texts == ["1"]
