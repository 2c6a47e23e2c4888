"""Calls for an answer while Telegram is away."""

from __future__ import annotations

import logging

import pytest
from telegram.error import NetworkError

from bot.telegram import calls
from bot.telegram.calls import NotNow, UnreachableLog, patiently


async def test_an_outage_of_telegram_is_said_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    times = iter((1000.0, 1001.0, 1059.0, 1060.0))
    monkeypatch.setattr(calls, "_UNREACHABLE", UnreachableLog(lambda: next(times)))
    monkeypatch.setattr(calls, "TRIES", 1)

    async def away() -> None:
        raise NetworkError("no route")

    for _ in range(4):
        with pytest.raises(NotNow):
            await patiently(away, is_answer=True)
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert said == ["Telegram cannot be reached: no route"] * 2
