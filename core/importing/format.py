"""The interface of formats: a name, how to recognise the content, and how to read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from core.importing.options import Options
from core.importing.reading import FileReading
from core.records import record

T = TypeVar("T")


@record
class Format(Generic[T]):
    """A format whose content is a T. `key` begins the keys of its goals; `title` names the app, and the vision."""

    key: str
    title: str
    recognises: Callable[[T], bool]
    read: Callable[[T, Options], FileReading]
