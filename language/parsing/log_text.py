"""What a person says they did: `run 5 km yesterday felt great`, `gym skip`, `run =7`, `gym not done`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import GoaltreeError
from core.planning.names import longest_name_prefix, match
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.acts import read_said
from language.parsing.amounts import AMOUNT
from language.parsing.errors import NoSuchDay
from language.parsing.line import Context, Goal, Line, Said
from language.tokens import Token, tokens

_NO_NAMES = (
    Meaning.NO, Meaning.NOT, Meaning.ALL, Meaning.NONE, Meaning.NOTHING, Meaning.EVERYTHING, Meaning.YES, Meaning.ANY,
    Meaning.THE, Meaning.I, Meaning.MY, Meaning.SO,
)  # fmt: skip
"""Words that alone are no goal's name, though a title may begin with them or sound alike."""
FOUND = (1, 0)
"""Strength of a name that stands in a title."""


@dataclass(frozen=True, slots=True)
class Name:
    """How many words name goals, which, and how surely."""

    words: int = 0
    goals: tuple[Goal, ...] = ()
    strength: tuple[int, int] = (0, 0)


def split_lines(text: str) -> list[str]:
    """The lines that say something: each is a log of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_line(text: str, goals: Sequence[Goal], context: Context) -> Line:
    """What one line says. The longest run of words that names a goal is its name, so a title may hold numbers and
    days; leaves are meant before the goals above them, and these before what has ended.

    Raises `InvalidValue` for a number that cannot be logged, `NoSuchDay` for a date that is not in the calendar, and
    `Unclear` for what could be meant in two ways.
    """
    heard = tokens(text)
    heard = [Token(token.text.rstrip(":") or token.text, token.word) for token in heard[:1]] + heard[1:]
    words = [token.text for token in heard]
    found = named(words, goals)
    if not found.goals:
        return _unknown(heard, goals, context)
    name = " ".join(words[: found.words])
    said = read_said(heard[found.words :], found.goals, context)
    return Line(name, found.goals, (), said, _sounds_like_talk(name, found.goals, said, context.lexicon))


def _sounds_like_talk(name: str, goals: Sequence[Goal], said: Said, lexicon: Lexicon) -> bool:
    small = name.casefold()
    if small in _titles(goals):
        return False
    return lexicon.means(small, *_NO_NAMES) or (said.plain and said.note is not None)


def _titles(goals: Sequence[Goal]) -> list[str]:
    return [" ".join(goal.title.split()).casefold() for goal in goals]


def named(words: Sequence[str], goals: Sequence[Goal]) -> Name:
    """The goals that the first words name. Leaves go before parents, these before what has ended; but a longer whole
    title goes before a shorter name, and what is only alike comes last."""
    best = Name()
    for rank in _ranks(goals):
        # What is only alike would never win against a name that was found.
        count, found = longest_name_prefix(
            words, [(goal.id, goal.title) for goal in rank], alike_too=best.strength < FOUND
        )
        meant = tuple(goal for goal in rank if goal.id in found.exact) if count else ()
        name = Name(count, meant, _strength(" ".join(words[:count]).casefold(), count, meant))
        if name.strength > best.strength:
            best = name
    return best


def _ranks(goals: Sequence[Goal]) -> tuple[list[Goal], ...]:
    """Leaves, the goals above them, and what has ended."""
    ranks: tuple[list[Goal], ...] = ([], [], [])
    for goal in goals:
        ranks[2 if goal.ended else 0 if goal.leaf else 1].append(goal)
    return ranks


def _strength(name: str, count: int, meant: Sequence[Goal]) -> tuple[int, int]:
    titles = _titles(meant)
    if name in titles:
        return 2, count
    return FOUND if any(name in title for title in titles) else (0, bool(titles))


def _unknown(heard: Sequence[Token], goals: Sequence[Goal], context: Context) -> Line:
    """A line that names nothing; whatever else is wrong with it matters less."""
    count = _words_of_unknown_name(heard, context)
    name, behind = " ".join(token.text for token in heard[:count]), heard[count:]
    nearest = _nearest(name, goals)
    try:
        said = read_said(behind, nearest, context)
    except GoaltreeError:
        said = Said(context.usual_day, note=" ".join(token.text for token in behind) or None)
    return Line(name, (), nearest, said, _sounds_like_talk(name, (), said, context.lexicon))


def _nearest(name: str, goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that resemble a name: those that can be logged, if there are any."""
    likely = _ranks(goals)[0] or list(goals)
    by_id = {goal.id: goal for goal in likely}
    return tuple(by_id[found] for found in match(name, [(goal.id, goal.title) for goal in likely]).nearest)


def _words_of_unknown_name(heard: Sequence[Token], context: Context) -> int:
    """How many words stand before the first amount, skip or day."""
    for at, token in enumerate(heard[1:], 1):
        try:
            is_day = context.calendar.date_at(heard, at) is not None
        except NoSuchDay:
            return len(heard)
        if is_day or AMOUNT.match(token.text.lstrip("=+")) or context.lexicon.means(token.word, Meaning.SKIP):
            return at
    return len(heard)
