"""Goals as they are typed in the guided plan: lines of an outline, without indent and mostly without a level letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from zlib import crc32

from core.errors import Fault, GoaltreeError, InvalidPlan
from core.model import Aggregate, Kind, Level, Measure, Strategy
from core.outline import parse_outline
from core.plan import PlanNode
from core.values import parse_number, plain_text

_LETTER = re.compile(r"\s*([dwmq]!?|p)\s*:\s*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*•–]|\d{1,4}[.)])\s+")
_DAYS_TYPED = re.compile(r"\s*\[[^\]]*\]")
_AIM = re.compile(
    r"(?P<number>[\d.,']+)[^\d\W]*(?:\s+[^\d\W]+)*?\s*(?:/|\ba\b|\bper\b|\beach\b)\s*(?P<level>week|month|quarter)"
)

_LONGEST_AIMS = 200
"""Characters in which targets are looked for."""
_COUNTED = re.compile(
    r"(?P<name>[^\W\d][^\d=\[\]()\"“”:]*?)\s+(?P<number>\d+(?:[.,]\d+)?)(?:\s*(?P<unit>[^\W\d_]+))??"
    r"(?:\s+(?:a|per|each|every)\s+(?P<level>day|week|month))?(?:\s*(?P<days>\[[^\]]*\]))?",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"(?P<name>[^\d=\[\]()\"“”:]+?)\s+(?:(?:once|(?P<twice>twice))\s+(?:a|per|each|every)\s+|every\s+|each\s+)"
    r"(?P<level>day|week|month)|(?P<alone>[^\d=\[\]()\"“”:]+?)\s+(?P<adverb>daily|weekly|monthly)",
    re.IGNORECASE,
)
_LETTERS = {"day": "D", "week": "W", "month": "M", "daily": "D", "weekly": "W", "monthly": "M"}
_NO_NAME_ENDS = frozenset({"at", "by", "before", "after", "until", "no", "number", "level", "chapter", "part", "top"})
_FINISHED = frozenset({"done", "that is all", "that's all", "thats all", "no more", "ok", "okay", "finish", "finished",
                       "skip", "no", "nothing", "nothing more", "none", "end", "go on", "next", "ready"})  # fmt: skip

_AGREED = frozenset({"yes", "y", "yes please", "ok", "okay", "good", "plant", "plant it", "right", "that's right",
                     "fine", "looks good", "go", "do it", "done", "sure", "yep", "yeah"})  # fmt: skip

LEVEL_WORDS = {"week": Level.WEEKLY, "month": Level.MONTHLY, "quarter": Level.QUARTERLY}
_DAYS = {Level.WEEKLY: Decimal(7), Level.MONTHLY: Decimal(365) / 12, Level.QUARTERLY: Decimal(365) / 4}


@dataclass(frozen=True, slots=True)
class Goal:
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


def is_finished(text: str) -> bool:
    """Whether words say that there are no more goals."""
    return " ".join(text.casefold().strip(" .!").replace("’", "'").split()) in _FINISHED


def is_agreed(text: str) -> bool:
    """Whether words say that the plan is right as it is shown."""
    return " ".join(text.casefold().strip(" .!").replace("’", "'").split()) in _AGREED


def goals(text: str, today: date, *, decimal_comma: bool = False) -> list[Goal]:
    """The goals that lines name. Raises InvalidPlan with every fault, its place being the line's own words."""
    found: list[Goal] = []
    faults: list[Fault] = []
    for line in (part for raw in text.splitlines() for part in _apart(" ".join(_BULLET.sub("", raw).split()))):
        letter = _LETTER.fullmatch(line)
        goal = Goal(letter[2].strip(), letter[1].upper()) if letter else Goal(line)
        try:
            goal = _counted(goal, today, decimal_comma)
            node(goal, today, decimal_comma=decimal_comma)
        except InvalidPlan as error:
            faults += [fault.at(f"“{line[:60]}”") for fault in error.faults]
        found.append(goal)
    if faults:
        raise InvalidPlan(faults)
    return found


