"""Goals as they are typed in the guided plan: lines of an outline, without indent and mostly without a level letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from zlib import crc32

from core.errors import Fault, GoaltreeError, InvalidPlan
from core.goals.model import Aggregate, Kind, Level, Measure, Strategy
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.values import parse_number, plain_text
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.measures import THOUSAND
from language.tokens import bare, phrase, plain

_LETTER = re.compile(r"\s*([dwmq]!?|p)\s*:\s*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*•–]|\d{1,4}[.)])\s+")
_DAYS_TYPED = re.compile(r"\s*\[[^\]]*\]")
_LONGEST_AIMS = 200
"""Characters in which targets are looked for."""
_NAME = r"[^\d=\[\]()\"“”:]"
_NO_NAME_ENDS = (
    Meaning.AT, Meaning.BY, Meaning.BEFORE, Meaning.AFTER, Meaning.UNTIL, Meaning.NO, Meaning.NUMBERED,
)  # fmt: skip
"""A number behind these is part of a name: "be in bed by 10", "chapter 5"."""
_FINISHED = (
    Meaning.DONE, Meaning.ENOUGH, Meaning.OK, Meaning.SKIP, Meaning.NO, Meaning.NOTHING, Meaning.NONE, Meaning.NEXT,
    Meaning.YES, Meaning.AGREED,
)  # fmt: skip
_AGREED = (Meaning.YES, Meaning.AGREED, Meaning.OK, Meaning.DONE)
_LETTERS = {
    Meaning.DAY: "D", Meaning.WEEK: "W", Meaning.MONTH: "M", Meaning.DAILY: "D", Meaning.WEEKLY: "W",
    Meaning.MONTHLY: "M",
}  # fmt: skip
_TIMES = "times"
_LEVELS = {Meaning.WEEK: Level.WEEKLY, Meaning.MONTH: Level.MONTHLY, Meaning.QUARTER: Level.QUARTERLY}

LEVEL_WORDS = {"week": Level.WEEKLY, "month": Level.MONTHLY, "quarter": Level.QUARTERLY}
_DAYS = {Level.WEEKLY: Decimal(7), Level.MONTHLY: Decimal(365) / 12, Level.QUARTERLY: Decimal(365) / 4}


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """A goal of the plan that is being made: its line without letter, the letter, and what it is to add up to."""

    line: str
    letter: str = "D"
    aims: tuple[tuple[Level, Decimal], ...] = ()
    days: str = ""
    """The weekdays as typed, kept while the goal is weekly."""

    @property
    def mark(self) -> str:
        """Tells it from the others of the plan, for a button."""
        return f"{crc32(self.line.encode()):x}"


def is_finished(text: str, lexicon: Lexicon) -> bool:
    """Whether words say that there are no more goals."""
    return lexicon.means(phrase(text), *_FINISHED)


def is_agreed(text: str, lexicon: Lexicon) -> bool:
    """Whether words say that the plan is right as it is shown."""
    return lexicon.means(phrase(text), *_AGREED)


def is_told(text: str, lexicon: Lexicon) -> bool:
    """Whether words tell of what was done, and not of what is to be done: "ran 5k", "I had two coffees"."""
    words = [plain(word) for word in text.split()]
    if len(words) > 1 and lexicon.means(words[0], Meaning.I):
        words = words[1:]
    return bool(words) and words[0] in lexicon.forms


def goals(text: str, today: date, lexicon: Lexicon, *, decimal_comma: bool = False) -> list[PlannedGoal]:
    """The goals that lines name. Raises InvalidPlan with every fault, its place being the line's own words."""
    found: list[PlannedGoal] = []
    faults: list[Fault] = []
    for line in (part for raw in text.splitlines() for part in _apart(" ".join(_BULLET.sub("", raw).split()))):
        letter = _LETTER.fullmatch(line)
        goal = PlannedGoal(letter[2].strip(), letter[1].upper()) if letter else PlannedGoal(_bidden(line, lexicon))
        try:
            goal = _counted(goal, today, lexicon, decimal_comma=decimal_comma)
            node(goal, today, decimal_comma=decimal_comma)
        except InvalidPlan as error:
            faults += [fault.at(f"“{line[:60]}”") for fault in error.faults]
        found.append(goal)
    if faults:
        raise InvalidPlan(faults)
    return found


def _bidden(line: str, lexicon: Lexicon) -> str:
    """A line without the verb that asks for it: "add gym"."""
    first, _, rest = line.partition(" ")
    return rest if rest and lexicon.means(plain(first), Meaning.ADD) else line


