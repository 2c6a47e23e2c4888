"""Amounts with their units: "5", "5 km", "=7", "+3"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.actions.logged import How
from core.values import parse_number
from language.lexicon import Lexicon
from language.parsing.errors import Unclear
from language.parsing.line import Goal
from language.tokens import Token, plain, tokens

AMOUNT = re.compile(r"(?P<number>[-−]?[.,]?\d(?:[\d.,'’\xa0\u202f\u2009]*\d)?\.?(?:[eE][+-]?\d+)?)(?P<unit>\D*)")
_NO_NUMBERS = frozenset({"nan", "inf", "infinity"})
_MARKS = ",;!"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, whether it is added or sets the day, and how many words say it. `measured`: with its unit."""

    value: Decimal
    how: How
    words: int
    measured: bool


def looks_like_amount(token: Token) -> bool:
    """Whether a word begins as an amount does; it may still be none that can be logged."""
    return bool(token.text[0] in "=+" or AMOUNT.match(token.text) or token.word.lstrip("-") in _NO_NUMBERS)


def is_bare_number(token: Token) -> bool:
    """Whether a word is a number without a unit, signed or not."""
    found = AMOUNT.fullmatch(token.text.casefold().rstrip(",;.!").lstrip("=+"))
    return bool(found and not found["unit"])


def amount_at(
    heard: Sequence[Token], at: int, goals: Sequence[Goal], lexicon: Lexicon, *, decimal_comma: bool = False
) -> Amount:
    """The amount that the words from `at` on begin with. Raises `InvalidValue` for a number that cannot be logged and
    `Unclear` for a unit that the only goal does not have."""
    how, text, used = _signed(heard, at)
    found = AMOUNT.fullmatch(text)
    unit = found["unit"] if found else ""
    behind = 0
    if found and not unit:
        behind = unit_words(heard, at + used, units_of(goals), lexicon)
    elif found and _is_unit_of(goals, unit, lexicon):
        text = found["number"]
    value = parse_number(text, decimal_comma=decimal_comma)
    return Amount(value, how, used + behind, measured=behind > 0 or bool(unit))


def units_of(goals: Sequence[Goal]) -> list[str]:
    """The units of those goals that have one."""
    return [goal.unit for goal in goals if goal.unit]


def _is_unit_of(goals: Sequence[Goal], unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit that stands directly behind a number is one of the goals'. Raises `Unclear`."""
    units = units_of(goals)
    if any(same_unit(unit, known, lexicon) for known in units):
        return True
    if len(goals) == 1 and units and plain(unit) in lexicon.units:
        raise Unclear("other_unit", unit, title=goals[0].title, unit=units[0])
    return False


def _signed(heard: Sequence[Token], at: int) -> tuple[How, str, int]:
    """(whether the number sets or adds, the text of the number, how many words that is): "=7" and "= 7"."""
    text, used = heard[at].text, 1
    if text in ("=", "+") and at + 1 < len(heard):
        text, used = text + heard[at + 1].text, 2
    how = How.SET if text.startswith("=") else How.ADD
    return how, (text[1:] if text[0] in "=+" else text).rstrip(_MARKS), used


def unit_words(heard: Sequence[Token], at: int, units: Iterable[str], lexicon: Lexicon) -> int:
    """How many words from `at` on are one of the units."""
    for unit in units:
        count = len(unit.split())
        written = " ".join(token.text for token in heard[at : at + count]).rstrip(",;.")
        if written and same_unit(written, unit, lexicon):
            return count
    return 0


def same_unit(written: str, unit: str, lexicon: Lexicon) -> bool:
    """Whether a unit is the goal's own, perhaps in the plural or spelled differently."""
    one, other = plain(written), plain(" ".join(unit.split()))
    spelled = lexicon.units.get(other)
    return (
        one in (other, other + "s", other + "es")
        or other in (one + "s", one + "es")
        or (spelled is not None and lexicon.units.get(one) == spelled)
    )


def read_amount(text: str, goal: Goal, lexicon: Lexicon, *, decimal_comma: bool = False) -> Decimal:
    """The number that someone answers with when asked for one; its unit may stand behind. Raises `InvalidValue`."""
    heard = tokens(text.strip().removeprefix("="))
    if not heard:
        return parse_number(text)
    try:
        found = amount_at(heard, 0, [goal], lexicon, decimal_comma=decimal_comma)
    except Unclear:
        return parse_number(text)
    return found.value if found.words == len(heard) else parse_number(text, decimal_comma=decimal_comma)
