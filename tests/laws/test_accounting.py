"""In any text, every word is either stored or asked about: random splices of goals, amounts, days, denials, plans and
chatter never log an amount or a day that the text does not contain, and lose no word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from core.actions.logged import How
from core.errors import GoaltreeError
from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal, SaidLine
from language.parsing.log_text import read_line
from language.parsing.several import split_goals

MONDAY = date(2026, 11, 23)
CONTEXT = Context(MONDAY, lexicon(Locale("en")))
GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Read", number=True, unit="pages"),
    KnownGoal(4, "Water", number=True, unit="l"),
]
NAMES = ("run", "gym", "read", "water", "Ran")
AMOUNTS = {"5": "5", "7.5": "7.5", "twelve": "12", "+3": "3", "=9": "9", "20 pages": "20", "4 km": "4", "500 ml": "0.5"}
DAYS = {
    "yesterday": date(2026, 11, 22),
    "on friday": date(2026, 11, 20),
    "20 nov": date(2026, 11, 20),
    "2026-11-18": date(2026, 11, 18),
    "two days ago": date(2026, 11, 21),
    "tomorrow": date(2026, 11, 24),  # which the core refuses
}
DENIALS = ("not", "skip", "no", "missed", "skipped")
PLANS = ("later", "next week")
CHATTER = ("with Lena", "along the river", "felt great", "in the rain", "sore legs", "before work")
JOINTS = (" ", " ", " ", ", ", " and ", " - ", "; ")

pieces = st.one_of(
    st.sampled_from(NAMES), st.sampled_from([*AMOUNTS]), st.sampled_from([*DAYS]), st.sampled_from(DENIALS),
    st.sampled_from(PLANS), st.sampled_from(CHATTER),
)  # fmt: skip


@st.composite
def splices(draw: st.DrawFn) -> str:
    """A name among up to six other pieces, joined as people join them."""
    parts = draw(st.lists(pieces, max_size=6))
    parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(NAMES)))
    joints = [draw(st.sampled_from(JOINTS)) for _ in parts[1:]]
    return "".join([parts[0], *(joint + part for joint, part in zip(joints, parts[1:], strict=True))])


def read(text: str) -> list[SaidLine] | None:
    """The lines of a text; None if one is refused, so that the person is told and sees all of it."""
    try:
        return [read_line(part, GOALS, CONTEXT) for part in split_goals(text, GOALS, CONTEXT)]
    except GoaltreeError:
        return None


def logged(lines: Sequence[SaidLine]) -> Iterator[SaidLine]:
    """The lines that are logged without a question."""
    for line in lines:
        if len(line.goals) == 1 and line.doubt is None and not line.sounds_like_talk and line.said.through is None:
            yield line


def words_of(text: str) -> list[str]:
    return [word.strip(",;.-").casefold() for word in text.split() if word.strip(",;.-")]


@given(splices())
@example("run 5 gym 7.5")
@example("run 5 yesterday on friday")
@example("run 5 with Lena 7.5")
@example("gym later")
@example("not gym")
@example("run 10 to 12 march")
def test_nothing_is_logged_that_the_text_does_not_say(text: str) -> None:
    lines = read(text)
    said_amounts = {Decimal(value) for words, value in AMOUNTS.items() if words in text}
    said_amounts |= {Decimal(word) for word in words_of(text.replace("=", "").replace("+", "")) if word.isdecimal()}
    if re.search(r"20 nov\W+\d", text):
        return  # "20 nov 5": twenty on the fifth, or five on the twentieth
    said_days = {day for words, day in DAYS.items() if words in text}
    for line in logged(lines or []):
        said = line.said
        assert said.on == MONDAY or said.on in said_days, said
        if said.value is not None and not said.denied:
            assert said.value in said_amounts or said.value == 0, said
        if said.how is How.SKIP or said.denied:
            assert any(word in words_of(text) for word in DENIALS), said
        assert not (said.note or "").startswith(PLANS), said


@given(splices())
@example("run 5 km in the rain, gym")
@example("read 20 pages 5")
@example("run with Lena 4 km - felt great")
def test_no_word_is_lost_and_none_that_says_more_is_a_note(text: str) -> None:
    lines = read(text)
    if lines is None:
        return
    clear = list(logged(lines))
    notes = " ".join(line.said.note or "" for line in clear).casefold()
    for line in (line for line in clear if line.goals[0].number):  # a tick may have a number beside it
        noted = words_of(line.said.note or "")
        for words in AMOUNTS:
            assert not _within(words_of(words), noted), (words, line.said)
    if len(clear) == len(lines):
        for words in CHATTER:
            if words.casefold() in text.casefold():
                assert words.casefold() in notes, (words, notes)


def _within(some: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(some)] == some for at in range(len(words)))
