"""Refusals: one tree of exceptions and one kind of fault, each a stable code with typed values.

No sentence is written here: `language.refusals` has one for every code, for the chat, the command line and an API. A
front tells classes apart where it acts on them (it offers buttons for a number that is needed), and codes only to word
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


class GoaltreeError(Exception):
    """A request that the product refuses; nothing has been written when it is raised.

    `str(error)` is the code and its values, for logs.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values: Mapping[str, object] = values
        super().__init__(_plain(code, values))


@dataclass(frozen=True, slots=True, init=False)
class Fault:
    """One broken rule in a plan or a document.

    `place` is a path such as `visions[0].children[2].target`, `line 3, column 5`, or a title in quotes.
    """

    place: str
    code: str
    values: Mapping[str, object]

    def __init__(self, place: str, code: str, /, **values: object) -> None:
        for name, value in (("place", place), ("code", code), ("values", values)):
            object.__setattr__(self, name, value)

    def at(self, place: str) -> Fault:
        """The same fault at another place."""
        return Fault(place, self.code, **self.values)

    def __str__(self) -> str:
        said = _plain(self.code, self.values)
        return f"{self.place}: {said}" if self.place else said


class InvalidPlan(GoaltreeError):
    """A tree, an outline or a document that breaks rules. `faults` has every broken rule, with its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("invalid_plan")
        self.faults = tuple(faults)

    def __str__(self) -> str:
        return "; ".join(str(fault) for fault in self.faults)


class InvalidValue(GoaltreeError):
    """A number that cannot be logged: none at all, nan, infinite, too large or too fine."""


class ValueNeeded(GoaltreeError):
    """A number leaf was logged without a number. Values: `title`, and its `unit` if it has one."""


class FarOutside(GoaltreeError):
    """A number far beyond all that was logged of a goal before: its writer is asked once whether it is right. Values:
    `title`, `value`, and what it is so far from: the `usual`, or the ends of a way (`low`, `high`)."""


class NotSure(GoaltreeError):
    """A goal that was logged is to be deleted: whoever asked for it is asked once more. Values: its `title`, and the
    `count` of entries that would be gone."""


class NotFound(GoaltreeError):
    """No such node, entry or owner in this chat. Nodes of another chat are not told apart from ones that do not
    exist."""


class NotALeaf(GoaltreeError):
    """A goal with others below it was logged. Values: its `title`, and the ids of the `leaves` below it."""


class DateRefused(GoaltreeError):
    """A day that cannot be logged in the chat: in the future, before the node starts, or after it ended.

    Values: the day (`on`), and today, the first or the last day that can be logged (`limit`).
    """


class EntryGone(GoaltreeError):
    """An edited message cannot amend its entry, which was taken back or replaced since."""


class NothingToUndo(GoaltreeError):
    """There is nothing that could be taken back."""


class UndoRefused(GoaltreeError):
    """The last edit cannot be taken back, because of later changes. Values: the `title` of the goal."""


class CapReached(GoaltreeError):
    """A chat has as much of something as it may have (`core.caps`)."""


class ImportRefused(GoaltreeError):
    """A file that cannot be read as the export of an app or as a sheet (`core.importing`).

    The code `dates_ambiguous` is a question: its `choices` are the orders of dates that fit.
    """


class InvalidSetting(GoaltreeError):
    """A setting that cannot be: an unknown zone, a day start that is no time."""


class Refused(GoaltreeError):
    """Somebody may not do this (`core.group.permissions`), or their token may not (`core.tokens`)."""


class NotSignedIn(GoaltreeError):
    """A request to the API by nobody who is known: no token or init data, or none that holds."""


class RequestRefused(GoaltreeError):
    """A request to the API that cannot be read, or one too many."""


def _plain(code: str, values: Mapping[str, object]) -> str:
    return " ".join([code, *(f"{name}={value}" for name, value in values.items())])
