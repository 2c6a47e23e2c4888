"""Leftover words of a line, behind its goal, act and day: a note, unless they may say more.

A misread word is worse than a question. So words are no note if they contain another amount, another goal, another day,
a denial, or something that is yet to happen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import time
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from core.actions.logged import How
from core.errors import GoaltreeError
from core.planning.names import spoken
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.amounts import AMOUNT, amount_at, counts_other, is_bare_number, is_measured, may_be_thousands
from language.parsing.another_day import another_day
from language.parsing.errors import Unclear
from language.parsing.fractions import part_behind
from language.parsing.joined import joins
from language.parsing.line import Context, Doubt, KnownGoal, SaidOfGoal
from language.parsing.measures import THOUSAND, converted, is_time, same_unit
from language.parsing.names import says_more
from language.parsing.rest import Rest
from language.parsing.spelled import number_in_words
from language.tokens import Token, plain, tokens

LOOKED_THROUGH = 24
"""The most words of a note that are examined."""
_WHEN = (Meaning.IN, Meaning.AT, Meaning.BY, Meaning.PER)
"""Words before a duration or a time: "in 30 min"."""
CLOSING = " )\"'”!"
_DAWN = time(4)
_BEGINS: Mapping[Meaning | None, time] = {
    Meaning.AFTERNOON: time(12),
    Meaning.EVENING: time(16),
    Meaning.TONIGHT: time(16),
}
"""The earliest beginning of each part of the day."""
_TIMES = re.compile(r"(\d{1,3})[x×]|[x×](\d{1,3})")
_KILOMETRES = "km"
_MADE_OF_TWO = re.compile(r"\d[\d.,]*[-–x×:h]\d|[x×]\d")
"""Ranges, factors and times: "5-6", "2x3", "x2", "7:30"."""
_LONG_ENOUGH = 4
"""The shortest word that counts as a goal's name although it is only its beginning."""


def doubt_about(
    line: str, said: SaidOfGoal, meant: Sequence[KnownGoal], goals: Sequence[KnownGoal], context: Context
) -> Doubt | None:
    """The doubt about a line or its leftover words; None if the line can be logged."""
    doubt = _about_whole_line(line, said, meant, context)
    if doubt or not said.note:
        return doubt
    rest = Rest(tokens(said.note)[:LOOKED_THROUGH], said, meant, goals, context)
    return next((doubt for look in _LOOKS if (doubt := look(rest))), None)


def _about_whole_line(line: str, said: SaidOfGoal, meant: Sequence[KnownGoal], context: Context) -> Doubt | None:
    """The doubt about a line that asks, speaks of later today, or has a number with another possible meaning."""
    heard = tokens(line)
    if line.rstrip(CLOSING).endswith("?") and said.value is None:
        return Doubt(Unclear("a_question", line), (said,))
    if said.on == context.today and (ahead := _later_today(heard, context)):
        return Doubt(Unclear("still_ahead", ahead), (said,))
    if said.value is None:
        return None
    if written := may_be_thousands(heard, meant, context):
        return Doubt(Unclear("thousands", written), (replace(said, value=said.value * 1000), said))
    if said.note and (other := counts_other(heard, meant, context.lexicon)):
        return Doubt(Unclear("another_amount", other), (said,))
    return None


def _later_today(heard: Sequence[Token], context: Context) -> str | None:
    """The words for a part of the day that lies ahead: "tonight" in the morning. Before dawn there are none."""
    if context.clock is None or context.clock < _DAWN:
        return None
    for at, token in enumerate(heard):
        part = context.lexicon.words.get(token.word)
        begins = _BEGINS.get(part)
        is_this = at > 0 and context.lexicon.means(heard[at - 1].word, Meaning.THIS)
        if begins and context.clock < begins and (part is Meaning.TONIGHT or is_this):
            return " ".join(one.text for one in heard[at - is_this : at + 1])
    return None


def put_off(rest: Rest) -> Doubt | None:
    """The doubt about something not done yet: "later", "next week", "going to"."""
    for at in range(len(rest.heard)):
        for words in (3, 2, 1):
            phrase = " ".join(token.word for token in rest.heard[at : at + words])
            at_an_end = at == 0 or at + words >= len(rest.heard)
            is_later = rest.lexicon.is_ahead(phrase) and (at_an_end or phrase in rest.lexicon.periods)
            if is_later or (rest.said.value is None and rest.lexicon.means(phrase, Meaning.PLANNED)):
                return rest.doubt(Unclear("still_ahead", rest.text(at, words)))
    return None


