"""The buttons under /token."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from core.tokens import Scope


class Grant(Enum):
    """The rights of a new token; each includes reading."""

    READ = "r"
    LOG = "l"
    PLAN = "p"

    @property
    def scopes(self) -> frozenset[Scope]:
        """The scopes that the token gets."""
        return _SCOPES[self]


_SCOPES = {
    Grant.READ: frozenset({Scope.READ}),
    Grant.LOG: frozenset({Scope.READ, Scope.LOG}),
    Grant.PLAN: frozenset({Scope.READ, Scope.LOG, Scope.PLAN}),
}


class MakeToken(Callback, prefix="token:make"):
    """Creates a token."""

    grant: Grant


class RevokeToken(Callback, prefix="token:end"):
    """Revokes a token."""

    token_id: int
