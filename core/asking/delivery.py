"""The outcomes of a delivery, and when it is tried again."""

from __future__ import annotations

from datetime import timedelta

from core.records import record

LAPSED, CUT = 1, 3
"""The doubt that an attempt adds if nobody knows whether Telegram took the message. LAPSED: its sender ended before the
outcome was recorded; most of its claimed messages had not left yet. CUT: it had left, and no answer came."""
MOST_DOUBTS = 9
"""With this many doubts a message is given up: each attempt may have sent it again, and a message that crashes its
sender must not do so for ever. A message that certainly was not sent is tried until it is of no use."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
_LENGTHENED = 10
"""The number of pauses that grow; later ones are all as long as the longest."""


@record
class Delivered:
    """Telegram accepted the message under this id. `topic_gone`: it was sent outside its topic, which no longer
    exists. `owes_picture`: its picture is to follow."""

    message_id: int
    topic_gone: bool = False
    owes_picture: bool = False


@record
class NotNeeded:
    """There is nothing to say any more, such as when everything is done already."""

    reason: str


@record
class Failed:
    """The message did not get through or, if `doubtful`, may have. `wait` is how long Telegram asks to wait."""

    reason: str
    wait: timedelta | None = None
    doubtful: bool = False


@record
class Rejected:
    """Telegram will never accept this message."""

    reason: str


@record
class ShutOut:
    """The recipient cannot be reached: blocked, deactivated, or the bot was removed, or may not write there."""

    reason: str


@record
class Moved:
    """The group has another id now."""

    chat_id: int


@record
class GivenBack:
    """Sending did not begin, so another process may send the message."""


DeliveryOutcome = Delivered | GivenBack | NotNeeded | Failed | Rejected | ShutOut | Moved


def result_of(outcome: DeliveryOutcome) -> str:
    """A short name of an outcome, for metrics."""
    match outcome:
        case Delivered():
            return "sent"
        case GivenBack():
            return "given_back"
        case NotNeeded():
            return "dropped"
        case Failed(wait=None):
            return "retry"
        case Failed():
            return "429"
        case Rejected():
            return "dead"
        case ShutOut():
            return "403"
        case Moved():
            return "moved"


def pause_after(attempt: int, chance: float) -> timedelta:
    """How long to wait after a failed attempt (the first is 1): about four times as long each time. `chance` (0 to 1)
    spreads messages that failed together over the second half of the pause."""
    pause = min(_FIRST_PAUSE * 4.0 ** min(attempt - 1, _LENGTHENED), _LONGEST_PAUSE)
    return pause * (0.5 + chance / 2)
