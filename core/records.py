"""Cheap dataclasses, for values of which one check-off makes a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A dataclass that only the type checker keeps from being changed: instances that are frozen at run time take four
    times as long to make."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


class Record:
    """Equality and repr for many small classes with a common base: a dataclass would generate code for each of them at
    start-up. A subclass is made by `as_record`."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def as_record(cls: type[Record]) -> None:
    """Adds `__init__` to a subclass of `Record`. The type checker keeps its instances from being changed."""
    dataclass(repr=False, eq=False)(cls)
