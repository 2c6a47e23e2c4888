"""Pauses as a digest names them."""

from __future__ import annotations

from core.goals.model import Node
from core.goals.periods import Period
from core.records import record


@record
class DigestPause:
    """A pause in the digest's period, of a goal and all below it, or of everything (None)."""

    node: Node | None
    days: Period
