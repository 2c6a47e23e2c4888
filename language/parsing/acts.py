"""Acts on a day in words: an amount, skip, done, not done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal

from core.actions.logged import How
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.amounts import amount_at, is_bare_number, looks_like_amount, units_of
from language.parsing.dates import begins_range
from language.parsing.day_words import month_of
from language.parsing.errors import NoSuchDay, Unclear
from language.parsing.fractions import part_behind
from language.parsing.line import Context, KnownGoal
from language.parsing.measures import is_unit, unit_words
from language.parsing.spelled import number_in_words
from language.tokens import Token, plain

_NOTHING = (Meaning.NOT, Meaning.NO, Meaning.NONE, Meaning.NOTHING)
_LATELY = timedelta(days=7)
_TAKEN_WHOLE = ("glass", "chapter", "lap", "rep")


@record
class SaidAct:
    """The act that some words name, and how many words they are. With `value` None: a tick, or nothing with a skip."""

    words: int
    how: How = How.ADD
    value: Decimal | None = None
    measured: bool = False
    denied: bool = False


@record
class WordPlace:
    """A position in the words behind a goal's name; parsing looks from `at` on."""

    heard: Sequence[Token]
    at: int
    goals: Sequence[KnownGoal]
    context: Context

    def means(self, *meanings: Meaning, ahead: int = 0) -> bool:
        """Whether the word here, or `ahead` words further on, has one of these meanings."""
        at = self.at + ahead
        return 0 <= at < len(self.heard) and self.context.lexicon.means(self.heard[at].word, *meanings)

    def is_day(self, ahead: int = 0) -> bool:
        """Whether a day is named here, or `ahead` words further on."""
        return self.context.calendar.date_at(self.heard, self.at + ahead) is not None

    @property
    def is_number(self) -> bool:
        """Whether a number without a unit stands here that does not begin a day."""
        return is_bare_number(self.heard[self.at]) and not self.is_day()

    @property
    def is_last(self) -> bool:
        return self.at + 1 >= len(self.heard)

    @property
    def checks_only(self) -> bool:
        """Whether every candidate goal is a tick."""
        return bool(self.goals) and not any(goal.number for goal in self.goals)


def act_at(place: WordPlace) -> SaidAct | None:
    """The act that the words at a place name; None if they name none. Raises `Unclear`."""
    act = next((act for recognise in _RECOGNISERS if (act := recognise(place))), None)
    if act is not None:
        _check_alone(act, place)
    return act


def _skip(place: WordPlace) -> SaidAct | None:
    """ "skip"; "skipped" only alone or before a day, because "skipped legs" skips only a part."""
    is_whole = place.means(Meaning.SKIPPED) and (place.is_last or place.is_day(ahead=1))
    return SaidAct(1, How.SKIP) if is_whole or place.means(Meaning.SKIP) else None


def _undone(place: WordPlace) -> SaidAct | None:
    """ "missed", "not done"; "no" only alone or before a day."""
    if place.means(Meaning.UNDONE):
        words = 1
    elif place.means(Meaning.NOT) and place.means(Meaning.DONE, ahead=1):
        words = 2
    elif place.means(*_NOTHING) and (place.is_last or place.is_day(ahead=1)):
        words = 1
    else:
        return None
    return SaidAct(words, How.SET, Decimal(0), denied=True)


def _done(place: WordPlace) -> SaidAct | None:
    """ "done", "yes"; "ok" only if nothing follows."""
    is_ok = place.is_last and place.means(Meaning.OK)
    return SaidAct(1) if is_ok or place.means(Meaning.DONE, Meaning.YES) else None


def _amount(place: WordPlace) -> SaidAct | None:
    if rated := _rating(place):
        return rated
    if _is_dated(place) or not _is_amount(place):
        return None
    amount = amount_at(place.heard, place.at, place.goals, place.context)
    how = How.SET if amount.value == 0 and place.checks_only else amount.how
    return SaidAct(amount.words, how, amount.value, amount.measured)


def _rating(place: WordPlace) -> SaidAct | None:
    """ "7/10" of a number without a unit, such as a mood; it is not a date."""
    word = place.heard[place.at].word
    match = re.fullmatch(r"(\d{1,2})/(5|10)", word) if "/" in word else None
    is_number = len(place.goals) == 1 and place.goals[0].number and not place.goals[0].unit
    return SaidAct(1, How.ADD, Decimal(match[1]), measured=True) if match and is_number else None


_RECOGNISERS: tuple[Callable[[WordPlace], SaidAct | None], ...] = (_skip, _undone, _done, _amount)


def _is_dated(place: WordPlace) -> bool:
    """Whether days are named here, rather than an amount before a day."""
    if begins_range(place.heard[place.at :], place.context.lexicon):
        return True
    return place.heard[place.at].text[0] not in "=+" and not _is_value_before_day(place) and place.is_day()


