"""Reminders as people ask for them."""

from __future__ import annotations

import contextlib
from datetime import time

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from core.goals.terms import ALL_WEEK
from language.lexicon import lexicon
from language.parsing.errors import Misread
from language.parsing.remind import read, read_when
from language.parsing.weekdays import weekdays

EN = lexicon(Locale("en"))
GYM, RUN, READ, SALUTATION, REVIEW, MARATHON, STRETCH = range(1, 8)
TITLES = [
    (GYM, "Gym"),
    (RUN, "Run"),
    (READ, "Read 20 pages"),
    (SALUTATION, "Morning sun salutation"),
    (REVIEW, "Monday review"),
    (MARATHON, "Run a marathon"),
    (STRETCH, "Stretch"),
]
WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})


@pytest.mark.parametrize(
    ("text", "at", "days", "goals"),
    [
        ("21:00", time(21), None, ()),
        ("weekdays 8:30", time(8, 30), WORKDAYS, ()),
        ("mon wed fri 18:00", time(18), {0, 2, 4}, ()),
        ("mon,wed,fri 18:00", time(18), {0, 2, 4}, ()),
        ("mon, wed and fri at 18:00", time(18), {0, 2, 4}, ()),
        ("Mondays & Thursdays 19h", time(19), {0, 3}, ()),
        ("weekends 10", time(10), WEEKEND, ()),
        ("9pm", time(21), None, ()),
        ("9 p.m.", time(21), None, ()),
        ("9:30 PM", time(21, 30), None, ()),
        ("daily 20:30", time(20, 30), ALL_WEEK, ()),
        ("every day at 21:00", time(21), ALL_WEEK, ()),
        ("at 8", time(8), None, ()),
        ("7.30", time(7, 30), None, ()),
        ("2100", time(21), None, ()),
        ("noon", time(12), None, ()),
        ("0", time(0), None, ()),
        ("12am", time(0), None, ()),
        ("mon-fri 8:00", time(8), WORKDAYS, ()),
        ("from monday through friday at 8:00", time(8), WORKDAYS, ()),
        ("mon - fri 8:00", time(8), WORKDAYS, ()),
        ("fri-mon 9:00", time(9), {4, 5, 6, 0}, ()),
        ("every evening at 8", time(20), None, ()),
        ("8:30 in the evening", time(20, 30), None, ()),
        ("gym 7:00", time(7), None, (GYM,)),
        ("7:00 gym", time(7), None, (GYM,)),
        ("gym mon 7:00", time(7), {0}, (GYM,)),
        ("mon 7:00 gym", time(7), {0}, (GYM,)),
        ("remind me to stretch every day at 8:00", time(8), ALL_WEEK, (STRETCH,)),
        ("run sun 9:00", time(9), {6}, (RUN,)),
        ("run a marathon 9:00", time(9), None, (MARATHON,)),
        ("stretch mon 7:00", time(7), {0}, (STRETCH,)),
        ("stretsh 7:00", time(7), None, (STRETCH,)),
        # Days and numbers within a name belong to it.
        ("sun salutation 7:00", time(7), None, (SALUTATION,)),
        ("20 pages 22:00", time(22), None, (READ,)),
        ("read 20 pages 22", time(22), None, (READ,)),
        ("monday review 7:00", time(7), None, (REVIEW,)),
        ("monday 7:00", time(7), {0}, ()),
        ("gym", None, None, (GYM,)),
        ("weekdays", None, WORKDAYS, ()),
    ],
)
def test_the_wanted_reminder(text: str, at: time | None, days: set[int] | None, goals: tuple[int, ...]) -> None:
    wanted = read(text, TITLES, EN)
    assert (wanted.at, wanted.weekdays, wanted.goals) == (at, days, goals)
    assert bool(wanted.name) == bool(goals)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("25:00", "no_such_time"),
        ("24:00", "no_such_time"),
        ("9:60", "no_such_time"),
        ("13pm", "no_such_time"),
        ("99", "no_such_time"),
        ("gym 25:00", "no_such_time"),
        ("7 8", "several_times"),
        ("7:00 and 20:00", "several_times"),
        ("every other day 9:00", "no_such_rhythm"),
        ("weekly 9:00", "no_such_rhythm"),
        ("every 2 hours", "no_such_rhythm"),
        ("every 3 days", "no_such_rhythm"),
        ("tomorrow 9:00", "no_such_rhythm"),
        ("word " * 21, "too_many_words"),
    ],
)
def test_reminders_that_are_refused(text: str, code: str) -> None:
    with pytest.raises(Misread) as misread:
        read(text, TITLES, EN)
    assert misread.value.code == code


WORDS = [
    *("mon", "to", "-", "fri", "weekdays", "every", "evening", "day", "at", "8", "21:00", "25:00", "9", "pm", "gym"),
    *("read", "20", "pages", "sun", "2100", "7.", ",", "٣", "²", "9p.m.", ":", "mon-", "-fri", "other"),
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=8).map(" ".join), st.sampled_from(["en", "de"]))
def test_any_words_are_read_or_refused(text: str, language: str) -> None:
    with contextlib.suppress(Misread):
        wanted = read(text, TITLES, lexicon(Locale(language)))
        assert wanted.weekdays is None or wanted.weekdays
        assert set(wanted.goals) <= {number for number, _ in TITLES}
        assert bool(wanted.name) >= bool(wanted.goals)
    with contextlib.suppress(Misread):
        read_when(text, lexicon(Locale(language)))


def test_an_unknown_name_has_the_nearest_goals() -> None:
    wanted = read("gim 7:00", TITLES, EN)
    assert (wanted.goals, wanted.nearest[0], wanted.name) == ((), GYM, "gim")
    assert read("gym fnord 7:00", TITLES, EN).nearest == (GYM,)


def test_an_hour_alone_may_be_meant_for_the_evening() -> None:
    assert read("8", [], EN).bare
    assert not any(read(text, [], EN).bare for text in ("8:00", "8am", "every evening at 8", "08:00"))


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("de", "montags 8:00", {0}),
        ("de", "mo-fr 8:00", WORKDAYS),
        ("de", "Samstag und So 8:00", None),
        ("de", "Sonnabend 8:00", None),
        ("fr", "lun mer ven 8:00", {0, 2, 4}),
        ("es", "sábados 8:00", {5}),
        ("es", "miercoles 8:00", {2}),
        ("ru", "понедельник 8:00", {0}),
        ("de", "monday 8:00", {0}),
        # A word of the sentence is no day, though French days begin like it.
        ("fr", "remind me 8:00", None),
    ],
)
def test_days_in_ones_own_language(language: str, text: str, days: set[int] | None) -> None:
    wanted = read_when(text, lexicon(Locale(language)))
    assert (wanted.weekdays if wanted else None) == days


def test_an_answer_says_a_time_or_days_and_nothing_else() -> None:
    only_days = read_when("weekends", EN)
    assert only_days is not None
    assert (only_days.at, only_days.weekdays) == (None, WEEKEND)
    assert read_when("gym 7:00", EN) is None
    assert read_when("please", EN) is None
    assert read_when("word " * 500, EN) is None


def test_a_word_of_days() -> None:
    assert weekdays("mon/wed", EN) == frozenset({0, 2})
    assert weekdays("we", EN) == frozenset({2})
    assert weekdays("s", EN) is None
    assert weekdays("mon-fnord", EN) is None
    assert weekdays(",", EN) is None
