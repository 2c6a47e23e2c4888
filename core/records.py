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