def _is_amount(place: WordPlace) -> bool:
    """Whether a number stands here that the candidate goals can take; for a tick it must be bare."""
    if not (looks_like_amount(place.heard[place.at]) or _is_number_word(place)):
        return False
    return not place.checks_only or _is_only_a_number(place)


def _is_number_word(place: WordPlace) -> bool:
    """Whether a word for a number stands here, alone or before something that may follow a number."""
    if place.checks_only:
        return False
    lexicon, at, (text, word) = place.context.lexicon, place.at, place.heard[place.at]
    if number_in_words(place.heard, at, lexicon)[1]:
        return True
    if text[0].isdigit() or lexicon.count(word) is None:
        return False
    if _unit_behind(place) or part_behind(place.heard, at + 1, lexicon)[1]:
        return True
    return _is_number_alone(place)


def _is_number_alone(place: WordPlace) -> bool:
    """Whether a word is a number in the goals' own unit because no other unit follows."""
    lexicon, (text, word) = place.context.lexicon, place.heard[place.at]
    is_counted = place.means(Meaning.ONCE, Meaning.TWICE)
    if is_counted and not all(_is_taken_whole(unit, lexicon) for unit in units_of(place.goals)):
        return False
    is_end = place.is_last or not text[-1].isalpha() or place.is_day(ahead=1)
    return is_end and lexicon.number(word) is not None


def _is_taken_whole(unit: str, lexicon: Lexicon) -> bool:
    """Whether "twice" counts two of a unit: two glasses, or two of a unit unknown to the lexicon, but never two
    minutes."""
    known = lexicon.units.get(plain(unit))
    return known is None or known in _TAKEN_WHOLE


def _unit_behind(place: WordPlace) -> bool:
    """Whether the next word is a unit."""
    lexicon, at = place.context.lexicon, place.at + 1
    if unit_words(place.heard, at, units_of(place.goals), lexicon):
        return True
    return not place.is_last and is_unit(place.heard[at].word, lexicon)


def _is_value_before_day(place: WordPlace) -> bool:
    """Whether the first number of "3 Nov 22" is the value. For a goal with numbers it may be 3 on Nov 22, or 22 on 3
    Nov; the recent day wins. False for "22 Nov 5 km". Raises `Unclear` if both days are recent, or neither."""
    words = place.heard[place.at : place.at + 3]
    if len(words) < 3 or not any(goal.number for goal in place.goals):
        return False
    value, month, day = words
    if not _is_month_between_numbers(value, month, day, place.context.lexicon):
        return False
    if unit_words(place.heard, place.at + 3, units_of(place.goals), place.context.lexicon):
        return False
    if len(value.text) > 2:
        return True
    first, last = _was_lately([value, month], place), _was_lately([month, day], place)
    if first == last:
        raise Unclear("two_numbers", " ".join(token.text for token in words))
    return last


def _is_month_between_numbers(value: Token, month: Token, day: Token, lexicon: Lexicon) -> bool:
    is_day = day.word.isdecimal() and len(day.word) <= 2
    return is_day and value.text.isdecimal() and month_of(month.word, lexicon) is not None


def _was_lately(words: Sequence[Token], place: WordPlace) -> bool:
    """Whether words name today or a day of the last week."""
    try:
        dated = place.context.calendar.date_at(words)
    except NoSuchDay:
        return False
    return dated is not None and timedelta(0) <= place.context.today - dated.on <= _LATELY


def _is_only_a_number(place: WordPlace) -> bool:
    """Whether a tick got nothing but a number, which it cannot take, rather than a note that begins with one."""
    return is_bare_number(place.heard[place.at]) and (place.is_last or place.is_day(ahead=1))


def _check_alone(act: SaidAct, place: WordPlace) -> None:
    """Raise `Unclear` if another unit, another number or a skip follows directly."""
    behind = place.at + act.words
    if len(place.goals) != 1 or behind >= len(place.heard):
        return
    written = " ".join(one.text for one in place.heard[place.at : behind + 1])
    rest = WordPlace(place.heard, behind, place.goals, place.context)
    if _are_skip_and_number(act, rest):
        raise Unclear("number_and_skip", written)
    if place.goals[0].number and act.value is not None and not act.measured:
        _check_measure(rest, place.goals[0], written)


def _are_skip_and_number(act: SaidAct, rest: WordPlace) -> bool:
    """Whether a skip and a number stand side by side."""
    if act.how is How.SKIP:
        return rest.is_number and not begins_range(rest.heard[rest.at :], rest.context.lexicon)
    return act.value is not None and rest.means(Meaning.SKIP)


def _check_measure(rest: WordPlace, goal: KnownGoal, written: str) -> None:
    """Raise `Unclear` if a number without a unit is followed by another number, or by a unit that is not the goal's."""
    if rest.is_number:
        raise Unclear("two_numbers", written)
    unit = rest.heard[rest.at].word
    if goal.unit and unit in rest.context.lexicon.units:
        raise Unclear("other_unit", unit, title=goal.title, unit=goal.unit)