def _apart(line: str) -> list[str]:
    """ "Read, Write" are two goals."""
    parts = [part.strip() for part in re.split(r",\s+|;\s*", line)]
    apart = not re.search(r"[\"“”\[(]", line) and all(part[:1].isalpha() and len(part.split()) < 6 for part in parts)
    return parts if apart else [line] if line else []


def _counted(goal: PlannedGoal, today: date, lexicon: Lexicon, *, decimal_comma: bool) -> PlannedGoal:
    """ "run 5 km" is "Run = 5 km", "call Mum twice a week" is "Call Mum = 2 times" of a week."""
    shapes = _shapes(lexicon)
    if found := shapes.often.fullmatch(goal.line):
        line = _capital((found["name"] or found["alone"]).strip()) + (" = 2 times" if found["twice"] else "")
        return replace(goal, line=line, letter=_letter(found["level"] or found["adverb"], lexicon))
    counted = _with_amount(goal, lexicon)
    try:
        node(counted, today, decimal_comma=decimal_comma)
    except InvalidPlan:
        return goal
    return counted


def _with_amount(goal: PlannedGoal, lexicon: Lexicon) -> PlannedGoal:
    """ "run 5 km a week" as "Run = 5 km" of a week; as it is where the number is part of the name."""
    found = _shapes(lexicon).counted.fullmatch(goal.line)
    last = bare(found["name"].split()[-1]) if found else ""
    if found is None or lexicon.means(last, *_NO_NAME_ENDS) or lexicon.units.get(last) == "chapter":
        return goal
    name, _, end = found["name"].strip().rpartition(" ")
    name = name if name and lexicon.means(plain(end), Meaning.FOR) else found["name"].strip()
    level = found["level"]
    if often := None if level else _shapes(lexicon).often.fullmatch(name):  # "meditate every day 10 min"
        name, level = (often["name"] or often["alone"]).strip(), often["level"] or often["adverb"]
    amount = " ".join(f"{found['number']} {_unit(name, found['unit'] or '', lexicon)}".split())
    own = "each" if found["own"] else ""
    line = " ".join(f"{_capital(name)} = {amount} {found['days'] or ''} {own}".split())
    return replace(goal, line=line, letter=_letter(level, lexicon) if level else goal.letter)


def _unit(name: str, unit: str, lexicon: Lexicon) -> str:
    """A unit as the goal is to have it: "5k" of a run are km, "3x" are times."""
    if plain(unit) == THOUSAND and plain(name) not in lexicon.units:
        return "km"
    return _TIMES if lexicon.means(plain(unit), Meaning.TIMES) else unit


def _capital(name: str) -> str:
    return f"{name[0].upper()}{name[1:]}"


def _letter(period: str, lexicon: Lexicon) -> str:
    return _LETTERS[lexicon.words[plain(period)]]


@dataclass(frozen=True)
class _Shapes:
    """How goals are told in a language: with an amount, with how often, and targets of longer periods."""

    counted: re.Pattern[str]
    often: re.Pattern[str]
    aim: re.Pattern[str]


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> _Shapes:
    each = lexicon.any_of(Meaning.A, Meaning.PER, Meaning.EACH, Meaning.EVERY)
    alone = lexicon.any_of(Meaning.EVERY, Meaning.EACH)
    level = lexicon.any_of(Meaning.DAY, Meaning.WEEK, Meaning.MONTH)
    adverb = lexicon.any_of(Meaning.DAILY, Meaning.WEEKLY, Meaning.MONTHLY)
    once, twice = lexicon.any_of(Meaning.ONCE), lexicon.any_of(Meaning.TWICE)
    longer = lexicon.any_of(*_LEVELS)
    return _Shapes(
        counted=re.compile(
            rf"(?P<name>[^\W\d]{_NAME}*?)\s+(?P<number>\d+(?:[.,]\d+)?)(?:\s*(?P<unit>[^\W\d_]+))??"
            rf"(?:\s+{each}\s+(?P<level>{level}))?(?:\s*(?P<days>\[[^\]]*\]))?(?P<own>\s+each)?",
            re.IGNORECASE,
        ),
        often=re.compile(
            rf"(?P<name>{_NAME}+?)\s+(?:(?:{once}|(?P<twice>{twice}))\s+{each}\s+|{alone}\s+)(?P<level>{level})"
            rf"|(?P<alone>{_NAME}+?)\s+(?P<adverb>{adverb})",
            re.IGNORECASE,
        ),
        aim=re.compile(rf"(?P<number>[\d.,']+)[^\d\W]*(?:\s+[^\d\W]+)*?\s*{each}\s*(?P<level>{longer})"),
    )


def is_spelled_out(text: str) -> bool:
    """Whether lines are written as those of an outline, as no log is."""
    return any(_LETTER.fullmatch(line) or " = " in line or "[" in line for line in text.splitlines())


