"""What a person says they did: `run 5 km yesterday felt great`, `gym skip`, `run =7`, `gym not done`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bot.parsing.dates import NoSuchDay, date_at, names_month
from core.actions.logged import How
from core.errors import InvalidValue
from core.names import longest_name_prefix, match
from core.values import parse_number

_AMOUNT = re.compile(r"(?P<number>[-−]?[.,]?\d(?:[\d.,'’\xa0\u202f\u2009]*\d)?\.?(?:[eE][+-]?\d+)?)(?P<unit>\D*)")
_NO_NUMBERS = frozenset({"nan", "inf", "infinity"})
_SKIP = frozenset({"skip", "skipped"})
_UNDONE = frozenset({"undone", "missed", "failed", "cancelled", "canceled", "didn't", "couldn't"})
_NO_NAMES = frozenset({"no", "not", "all", "none", "nothing", "everything", "yes", "any", "the", "i", "my", "so"})
"""Words that alone are no goal's name, though a title may begin with them or sound alike."""
_FOUND = (1, 0)
"""Strength of a name that stands in a title."""
_ALIKE = tuple(
    frozenset(names.split())
    for names in (
        "km kms kilometer kilometers kilometre kilometres",
        "m meter meters metre metres",
        "mi mile miles",
        "h hr hrs hour hours",
        "min mins minute minutes",
        "sec secs second seconds",
        "kg kgs kilo kilos kilogram kilograms",
        "g gram grams",
        "lb lbs pound pounds",
        "l liter liters litre litres",
        "ml milliliter milliliters",
        "kcal cal calories",
        "rep reps",
        "page pages",
        "chapter chapters",
        "step steps",
        "glass glasses",
        "lap laps",
    )
)
_UNITS = frozenset(name for group in _ALIKE for name in group)
_WINDOW = 24
"""Words: the longest unit and a date behind it have fewer."""
_BLANKS = re.compile(r"[ \t\r\f\v]+")


class Goal(NamedTuple):
    """A node as far as the words of a log can mean it. `ended`: not active today, so it is meant last; `under` is its
    parent's title, which tells namesakes apart. A tuple, because every message makes one of every node."""

    id: int
    title: str
    leaf: bool = True
    number: bool = False
    unit: str | None = None
    ended: bool = False
    under: str = ""


class Unclear(ValueError):
    """Words that could be logged in two ways: another unit, two numbers, a number to skip. Nothing is guessed."""

    def __init__(self, why: str, words: str, goal: Goal) -> None:
        super().__init__(words)
        self.why, self.words, self.goal = why, words, goal


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a goal, whichever it is."""

    on: date
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    plain: bool = True
    """No act and no date was said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line understood. `goals`: one is meant, several are candidates, none is known by that `name`; then
    `nearest` are those that it resembles."""

    name: str
    goals: tuple[Goal, ...]
    nearest: tuple[Goal, ...]
    said: Said

    @property
    def sounds_like_talk(self) -> bool:
        """Whether these could be words of a conversation: no number, no date, no act, and not a whole title."""
        titles = {" ".join(goal.title.split()).casefold() for goal in self.goals}
        name = self.name.casefold()
        return name not in titles and (name in _NO_NAMES or (self.said.plain and self.said.note is not None))


def split_lines(text: str) -> list[str]:
    """The lines that say something: each is a log of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_line(
    text: str, goals: Sequence[Goal], today: date, *, about: date | None = None, decimal_comma: bool = False
) -> Line:
    """What one line says. The longest run of words that names a goal is its name, so a title may hold numbers and
    days; leaves are meant before the goals above them, and these before what has ended. Without a date it is about
    `about`, or else today.

    Raises `InvalidValue` for a number that cannot be logged and `NoSuchDay` for a date that is not in the calendar.
    """
    words = [word for word in _BLANKS.split(text.strip()) if word]
    words = [word.rstrip(":") or word for word in words[:1]] + words[1:]
    count, meant = _named(words, goals)
    if meant:
        said = read_said(words[count:], meant, today, about=about, decimal_comma=decimal_comma)
        return Line(" ".join(words[:count]), meant, (), said)
    return _unknown(words, goals, today, about, decimal_comma)


