"""Logs in words: `run 5 km yesterday felt great`, `ran 5k`, `5 km run`, `no run today`, `gym skip`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.actions.logged import How
from core.errors import GoaltreeError
from core.planning.names import match
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.abstaining import doubt_of_abstaining
from language.parsing.amounts import AMOUNT, begins_amount
from language.parsing.around import about_words_around
from language.parsing.counted import goals_of_unit
from language.parsing.errors import NoSuchDay
from language.parsing.leftover import doubt_about, is_denial
from language.parsing.line import Context, KnownGoal, SaidLine, SaidOfGoal, known
from language.parsing.names import PART, Name, find_name, find_within, name_texts, named, ranked, says_more, words_of
from language.parsing.said import read_said
from language.tokens import Token, tokens

_NO_NAMES = (
    Meaning.NO, Meaning.NOT, Meaning.ALL, Meaning.NONE, Meaning.NOTHING, Meaning.EVERYTHING, Meaning.YES, Meaning.ANY,
    Meaning.THE, Meaning.I, Meaning.MY, Meaning.SO,
)  # fmt: skip
"""Words that alone name no goal, even if a title begins with one or resembles it."""


_MOST_OF_A_NAME = 3
"""The most words of a mistyped title."""


def split_lines(text: str) -> list[str]:
    """The lines that are not blank; each is a log of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_line(text: str, goals: Sequence[KnownGoal], context: Context) -> SaidLine:
    """The meaning of one line. The longest run of words that names a goal is its name, so a title may hold numbers and
    days. Leaves come before the goals above them, and these before ended goals.

    Raises `InvalidValue` for a number that cannot be logged, `NoSuchDay` for a date that does not exist, and `Unclear`
    for words with two meanings.
    """
    heard = words_of(text, goals, context.lexicon)
    named = find_name(heard, goals, context) or _alike(heard, goals, context)
    below = _said_below(heard, named, goals, context)
    named = named if below is None else below
    if not named.goals:
        by_unit = _of_unit(text, heard, goals, context)
        if by_unit and by_unit.goals:
            return by_unit
        return _within(text, heard, goals, context) or by_unit or _unknown(heard, goals, context)
    name = " ".join(name_texts(heard[named.start : named.end]))
    said = read_said(heard[named.end :], named.goals, context, front=named.front)
    doubt = doubt_of_abstaining(text, name, said, named.goals, context.lexicon)
    return SaidLine(
        name, named.goals, (), said, _sounds_like_talk(name, named.goals, said, context.lexicon),
        doubt or doubt_about(text, said, named.goals, goals, context),
    )  # fmt: skip


def _said_below(heard: Sequence[Token], name: Name, goals: Sequence[KnownGoal], context: Context) -> Name | None:
    """The leaf that "no smoking" or "half an hour of piano" is about, if a goal above it has that name; else None."""
    if not name.goals or any(goal.leaf for goal in name.goals):
        return None
    if not (context.lexicon.means(heard[0].word, Meaning.NO) or begins_amount(heard, 0, context.lexicon)):
        return None
    leaves = [goal for goal in goals if goal.leaf]
    return find_name(heard, leaves, context) or (Name() if goals_of_unit(heard, leaves, context) else None)


def _alike(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name:
    """The name that the first words begin or resemble; a word that merely resembles a title may be no day or month."""
    name = named(name_texts(heard), goals)
    is_small = name.strength < PART or context.lexicon.means(heard[0].word, Meaning.A)
    is_other = name.words == 1 and is_small and says_more(heard[0].word, context.lexicon)
    return Name() if is_other else name


def only_a_day(text: str, goals: Sequence[KnownGoal], context: Context) -> date | None:
    """The day if the words name a day and nothing else: "yesterday", "on monday", "the 9th". None for other words, and
    for a goal's whole title. Raises `NoSuchDay`."""
    heard = tokens(text)
    try:
        on = context.calendar.only_date(heard)
    except GoaltreeError:
        if _is_a_title(heard, goals):
            return None
        raise
    return None if on is None or _is_a_title(heard, goals) else on


def _is_a_title(heard: Sequence[Token], goals: Sequence[KnownGoal]) -> bool:
    return named(name_texts(heard), goals, alike_too=False).strength == (2, len(heard))


def _sounds_like_talk(name: str, goals: Sequence[KnownGoal], said: SaidOfGoal, lexicon: Lexicon) -> bool:
    small = name.casefold()
    if small in known(goals).titles:
        return False
    return lexicon.means(small, *_NO_NAMES) or (said.plain and said.note is not None)


def _of_unit(text: str, heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> SaidLine | None:
    """A line that names its goal only by the unit of an amount. If it says more than the amount, these goals are only
    the nearest."""
    of_unit = goals_of_unit(heard, goals, context)
    if of_unit is None:
        return None
    try:
        said = read_said(heard[of_unit.start :], of_unit.goals, context)
    except GoaltreeError:
        return None
    if said.value is None:
        return None
    if said.note is not None:
        return SaidLine(" ".join(token.text for token in heard), (), of_unit.goals, said)
    name = of_unit.goals[0].title if len(of_unit.goals) == 1 else " ".join(name_texts(heard[of_unit.start :]))
    return SaidLine(name, of_unit.goals, (), said, doubt=doubt_about(text, said, of_unit.goals, goals, context))


def _within(text: str, heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> SaidLine | None:
    """A line with unknown words before a goal; the bot always asks about it."""
    names = find_within(heard, goals, context)
    if len({name.goals for name in names}) > 1:
        meant = tuple(dict.fromkeys(name.goals[0] for name in names))
        return SaidLine(text, (), meant, SaidOfGoal(context.usual_day, note=text), sounds_like_talk=True)
    if not names:
        return None
    name = names[0]
    doubt = about_words_around(text, heard, name, goals, context)
    return SaidLine(" ".join(name_texts(heard[name.start : name.end])), name.goals, (), doubt.readings[0], True, doubt)


def _unknown(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> SaidLine:
    """A line that names no goal, which matters more than its other faults."""
    count = _words_of_unknown_name(heard, context)
    name, behind = " ".join(name_texts(heard[:count])), heard[count:]
    denies = any(is_denial(token, context.lexicon) for token in heard)
    # In a long sentence without a day, some word always resembles some title.
    nearest = _nearest(name, goals) if denies or count < len(heard) or count <= _MOST_OF_A_NAME else ()
    try:
        said = read_said(behind, nearest, context)
    except GoaltreeError:
        said = SaidOfGoal(context.usual_day, note=" ".join(token.text for token in behind) or None)
    if denies:
        said = replace(said, how=How.SKIP, value=None, plain=False)
    return SaidLine(name, (), nearest, said, _sounds_like_talk(name, (), said, context.lexicon))


def _nearest(name: str, goals: Sequence[KnownGoal]) -> tuple[KnownGoal, ...]:
    """The goals that resemble a name, among those that can be logged if there are any."""
    likely = ranked(goals)[0].goals or goals
    by_id = {goal.id: goal for goal in likely}
    return tuple(by_id[goal_id] for goal_id in match(name, [(goal.id, goal.title) for goal in likely]).nearest)


def _words_of_unknown_name(heard: Sequence[Token], context: Context) -> int:
    """The number of words before the first amount, skip or day."""
    for at, token in enumerate(heard[1:], 1):
        try:
            is_day = context.calendar.date_at(heard, at) is not None
        except NoSuchDay:
            return len(heard)
        if is_day or AMOUNT.match(token.text.lstrip("=+")) or context.lexicon.means(token.word, Meaning.SKIP):
            return at
    return len(heard)
