"""Buttons that show a summary: of another span, or below a digest."""

from __future__ import annotations

from enum import StrEnum

from bot.telegram.callback import Callback


class SummarySpan(StrEnum):
    """The subject of a summary."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class ShowSpan(Callback, prefix="sum"):
    """Switches the summary to another span."""

    span: SummarySpan


class AllGoals(Callback, prefix="digest"):
    """Shows all goals of a digest's span in a new message."""

    span: SummarySpan
