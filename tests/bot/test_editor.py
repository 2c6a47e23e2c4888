"""One hand edits a message that many change: the last state is shown, and no more often than it may be."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from itertools import pairwise

from telegram.error import BadRequest, RetryAfter, TimedOut

from bot.editor import Editor, Face, NotYet
from tests.bot.fake_time import run


class Board:
    """A message with a number on it, and what Telegram did with it."""

    def __init__(self, pause: float = 1.0) -> None:
        self.number = 0
        self.shown: list[tuple[float, str]] = []
        self.troubles: list[Exception] = []
        self.gone = False
        self.editor = Editor(self._rewrite, pause)

    async def _rewrite(self, face: Face) -> bool:
        await asyncio.sleep(0.2)
        if self.troubles:
            raise self.troubles.pop(0)
        self.shown.append((asyncio.get_running_loop().time(), face.text))
        return not self.gone

    async def _render(self, stamp: int) -> Face | None:
        return Face(-1, 1, f"{self.number}/{stamp}", ())

    def change(self, update_id: int) -> asyncio.Future[bool]:
        self.number += 1
        return self.editor.touch("board", self._render, update_id)


def test_what_gathers_is_shown_by_one_edit_a_second() -> None:
    async def rush() -> Board:
        board = Board()
        for update in range(1, 51):
            board.change(update)
            await asyncio.sleep(0.05)
        await board.editor.idle()
        return board

    board = run(rush())
    assert board.shown[-1][1] == "50/50"
    times = [at for at, _ in board.shown]
    assert len(times) <= 4
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


def test_an_update_is_done_with_when_an_edit_is_out_that_began_after_it() -> None:
    async def one_after_the_other() -> list[tuple[int, str]]:
        board, done = Board(), []
        board.change(1)
        board.editor.when_shown(1, lambda: done.append((1, board.shown[-1][1])))
        await asyncio.sleep(0.1)  # the first edit is on its way
        board.change(2)
        board.editor.when_shown(2, lambda: done.append((2, board.shown[-1][1])))
        board.editor.when_shown(3, lambda: done.append((3, "nothing to show")))
        await board.editor.idle()
        return done

    assert run(one_after_the_other()) == [(3, "nothing to show"), (1, "1/1"), (2, "2/2")]


def test_what_telegram_does_not_take_is_tried_again() -> None:
    async def trouble() -> tuple[bool, Board]:
        board = Board()
        board.troubles = [TimedOut(), RetryAfter(timedelta(seconds=5)), NotYet()]
        return await board.change(1), board

    shown, board = run(trouble())
    assert shown
    assert [text for _, text in board.shown] == ["1/1"]
    assert not board.editor.failed


def test_a_message_that_is_gone_holds_nothing_up_and_a_mistake_is_reported() -> None:
    async def gone() -> tuple[bool, bool, Board]:
        board = Board(pause=0.0)
        board.gone = True
        first = await board.change(1)
        board.troubles = [BadRequest("can't parse entities")]
        return first, await board.change(2), board

    first, second, board = run(gone())
    assert (first, second, board.editor.failed) == (False, False, True)


def test_what_was_not_shown_before_the_end_is_not_done_with() -> None:
    async def ended() -> list[int]:
        board, done = Board(), []
        board.change(1)
        board.editor.when_shown(1, lambda: done.append(1))
        await asyncio.sleep(0.1)
        await board.editor.cancel()
        await board.editor.idle()
        return done

    assert run(ended()) == []
