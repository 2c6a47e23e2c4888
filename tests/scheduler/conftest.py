"""A clock that is set by hand, and a postman with its messenger."""

from __future__ import annotations

import pytest

from core.ports.store import Store
from sandbox.clock import SandboxClock
from scheduler.postman import Postman
from tests.core.actions.reminding import NOON
from tests.scheduler.messengers import FakeMessenger


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(NOON, seconds=lambda: 0.0)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def postman(store: Store, messenger: FakeMessenger, clock: SandboxClock) -> Postman:
    return Postman(store, messenger, clock, chance=lambda: 0.0)
