"""New terms of a goal, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from babel import Locale

from core.errors import InvalidPlan
from core.goals.model import Direction, Node
from core.goals.terms import EVERY_DAY, DaySchedule
from core.planning.outline import assign_keys, parse_outline
from core.planning.plan import nodes_of
from language.lexicon import lexicon
from language.parsing.edits.change import SaidChange, read_change
from language.parsing.errors import Unclear
from language.parsing.hearing import Hearing

WEDNESDAY = date(2026, 11, 25)
HEARING = Hearing(WEDNESDAY, lexicon(Locale("en")))
RUN, GYM, WEIGHT = "D: Run = 5 km", "W: Gym = 3 times", "T: Weight = 86 -> 80 kg (until 2027-03-31)"
COFFEE, STRETCH, SUM = "D: Coffee <= 2 cups", "D: Stretch", "W: 50 km = 50 km sum"
MON_WED = DaySchedule(frozenset({0, 2}))


def node(line: str) -> Node:
    """The goal of a line."""
    [plan] = parse_outline(f"Vision\n  {line}", WEDNESDAY)
    return nodes_of(assign_keys(plan, set()), count(1))[1]


def read(said: str, line: str) -> SaidChange:
    return read_change(said, node(line), HEARING)


@pytest.mark.parametrize(
    ("line", "said", "change"),
    [
        (RUN, "8", SaidChange(Decimal(8))),
        (RUN, "to 8", SaidChange(Decimal(8))),
        (RUN, "eight", SaidChange(Decimal(8))),
        (RUN, "8,5 km", SaidChange(Decimal("8.5"))),
        (RUN, "8km from 1 Jan", SaidChange(Decimal(8), since=date(2027, 1, 1))),
        (RUN, "8 km a day", SaidChange(Decimal(8))),
        (RUN, "8000 m", SaidChange(Decimal(8))),
        (RUN, "8 from next week", SaidChange(Decimal(8), since=date(2026, 11, 30))),
        (RUN, "<= 2", SaidChange(Decimal(2), Direction.AT_MOST)),
        (RUN, "at most 2", SaidChange(Decimal(2), Direction.AT_MOST)),
        (RUN, "mon wed", SaidChange(schedule=MON_WED)),
        (RUN, "8 km on mon and wed", SaidChange(Decimal(8), schedule=MON_WED)),
        (RUN, "[mon wed] from tomorrow", SaidChange(schedule=MON_WED, since=date(2026, 11, 26))),
        (RUN, "every 2 days", SaidChange(schedule=DaySchedule(every=2))),
        (RUN, "every day", SaidChange(schedule=EVERY_DAY)),
        (RUN, "1st and last day", SaidChange(schedule=DaySchedule(month_days=frozenset({1, 31})))),
        (RUN, "none", SaidChange(tracked=True)),
        (RUN, "x2", SaidChange(weight=Decimal(2))),
        (RUN, "from 1 Jan", SaidChange(since=date(2027, 1, 1))),
        (GYM, "4", SaidChange(Decimal(4))),
        (GYM, "4x a week", SaidChange(Decimal(4))),
        (GYM, "twice a week", SaidChange(Decimal(2))),
        (WEIGHT, "78", SaidChange(Decimal(78))),
        (WEIGHT, "86 -> 78 kg", SaidChange(Decimal(78), baseline=Decimal(86))),
        (WEIGHT, "from 86 to 78 kg from 1 Dec", SaidChange(Decimal(78), baseline=Decimal(86), since=date(2026, 12, 1))),
        (COFFEE, "3", SaidChange(Decimal(3))),
        (COFFEE, "at least 3", SaidChange(Decimal(3), Direction.AT_LEAST)),
        (SUM, "60 km a week", SaidChange(Decimal(60))),
    ],
)
def test_the_terms_in_a_text(line: str, said: str, change: SaidChange) -> None:
    assert read(said, line) == change


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        (RUN, "fast", "no_target"),
        (RUN, "8 kg", "other_target_unit"),
        (RUN, "8 a week", "other_rhythm"),
        (RUN, "8 from yonder", "no_first_day"),
        (STRETCH, "5", "ticks_only"),
        (STRETCH, "10 min", "ticks_only"),
        (GYM, "4 km", "ticks_only"),
    ],
)
def test_words_that_ask_nothing_of_it(line: str, said: str, code: str) -> None:
    with pytest.raises(Unclear) as refused:
        read(said, line)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("line", "said", "code"),
    [
        (RUN, "0", "target_not_positive"),
        (RUN, "<= -1", "limit_negative"),
        (RUN, "[every 0 days]", "every_days_unfit"),
        (RUN, "32nd", "month_day_unfit"),
        (RUN, "[mon] [tue]", "second_weekdays"),
        (RUN, "86 -> 78", "baseline_not_on_target"),
        (WEIGHT, "86 -> 86", "baseline_is_target"),
        (GYM, "mon", "weekdays_not_daily"),
    ],
)
def test_a_target_that_there_cannot_be_has_one_fault_without_a_place(line: str, said: str, code: str) -> None:
    with pytest.raises(InvalidPlan) as refused:
        read(said, line)
    assert [(fault.place, fault.code) for fault in refused.value.faults] == [("", code)]
