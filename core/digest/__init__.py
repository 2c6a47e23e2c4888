"""The report on a week, a month or a quarter: what rolled up where, and what is needed from here."""

from __future__ import annotations

from core.digest.closing import CLOSED
from core.digest.closing_lines import Closing, ClosingLine
from core.digest.company import Together
from core.digest.days_off import DaysOff
from core.digest.leaves import day_within, scheduled_day
from core.digest.making import digest_of
from core.digest.model import (
    Branch,
    Company,
    Day,
    Digest,
    EachLine,
    LeafStreak,
    LevelLine,
    Mark,
    Need,
    Reached,
    RollUp,
    Strip,
    Tally,
)
from core.digest.state import Source, reach_back
from core.digest.when import Earlier, entries_from, period_for, previous_of

__all__ = [
    "CLOSED",
    "Branch",
    "Closing",
    "ClosingLine",
    "Company",
    "Day",
    "DaysOff",
    "Digest",
    "EachLine",
    "Earlier",
    "LeafStreak",
    "LevelLine",
    "Mark",
    "Need",
    "Reached",
    "RollUp",
    "Source",
    "Strip",
    "Tally",
    "Together",
    "day_within",
    "digest_of",
    "entries_from",
    "period_for",
    "previous_of",
    "reach_back",
    "scheduled_day",
]
