"""Notes on goals and visions that came to an end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from core.records import record


@record
class LetGo:
    """A goal that was let go at the end of a quarter (or of the year that ends with it), or that is below one.
    `chosen`: this very goal was let go. `ended`: that changed its end, which was `end_before` until then (None: no end
    of its own)."""

    node_id: int
    chosen: bool
    ended: bool
    end_before: date | None


class Endings(Protocol):
    """Records of goals that were let go, so that people may change their minds, and of visions whose end was
    announced."""

    def let_go(self, vision_id: int, quarter_start: date) -> list[LetGo]:
        """The goals of a vision that were let go at the end of a quarter, or of the year that ends with it."""

    def save_let_go(self, vision_id: int, quarter_start: date, goals: Iterable[LetGo], *, keep_from: date) -> None:
        """Replaces the records of a vision and quarter, and deletes those of quarters that began before `keep_from`."""

    def announce(self, node_id: int, ended_on: date, message_id: int) -> bool:
        """Notes that a message announces the end of a vision (given by its node). False, and nothing noted, if another
        message has announced this end."""
