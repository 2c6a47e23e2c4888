"""What a leading process logs about its lead."""

from __future__ import annotations

import asyncio
import logging

import pytest

from goaltree.leading import Leading
from tests.bot.fake_time import run


class Shaky:
    """A lead that is lost after ten seconds, regained after each of some pauses, and then kept."""

    def __init__(self, *pauses: float) -> None:
        self._pauses = [0.0, *pauses]

    async def gained(self) -> None:
        await asyncio.sleep(self._pauses.pop(0))

    async def lost(self) -> None:
        await asyncio.sleep(10 if self._pauses else 1000)

    async def resign(self) -> None:
        pass


class Counted:
    """A duty that counts its starts and stops."""

    begun = ended = 0

    async def start(self) -> None:
        self.begun += 1

    async def stop(self) -> None:
        self.ended += 1


def test_a_lead_regained_at_once_is_not_logged_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    duty = Counted()

    async def work() -> None:
        leading = Leading(Shaky(1, 0.1, 30, 1), [duty])
        await leading.start()
        await asyncio.sleep(500)
        assert leading.leads
        await leading.stop()

    run(work())
    assert [record.getMessage() for record in caplog.records] == ["this process leads"] * 2
    assert (duty.begun, duty.ended) == (5, 5)
