"""Digests on the last evening of their period, a day earlier than the default."""

from __future__ import annotations

from datetime import time

from core.asking.schedule import Schedule
from core.goals.model import Level

WEEKLY = Schedule(time(19), frozenset({6}))
MONTHLY = Schedule(time(19), end_of=Level.MONTHLY)
QUARTERLY = Schedule(time(19), end_of=Level.QUARTERLY)
