"""The law of words: every word of a line is stored, asked about or repeated, and no day or amount is logged that the
line does not contain."""

from __future__ import annotations

from datetime import date, timedelta

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from core.actions.logged import How
from core.errors import GoaltreeError
from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal, SaidLine
from language.parsing.log_text import read_line
from language.parsing.several import split_goals
from tests.laws.plans import law

MONDAY = date(2026, 11, 23)
CONTEXT = Context(MONDAY, lexicon(Locale("en")))
GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Read", number=True, unit="pages"),
    KnownGoal(4, "Morning walk"),
]
NAMES = ("run", "gym", "read", "morning walk", "ran", "walk")
AMOUNTS = {"5": 5, "7 km": 7, "12km": 12, "five": 5, "20 pages": 20, "=9": 9, "800 m": None, "3k": 3}
DAYS = {
    "yesterday": -1, "today": 0, "monday": 0, "on sunday": -1, "3 days ago": -3, "2026-11-20": -3, "gestern": -1,
    "last night": -1, "on the 9th": -14, "20 Nov": -3,
}  # fmt: skip
DENIALS = ("no", "not", "not done", "skip", "missed", "was closed", "skipped legs", "didn't")
CHATTER = (
    "felt great",
    "with Ann",
    "later",
    "next week",
    "in the rain",
    "for Timmy",
    "like every monday",
    "🎉",
    "?",
    "-",
)
JOINTS = (",", "and", "&", "then", ".", "!")
PIECES = st.sampled_from([*NAMES, *AMOUNTS, *DAYS, *DENIALS, *CHATTER, *JOINTS])


def logged(text: str) -> list[SaidLine]:
    """The lines that would be logged without a question."""
    try:
        lines = [read_line(part, GOALS, CONTEXT) for part in split_goals(text, GOALS, CONTEXT)]
    except GoaltreeError:
        return []
    return [line for line in lines if len(line.goals) == 1 and line.doubt is None and not line.said.through]


@law(400)
@given(st.lists(PIECES, min_size=1, max_size=7))
def test_no_day_and_no_amount_is_logged_that_was_not_said(pieces: list[str]) -> None:
    text = " ".join(pieces)
    days = {MONDAY, *(MONDAY + timedelta(days=DAYS[piece]) for piece in pieces if piece in DAYS)}
    amounts = {AMOUNTS[piece] for piece in pieces if piece in AMOUNTS}
    for line in logged(text):
        assert line.said.on in days or "on" in text, text
        if line.said.value and None not in amounts:
            assert line.said.value in amounts or any(piece[0].isdigit() for piece in pieces), text
        if line.said.how is How.SKIP:
            assert "skip" in text, text


@law(400)
@given(st.lists(PIECES, min_size=1, max_size=7))
def test_a_second_amount_day_or_goal_is_never_a_note(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for line in logged(text):
        note = f" {line.said.note or ''} ".casefold()
        others = {goal.title.casefold() for goal in GOALS} - {goal.title.casefold() for goal in line.goals}
        assert not any(f" {title} " in note for title in others), (text, note)
        denials = () if line.said.denied or line.said.how is How.SKIP else ("not", "no", "missed", "skip")
        days = () if line.said.on == MONDAY - timedelta(days=1) else ("yesterday", "gestern")
        assert not any(f" {word} " in note for word in (*days, *denials)), (text, note)
        if line.goals[0].number:
            assert not any(f" {amount} " in note for amount in ("5", "7 km", "12km", "20 pages")), (text, note)
