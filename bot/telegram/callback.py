"""Buttons as values: a dataclass for each kind of button, and its form as callback data.

A message keeps its buttons for years, so the form of a kind never changes: a new form is a new kind. Numbers are
written in base 36, dates as YYYYMMDD, and fields are separated by ":". Data that no kind has written raises
`BadButton`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Generic,
    Self,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from core.errors import GoaltreeError, InvalidValue
from core.planning.rules import FIRST_DATE, LAST_DATE
from core.records import as_record, record
from core.values import parse_number, plain_text

MAX_BYTES = 64
"""Telegram's limit for callback data."""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LARGEST = 2**63 - 1
_SEPARATOR = ":"
_NOTHING = "-"
_CODECS_OF_KIND: dict[type[Callback], dict[str, Codec[Any]]] = {}

T = TypeVar("T")


class BadButton(GoaltreeError):
    """Callback data of no known button: forged, or of a kind that is gone."""

    def __init__(self) -> None:
        super().__init__("bad_button")


@record
class Codec(Generic[T]):
    """How a field is written and read. `read` raises `BadButton` for text that `write` cannot produce; `takes_rest`
    marks a last field that may contain the separator."""

    write: Callable[[T], str]
    read: Callable[[str], T]
    takes_rest: bool = False


@dataclass_transform(frozen_default=True)
class Callback:
    """The data of a button. A subclass becomes a record with typed fields; its `prefix` of one or two words
    is given as a class argument. Two kinds may share a prefix if their numbers of fields differ."""

    prefix: ClassVar[str]

    def __init_subclass__(cls, prefix: str = "") -> None:
        if prefix:
            cls.prefix = prefix
        as_record(cls)

    def pack(self) -> str:
        """The callback data. Raises ValueError if it is longer than Telegram allows."""
        codecs = codecs_of(type(self)).items()
        data = _SEPARATOR.join([self.prefix, *(codec.write(getattr(self, name)) for name, codec in codecs)])
        if len(data.encode()) > MAX_BYTES:
            raise ValueError(f"callback data has at most {MAX_BYTES} bytes, not {len(data.encode())}")
        return data

    def unstamped(self) -> tuple[object, ...]:
        """The button's kind and fields without the `stamp`, which differs between renderings of a message."""
        return (self.prefix, *(getattr(self, name) for name in codecs_of(type(self)) if name != "stamp"))

    @classmethod
    def unpack(cls, data: str) -> Self:
        """The button that `pack` wrote. Raises `BadButton` for the data of another kind."""
        codecs = codecs_of(cls)
        head, *parts = _split(data, cls.prefix.count(_SEPARATOR) + 1, len(codecs), takes_rest=takes_rest(cls))
        if head != cls.prefix or len(parts) != len(codecs):
            raise BadButton
        return cls(**{name: codec.read(part) for (name, codec), part in zip(codecs.items(), parts, strict=True)})


B = TypeVar("B", bound=Callback)


def unpack(data: str, kinds: Iterable[type[Callback]]) -> Callback:
    """The button that one of these kinds wrote. Raises `BadButton` if none did."""
    for kind in kinds:
        try:
            return kind.unpack(data)
        except BadButton:
            continue
    raise BadButton


def codecs_of(kind: type[Callback]) -> dict[str, Codec[Any]]:
    """The codecs of a kind's fields, in their order."""
    if kind not in _CODECS_OF_KIND:
        hints = get_type_hints(kind, include_extras=True).items()
        _CODECS_OF_KIND[kind] = {name: _codec(hint) for name, hint in hints if get_origin(hint) is not ClassVar}
    return _CODECS_OF_KIND[kind]


def takes_rest(kind: type[Callback]) -> bool:
    """Whether the last field of a kind may contain the separator."""
    codecs = list(codecs_of(kind).values())
    return bool(codecs) and codecs[-1].takes_rest