def _apart(line: str) -> list[str]:
    """ "Read, Write" are two goals."""
    parts = [part.strip() for part in re.split(r",\s+|;\s*", line)]
    apart = not re.search(r"[\"“”\[(]", line) and all(part[:1].isalpha() and len(part.split()) < 6 for part in parts)
    return parts if apart else [line] if line else []


def _counted(goal: Goal, today: date, decimal_comma: bool) -> Goal:
    """ "run 5 km" is "Run = 5 km", "call Mum twice a week" is "Call Mum = 2 times" of a week."""
    often = _OFTEN.fullmatch(goal.line)
    if often is not None:
        name = (often["name"] or often["alone"]).strip()
        line = f"{name[0].upper()}{name[1:]}" + (" = 2 times" if often["twice"] else "")
        return replace(goal, line=line, letter=_LETTERS[(often["level"] or often["adverb"]).lower()])
    found = _COUNTED.fullmatch(goal.line)
    if found is None or found["name"].casefold().split()[-1] in _NO_NAME_ENDS:
        return goal
    name = re.sub(r"\s+for\Z", "", found["name"].strip(), flags=re.IGNORECASE)
    amount = " ".join(f"{found['number']} {found['unit'] or ''}".split())
    line = f"{name[0].upper()}{name[1:]} = {amount} {found['days'] or ''}".strip()
    letter = _LETTERS[found["level"].lower()] if found["level"] else goal.letter
    counted = replace(goal, line=line, letter=letter)
    try:
        node(counted, today, decimal_comma=decimal_comma)
    except InvalidPlan:
        return goal
    return counted


def is_spelled_out(text: str) -> bool:
    """Whether lines are written as those of an outline, as no log is."""
    return any(_LETTER.fullmatch(line) or " = " in line or "[" in line for line in text.splitlines())


def node(goal: Goal, today: date, *, decimal_comma: bool = False) -> PlanNode:
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
    daily = daily * len(found.weekdays) / 7 if found.level is Level.DAILY else daily / 7
    levels = [level for level in LEVEL_WORDS.values() if level.rank > found.level.rank]
    return [(level, _round(daily * _DAYS[level])) for level in levels]


def aims(text: str, found: PlanNode, *, decimal_comma: bool = False) -> tuple[tuple[Level, Decimal], ...] | None:
    """Targets such as "50 km a week, 200 a month"; a bare number is the next longer period's. None if there is none."""
    above = [level for level in LEVEL_WORDS.values() if level.rank > found.level.rank]
    wanted: dict[Level, Decimal] = {}
    try:
        for said in _AIM.finditer(" ".join(text.casefold().split())[:_LONGEST_AIMS]):
            wanted[LEVEL_WORDS[said["level"]]] = parse_number(said["number"].strip(",.'"), decimal_comma=decimal_comma)
        if not wanted:
            bare = text.split()
            if not bare or len(bare) > 2 or (len(bare) == 2 and bare[1].casefold() != (found.unit or "").casefold()):
                return None
            wanted[above[0]] = parse_number(bare[0], decimal_comma=decimal_comma)
    except GoaltreeError:
        return None
    if any(value <= 0 or level not in above for level, value in wanted.items()):
        return None
    return tuple((level, wanted[level]) for level in above if level in wanted)


def weekly(goal: Goal) -> Goal:
    """The goal once a week instead of each day; chosen weekdays rest until it is daily again."""
    found = _DAYS_TYPED.search(goal.line)
    return replace(
        goal, letter="W", line=_DAYS_TYPED.sub("", goal.line), aims=(), days=found[0].strip() if found else goal.days
    )


def daily(goal: Goal) -> Goal:
    """The goal every day, or on the weekdays that were chosen."""
    return replace(goal, letter="D", line=f"{goal.line} {goal.days}".strip(), aims=(), days="")


def vision(title: str, ends_on: date | None, wanted: Sequence[Goal], today: date, *, decimal_comma: bool) -> PlanNode:
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
