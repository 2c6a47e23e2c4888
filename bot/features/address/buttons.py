"""The buttons under /hook and /calendar."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from core.tokens import Scope


class AddressPurpose(Enum):
    """The purpose of an address."""

    HOOK = "h"
    CALENDAR = "c"

    @property
    def scope(self) -> Scope:
        """The scope that its secret has."""
        return Scope.HOOK if self is AddressPurpose.HOOK else Scope.CALENDAR

    @property
    def is_one(self) -> bool:
        """Whether a person has at most one of them, so that a new one replaces it."""
        return self is AddressPurpose.CALENDAR


class MakeAddress(Callback, prefix="addr:make"):
    """Makes an address."""

    purpose: AddressPurpose


class RevokeAddress(Callback, prefix="addr:end"):
    """Revokes an address."""

    purpose: AddressPurpose
    token_id: int