def _unknown(words: Sequence[str], goals: Sequence[Goal], today: date, about: date | None, decimal_comma: bool) -> Line:
    """A line that names nothing; whatever else is wrong with it matters less."""
    try:
        count = _words_of_unknown_name(words, today)
    except NoSuchDay:
        count = len(words)
    name = " ".join(words[:count])
    likely = [goal for goal in goals if goal.leaf and not goal.ended] or list(goals)
    by_id = {goal.id: goal for goal in likely}
    nearest = tuple(by_id[found] for found in match(name, [(goal.id, goal.title) for goal in likely]).nearest)
    try:
        said = read_said(words[count:], nearest, today, about=about, decimal_comma=decimal_comma)
    except (InvalidValue, NoSuchDay, Unclear):
        said = Said(about or today, note=" ".join(words[count:]) or None)
    return Line(name, (), nearest, said)


def _named(words: Sequence[str], goals: Sequence[Goal]) -> tuple[int, tuple[Goal, ...]]:
    """(how many words name goals, which). Leaves go before parents, these before what has ended; but a longer whole
    title goes before a shorter name, and what is only alike comes last."""
    best: tuple[tuple[int, int], int, tuple[Goal, ...]] = ((0, 0), 0, ())
    for rank in (
        [goal for goal in goals if goal.leaf and not goal.ended],
        [goal for goal in goals if not goal.leaf and not goal.ended],
        [goal for goal in goals if goal.ended],
    ):
        # What is only alike would never win against a name that was found.
        alike_too = best[0] < _FOUND
        count, found = longest_name_prefix(words, [(goal.id, goal.title) for goal in rank], alike_too=alike_too)
        meant = tuple(goal for goal in rank if goal.id in found.exact) if count else ()
        strength = _strength(" ".join(words[:count]).casefold(), count, meant)
        if strength > best[0]:
            best = (strength, count, meant)
    return best[1:]


def _strength(name: str, count: int, meant: Sequence[Goal]) -> tuple[int, int]:
    titles = [" ".join(goal.title.split()).casefold() for goal in meant]
    if name in titles:
        return 2, count
    return _FOUND if any(name in title for title in titles) else (0, bool(titles))


def read_said(
    words: Sequence[str],
    goals: Sequence[Goal],
    today: date,
    *,
    about: date | None = None,
    decimal_comma: bool = False,
) -> Said:
    """What the words behind a name say: one act (a number, skip, not done), one date, wherever it stands; the rest is
    the note."""
    at, note = 0, list[str]()
    said, acted, on = Said(today), False, None
    # No act and no date has more words than the window: a long note is looked through, and never copied.
    while rest := list(words[at : at + _WINDOW]):
        act = None if acted or note else _act(rest, goals, said, today, decimal_comma)
        dated = date_at(rest, today, brief=not note) if on is None and act is None else None
        if act is not None:
            (said, used), acted = act, True
            _check_alone(rest[:used], rest[used:], goals, said, today)
        elif dated is not None:
            on, used = dated.on, dated.words
        else:
            note.append(rest[0])
            used = 1
        at += used
    plain = not acted and on is None
    return replace(said, on=on or about or today, note=" ".join(note) or None, plain=plain)


def _check_alone(act: Sequence[str], behind: Sequence[str], goals: Sequence[Goal], said: Said, today: date) -> None:
    """Raises `Unclear` where another unit, another number or a skip stands directly behind what was said."""
    goal = goals[0] if len(goals) == 1 else None
    if goal is None or not behind:
        return
    next_one = behind[0].casefold().rstrip(",;.!")
    written = " ".join([*act, behind[0]])
    number = _AMOUNT.fullmatch(next_one.lstrip("=+"))
    another = bool(number and not number["unit"]) and date_at(behind, today) is None
    if (said.value is not None and next_one in _SKIP) or (said.how is How.SKIP and another):
        raise Unclear("skip", written, goal)
    if said.value is None or not goal.number:
        return
    if another and not _measured(act):
        raise Unclear("numbers", written, goal)
    if goal.unit and next_one in _UNITS and not _measured(act) and act[-1].casefold() not in _UNITS:
        raise Unclear("unit", next_one, goal)


def _measured(act: Sequence[str]) -> bool:
    """Whether the number has its unit already."""
    return not act[-1][-1:].isdigit()


