"""The buttons under /hook and /calendar."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from core.tokens import Scope


class End(Enum):
    """The purpose of an address."""

    HOOK = "h"
    CALENDAR = "c"

    @property
    def scope(self) -> Scope:
        """The scope that its secret has."""
        return Scope.HOOK if self is End.HOOK else Scope.CALENDAR

    @property
    def is_one(self) -> bool:
        """Whether a person has one of them at most: a new one stands for the one before."""
        return self is End.CALENDAR


class MakeAddress(Callback, prefix="addr:make"):
    """An address is made."""

    end: End


class RevokeAddress(Callback, prefix="addr:end"):
    """An address is revoked."""

    end: End
    token_id: int
