"""New terms of a goal in words, and their first day: "8 from 1 Jan", "<= 2", "86 -> 78 kg", "3 times a week", "mon wed
fri".

The words are read like those behind a title in an outline, so that both mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from core.errors import Fault, InvalidPlan
from core.goals.model import Direction, Level, Measure, Node
from core.goals.terms import EVERY_DAY, DaySchedule
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.edits.since import since
from language.parsing.errors import Unclear
from language.parsing.hearing import Hearing
from language.parsing.measures import converted, same_unit
from language.tokens import phrase, plain

_LONGEST = 160
"""The longest text that is searched for a target."""
_TITLE = "?"
_VISION = "? (until 8999-12-31)"
_LETTERS = {
    Level.DAILY: "D", Level.WEEKLY: "W", Level.MONTHLY: "M", Level.QUARTERLY: "Q", Level.YEARLY: "Y", Level.RANGE: "T",
    Level.VISION: "Y",
}  # fmt: skip
_LEVELS = {
    Meaning.DAY: Level.DAILY, Meaning.WEEK: Level.WEEKLY, Meaning.MONTH: Level.MONTHLY,
    Meaning.QUARTER: Level.QUARTERLY, Meaning.YEAR: Level.YEARLY, Meaning.DAILY: Level.DAILY,
    Meaning.WEEKLY: Level.WEEKLY, Meaning.MONTHLY: Level.MONTHLY, Meaning.QUARTERLY: Level.QUARTERLY,
    Meaning.YEARLY: Level.YEARLY,
}  # fmt: skip
_NUMBER = r"[-+]?\d[\d.,]*"
_TIMES = re.compile(r"(\d+)\s*[x×](?![\w\d])")
_WEIGHT = re.compile(r"(?<!\S)[x×]-?\d")
_ORDINAL = re.compile(r"(?:the\s+)?\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_SAYS_A_TARGET = re.compile(r"=|<=|≤|\[|[-+]?\d")
_UNREAD = frozenset({"bad_number", "bad_weekday", "no_weekday_named", "leftover_words", "not_closed"})
"""Faults of a wrong reading, rather than of the writer."""


@record
class SaidChange:
    """The new terms; None leaves a term as it is. `tracked`: the target is dropped. `since`: None if no day was
    given."""

    target: Decimal | None = None
    direction: Direction | None = None
    baseline: Decimal | None = None
    schedule: DaySchedule | None = None
    weight: Decimal | None = None
    tracked: bool = False
    since: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes, apart from the first day."""
        return replace(self, since=None) == SaidChange()


def read_change(text: str, node: Node, hearing: Hearing) -> SaidChange:
    """The new terms that a text gives a goal.

    Raises `Unclear` for words that change nothing, `NoSuchDay`, and `InvalidPlan` with a single fault for an impossible
    target or schedule.
    """
    said, begin = _since(_way(text, hearing.lexicon), hearing)
    spec, direction = _at_least(_of_level(said, node, hearing.lexicon), hearing.lexicon)
    if hearing.lexicon.means(phrase(spec), Meaning.NONE, Meaning.NO, Meaning.OFF, Meaning.NOTHING):
        spec = "= track"
    reading, plan = _read(spec, node, hearing)
    return SaidChange(
        target=_in_unit(plan, node, hearing.lexicon),
        direction=Direction.AT_MOST if plan.is_limit else direction,
        baseline=plan.baseline,
        schedule=_schedule(plan, reading),
        weight=plan.weight if _WEIGHT.search(reading) else None,
        tracked=plan.measure is Measure.NUMBER and plan.target is None,
        since=begin,
    )


def _schedule(plan: PlanNode, reading: str) -> DaySchedule | None:
    """The weekdays; None if the words name none."""
    schedule = EVERY_DAY if plan.schedule.every == 1 else plan.schedule
    says_else = not reading or plan.measure is Measure.NUMBER or plan.target is not None or _WEIGHT.search(reading)
    return schedule if schedule != EVERY_DAY or "[" in reading or not says_else else None


def _way(text: str, lexicon: Lexicon) -> str:
    """ "from 86 to 78 kg" rewritten as "86 -> 78 kg"."""
    return _shapes(lexicon).way.sub(r"\g<begin> -> \g<end>", " ".join(text[:_LONGEST].split()))


def _since(text: str, hearing: Hearing) -> tuple[str, date | None]:
    """(the terms, their first day)."""
    parts = _shapes(hearing.lexicon).since.fullmatch(text)
    if parts is None:
        return text, None
    begin = since(parts["since"], hearing)
    if begin is None:
        raise Unclear("no_first_day", parts["since"])
    return parts["spec"], begin


def _of_level(text: str, node: Node, lexicon: Lexicon) -> str:
    """The words of a weekly goal without a trailing "a week". Raises `Unclear` for another period than the goal's."""
    shapes = _shapes(lexicon)
    said = shapes.lead.sub("", text, count=1).strip()
    match = shapes.level.fullmatch(said)
    if match and match["spec"]:
        if _LEVELS[lexicon.words[plain(match["level"] or match["adverb"])]] is not node.level:
            raise Unclear("other_rhythm", said, title=node.title, level=node.level)
        said = match["spec"].strip()
    first, _, rest = said.partition(" ")
    if lexicon.means(plain(first), Meaning.ONCE, Meaning.TWICE):
        return f"{1 if lexicon.means(plain(first), Meaning.ONCE) else 2} times {rest}".strip()
    if plain(first) in lexicon.numbers:
        said = f"{lexicon.numbers[plain(first)]} {rest}".strip()
    return _TIMES.sub(r"\1 times", said)


