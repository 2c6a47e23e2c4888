"""Options of an import: the zone, the order of dates, and the words that mean done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, tzinfo
from enum import StrEnum

from core.importing.limits import MOST_ROWS
from core.records import record


class DateOrder(StrEnum):
    """The order of day, month and year in dates that are written with numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_YES = """yes y done completed complete true ja wahr oui vrai sí si verdadero sì vero sim verdadeiro да истина tak
prawda evet 是"""
_NO = """no n missed failed incomplete false nein falsch non faux falso não нет ложь nie fałsz hayır 否"""


@record
class StateWords:
    """The lower-case words that mean done, not done and so on, beside the universal signs. By default the words for yes
    and no that spreadsheets write in common languages."""

    done: frozenset[str] = frozenset(_YES.split())
    undone: frozenset[str] = frozenset({*_NO.split(), "not done", "not completed", "not complete", "in progress"})
    skipped: frozenset[str] = frozenset({"skip", "skipped"})
    months: Mapping[str, int] = field(default_factory=dict)
    """Full and short names; January is 1."""


@record
class Options:
    """`zone` is the owner's, for the instants of a file without a zone. `dates` answers the question of
    `dates_ambiguous`. A file with more than `entries` is refused. `names` are the importer's in sheets of groups, from
    which other people's rows are left out; None takes everybody's."""

    zone: tzinfo = UTC
    dates: DateOrder | None = None
    entries: int = MOST_ROWS
    words: StateWords = field(default_factory=StateWords)
    names: frozenset[str] | None = None
