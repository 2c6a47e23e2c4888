"""What can be wrong with what a person asks for. One tree of exceptions; a front maps each to one helpful sentence.

`str(error)` is a complete English sentence for logs and the command line; the chat words it anew from the fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


class GoaltreeError(Exception):
    """Anything the product refuses. Nothing has been written when it is raised."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a plan or a document, and where.

    `place` is a path such as `visions[0].children[2].target` or `line 3, column 5`; `code` names the rule that is
    broken (a stable word, so that a front can translate it), `message` says in English what to do instead.
    """

    place: str
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class InvalidPlan(GoaltreeError):
    """A tree, an outline or a document breaks rules; `faults` names every one with its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


class InvalidValue(GoaltreeError):
    """A number that cannot be logged: none at all, nan, infinite, too large or too fine."""


class ValueNeeded(GoaltreeError):
    """A number leaf was logged without a number."""

    def __init__(self, title: str, unit: str | None) -> None:
        self.title, self.unit = title, unit
        super().__init__(f"“{title}” needs a number{f' of {unit}' if unit else ''}.")


class NotFound(GoaltreeError):
    """No such node, entry or owner here. Also what belongs to another chat: its existence is not told."""


class NotALeaf(GoaltreeError):
    """Only leaves are logged; `leaves` are the ids of those below the node that was named."""

    def __init__(self, title: str, leaves: Sequence[int]) -> None:
        self.title, self.leaves = title, tuple(leaves)
        super().__init__(f"“{title}” is not logged itself: log one of the goals below it.")


class DateRefused(GoaltreeError):
    """The day cannot be logged in the chat: it lies ahead, or before the node starts, or after it ended."""

    def __init__(self, on: date, reason: str, limit: date) -> None:
        self.on, self.reason, self.limit = on, reason, limit  # reason: "future", "before_start" or "after_end"
        words = {
            "future": "lies ahead: today is",
            "before_start": "is before it starts on",
            "after_end": "is after it ended on",
        }
        super().__init__(f"{on.isoformat()} {words[reason]} {limit.isoformat()}.")


class EntryGone(GoaltreeError):
    """What a message logged was taken back or replaced since, so that changing the message amends nothing."""

    def __init__(self) -> None:
        super().__init__("What that message logged was taken back or replaced since: write it anew.")


class NothingToUndo(GoaltreeError):
    """There is no entry that could be taken back."""


class CapReached(GoaltreeError):
    """There is as much of something as may be (`core.caps`); the sentence says how much, and what to do."""


class InvalidSetting(GoaltreeError):
    """A setting that cannot be: an unknown zone, a day start that is no time. `suggestions` are the nearest ones."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        self.suggestions = tuple(suggestions)
        super().__init__(message)


class Refused(GoaltreeError):
    """Somebody may not do this in a group (`core.permissions`); `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(_REFUSALS[code])


_REFUSALS = {
    "channel": "A channel cannot do that: write as yourself.",
    "anonymous": "You write here in the name of the group: do that as yourself.",
    "anothers": "Only they can do that themselves.",
    "join_first": "Only who joined can do that: join first.",
    "admins_only": "Only admins of the group can do that.",
    "everyones": "This goal is everyone's: only an admin can skip it, for all.",
    "buddies_only": "Only the buddy who was asked can confirm that.",
    "anothers_goal": "That goal is somebody else's: share one of your own.",
    "not_here": "That is for the people of that group.",
    "ended_goal": "That goal has ended: there is nothing to show of it.",
}
