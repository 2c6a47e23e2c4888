"""The two questions of the beginning."""

from __future__ import annotations

from bot.telegram.question import Question


class ZoneAsked(Question, name="zone"):
    """Where is the person?"""


class FirstGoalAsked(Question, name="first"):
    """The zone is settled: what is to become true?"""
