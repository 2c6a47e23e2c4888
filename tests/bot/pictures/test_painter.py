"""The process that draws: started late, replaced when it fails, stopped when idle."""

from __future__ import annotations

import asyncio
import math
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import bot
from bot.pictures.canvas import SHOWN, WIDTH
from bot.pictures.drawer import Drawer
from bot.pictures.drawing import svg
from bot.pictures.model import DigestPicture, Picture
from bot.pictures.painter import NotPainted, Painter, to_spare
from bot.pictures.protocol import DRAWN
from bot.pictures.worker import png
from bot.telegram.messenger import PATIENCE
from core.asking.wave import AHEAD
from tests.bot.pictures.pixels import size
from tests.bot.pictures.samples import TITLES, picture

LONG = 60.0
PICTURE = picture("Run", "Read")


@pytest_asyncio.fixture
async def painter() -> AsyncIterator[Painter]:
    painter = Painter(patience=LONG, count=1)
    yield painter
    painter.patience = LONG
    await painter.close()


def shown(picture: Picture) -> tuple[int, int]:
    """The size of a picture as a phone shows it."""
    return SHOWN, math.ceil(svg(picture)[1] * SHOWN / WIDTH)


async def test_a_picture_is_a_png_of_the_size_of_its_layout(painter: Painter) -> None:
    painted = await painter.paint(PICTURE)
    assert painted
    assert size(painted) == shown(PICTURE)


async def test_nothing_is_started_before_the_first_picture(painter: Painter) -> None:
    assert painter.pids == []
    await painter.paint(PICTURE)
    assert len(painter.pids) == 1


async def test_one_process_draws_what_is_asked_at_once_and_mixes_nothing_up(painter: Painter) -> None:
    asked = [picture(*["Run"] * rows) for rows in range(6)]
    painted = await asyncio.gather(*map(painter.paint, asked))
    assert [size(each or b"") for each in painted] == [shown(each) for each in asked]


async def test_a_killed_process_costs_one_picture_at_most(painter: Painter, caplog: pytest.LogCaptureFixture) -> None:
    await painter.paint(PICTURE)
    [killed] = painter.pids
    os.kill(killed, signal.SIGKILL)
    await painter.paint(PICTURE)
    assert await painter.paint(PICTURE)
    assert killed not in painter.pids


async def test_a_process_that_dies_over_a_picture_gives_none(
    painter: Painter, caplog: pytest.LogCaptureFixture
) -> None:
    await painter.paint(PICTURE)
    [drawing] = painter.pids
    os.kill(drawing, signal.SIGSTOP)
    waiting = asyncio.create_task(painter.paint(picture("Secret")))
    await asyncio.sleep(0)
    os.kill(drawing, signal.SIGKILL)
    assert await waiting is None
    assert "a process that draws is gone" in caplog.text
    assert await painter.paint(PICTURE)


async def test_a_process_that_hangs_is_replaced(painter: Painter, caplog: pytest.LogCaptureFixture) -> None:
    await painter.paint(PICTURE)
    [hanging] = painter.pids
    os.kill(hanging, signal.SIGSTOP)
    painter.patience = 0.1
    assert await painter.paint(picture("Secret")) is None
    assert "a picture took longer than 0.1 s" in caplog.text
    assert "Secret" not in caplog.text
    painter.patience = LONG
    assert await painter.paint(PICTURE)
    assert hanging not in painter.pids


async def test_a_caller_that_waits_behind_one_that_hangs_goes_on_without_a_picture(
    painter: Painter, caplog: pytest.LogCaptureFixture
) -> None:
    await painter.paint(PICTURE)
    [hanging] = painter.pids
    os.kill(hanging, signal.SIGSTOP)
    first = asyncio.create_task(painter.paint(PICTURE))
    await asyncio.sleep(0)
    painter.turn = 0.1
    assert await asyncio.gather(*(painter.paint(picture("Secret")) for _ in range(64))) == [None] * 64
    assert not first.done()
    assert caplog.text.count("a picture waited longer than 0.1 s for its turn") == 64
    assert "Secret" not in caplog.text
    # A picture that only waited is not taken for one that hangs: the process stays and draws on.
    os.kill(hanging, signal.SIGCONT)
    assert await first
    painter.turn = LONG
    assert await painter.paint(PICTURE)
    assert painter.pids == [hanging]


