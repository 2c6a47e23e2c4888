"""The fields of goaltree/1, one object at a time: what each may hold, and a sentence for what it may not.

Nodes are not nested here: the reader walks them itself, so that hostile nesting meets a rule and no stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from core.errors import Fault, InvalidValue
from core.model import WEEKDAY_NAMES, Aggregate, Kind, Level, Measure, Strategy
from core.outline.words import WEEKDAYS, date_of
from core.reminders import REMINDERS, MessageKind
from core.rules import text_fault
from core.values import parse_number

LONGEST_NOTE = 4_096
"""Characters, as in a Telegram message."""

_MOST_FIELDS = 50
"""Of one object; each that is unknown is a fault of its own."""

T = TypeVar("T", bound=BaseModel)


def _number(given: object) -> Decimal:
    # A number in quotes is refused: JSON has its own.
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise PydanticCustomError("not_a_number", "Write a number here, without quotes, such as 5 or 5.5.")
    try:
        return parse_number(given)
    except InvalidValue as refused:
        raise PydanticCustomError("number_unfit", "{sentence}", {"sentence": str(refused)}) from None


def _logged(given: object) -> Decimal:
    return Decimal(given) if isinstance(given, bool) else _number(given)


def _date(given: object) -> date:
    day = date_of(given) if isinstance(given, str) else None
    if day is None:
        raise PydanticCustomError("not_a_date", "Write a date as YYYY-MM-DD, such as 2026-11-23.")
    return day


def _zone(given: object) -> object:
    try:
        if isinstance(given, str):
            ZoneInfo(given)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError(
            "unknown_zone", "There is no such time zone: use a name such as Europe/Berlin or UTC."
        ) from None
    return given


def _day_start(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]", given):
        raise PydanticCustomError("not_a_time", "Write a time as HH:MM, from 00:00 to 23:59.")
    return given


def _week_start(given: object) -> object:
    if given not in WEEKDAYS:
        raise PydanticCustomError("unknown_weekday", "Write a weekday in full, such as monday or sunday.")
    return given


def _locale(given: object) -> object:
    if isinstance(given, str) and not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", given):
        raise PydanticCustomError("unknown_locale", "Write a language tag, such as en or pt-BR.")
    return given


def _time(given: object) -> time:
    if not isinstance(given, str):
        raise PydanticCustomError("not_a_time", "Write a time as HH:MM, from 00:00 to 23:59.")
    return time.fromisoformat(str(_day_start(given)))


def _weekday(given: object) -> int:
    if given not in WEEKDAY_NAMES:
        raise PydanticCustomError("unknown_weekday", "Write weekdays as mon, tue, wed, thu, fri, sat or sun.")
    return WEEKDAY_NAMES.index(str(given))


def _reminder_kind(given: object) -> MessageKind:
    if not isinstance(given, str) or given not in REMINDERS:
        message = "Write one of these words: 'check_in', 'weekly_digest', 'monthly_digest' or 'quarterly_digest'."
        raise PydanticCustomError("unknown_word", message)
    return MessageKind(given)


def _note(given: object) -> object:
    fault = text_fault(given, LONGEST_NOTE, "note", lines=True) if isinstance(given, str) else None
    if fault:
        raise PydanticCustomError("note_unfit", "{sentence}", {"sentence": fault[1]})
    return given


Number = Annotated[Decimal, BeforeValidator(_number)]
Logged = Annotated[Decimal, BeforeValidator(_logged)]
Day = Annotated[date, BeforeValidator(_date)]
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
    """An owner's settings, as they are in `core.model.Owner`."""

    timezone: Annotated[str, BeforeValidator(_zone)] | None = None
    day_start: Annotated[str, BeforeValidator(_day_start)] | None = None
    week_start: Annotated[str, BeforeValidator(_week_start)] | None = None
    locale: Annotated[str, BeforeValidator(_locale)] | None = None
    quiet_hours: QuietFields | None = None
    nudge_after_minutes: int | None = None


class TargetFields(_Object):
    """One target of a history: in force from a date on, the first from the beginning."""

    since: Day | None = Field(default=None, alias="from")
    target: Number | None


class EachFields(_Object):
    """How what everyone does by themselves is measured."""

    measure: Annotated[Measure, Field(strict=False)] | None = None
    aggregate: Annotated[Aggregate, Field(strict=False)] | None = None


class NodeFields(_Object):
    """One node without those below it: they are read one by one."""

    key: str
    title: str
    kind: Annotated[Kind, Field(strict=False)] | None = None
    level: Annotated[Level, Field(strict=False)] | None = None
    strategy: Annotated[Strategy, Field(strict=False)] | None = None
    measure: Annotated[Measure, Field(strict=False)] | None = None
    aggregate: Annotated[Aggregate, Field(strict=False)] | None = None
    unit: str | None = None
    target: Number | None = None
    targets: Annotated[list[TargetFields], Field(max_length=1_000)] | None = None
    weight: Number | None = None
    weekdays: Weekdays | None = None
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


class ReminderFields(_Object):
    """What is asked or told when."""

    kind: Annotated[MessageKind, BeforeValidator(_reminder_kind)]
    at: Time
    weekdays: Weekdays | None = None
    node: str | None = None
    paused: bool = False


def read_object(model: type[T], raw: object, place: str, faults: list[Fault]) -> T | None:
    """The object as a model; None, and its faults added, if it does not fit."""
    if not isinstance(raw, Mapping):
        faults.append(Fault(place, "not_an_object", "Write an object in braces here: {…}."))
        return None
    if len(raw) > _MOST_FIELDS:
        faults.append(Fault(place, "unknown_field", "There are more fields here than goaltree/1 has: take some out."))
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as refused:
        faults.extend(_faults(refused, place))
        return None


_SENTENCES = {
    "missing": "This field is missing: add it.",
    "extra_forbidden": "There is no such field in goaltree/1: correct its name or take it out.",
    "string_type": "Write text in quotes here.",
    "too_long": "This list is too long: leave some of it out.",
    "list_type": "Write a list in brackets here: […].",
    "bool_type": "Write true or false here, without quotes.",
    "int_type": "Write a whole number here, without quotes.",
    "less_than": "This number is too large: write the person's Telegram id.",
    "greater_than_equal": "This number is too small: write the person's Telegram id.",
    "model_type": "Write an object in braces here: {…}.",
    "model_attributes_type": "Write an object in braces here: {…}.",
    "string_unicode": "This text holds half a character: take it out.",
}
_CODES = {
    "extra_forbidden": "unknown_field",
    "missing": "missing_field",
    "enum": "unknown_word",
    "less_than": "number_unfit",
    "greater_than_equal": "number_unfit",
}


def _faults(refused: ValidationError, place: str) -> Iterator[Fault]:
    for error in refused.errors(include_url=False, include_input=False):
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:40]}" for step in error["loc"])
        kind = error["type"]
        if kind == "enum":
            message = f"Write one of these words: {error['ctx']['expected']}."
        else:
            message = _SENTENCES.get(kind) or error["msg"].rstrip(".") + "."
        yield Fault(f"{place}{steps}".lstrip("."), _CODES.get(kind, kind), message)
