"""The buttons under a proposal, and its open question."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question


class ProposalPart(Enum):
    """The part of a proposal to be changed."""

    NONE = "-"
    NOW = "now"
    UNTIL = "until"
    AMOUNT = "amount"
    DAYS = "days"
    RAMP = "ramp"
    DONE = "done"


class PlantAim(Callback, prefix="aim:plant"):
    """Plants the tree that is proposed."""


class ChangePart(Callback, prefix="aim:part"):
    """Asks for another number, date, choice of days …; NONE goes back to the proposal."""

    part: ProposalPart


class ChangeAim(Callback, prefix="aim:set"):
    """Changes the proposal, in words that could be typed."""

    said: Annotated[str, text(48)]


class DropAim(Callback, prefix="aim:drop"):
    """Drops the proposal."""


class AimAsked(Question, name="aim"):
    """An open proposal: its sentence, the later changes (one a line), and the part that is being asked for."""

    is_draft = True

    sentence: str
    changes: str = ""
    part: ProposalPart = ProposalPart.NONE

    @property
    def said(self) -> list[str]:
        """The changes, the oldest first."""
        return self.changes.splitlines()
