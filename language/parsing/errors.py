"""Refusals of parsers to guess. Each is a code with values, as in `core.errors`; `language.refusals` words them."""

from __future__ import annotations

from core.errors import GoaltreeError
from language.tokens import shortened


class NoSuchDay(GoaltreeError):
    """Words that are written as a date and name none: it is not in the calendar (30 Feb). Value: the words (`day`)."""

    def __init__(self, day: str, code: str = "no_such_day") -> None:
        super().__init__(code, day=shortened(day))


class DoubtfulDay(NoSuchDay):
    """A date that may be read in two ways (5/11/2026), or in none."""

    def __init__(self, day: str) -> None:
        super().__init__(day, "doubtful_day")


class Unclear(GoaltreeError):
    """Words that could be logged in two ways, or not at all: another unit, two numbers, a number to skip, a day's
    mistyped name, something that is put off. Value: the words (`said`), and for another unit the goal's `title` and its
    `unit`."""

    def __init__(self, code: str, said: str, **values: str) -> None:
        super().__init__(code, said=shortened(said), **values)


class Misread(GoaltreeError):
    """Words that make no reminder: no time of day, several times, or a rhythm that there is none of. Value: what was
    `said` for the time."""