def _denied(rest: Rest) -> Doubt | None:
    """The doubt about "was closed", "no legs", "skipped the squats", or a tick that is "half" done."""
    if rest.said.how is How.SKIP or rest.said.denied:
        return None
    is_half = not any(goal.number for goal in rest.meant) and rest.means(0, Meaning.HALF) and len(rest.heard) == 1
    if not is_half and not any(is_denial(token, rest.lexicon) for token in rest.heard):
        return None
    if amount := _not_this_amount(rest):
        return rest.doubt(Unclear("another_amount", amount))
    skip = replace(rest.said, how=How.SKIP, value=None)
    return rest.doubt(Unclear("denied", rest.text(0, len(rest.heard))), skip)


def _not_this_amount(rest: Rest) -> str:
    """The amount that the note denies: "not 5"."""
    if rest.said.value is None or not rest.means(0, Meaning.NOT) or len(rest.heard) < 2:
        return ""
    return rest.text(0, 2) if is_bare_number(rest.heard[1]) or is_measured(rest.heard[1], rest.lexicon) else ""


def is_denial(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word may say that something was not done."""
    return lexicon.means(token.word, *_DENIALS) or token.word.endswith("n't")


_DENIALS = (
    Meaning.UNDONE, Meaning.DENIED, Meaning.SKIP, Meaning.SKIPPED, Meaning.NO, Meaning.NOT, Meaning.NOTHING,
    Meaning.NEVER, Meaning.NONE,
)  # fmt: skip


def _another_amount(rest: Rest) -> Doubt | None:
    """The doubt about a second number."""
    if not any(goal.number for goal in rest.meant):
        return _amount_of_another(rest)
    if rest.said.value is not None and (rest.means(0, Meaning.TIMES) or _is_unit_of_none(rest)):
        return rest.doubt(Unclear("another_amount", rest.text(0)))
    if times := _times_done(rest):
        return _of_times(rest, *times)
    for at in range(len(rest.heard)):
        if not _is_amount(rest, at) or _is_time_taken(rest, at):
            continue
        return rest.doubt(Unclear("another_amount", rest.text(at, 2)), *_with_amount(rest, at))
    return None


def _is_amount(rest: Rest, at: int) -> bool:
    """Whether an amount stands here: a number, bare or with a unit, in digits or words, a range, or a half."""
    token, lexicon = rest.heard[at], rest.lexicon
    is_number = is_bare_number(token) or lexicon.numbers.get(token.word, 0) > 1 or is_measured(token, lexicon)
    is_part = part_behind(rest.heard, at, lexicon)[1] or number_in_words(rest.heard, at, lexicon)[1]
    return is_number or is_part > 0 or _MADE_OF_TWO.match(token.word) is not None


def _is_unit_of_none(rest: Rest) -> bool:
    """Whether a unit follows the number of a goal that has no unit: "beer 500 ml"."""
    word = rest.heard[0].word
    is_unit = word in rest.lexicon.units and not any(goal.unit for goal in rest.meant)
    return is_unit and not any(same_unit(word, goal.title, rest.lexicon) for goal in rest.meant)


def _amount_of_another(rest: Rest) -> Doubt | None:
    """The doubt about a number in another goal's unit beside a tick: "gym 5 km". A duration is a note. Behind "and" any
    number counts something else: "gym and swim 2"."""
    if joins(rest.heard[0], rest.lexicon):
        counted = next((at for at in range(len(rest.heard)) if _is_amount(rest, at)), None)
        if counted is not None:
            return rest.doubt(Unclear("another_amount", rest.text(counted, 2)))
    if times := _times_done(rest):
        return _of_times(rest, *times)
    if several := _several_of_it(rest):
        return rest.doubt(Unclear("another_amount", several))
    return _in_unit_of_another(rest)


def _in_unit_of_another(rest: Rest) -> Doubt | None:
    units = _units_counted(rest)
    for at in range(len(rest.heard)):
        unit, words = _unit_of_amount(rest, at)
        if unit and any(_is_measure_of(unit, known, rest.lexicon) for known in units):
            return rest.doubt(Unclear("another_amount", rest.text(at, words)))
    return None


def _units_counted(rest: Rest) -> set[str]:
    """The units of all goals, without those of time: a duration is a note."""
    units = {goal.unit for goal in rest.goals if goal.unit and not goal.ended}
    return {unit for unit in units if not is_time(unit, rest.lexicon)}


def _times_done(rest: Rest) -> tuple[int, int] | None:
    """(how often it was done, the number of words that say so), if more than once: "twice", "2 times", "3x"."""
    if rest.means(0, Meaning.TWICE):
        return 2, 1
    if written := _TIMES.fullmatch(rest.heard[0].word):
        times, words = int(written[1] or written[2]), 1
    else:
        times, words = rest.lexicon.number(rest.heard[0].word) or 0, 2 if rest.means(1, Meaning.TIMES) else 0
    return (times, words) if times > 1 and words else None


def _several_of_it(rest: Rest) -> str:
    """The words that count several of a thing that the title has in the singular: "called two customers" for "Call a
    customer"."""
    named = {token.word for goal in rest.meant for token in tokens(goal.title)}
    for number, thing in pairwise(rest.heard):
        many = (rest.lexicon.number(number.word) or 0) > 1
        if many and (thing.word in named or any(thing.word == f"{word}s" for word in named)):
            return f"{number.text} {thing.text}"
    return ""


def _of_times(rest: Rest, times: int, words: int) -> Doubt:
    """The doubt about "run 5 twice": 10, or 5?"""
    value = rest.said.value
    readings = () if value is None else (replace(rest.said, value=value * times),)
    return rest.doubt(Unclear("another_amount", rest.text(0, words)), *readings)


def _unit_of_amount(rest: Rest, at: int) -> tuple[str, int]:
    """(the unit of an amount here, the number of their words). For a tick "5k" is 5 km."""
    written = AMOUNT.fullmatch(rest.heard[at].word)
    if written is None:
        return "", 1
    behind = rest.heard[at + 1].word if at + 1 < len(rest.heard) else ""
    unit, words = (written["unit"], 1) if written["unit"] else (behind, 2)
    return (_KILOMETRES if plain(unit) == THOUSAND else unit), words


def _is_measure_of(unit: str, known: str, lexicon: Lexicon) -> bool:
    return same_unit(unit, known, lexicon) or converted(Decimal(1), unit, known, lexicon) is not None


def _is_time_taken(rest: Rest, at: int) -> bool:
    """Whether a number is a duration or a time: "in 30 min"."""
    return rest.said.value is not None and rest.means(at - 1, *_WHEN)


def _with_amount(rest: Rest, at: int) -> tuple[SaidOfGoal, ...]:
    """The line with the amount in its note, if it has no other."""
    if not rest.said.denied and (rest.said.value is not None or rest.said.how is not How.ADD):
        return ()
    try:
        amount = amount_at(rest.heard, at, rest.meant, rest.context)
    except GoaltreeError:
        return ()
    return (replace(rest.said, how=amount.how, value=amount.value, denied=False),)


def _another_goal(rest: Rest) -> Doubt | None:
    """The doubt about another goal's title, or a word that begins one."""
    mine = {goal.title for goal in rest.meant}
    begun = beginnings(tuple(goal.title for goal in rest.goals if not goal.ended and goal.title not in mine))
    for at, token in enumerate(rest.heard):
        for name in (token.word, *rest.lexicon.stems(token.word)):
            for title in begun.get(name, ()):
                if count := _words_of(title, rest, at, name):
                    return rest.doubt(Unclear("another_goal", rest.text(at, count)))
    return None


def _words_of(title: Sequence[str], rest: Rest, at: int, name: str) -> int:
    """The number of words here that match a title, which begins with `name`; 0 if a single word is too short."""
    behind = [token.word for token in rest.heard[at + 1 : at + len(title)]]
    if [name, *behind] == list(title):
        return len(title)
    return int(len(name) >= _LONG_ENOUGH and not says_more(name, rest.lexicon))


@lru_cache(maxsize=64)
def beginnings(titles: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """The titles as words, by their first word."""
    by_first_word: dict[str, list[tuple[str, ...]]] = {}
    for title in titles:
        apart = spoken(title)
        for written in {title, apart}:
            if words := tuple(token.word for token in tokens(written)):
                by_first_word.setdefault(words[0], []).append(words)
    return by_first_word


def _for_another(rest: Rest) -> Doubt | None:
    """ "for Timmy", "for him": someone else may have done it."""
    for at, token in enumerate(rest.heard[1:], 1):
        if not rest.means(at - 1, Meaning.FOR):
            continue
        is_name = token.text[0].isupper() or rest.means(at, Meaning.OTHERS) or rest.means(at + 1, Meaning.OTHERS)
        if is_name or (at == 1 and len(rest.heard) == 2 and rest.said.plain):
            return rest.doubt(Unclear("for_another", rest.text(at - 1, 2)))
    return None


_LOOKS: tuple[Callable[[Rest], Doubt | None], ...] = (
    put_off, another_day, _denied, _another_goal, _another_amount, _for_another,
)  # fmt: skip
