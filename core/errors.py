"""Refusals: exceptions and faults, each a stable code with typed values. `language.refusals` has the sentence for every
code, for the chat, the command line and the API. A front branches on classes (to offer buttons for a missing number,
say), and uses codes only for wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.records import record


class GoaltreeError(Exception):
    """A request that the product refuses; nothing has been written when it is raised.

    `str(error)` is the code and its values, for logs.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code = code
        self.values: Mapping[str, object] = values
        super().__init__(_plain(code, values))


@record
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
    """A number that cannot be logged: no number at all, nan, infinite, too large or with too many decimals."""


class ValueNeeded(GoaltreeError):
    """A number leaf was logged without a number. Values: `title`, and its `unit` if it has one."""


class FarOutside(GoaltreeError):
    """A number far beyond everything that was logged on a goal before: the person is asked once whether it is right.
    Values: `title`, `value`, and the `usual` value or the ends of a way (`low`, `high`)."""


class NotSure(GoaltreeError):
    """A goal with entries would be deleted: the person is asked to confirm. Values: its `title`, and the `count` of
    entries that would be lost."""


class NotFound(GoaltreeError):
    """No such node, entry or owner in this chat. A node of another chat is treated as one that does not exist."""


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
    """An invalid setting, such as an unknown zone or a day start that is no time."""


class Refused(GoaltreeError):
    """The actor may not do this (`core.group.permissions`), or their token may not (`core.tokens`)."""


class NotSignedIn(GoaltreeError):
    """A request to the API without a valid token or init data."""


class RequestRefused(GoaltreeError):
    """A request to the API that cannot be read, or that exceeds a limit."""


def _plain(code: str, values: Mapping[str, object]) -> str:
    return " ".join([code, *(f"{name}={value}" for name, value in values.items())])
