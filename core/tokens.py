"""Personal tokens: a script acts with one as its maker, within the token's scopes."""

from __future__ import annotations

import hashlib
from collections.abc import Set
from datetime import datetime
from enum import StrEnum

from core.errors import Refused
from core.records import record

PREFIX = "gt_"
"""The prefix of every token, so that people and scanners for leaked secrets know it."""
MOST = 20
"""The most tokens that a person may have."""
LONGEST_NAME = 64
"""Characters."""


class Scope(StrEnum):
    """The rights of a token. No scope includes another."""

    READ = "read"
    """See trees, entries and figures."""
    LOG = "log"
    """Log, amend and take back."""
    PLAN = "plan"
    """Change trees and pauses."""
    ACCOUNT = "account"
    """Make and revoke tokens. No token has it; it needs the person themselves."""
    HOOK = "hook"
    """Log by a secret address. It stands alone, and a token with it does nothing else."""
    CALENDAR = "calendar"
    """Read the calendar by a secret address. It stands alone, and a token with it does nothing else."""


GRANTED = (Scope.READ, Scope.LOG, Scope.PLAN)
"""The scopes that a token can be given."""
ADDRESSES = (Scope.HOOK, Scope.CALENDAR)
"""The scopes that a secret address can have. Its secret is stored as a token with this one scope."""


@record
class ApiToken:
    """A stored token, with only a digest of the secret."""

    id: int
    user_id: int
    name: str
    scopes: frozenset[Scope]
    created_at: datetime


def digest(secret: str) -> str:
    """The stored hash of a token. It has 256 random bits, so a plain hash cannot be reversed by guessing."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def check_scope(scopes: Set[Scope], needed: Scope) -> None:
    """Raises `Refused` where the needed scope is missing."""
    if needed not in scopes:
        raise Refused("scope_missing", scope=needed.value)
