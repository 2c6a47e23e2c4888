"""Questions that stay open between two messages: a dataclass for each.

A question is stored as a JSON object: its name under "state", its fields beside it; None is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform, get_args, get_origin, get_type_hints

from bot.telegram.callback import BadButton, day_packed, day_unpacked, weekdays_mask, weekdays_of
from core.records import as_record

STATE = "state"

_Reader = Callable[[Any], Any]


@dataclass_transform(frozen_default=True)
class Question:
    """An open question. A subclass becomes a record with typed fields; its `name` is given as a class
    argument.

    "state" holds the name, perhaps with a suffix after a point that the subclass reads itself. Two kinds may share a
    name if their fields differ.
    """

    name: ClassVar[str]
    is_draft: ClassVar[bool] = False
    """Whether it is work in progress that another question in between must not discard."""
    takes_lines: ClassVar[bool] = False
    """Whether outline lines may answer it."""

    def __init_subclass__(cls, name: str) -> None:
        cls.name = name
        as_record(cls)

    def pack(self) -> dict[str, Any]:
        """The question as a JSON object."""
        values = {name: _json(getattr(self, name)) for name in _readers(type(self))}
        return {STATE: self.name, **{name: value for name, value in values.items() if value is not None}}

    @classmethod
    def unpack(cls, kept: Mapping[str, Any]) -> Self:
        """The question that `pack` wrote. Raises `BadButton`, LookupError, TypeError or ValueError for anything
        else."""
        if kept[STATE] != cls.name:
            raise ValueError(f"{kept[STATE]!r} is not {cls.name!r}")
        return cls(**{name: read(kept[name]) for name, read in _readers(cls).items() if name in kept})


Q = TypeVar("Q", bound=Question)


def unpack(kept: Mapping[str, Any], kinds: Iterable[type[Question]]) -> Question | None:
    """The question as one of these kinds; None if it is of another kind, such as one that is gone."""
    for kind in kinds:
        try:
            return kind.unpack(kept)
        except (BadButton, LookupError, TypeError, ValueError):
            continue
    return None


def name_in(kept: Mapping[str, Any]) -> str:
    """The name of a stored question, without the suffix after a point."""
    return str(kept.get(STATE, "")).partition(".")[0]


def _readers(kind: type[Question]) -> dict[str, _Reader]:
    """The fields of a kind, each with its reader."""
    hints = get_type_hints(kind)
    return {name: _reader(hint) for name, hint in hints.items() if get_origin(hint) is not ClassVar}


def _reader(hint: Any) -> _Reader:
    options = get_args(hint)
    if NoneType in options:
        [inner] = [_reader(option) for option in options if option is not NoneType]
        return lambda value: None if value is None else inner(value)
    if get_origin(hint) is Mapping:
        key, read = options[0], _reader(options[1])
        return lambda value: {key(name): read(item) for name, item in value.items()}
    if get_origin(hint) is frozenset:
        return weekdays_of
    if hint is date:
        return day_unpacked
    if not isinstance(hint, type):
        raise TypeError(f"no question keeps {hint}")
    return hint


def _json(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case date():
            return day_packed(value)
        case frozenset():
            return weekdays_mask(value)
        case Mapping():
            return {str(name): _json(item) for name, item in value.items()}
        case _:
            return value
