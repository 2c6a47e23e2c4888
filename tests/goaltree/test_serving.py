"""The faults that /readyz reports."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from core.ports.store import Store
from goaltree.serving import ProcessServer, metrics
from goaltree.settings import load
from web.probes import Check


@pytest.mark.parametrize(("is_deaf", "result"), [(False, None), (True, "nothing was heard of Telegram for two polls")])
async def test_a_process_that_hears_nothing_is_not_ready(store: Store, is_deaf: bool, result: str | None) -> None:
    assert await window(store, is_deaf=is_deaf)["updates"]() == result


async def test_a_process_that_can_only_read_is_not_ready(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    checks = window(store)
    assert await checks["database"]() is None
    monkeypatch.setattr(store, "away", lambda: "cannot be written: it is full")
    assert await checks["database"]() == "cannot be written: it is full"


def window(store: Store, *, is_deaf: bool = False) -> Mapping[str, Check]:
    """The checks of a process."""
    bot: Any = SimpleNamespace(
        is_deaf=is_deaf,
        has_room=True,
        roles_in=None,
        services=SimpleNamespace(clock=lambda: datetime(2026, 11, 23, tzinfo=UTC)),
    )
    settings = load(listen="127.0.0.1:8080", bot_token="1:x")
    opened = ProcessServer(settings, store, bot, metrics(), receives=False, is_sender=lambda: False)
    return opened._checks(bot, receives=False)