def _at_least(spec: str, lexicon: Lexicon) -> tuple[str, Direction | None]:
    """(the words without "at least", which every target means)."""
    match = _shapes(lexicon).at_least.match(spec)
    return (spec[match.end() :], Direction.AT_LEAST) if match else (spec, None)


def _read(spec: str, node: Node, hearing: Hearing) -> tuple[str, PlanNode]:
    """The first reading that explains every word. Raises `Unclear` or `InvalidPlan`."""
    faults: list[Fault] = []
    for reading in _readings(spec):
        try:
            plan = _outlined(reading, node, hearing)
        except InvalidPlan as error:
            faults += error.faults[:1]
            continue
        if plan.title == _TITLE:
            return reading, plan
    if fault := _meant(faults, spec):
        raise InvalidPlan([fault.at("")])
    raise Unclear("no_target", spec, title=node.title)


def _meant(faults: Sequence[Fault], spec: str) -> Fault | None:
    """The fault to report. Words misread as numbers or days count only if the writer meant them so."""
    meant = next((fault for fault in faults if fault.code not in _UNREAD), None)
    if meant is None and _SAYS_A_TARGET.match(spec):
        meant = next((fault for fault in faults if fault.code != "leftover_words"), None)
    return meant


def _readings(spec: str) -> Iterator[str]:
    """The possible readings: as typed, a number, days, or a number before days."""
    words = spec.split()
    yield spec
    if not _ORDINAL.match(spec):
        yield f"= {spec}"
    for at in range(len(words)):
        days = " ".join(word for word in words[at:] if word.casefold().strip(",") not in ("and", "on", "the"))
        yield f"= {' '.join(words[:at])} [{days}]" if at else f"[{days}]"


def _outlined(spec: str, node: Node, hearing: Hearing) -> PlanNode:
    line = f"{_LETTERS[node.level]}: {_TITLE} {spec}"
    text = f"{_VISION}\n  {line}"
    return parse_outline(text, hearing.today, decimal_comma=hearing.decimal_comma)[0].children[0]


def _in_unit(plan: PlanNode, node: Node, lexicon: Lexicon) -> Decimal | None:
    """The number in the goal's own unit. Raises `Unclear` for another unit, or for a goal without numbers."""
    value, unit = plan.target, plan.unit
    if value is None:
        return None
    if _is_ticked(node) and _counts_more(plan, node.level):
        raise Unclear("ticks_only", unit or str(value), title=node.title)
    if unit is None or node.unit is None or same_unit(unit, node.unit, lexicon):
        return value
    changed = converted(value, unit, node.unit, lexicon)
    if changed is None:
        raise Unclear("other_target_unit", unit, title=node.title, unit=node.unit)
    return changed


def _counts_more(plan: PlanNode, level: Level) -> bool:
    """Whether the plan asks for more than a count of ticks: a unit, or several on one day."""
    return plan.unit is not None or (level is Level.DAILY and plan.target != 1)


def _is_ticked(node: Node) -> bool:
    measure = node.each.measure if node.each else node.measure
    return measure is not Measure.NUMBER and node.strategy is None


@record
class _Shapes:
    """The patterns of a language for a first day, a change from one value to another, a rhythm, and "at least"."""

    since: re.Pattern[str]
    way: re.Pattern[str]
    level: re.Pattern[str]
    lead: re.Pattern[str]
    at_least: re.Pattern[str]


@lru_cache(maxsize=16)
def _shapes(lexicon: Lexicon) -> _Shapes:
    leads = lexicon.any_of(Meaning.FROM)
    to = lexicon.any_of(Meaning.TO)
    each = lexicon.any_of(Meaning.A, Meaning.PER, Meaning.EACH, Meaning.EVERY)
    periods = lexicon.any_of(Meaning.DAY, Meaning.WEEK, Meaning.MONTH, Meaning.QUARTER, Meaning.YEAR)
    adverbs = lexicon.any_of(Meaning.DAILY, Meaning.WEEKLY, Meaning.MONTHLY, Meaning.QUARTERLY, Meaning.YEARLY)
    flags = re.IGNORECASE
    return _Shapes(
        since=re.compile(rf"(?P<spec>.*?)\s*{leads}\s+(?P<since>(?:(?!{leads}).)+)", flags),
        way=re.compile(rf"(?:{leads}\s+)?(?P<begin>{_NUMBER})\s*\S{{0,20}}\s+{to}\s+(?P<end>{_NUMBER})", flags),
        level=re.compile(rf"(?P<spec>.*?)\s*(?:{each}\s*(?P<level>{periods})|(?P<adverb>{adverbs}))", flags),
        lead=re.compile(rf"^{to}\s+", flags),
        at_least=re.compile(rf"^(?:>=|≥|{lexicon.any_of(Meaning.AT_LEAST)})\s*", flags),
    )
