"""Lines below a goal with its later terms and its pauses.

    D: Run = 5 km
      then from 2027-01-04: = 6 km [mon wed]
      then from 2027-07-01: stopped
      pause from 2026-12-20 until 2027-01-03

They belong to the goal above them, however they are indented. A line says only what changes: a target (`= none` removes
it), days, a weight, `stopped` or `again`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from core.errors import Fault
from core.goals.model import Level
from core.goals.terms import Terms, simplified
from core.planning.outline.line import LONGEST_LINE, LaterTerms, OutlineLine
from core.planning.outline.phrases import ReadDay
from core.planning.outline.reading import skip
from core.planning.outline.tail import Tail
from core.planning.outline.words import AGAIN, CHECK, LATER_LINE, NO_TARGET, STOPPED
from core.planning.plan import DaysOff

_BEGINS = re.compile(r"(?:then|paused?)\b(?!\s*!?\s*:)", re.IGNORECASE)
_THEN = re.compile(r"then\s+from\s+(?P<day>[^:=\[]{1,40}?)\s*:\s*(?=\S)", re.IGNORECASE)
_PAUSE = re.compile(
    r"paused?\s+(?P<all>everything\s+)?(?:on\s+(?P<on>.+)|from\s+(?P<first>.+?)\s+(?:until|till|to)\s+(?P<last>.+))",
    re.IGNORECASE,
)
_STATE = re.compile(rf"(?:{STOPPED}|{AGAIN})(?![^\s,;])", re.IGNORECASE)
_NO_TARGET = re.compile(rf"=\s*{NO_TARGET}(?![^\s=\[(])", re.IGNORECASE)


def is_later(text: str, *, indented: bool) -> bool:
    """Whether a line belongs to the goal above it. A line that is not indented could be a vision, so it has to have the
    full form."""
    return bool((_BEGINS if indented else LATER_LINE).match(text))


def read_later(goal: OutlineLine, number: int, raw: str, start: int, decimal_comma: bool, read_day: ReadDay) -> None:
    """Reads such a line into the line of its goal."""
    here = OutlineLine(number, start + 1, goal.indent, goal.kind, goal.level, title=goal.title, title_is_quoted=True)
    if len(raw) - start > LONGEST_LINE:
        here.fault(here.column, "line_too_long", most=LONGEST_LINE)
    elif raw[start : start + 4].casefold() == "then":
        _read_change(goal, here, raw, start, Tail(here, raw, decimal_comma, read_day))
    else:
        _read_pause(goal, here, raw[start:].strip(), read_day)
    goal.faults += here.faults


def _read_change(goal: OutlineLine, here: OutlineLine, raw: str, start: int, tail: Tail) -> None:
    begun = _THEN.match(raw, start)
    since = tail.read_day(begun["day"]) if begun else None
    if begun is None or since is None:
        here.fault(here.column, "bad_change")
        return
    parts = _read_clauses(here, raw, begun.end(), tail)
    if not here.faults and _says_another_goal(here, goal):
        here.fault(here.column, "bad_change")
    counts_ticks = here.word == CHECK or here.is_in_times
    goal.changes.append(LaterTerms(since, here.place(here.column), parts | here.terms_said(), here.unit, counts_ticks))


def _read_clauses(here: OutlineLine, raw: str, at: int, tail: Tail) -> dict[str, Any]:
    """Reads the clauses after the day into a line; returns those that a goal's own line cannot have."""
    parts: dict[str, Any] = {}
    while (at := skip(raw, at)) < len(raw):
        if state := _STATE.match(raw, at):
            parts["active"] = state[0].casefold() == AGAIN
            at = state.end()
        elif none := _NO_TARGET.match(raw, at):
            parts["target"] = None
            at = none.end()
        else:
            at = tail.clause(at)(at)
            unit = "" if here.unit_is_quoted else (here.unit or "").casefold()
            if unit in (STOPPED, AGAIN):
                parts["active"], here.unit = unit == AGAIN, None
    return parts


def _says_another_goal(here: OutlineLine, goal: OutlineLine) -> bool:
    """Whether a line has parts that no change can have, such as a unit."""
    if here.each or here.dates or here.baseline is not None or here.word not in (None, CHECK):
        return True
    return here.level is not goal.level or (here.is_limit and not goal.is_limit)


def _read_pause(goal: OutlineLine, here: OutlineLine, text: str, read_day: ReadDay) -> None:
    match = _PAUSE.fullmatch(text)
    first = read_day(((match["on"] or match["first"]) if match else "").strip())
    last = read_day(((match["on"] or match["last"]) if match else "").strip())
    if match is None or first is None or last is None:
        here.fault(here.column, "bad_pause")
        return
    goal.pauses.append(DaysOff(first, last, everything=bool(match["all"])))


def history(line: OutlineLine, first: Terms, *, is_check: bool) -> tuple[Terms, ...]:
    """All terms of a goal, the oldest first: those of its own line, and the changes below it. A unit that only a change
    names becomes the line's."""
    states = [one.parts["active"] for one in line.changes if "active" in one.parts]
    # A goal that starts with "again" was not active before.
    now = replace(first, active=not states[0]) if states else first
    asked = [now]
    for change in line.changes:
        _fit_unit(line, change, is_check=is_check, counts=now.target is not None)
        now = replace(now, since=change.since, **change.parts)
        asked.append(now)
    return simplified(asked)


def _fit_unit(line: OutlineLine, change: LaterTerms, *, is_check: bool, counts: bool) -> None:
    if change.parts.get("target") is None or line.faults:
        return
    if is_check:
        if not _fits_ticks(line, change, counts=counts):
            line.faults.append(Fault("", "change_of_tick").at(change.place))
        return
    if line.unit is None and not counts:
        line.unit = change.unit
    if change.unit is not None and change.unit.casefold() != (line.unit or "").casefold():
        line.faults.append(Fault("", "change_of_unit", unit=line.unit).at(change.place))


def _fits_ticks(line: OutlineLine, change: LaterTerms, *, counts: bool) -> bool:
    """Whether a check can have the target of a change: a daily one only if it is counted."""
    return change.ticks or (change.unit is None and (counts or line.level is not Level.DAILY))
