"""The fields of goaltree/1, one object at a time: what each may hold, and the fault if it does not. Nodes are not
nested here: the reader walks them itself, so that hostile nesting exhausts no stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, ValidationError

from core.asking.reminders import REMINDERS, MessageKind
from core.errors import Fault, InvalidValue
from core.goals.model import WEEKDAY_NAMES, Aggregate, Direction, Kind, Level, Measure, Strategy
from core.planning.outline.words import WEEKDAYS, date_of
from core.planning.rules import LONGEST_NOTE, text_fault
from core.values import parse_number

MOST_FIELDS = 50
"""In one object; each unknown one is a fault."""

T = TypeVar("T", bound=BaseModel)


class _Unfit(ValueError):
    """A value that does not fit its field; pydantic returns it with the field's place."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.fault = Fault("", code, **values)


def _number(given: object) -> Decimal:
    # Numbers in quotes are refused, since JSON has numbers.
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise _Unfit("number_expected")
    try:
        return parse_number(given)
    except InvalidValue as refused:
        raise _Unfit(refused.code, **refused.values) from None


def _logged(given: object) -> Decimal:
    return Decimal(given) if isinstance(given, bool) else _number(given)


def _date(given: object) -> date:
    day = date_of(given) if isinstance(given, str) else None
    if day is None:
        raise _Unfit("not_a_date")
    return day


def _zone(given: object) -> object:
    try:
        if isinstance(given, str):
            ZoneInfo(given)
    except (KeyError, ValueError, OSError):
        raise _Unfit("unknown_zone", name=None) from None
    return given


def _day_start(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", given):
        raise _Unfit("not_a_time")
    return given


def _week_start(given: object) -> object:
    if given not in WEEKDAYS:
        raise _Unfit("unknown_week_start")
    return given


def _locale(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", given):
        raise _Unfit("unknown_locale")
    return given


def _time(given: object) -> time:
    if not isinstance(given, str):
        raise _Unfit("not_a_time")
    return time.fromisoformat(str(_day_start(given)))


def _weekday(given: object) -> int:
    if given not in WEEKDAY_NAMES:
        raise _Unfit("unknown_weekday")
    return WEEKDAY_NAMES.index(str(given))


def _reminder_kind(given: object) -> MessageKind:
    if not isinstance(given, str) or given not in REMINDERS:
        raise _Unfit("unknown_word", words=[kind.value for kind in MessageKind if kind in REMINDERS])
    return MessageKind(given)


def _note(given: object) -> object:
    fault = text_fault("note", given, LONGEST_NOTE, lines=True) if isinstance(given, str) else None
    if fault:
        raise _Unfit(fault.code, **fault.values)
    return given


Number = Annotated[Decimal, PlainValidator(_number)]
Logged = Annotated[Decimal, PlainValidator(_logged)]
Day = Annotated[date, PlainValidator(_date)]
Weekday = Annotated[int, BeforeValidator(_weekday)]
Weekdays = Annotated[list[Weekday], Field(max_length=50)]
Time = Annotated[time, BeforeValidator(_time)]


class _Object(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class QuietFields(_Object):
    """Hours in which nothing is sent."""

    start: Time = Field(alias="from")
    end: Time = Field(alias="to")


class OwnerFields(_Object):
    """An owner's settings, as they are in `core.goals.model.Owner`."""

    timezone: Annotated[str, BeforeValidator(_zone)] | None = None
    day_start: Annotated[str, BeforeValidator(_day_start)] | None = None
    week_start: Annotated[str, BeforeValidator(_week_start)] | None = None
    locale: Annotated[str, BeforeValidator(_locale)] | None = None
    quiet_hours: QuietFields | None = None
    nudge_after_minutes: int | None = None


class ScheduleFields(_Object):
    """A schedule: one of these, or none for every day."""

    weekdays: Weekdays | None = None
    every_days: int | None = None
    month_days: Annotated[list[int], Field(max_length=50)] | None = None


class TermsFields(ScheduleFields):
    """Terms from a date on; the first hold from the beginning."""

    since: Day | None = Field(default=None, alias="from")
    target: Number | None = None
    weight: Number | None = None
    active: bool = True


class TargetFields(_Object):
    """One target of a history, as earlier exports wrote it: in force from a date on, the first from the beginning."""

    since: Day | None = Field(default=None, alias="from")
    target: Number | None


class EachFields(_Object):
    """How the members' leaves of an *each* goal are measured."""

    measure: Annotated[Measure, Field(strict=False)] | None = None
    aggregate: Annotated[Aggregate, Field(strict=False)] | None = None


class NodeFields(ScheduleFields):
    """One node without those below it, which are read separately."""

    key: str
    title: str
    kind: Annotated[Kind, Field(strict=False)] | None = None
    level: Annotated[Level, Field(strict=False)] | None = None
    strategy: Annotated[Strategy, Field(strict=False)] | None = None
    measure: Annotated[Measure, Field(strict=False)] | None = None
    aggregate: Annotated[Aggregate, Field(strict=False)] | None = None
    unit: str | None = None
    direction: Annotated[Direction, Field(strict=False)] | None = None
    baseline: Number | None = None
    target: Number | None = None
    weight: Number | None = None
    terms: Annotated[list[TermsFields], Field(max_length=1_000)] | None = None
    targets: Annotated[list[TargetFields], Field(max_length=1_000)] | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    each: EachFields | None = None
    member: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    let_go: bool = False
    children: list[Any] | None = None


class EntryFields(_Object):
    """One logged fact."""

    node: str
    date: Day
    value: Logged | None = None
    skipped: bool = False
    note: Annotated[str, BeforeValidator(_note)] | None = None
    author: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None


class PauseFields(_Object):
    """Days off, for everything or for a branch."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    node: str | None = None


class ReminderFields(_Object):
    """A check-in or digest."""

    kind: Annotated[MessageKind, BeforeValidator(_reminder_kind)]
    at: Time
    weekdays: Weekdays | None = None
    node: str | None = None
    paused: bool = False


def read_object(model: type[T], raw: object, place: str, faults: list[Fault]) -> T | None:
    """The object as a model; if it does not fit, None, and its faults are added."""
    if not isinstance(raw, Mapping):
        faults.append(Fault(place, "not_an_object"))
        return None
    if len(raw) > MOST_FIELDS:
        faults.append(Fault(place, "too_many_fields"))
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as refused:
        faults.extend(_faults(refused, place))
        return None


_CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "missing_field",
    "string_type": "string_type",
    "string_unicode": "string_unicode",
    "too_long": "list_too_long",
    "list_type": "list_type",
    "bool_type": "bool_type",
    "int_type": "int_type",
    "less_than": "id_too_large",
    "greater_than_equal": "id_too_small",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
}
"""From pydantic's kinds of errors to codes."""


def _faults(refused: ValidationError, place: str) -> Iterator[Fault]:
    for error in refused.errors(include_url=False, include_input=False):
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:40]}" for step in error["loc"])
        yield _fault(error["type"], error.get("ctx", {})).at(f"{place}{steps}".lstrip("."))


def _fault(kind: str, context: Mapping[str, Any]) -> Fault:
    unfit = context.get("error")
    if isinstance(unfit, _Unfit):
        return unfit.fault
    if kind == "enum":
        return Fault("", "unknown_word", words=re.findall("'(.*?)'", context["expected"]))
    return Fault("", _CODES.get(kind, "unfit"))
