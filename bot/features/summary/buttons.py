"""Buttons that show a summary: of another span, or below a digest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.telegram.callback import Callback


class Span(StrEnum):
    """What a summary is of."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class ShowSpan(Callback):
    """Switches the summary to another span."""

    prefix = "sum"
    span: Span


@dataclass(frozen=True)
class AllGoals(Callback):
    """Shows every goal of a digest's span in a new message."""

    prefix = "digest"
    span: Span