def node(goal: PlannedGoal, today: date, *, decimal_comma: bool = False) -> PlanNode:
    """A goal as the outline reads it, under what it adds up to. Raises InvalidPlan."""
    found = parse_outline(f"?\n  {goal.letter}: {goal.line}", today, decimal_comma=decimal_comma)[0].children[0]
    found = replace(found, place="")
    name = found.title
    for level, aim in goal.aims:
        found = PlanNode(
            title=f"{name} {aim_text(aim, found.unit, level)}",
            kind=Kind.KPI,
            level=level,
            strategy=Strategy.SUM,
            unit=found.unit,
            target=aim,
            children=(found,),
        )
    return found


def aim_text(aim: Decimal, unit: str | None, level: Level) -> str:
    """ "35 km a week": part of a goal's title, so in the outline's own English."""
    word = next(word for word, known in LEVEL_WORDS.items() if known is level)
    return f"{plain_text(aim)} {unit} a {word}" if unit else f"{plain_text(aim)} a {word}"


def adds_up(found: PlanNode) -> bool:
    """Whether a target of a longer period can be the sum of this goal."""
    return (
        found.measure is Measure.NUMBER
        and found.aggregate in (None, Aggregate.SUM)
        and found.target is not None
        and found.level in (Level.DAILY, Level.WEEKLY)
        and found.kind is Kind.KPI
    )


def suggestions(found: PlanNode) -> list[tuple[Level, Decimal]]:
    """What a goal adds up to if it is met each time, rounded to two figures."""
    daily = found.target or Decimal(0)
    daily = daily * len(found.schedule.weekdays) / 7 if found.level is Level.DAILY else daily / 7
    levels = [level for level in LEVEL_WORDS.values() if level.rank > found.level.rank]
    return [(level, _round(daily * _DAYS[level])) for level in levels]


def aims(
    text: str, found: PlanNode, lexicon: Lexicon, *, decimal_comma: bool = False
) -> tuple[tuple[Level, Decimal], ...] | None:
    """Targets such as "50 km a week, 200 a month"; a bare number is the next longer period's. None if there is none."""
    above = [level for level in LEVEL_WORDS.values() if level.rank > found.level.rank]
    said = _numbers_of(text, lexicon) or _bare_number(text, above, found.unit)
    try:
        wanted = {level: parse_number(number, decimal_comma=decimal_comma) for level, number in said.items()}
    except GoaltreeError:
        return None
    fits = set(wanted) <= set(above) and all(value > 0 for value in wanted.values())
    return tuple(sorted(wanted.items(), key=lambda aim: above.index(aim[0]))) if wanted and fits else None


def _numbers_of(text: str, lexicon: Lexicon) -> dict[Level, str]:
    """The numbers that are said to be a week's, a month's, a quarter's."""
    found = _shapes(lexicon).aim.finditer(" ".join(plain(text).split())[:_LONGEST_AIMS])
    return {_LEVELS[lexicon.words[said["level"]]]: said["number"].strip(",.'") for said in found}


def _bare_number(text: str, above: Sequence[Level], unit: str | None) -> dict[Level, str]:
    """A number alone, or with the goal's own unit."""
    number, *rest = text.split() or [""]
    if not number or not above or [word.casefold() for word in rest] not in ([], [(unit or "").casefold()]):
        return {}
    return {above[0]: number}


def weekly(goal: PlannedGoal) -> PlannedGoal:
    """The goal once a week instead of each day; chosen weekdays rest until it is daily again."""
    found = _DAYS_TYPED.search(goal.line)
    return replace(
        goal, letter="W", line=_DAYS_TYPED.sub("", goal.line), aims=(), days=found[0].strip() if found else goal.days
    )


def daily(goal: PlannedGoal) -> PlannedGoal:
    """The goal every day, or on the weekdays that were chosen."""
    return replace(goal, letter="D", line=f"{goal.line} {goal.days}".strip(), aims=(), days="")


def vision(
    title: str, ends_on: date | None, wanted: Sequence[PlannedGoal], today: date, *, decimal_comma: bool
) -> PlanNode:
    """The whole plan."""
    children = tuple(node(goal, today, decimal_comma=decimal_comma) for goal in wanted)
    return PlanNode(
        title=title, kind=Kind.VISION, level=Level.VISION, starts_on=today, ends_on=ends_on, children=children
    )


def _round(value: Decimal) -> Decimal:
    """To two figures, so that it reads as an aim and not as a calculation; small ones as they are."""
    digits = value.adjusted() - 1
    rounded = value.quantize(Decimal(1).scaleb(max(digits, 0))) if digits >= 0 else value.quantize(Decimal("0.1"))
    return Decimal(f"{rounded:f}").normalize() + 0