def read_amount(text: str, goal: Goal, *, decimal_comma: bool = False) -> Decimal:
    """The number that someone answers with when asked for one; its unit may stand behind. Raises `InvalidValue`."""
    words = _BLANKS.split(text.strip().removeprefix("=").strip())
    if not words[0]:
        return parse_number(text)
    try:
        said, used = _number(words, [goal], Said(date.min), decimal_comma)
    except Unclear:
        return parse_number(text)
    if used < len(words) or said.value is None:
        return parse_number(text, decimal_comma=decimal_comma)
    return said.value


def _words_of_unknown_name(words: Sequence[str], today: date) -> int:
    for at in range(1, len(words)):
        if (
            _AMOUNT.match(words[at].lstrip("=+"))
            or words[at].casefold() in _SKIP
            or date_at(words[at : at + _WINDOW], today)
        ):
            return at
    return len(words)


def _act(
    words: list[str], goals: Sequence[Goal], said: Said, today: date, decimal_comma: bool
) -> tuple[Said, int] | None:
    """(what the first words do to the day, how many they are); None if they do nothing."""
    first = words[0].casefold().rstrip(",;.!")
    if first in _SKIP:
        return replace(said, how=How.SKIP), 1
    if first.replace("’", "'") in _UNDONE:
        return replace(said, how=How.SET, value=Decimal(0)), 1
    if first == "not" and len(words) > 1 and words[1].casefold().rstrip(",;.!") == "done":
        return replace(said, how=How.SET, value=Decimal(0)), 2
    if first in ("not", "no") and (len(words) == 1 or date_at(words[1:], today) is not None):
        return replace(said, how=How.SET, value=Decimal(0)), 1
    checks_only = bool(goals) and not any(goal.number for goal in goals)
    if checks_only and first == "done":
        return said, 1
    if words[0][0] not in "=+" and not _value_before_day(words, goals) and date_at(words, today) is not None:
        return None
    looks = words[0][0] in "=+" or _AMOUNT.match(words[0]) or first.lstrip("-") in _NO_NUMBERS
    if not looks or (checks_only and not _only_a_number(words, today)):
        return None
    return _number(words, goals, said, decimal_comma)


def _value_before_day(words: Sequence[str], goals: Sequence[Goal]) -> bool:
    """ "3 Nov 22" behind a goal that takes numbers is 3 on Nov 22; "22 Nov 5 km" is not."""
    if len(words) < 3 or not any(goal.number for goal in goals) or not names_month(words[1]):
        return False
    if not (words[0].isdecimal() and words[2].rstrip(",;.").isdecimal() and len(words[2].rstrip(",;.")) < 3):
        return False
    return not _unit_words(list(words[3:]), [goal.unit for goal in goals if goal.unit])


def _only_a_number(words: list[str], today: date) -> bool:
    """Whether a check got a bare number, which it may not take, and not a note that begins with one."""
    number, behind = words[0].lstrip("=+"), words[1:]
    found = _AMOUNT.fullmatch(number)
    return bool(found and not found["unit"]) and (not behind or date_at(behind, today) is not None)


def _number(words: list[str], goals: Sequence[Goal], said: Said, decimal_comma: bool) -> tuple[Said, int]:
    text, used = words[0], 1
    if text in ("=", "+") and len(words) > 1:
        text, used = text + words[1], 2
    how = How.SET if text.startswith("=") else How.ADD
    text = text[1:] if text[0] in "=+" else text
    text = text.rstrip(",;!")
    units = [goal.unit for goal in goals if goal.unit]
    found = _AMOUNT.fullmatch(text)
    if found and found["unit"] and any(_same_unit(found["unit"], unit) for unit in units):
        text = found["number"]
    elif found and len(goals) == 1 and units and found["unit"].casefold() in _UNITS:
        raise Unclear("unit", found["unit"], goals[0])
    elif found and not found["unit"]:
        used += _unit_words(words[used:], units)
    value = parse_number(text, decimal_comma=decimal_comma)
    if value == 0 and goals and not any(goal.number for goal in goals):
        how = How.SET
    return replace(said, how=how, value=value), used


def _unit_words(words: list[str], units: Sequence[str]) -> int:
    for unit in units:
        count = len(unit.split())
        if words and _same_unit(" ".join(words[:count]).rstrip(",;."), unit):
            return count
    return 0


def _same_unit(written: str, unit: str) -> bool:
    one, other = written.strip().casefold(), " ".join(unit.split()).casefold()
    alike = next((group for group in _ALIKE if other in group), frozenset())
    return one == other or one in (other + "s", other + "es") or other in (one + "s", one + "es") or one in alike
