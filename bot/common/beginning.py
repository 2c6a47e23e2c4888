"""The questions of the beginning."""

from __future__ import annotations

from bot.telegram.question import Question


class ZoneAsked(Question, name="zone"):
    """Where is the person?"""


class ZoneTold(Question, name="told"):
    """Is it right so? A no asks for the place again; all else is what it says."""


class FirstGoalAsked(Question, name="first"):
    """The zone is settled: what is to become true?"""
