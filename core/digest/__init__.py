"""The report on a week, a month or a quarter: what rolled up where, and what is needed from here."""

from __future__ import annotations

from core.digest.closing import CLOSED
from core.digest.closing_lines import Closing, ClosingLine
from core.digest.company import GroupFacts
from core.digest.dates import Dates, dates_of
from core.digest.days_off import DigestPause
from core.digest.leaves import day_within, scheduled_day
from core.digest.making import digest_of
from core.digest.model import (
    Branch,
    Company,
    Digest,
    EachLine,
    LeafStreak,
    LevelLine,
    Mark,
    Need,
    Reached,
    RollUp,
    Strip,
    StripDay,
    Tally,
)
from core.digest.reach import Needed, needed
from core.digest.runs import earlier_runs
from core.digest.source import Cells, Source
from core.digest.state import TreeState
from core.digest.when import Earlier, entries_from, period_for, previous_of

__all__ = [
    "CLOSED",
    "Branch",
    "Cells",
    "Closing",
    "ClosingLine",
    "Company",
    "Dates",
    "Digest",
    "DigestPause",
    "EachLine",
    "Earlier",
    "GroupFacts",
    "LeafStreak",
    "LevelLine",
    "Mark",
    "Need",
    "Needed",
    "Reached",
    "RollUp",
    "Source",
    "Strip",
    "StripDay",
    "Tally",
    "TreeState",
    "dates_of",
    "day_within",
    "digest_of",
    "earlier_runs",
    "entries_from",
    "needed",
    "period_for",
    "previous_of",
    "scheduled_day",
]
