"""The titles of the entries in the calendar feed."""

from __future__ import annotations

from core.asking.reminders import MessageKind
from language.i18n import Words, mark

_DIGESTS = {
    MessageKind.WEEKLY_DIGEST: mark("Your week in goaltree"),
    MessageKind.MONTHLY_DIGEST: mark("Your month in goaltree"),
    MessageKind.QUARTERLY_DIGEST: mark("Your quarter in goaltree"),
    MessageKind.YEARLY_DIGEST: mark("Your year in goaltree"),
}


def reminder_title(kind: MessageKind, goal: str | None, w: Words) -> str:
    """The title of a reminder, which may be about one goal alone."""
    if kind in _DIGESTS:
        return w.t(_DIGESTS[kind])
    if goal is None:
        return w.t("Check in with goaltree")
    return w.t("Check in: {title}", title=goal)


def deadline_title(goal: str, w: Words) -> str:
    """The title of a goal's last day."""
    return w.t("{title} is due", title=goal)
