"""Here the bot talks to its Telegram over HTTP, as to the real one."""

from __future__ import annotations

import pytest


@pytest.fixture
def over_http() -> bool:
    return True
