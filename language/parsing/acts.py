"""What is said of a goal behind its name: one act (an amount, skip, not done), one day, and a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.actions.logged import How
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.amounts import amount_at, is_bare_number, looks_like_amount, unit_words, units_of
from language.parsing.dates import month_of
from language.parsing.errors import Unclear
from language.parsing.line import Context, Goal, Said
from language.tokens import Token

_LOOKED_THROUGH = 24
"""Words of a note in which a mistyped day is looked for: it stands near what was done."""


@dataclass(frozen=True, slots=True)
class _Act:
    """What some words do to the day, and how many they are. `value` None: a tick, or nothing with a skip."""

    words: int
    how: How = How.ADD
    value: Decimal | None = None
    measured: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """The words behind a name, of which those from `at` on are looked at."""

    heard: Sequence[Token]
    at: int
    goals: Sequence[Goal]
    context: Context

    def means(self, *meanings: Meaning, ahead: int = 0) -> bool:
        """Whether the word here, or some words ahead, has one of these meanings."""
        at = self.at + ahead
        return at < len(self.heard) and self.context.lexicon.means(self.heard[at].word, *meanings)

    def is_day(self, ahead: int = 0) -> bool:
        """Whether a day is named here, or some words ahead."""
        return self.context.calendar.date_at(self.heard, self.at + ahead) is not None

    @property
    def is_number(self) -> bool:
        """Whether a number without a unit stands here, and no day begins with it."""
        return is_bare_number(self.heard[self.at]) and not self.is_day()

    @property
    def is_last(self) -> bool:
        return self.at + 1 >= len(self.heard)

    @property
    def checks_only(self) -> bool:
        """Whether all goals that may be meant are ticks."""
        return bool(self.goals) and not any(goal.number for goal in self.goals)


def read_said(heard: Sequence[Token], goals: Sequence[Goal], context: Context) -> Said:
    """What the words behind a name say: one act, one day, wherever it stands; the rest is the note.

    Raises `InvalidValue`, `NoSuchDay` and `Unclear`.
    """
    at, note, act, on = 0, list[Token](), None, None
    while at < len(heard):
        place = _Place(heard, at, goals, context)
        if act is None and not note and (act := act_at(place)):
            at += act.words
        elif on is None and (dated := context.calendar.date_at(heard, at, brief=not note)):
            on, at = dated.on, at + dated.words
        else:
            note.append(heard[at])
            at += 1
    _check_note(note, context.lexicon, has_day=on is not None)
    return _said(act, on, " ".join(token.text for token in note), context)


def _check_note(note: Sequence[Token], lexicon: Lexicon, *, has_day: bool) -> None:
    """Raises `Unclear` for left-over words that put the matter off, or of which one may be the day that is missing."""
    note = note[:_LOOKED_THROUGH]
    if lexicon.is_ahead(" ".join(token.word for token in note)):
        raise Unclear("still_ahead", " ".join(token.text for token in note))
    like_a_day = None if has_day else next((one for one in note if lexicon.resembles_day(one.word)), None)
    if like_a_day is not None:
        raise Unclear("like_a_day", like_a_day.text)


def _said(act: _Act | None, on: date | None, note: str, context: Context) -> Said:
    plain = act is None and on is None
    act = act or _Act(0)
    return Said(on or context.usual_day, act.how, act.value, note or None, plain)


def act_at(place: _Place) -> _Act | None:
    """What the words at a place do to the day; None if they do nothing. Raises `Unclear`."""
    act = next((act for recognise in _RECOGNISERS if (act := recognise(place))), None)
    if act is not None:
        _check_alone(act, place)
    return act


def _skip(place: _Place) -> _Act | None:
    return _Act(1, How.SKIP) if place.means(Meaning.SKIP) else None


def _undone(place: _Place) -> _Act | None:
    """ "missed", "not done"; "no" alone or before a day."""
    if place.means(Meaning.UNDONE):
        words = 1
    elif place.means(Meaning.NOT) and place.means(Meaning.DONE, ahead=1):
        words = 2
    elif place.means(Meaning.NOT, Meaning.NO) and (place.is_last or place.is_day(ahead=1)):
        words = 1
    else:
        return None
    return _Act(words, How.SET, Decimal(0))


def _done(place: _Place) -> _Act | None:
    return _Act(1) if place.checks_only and place.means(Meaning.DONE) else None


def _amount(place: _Place) -> _Act | None:
    token = place.heard[place.at]
    if token.text[0] not in "=+" and not _is_value_before_day(place) and place.is_day():
        return None
    if not looks_like_amount(token) or (place.checks_only and not _is_only_a_number(place)):
        return None
    context = place.context
    found = amount_at(place.heard, place.at, place.goals, context.lexicon, decimal_comma=context.decimal_comma)
    how = How.SET if found.value == 0 and place.checks_only else found.how
    return _Act(found.words, how, found.value, found.measured)


_RECOGNISERS: tuple[Callable[[_Place], _Act | None], ...] = (_skip, _undone, _done, _amount)


def _is_value_before_day(place: _Place) -> bool:
    """ "3 Nov 22" behind a goal that takes numbers is 3 on Nov 22; "22 Nov 5 km" is not."""
    value, *behind = place.heard[place.at : place.at + 3]
    if len(behind) < 2 or not any(goal.number for goal in place.goals):
        return False
    month, day = behind[0].word, behind[1].word
    if month_of(month, place.context.lexicon) is None or not value.text.isdecimal():
        return False
    has_unit = unit_words(place.heard, place.at + 3, units_of(place.goals), place.context.lexicon)
    return day.isdecimal() and len(day) < 3 and not has_unit


def _is_only_a_number(place: _Place) -> bool:
    """Whether a check got a bare number, which it may not take, and not a note that begins with one."""
    return is_bare_number(place.heard[place.at]) and (place.is_last or place.is_day(ahead=1))


def _check_alone(act: _Act, place: _Place) -> None:
    """Raises `Unclear` where another unit, another number or a skip stands directly behind what was said."""
    behind = place.at + act.words
    if len(place.goals) != 1 or behind >= len(place.heard):
        return
    written = " ".join(one.text for one in place.heard[place.at : behind + 1])
    rest = _Place(place.heard, behind, place.goals, place.context)
    if act.how is How.SKIP and rest.is_number:
        raise Unclear("number_and_skip", written)
    if act.value is None:
        return
    if rest.means(Meaning.SKIP):
        raise Unclear("number_and_skip", written)
    if place.goals[0].number and not act.measured:
        _check_measure(rest, place.goals[0], written)


def _check_measure(rest: _Place, goal: Goal, written: str) -> None:
    """Raises `Unclear` where another number, or a unit that is not the goal's, stands behind a number without one."""
    if rest.is_number:
        raise Unclear("two_numbers", written)
    unit = rest.heard[rest.at].word
    if goal.unit and unit in rest.context.lexicon.units:
        raise Unclear("other_unit", unit, title=goal.title, unit=goal.unit)
