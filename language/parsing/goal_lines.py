"""Goals as typed in the guided plan: lines of an outline, without indent and usually without a level letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from zlib import crc32

from core.errors import Fault, GoaltreeError, InvalidPlan
from core.goals.model import Aggregate, Kind, Level, Measure, Strategy
from core.goals.terms import EVERY_DAY
from core.planning.generate import Aim, logged_alone
from core.planning.outline import parse_outline, print_line
from core.planning.plan import PlanNode
from core.records import record
from core.values import parse_number, plain_text
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims import apart, is_sentence, read_aim
from language.parsing.aims.heard import Heard
from language.parsing.hearing import Hearing
from language.tokens import phrase, plain

_LETTER = re.compile(r"\s*([ydwmq]!?|[pt])\s*:\s*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"\A\s*(?:[-*•–]|\d{1,4}[.)])\s+")
_DAYS_TYPED = re.compile(r"\s*\[[^\]]*\]")
_LONGEST_AIMS = 200
"""The longest text that is searched for targets."""
_FINISHED = (
    Meaning.DONE, Meaning.ENOUGH, Meaning.OK, Meaning.SKIP, Meaning.NO, Meaning.NOTHING, Meaning.NONE, Meaning.NEXT,
    Meaning.YES, Meaning.AGREED,
)  # fmt: skip
_AGREED = (Meaning.YES, Meaning.AGREED, Meaning.OK, Meaning.DONE)
_ENDLESS_VISION = "? (from 0002-01-01 until 8999-12-31)"
"""The parent line under which a single goal is parsed."""
_EACH = " each"
"""The suffix of a line in a group, where everyone does the goal."""
_LEVELS = {Meaning.WEEK: Level.WEEKLY, Meaning.MONTH: Level.MONTHLY, Meaning.QUARTER: Level.QUARTERLY}

_LEVEL_OF_LETTER = {"D": Level.DAILY, "W": Level.WEEKLY, "M": Level.MONTHLY, "Q": Level.QUARTERLY}

LEVEL_WORDS = {"week": Level.WEEKLY, "month": Level.MONTHLY, "quarter": Level.QUARTERLY}
_DAYS = {Level.WEEKLY: Decimal(7), Level.MONTHLY: Decimal(365) / 12, Level.QUARTERLY: Decimal(365) / 4}


@record
class PlannedGoal:
    """A goal of the plan in the making: its line without the level letter, the letter, and the sum that it adds up
    to."""

    line: str
    letter: str = "D"
    aims: tuple[tuple[Level, Decimal], ...] = ()
    days: str = ""
    """The weekdays as typed, kept while the goal is weekly."""

    @property
    def mark(self) -> str:
        """A short hash that identifies the goal in a button."""
        return f"{crc32(self.line.encode()):x}"


def is_finished(text: str, lexicon: Lexicon) -> bool:
    """Whether words say that there are no more goals."""
    return lexicon.means(phrase(text), *_FINISHED)


def is_agreed(text: str, lexicon: Lexicon) -> bool:
    """Whether words accept the proposed plan."""
    return lexicon.means(phrase(text), *_AGREED)


def is_told(text: str, lexicon: Lexicon) -> bool:
    """Whether words report something done, rather than plan it: "ran 5k", "I had two coffees"."""
    words = [plain(word) for word in text.split()]
    if len(words) > 1 and lexicon.means(words[0], Meaning.I):
        words = words[1:]
    return bool(words) and words[0] in lexicon.forms


def goals(text: str, hearing: Hearing, *, whole: str = "") -> list[PlannedGoal]:
    """The goals on these lines. A line that says only how much ("30 minutes a day") takes its title from the `whole`.
    Raises `InvalidPlan` with every fault (its place is the line's own words), `NoSuchDay` and `Unclear`."""
    named: list[PlannedGoal] = []
    faults: list[Fault] = []
    for line in _lines(text, hearing):
        if letter := _LETTER.fullmatch(line):
            goal = PlannedGoal(letter[2].strip(), letter[1].upper())
        else:
            goal = PlannedGoal(_bidden(line, hearing.lexicon))
        try:
            if is_sentence(_DAYS_TYPED.sub("", goal.line)):
                goal = _in_words(goal, hearing, whole)
            node(goal, hearing)
        except InvalidPlan as error:
            faults += [fault.at(f"“{line[:60]}”") for fault in error.faults]
        named.append(goal)
    if faults:
        raise InvalidPlan(faults)
    return named


def _lines(text: str, hearing: Hearing) -> Iterator[str]:
    """The lines without bullets; a line with several goals is split."""
    for raw in text.splitlines():
        if line := " ".join(_BULLET.sub("", raw).split()):
            yield from apart(line, hearing, listed=True)


def _bidden(line: str, lexicon: Lexicon) -> str:
    """A line without the verb that asks for it: "gym" for "add gym"."""
    first, _, rest = line.partition(" ")
    return rest if rest and lexicon.means(plain(first), Meaning.ADD) else line


def _in_words(goal: PlannedGoal, hearing: Hearing, whole: str) -> PlannedGoal:
    """Rewrite plain words as an outline line: "run 5 km on Mondays" gives "Run = 5 km [mon]", "call Mum twice a week"
    gives "Call Mum = 2 times" per week. A line that the outline cannot express stays as typed. Raises `InvalidPlan` if
    the present value is needed and missing."""
    level = _LEVEL_OF_LETTER.get(goal.letter)
    if level is None:
        return goal
    days = _DAYS_TYPED.search(goal.line)
    said = _DAYS_TYPED.sub("", goal.line)
    heard = read_aim(said.removesuffix(_EACH), hearing, each=level)
    if heard.needs_now:
        raise InvalidPlan([Fault("", "value_now_unknown")])
    aim = _of_one_line(heard, whole)
    if aim is None:
        return goal
    told, sums = logged_alone(aim)
    if (told.title.casefold(), told.level, told.target, told.schedule) == (said.casefold(), level, None, EVERY_DAY):
        return goal
    letter, line = print_line(told).split(": ", 1)
    days_typed = days[0] if days and told.schedule == EVERY_DAY else ""
    planned = PlannedGoal(f"{line}{days_typed}{_EACH if said.endswith(_EACH) else ''}", letter, sums)
    is_same = node(replace(planned, aims=()), hearing).target == told.target
    return planned if is_same else goal


def _of_one_line(heard: Heard, whole: str) -> Aim | None:
    """The aim, named after the `whole` if it says only how much; None if one line cannot express it."""
    aim = heard.aim if heard.aim.goal or heard.aim.amount is None else replace(heard.aim, goal=whole)
    return None if not aim.goal or aim.ramp or aim.done or heard.unknown_end else aim


@lru_cache(maxsize=16)
def _sums(lexicon: Lexicon) -> re.Pattern[str]:
    """A pattern for targets of longer periods: "50 km a week"."""
    each = lexicon.any_of(Meaning.A, Meaning.PER, Meaning.EACH, Meaning.EVERY)
    longer = lexicon.any_of(*_LEVELS)
    return re.compile(rf"(?P<number>[\d.,']+)[^\d\W]*(?:\s+[^\d\W]+)*?\s*{each}\s*(?P<level>{longer})")


def is_spelled_out(text: str) -> bool:
    """Whether the lines use the syntax of an outline, which no log does."""
    return any(_LETTER.fullmatch(line) or " = " in line or "[" in line for line in text.splitlines())


def outlined(line: str, hearing: Hearing) -> PlanNode:
    """Parse a single line of an outline. Raises `InvalidPlan`."""
    (vision,) = parse_outline(f"{_ENDLESS_VISION}\n  {line}", hearing.today, decimal_comma=hearing.decimal_comma)
    return replace(vision.children[0], place="")


def node(goal: PlannedGoal, hearing: Hearing) -> PlanNode:
    """The goal parsed as an outline, under its sum. Raises `InvalidPlan`."""
    plan = outlined(f"{goal.letter}: {goal.line}", hearing)
    name = plan.title
    for level, aim in goal.aims:
        plan = PlanNode(
            title=f"{name} {aim_text(aim, plan.unit, level)}",
            kind=Kind.KPI,
            level=level,
            strategy=Strategy.SUM,
            unit=plan.unit,
            target=aim,
            children=(plan,),
        )
    return plan


def aim_text(aim: Decimal, unit: str | None, level: Level) -> str:
    """ "35 km a week": part of a goal's title, and so in the outline's own English."""
    word = next(word for word, known in LEVEL_WORDS.items() if known is level)
    return f"{plain_text(aim)} {unit} a {word}" if unit else f"{plain_text(aim)} a {word}"


def adds_up(plan: PlanNode) -> bool:
    """Whether a longer period's target can be the sum of this goal."""
    return (
        plan.measure is Measure.NUMBER
        and plan.aggregate in (None, Aggregate.SUM)
        and plan.target is not None
        and plan.level in (Level.DAILY, Level.WEEKLY)
        and plan.kind is Kind.KPI
    )


def suggestions(plan: PlanNode) -> list[tuple[Level, Decimal]]:
    """The sums if the goal is met every time, rounded to two figures."""
    daily = plan.target or Decimal(0)
    daily = daily * len(plan.schedule.weekdays) / 7 if plan.level is Level.DAILY else daily / 7
    levels = [level for level in LEVEL_WORDS.values() if level.rank > plan.level.rank]
    return [(level, _round(daily * _DAYS[level])) for level in levels]


def aims(text: str, plan: PlanNode, hearing: Hearing) -> tuple[tuple[Level, Decimal], ...] | None:
    """The targets in "50 km a week, 200 a month"; a bare number is for the next longer period. None if there are
    none."""
    above = [level for level in LEVEL_WORDS.values() if level.rank > plan.level.rank]
    said = _numbers_of(text, hearing.lexicon) or _bare_number(text, above, plan.unit)
    try:
        wanted = {level: parse_number(number, decimal_comma=hearing.decimal_comma) for level, number in said.items()}
    except GoaltreeError:
        return None
    fits = set(wanted) <= set(above) and all(value > 0 for value in wanted.values())
    return tuple(sorted(wanted.items(), key=lambda aim: above.index(aim[0]))) if wanted and fits else None


def _numbers_of(text: str, lexicon: Lexicon) -> dict[Level, str]:
    """The numbers that are named as a week's, a month's or a quarter's."""
    match = _sums(lexicon).finditer(" ".join(plain(text).split())[:_LONGEST_AIMS])
    return {_LEVELS[lexicon.words[said["level"]]]: said["number"].strip(",.'") for said in match}


def _bare_number(text: str, above: Sequence[Level], unit: str | None) -> dict[Level, str]:
    """A number alone, or with the goal's unit."""
    number, *rest = text.split() or [""]
    if not number or not above or [word.casefold() for word in rest] not in ([], [(unit or "").casefold()]):
        return {}
    return {above[0]: number}


def weekly(goal: PlannedGoal) -> PlannedGoal:
    """The goal once a week instead of daily; chosen weekdays are kept for later."""
    match = _DAYS_TYPED.search(goal.line)
    return replace(
        goal, letter="W", line=_DAYS_TYPED.sub("", goal.line), aims=(), days=match[0].strip() if match else goal.days
    )


def daily(goal: PlannedGoal) -> PlannedGoal:
    """The goal every day, or on the weekdays chosen before."""
    return replace(goal, letter="D", line=f"{goal.line} {goal.days}".strip(), aims=(), days="")


def vision(title: str, ends_on: date | None, wanted: Sequence[PlannedGoal], hearing: Hearing) -> PlanNode:
    children = tuple(node(goal, hearing) for goal in wanted)
    return PlanNode(
        title=title, kind=Kind.VISION, level=Level.VISION, starts_on=hearing.today, ends_on=ends_on, children=children
    )


def _round(value: Decimal) -> Decimal:
    """Round to two figures, so that it reads as an aim and not as a calculation; small values stay."""
    digits = value.adjusted() - 1
    rounded = value.quantize(Decimal(1).scaleb(max(digits, 0))) if digits >= 0 else value.quantize(Decimal("0.1"))
    return Decimal(f"{rounded:f}").normalize() + 0
