"""Values of which a check-off, or reading the words for it, makes a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A dataclass that nobody may change: the type checker sees to it. One that is frozen at run time as well takes
    four times as long to make."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


class Record:
    """What a dataclass compares and shows, for many small classes that share a base: for each it would write code of
    its own, which takes more of a start than all of their fields. A subclass is made by `as_record`."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def as_record(cls: type[Record]) -> None:
    """Gives a subclass of `Record` its `__init__`. Nobody may change its instances: the type checker sees to it."""
    dataclass(repr=False, eq=False)(cls)
