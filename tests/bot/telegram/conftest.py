"""Here the bot speaks HTTP with its Telegram, as it does with the real one."""

from __future__ import annotations

import pytest


@pytest.fixture
def over_http() -> bool:
    return True