def _split(data: str, words: int, fields: int, *, takes_rest: bool) -> list[str]:
    """The prefix (of `words` parts) and the fields; the last field is the whole rest if it `takes_rest`."""
    parts = data.split(_SEPARATOR, words + fields - 1 if takes_rest else -1)
    return [_SEPARATOR.join(parts[:words]), *parts[words:]]


def _codec(hint: Any) -> Codec[Any]:
    if get_origin(hint) is Annotated:
        return next(extra for extra in get_args(hint) if isinstance(extra, Codec))
    inner = [option for option in get_args(hint) if option is not NoneType]
    if NoneType in get_args(hint) and len(inner) == 1:
        return _optional(_codec(inner[0]))
    if issubclass(hint, Enum):
        return _of_enum(hint)
    return _CODECS[hint]


def _optional(codec: Codec[Any]) -> Codec[Any]:
    return Codec(
        lambda value: _NOTHING if value is None else codec.write(value),
        lambda text: None if text == _NOTHING else codec.read(text),
    )


def _of_enum(kind: type[Enum]) -> Codec[Any]:
    def read(text: str) -> Enum:
        try:
            return kind(text)
        except ValueError:
            raise BadButton from None

    return Codec(lambda member: str(member.value), read)


# --- how values are written ---


def packed(number: int) -> str:
    """A non-negative number in base 36."""
    if number < 0:
        raise ValueError(f"no button carries a negative number: {number}")
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def unpacked(text: str) -> int:
    """A number in base 36, as `packed` writes it."""
    if not re.fullmatch(r"[0-9a-z]{1,13}", text) or (number := int(text, 36)) > _LARGEST:
        raise BadButton
    return number


def day_packed(on: date) -> str:
    """A date as YYYYMMDD."""
    return on.strftime("%Y%m%d") if on.year > 999 else f"{on.year:04}{on:%m%d}"


def day_unpacked(text: str) -> date:
    """The date that `day_packed` wrote, within the dates that the product knows."""
    if not re.fullmatch(r"[0-9]{8}", text):
        raise BadButton
    try:
        on = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise BadButton from None
    if not FIRST_DATE <= on <= LAST_DATE:
        raise BadButton
    return on


def amount_unpacked(text: str) -> Decimal:
    """The number that `plain_text` wrote."""
    try:
        return parse_number(text)
    except InvalidValue:
        raise BadButton from None


def _clock(text: str) -> time:
    if not re.fullmatch(r"([01][0-9]|2[0-3])[0-5][0-9]", text):
        raise BadButton
    return time(int(text[:2]), int(text[2:]))


def weekdays_mask(weekdays: Iterable[int]) -> int:
    """Weekdays as a bit mask: bit 0 is Monday."""
    return sum(1 << day for day in weekdays)


def weekdays_of(mask: int) -> frozenset[int]:
    """The weekdays of a bit mask."""
    if not 0 < mask < 1 << 7:
        raise BadButton
    return frozenset(day for day in range(7) if mask >> day & 1)


def _plain_number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise BadButton
    return int(text)


def text(most: int) -> Codec[str]:
    """A text of at most `most` characters; as the last field it may contain the separator."""

    def checked(words: str) -> str:
        if len(words) > most:
            raise BadButton
        return words

    return Codec(checked, checked, takes_rest=True)


PLAIN_NUMBER: Codec[int] = Codec(str, _plain_number)
"""A number in base 10, as some of the oldest kinds write it."""
WEEKDAYS: Codec[frozenset[int]] = Codec(
    lambda weekdays: packed(weekdays_mask(weekdays)), lambda text: weekdays_of(unpacked(text))
)
_CODECS: dict[Any, Codec[Any]] = {
    int: Codec(packed, unpacked),
    date: Codec(day_packed, day_unpacked),
    Decimal: Codec(plain_text, amount_unpacked),
    time: Codec("{:%H%M}".format, _clock),
}
