"""The questions of the onboarding."""

from __future__ import annotations

from bot.telegram.question import Question


class ZoneAsked(Question, name="zone"):
    """Where is the person?"""


class ZoneConfirmationAsked(Question, name="told"):
    """Is the zone right? "No" asks for the place again; any other words are handled as usual."""


class FirstGoalAsked(Question, name="first"):
    """What is the first goal? Asked once the zone is settled."""
