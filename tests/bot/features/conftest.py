"""Fixtures of several features."""

from __future__ import annotations

import pytest

from tests.bot.circle import Circle
from tests.bot.conftest import Stage


@pytest.fixture
async def circle(stage: Stage) -> Circle:
    return await Circle(stage).begin("Ben", "Cleo")
