"""Refusals of parsers that will not guess. Each is a code with values, as in `core.errors`; `language.refusals` words
them."""

from __future__ import annotations

from core.errors import GoaltreeError
from language.tokens import shortened


class NoSuchDay(GoaltreeError):
    """Words in the form of a date that does not exist, such as 30 Feb. Value: the words (`day`)."""

    def __init__(self, day: str, code: str = "no_such_day") -> None:
        super().__init__(code, day=shortened(day))


class DoubtfulDay(NoSuchDay):
    """A date with two possible meanings (5/11/2026), or none."""

    def __init__(self, day: str) -> None:
        super().__init__(day, "doubtful_day")


class Unclear(GoaltreeError):
    """Words with two possible meanings, or none that can be logged: another unit, two numbers, a number with a skip, a
    misspelt day, something postponed. Value: the words (`said`), and for another unit the goal's `title` and `unit`."""

    def __init__(self, code: str, said: str, **values: str) -> None:
        super().__init__(code, said=shortened(said), **values)


class Misread(GoaltreeError):
    """Words that make no reminder: no time of day, several times, or an unknown rhythm. Value: the words for the time
    (`said`)."""