async def test_a_picture_that_cannot_be_drawn_is_logged_without_its_words(
    painter: Painter, caplog: pytest.LogCaptureFixture
) -> None:
    broken = DigestPicture("Secret", bars=("Secret",))  # type: ignore[arg-type]
    assert await painter.paint(broken) is None
    assert "a picture could not be drawn: AttributeError" in caplog.text
    assert "Secret" not in caplog.text
    assert await painter.paint(PICTURE)


async def test_a_caller_that_gives_up_leaves_no_answer_to_the_next(painter: Painter) -> None:
    await painter.paint(PICTURE)
    given_up = asyncio.create_task(painter.paint(picture(*TITLES, count=92)))
    await asyncio.sleep(0)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    painted = await painter.paint(PICTURE)
    assert size(painted or b"") == shown(PICTURE)


async def test_the_process_ends_when_nobody_asks_for_a_picture() -> None:
    painter = Painter(patience=LONG, idle=0, count=1)
    assert await painter.paint(PICTURE)
    while painter.pids:  # noqa: ASYNC110 - the only sign that it has ended
        await asyncio.sleep(0.01)
    assert await painter.paint(PICTURE)
    await painter.close()


async def test_closing_ends_the_process(painter: Painter) -> None:
    await painter.paint(PICTURE)
    [pid] = painter.pids
    await painter.close()
    assert painter.pids == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    await painter.close()


@pytest.mark.parametrize("title", TITLES)
def test_every_title_can_be_drawn(title: str) -> None:
    assert size(png(picture(title)))[0] == SHOWN


def test_the_process_holds_no_more_than_it_draws_with() -> None:
    """telegram or asyncio would take memory that a small machine does not have."""
    code = "import bot.pictures.worker, sys; print(*sys.modules)"
    root = Path(bot.__file__).parent.parent
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True).stdout
    assert not {"telegram", "sqlalchemy", "asyncio", "pydantic", "babel"} & set(loaded.split())


def test_the_bot_does_not_load_the_rasteriser() -> None:
    code = "import bot.pictures.painter, sys; print(*sys.modules)"
    root = Path(bot.__file__).parent.parent
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True).stdout
    assert not {"resvg_py", "bot.pictures.fonts"} & set(loaded.split())


class Fitful(Drawer):
    """A process that takes no time, of which every third exchange fails; it cannot draw what is called "?"."""

    def __init__(self) -> None:
        super().__init__()
        self.order: list[str] = []
        self.asked = 0

    async def exchange(self, question: bytes) -> tuple[bytes, bytes]:
        await asyncio.sleep(0)
        self.asked += 1
        asked = pickle.loads(question)
        if self.asked % 3 == 0 or asked.title == "?":
            raise BrokenPipeError
        self.order.append(asked.title)
        return DRAWN, asked.title.encode()


async def test_a_thousand_scheduled_pictures_are_all_drawn_and_people_do_not_wait_behind_them(
    painter: Painter, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = Fitful()
    monkeypatch.setattr(painter, "_drawers", [drawer])
    monkeypatch.setattr(painter, "_free", deque([drawer]))
    titles = [f"Week {number}" for number in range(1_000)]
    digests = [asyncio.create_task(painter.paint_in_time(DigestPicture(title))) for title in titles]
    await asyncio.sleep(0)
    asked = [asyncio.create_task(painter.paint(DigestPicture("asked"))) for _ in range(2)]
    assert await asyncio.gather(*digests) == [title.encode() for title in titles]
    assert all(one.done() for one in asked)
    assert "asked" in drawer.order[:5]
    # A picture that kills every process may be drawn later, and holds up nobody.
    with pytest.raises(NotPainted):
        await painter.paint_in_time(DigestPicture("?"))
    assert await painter.paint(DigestPicture("?")) is None
    assert await painter.paint_in_time(DigestPicture("Next")) == b"Next"


async def test_processes_draw_at_the_same_time() -> None:
    painter = Painter(patience=LONG, count=2)
    assert all(await asyncio.gather(*(painter.paint_in_time(PICTURE) for _ in range(4))))
    assert len(set(painter.pids)) == 2
    await painter.close()
    assert painter.pids == []
    assert to_spare() >= 1


def test_pictures_in_hand_are_drawn_long_before_anybody_loses_patience() -> None:
    """Of 400 digests due at once, 182 went out without a picture; so no more are accepted than can be drawn in time."""
    assert 3 * AHEAD.total_seconds() + Painter().patience < PATIENCE
