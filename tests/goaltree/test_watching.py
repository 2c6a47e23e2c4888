"""What /readyz finds wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from core.ports.store import Store
from goaltree.settings import load
from goaltree.watching import Window, metrics


@pytest.mark.parametrize(("is_deaf", "found"), [(False, None), (True, "nothing was heard of Telegram for two polls")])
async def test_a_process_that_hears_nothing_is_not_ready(store: Store, is_deaf: bool, found: str | None) -> None:
    bot: Any = SimpleNamespace(
        is_deaf=is_deaf,
        has_room=True,
        roles_in=None,
        services=SimpleNamespace(clock=lambda: datetime(2026, 11, 23, tzinfo=UTC)),
    )
    settings = load(listen="127.0.0.1:8080", bot_token="1:x")
    window = Window(settings, store, bot, metrics(), receives=False, is_sender=lambda: False)
    assert await window._checks(bot, receives=False)["updates"]() == found
