"""Reminders and the messages that they make: what is asked when, and until when it is of use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.asking.schedule import Due, Schedule, instant_of
from core.goals.model import Level, Owner, OwnerType
from core.goals.periods import DAY, local_date
from core.records import record

FIRST_CHECK_IN = Schedule(time(20, 0))
DIGESTS_AT = time(10, 0)
"""After the last prompt or round of a period, its deadline, and prompts that were put off to the morning
(`MORNING`)."""
WEEKLY = Schedule(DIGESTS_AT, frozenset({0}))
MONTHLY = Schedule(DIGESTS_AT, end_of=Level.MONTHLY)
QUARTERLY = Schedule(DIGESTS_AT, end_of=Level.QUARTERLY)
YEARLY = Schedule(DIGESTS_AT, end_of=Level.YEARLY)
DIGEST_TIMES = {Level.WEEKLY: WEEKLY, Level.MONTHLY: MONTHLY, Level.QUARTERLY: QUARTERLY, Level.YEARLY: YEARLY}
"""When digests come by default."""

DIGEST_IS_USEFUL = timedelta(days=3)
PICTURE_IS_USEFUL = timedelta(days=1)
"""The least time for which a picture is tried after its digest's words went ahead."""
QUESTION_IS_USEFUL = timedelta(days=30)
PROMPT_IS_USEFUL = timedelta(hours=1)
"""A prompt is of use until its day ends (see `useful_until`), but at least this long, so that one for 23:30 survives a
short outage."""

ROUND_UP_IS_USEFUL = timedelta(hours=12)

MORNING = time(9, 0)
"""When a prompt comes that was put off to the next day."""


class MessageKind(StrEnum):
    """The kind of a scheduled message. Reminders make those of `REMINDERS`; the others come once."""

    CHECK_IN = "check_in"
    NUDGE = "nudge"
    WEEKLY_DIGEST = "weekly_digest"
    MONTHLY_DIGEST = "monthly_digest"
    QUARTERLY_DIGEST = "quarterly_digest"
    YEARLY_DIGEST = "yearly_digest"
    UNPUBLISHED = "unpublished"
    """To a group: its digests no longer go to a channel. `nodes` holds the publication's id."""
    ROUND_UP = "round_up"
    """A group's round (`after`, a check-in) has ended."""
    NUDGE_MEMBER = "nudge_member"
    """To a member of a group: something is open there. `nodes` holds the member's id."""
    STILL_THERE = "still_there"
    """The question whether to go on, after some evenings without an answer."""
    BOARD = "board"
    """A group's board. It was sent as a reply, and is in the outbox only to be kept up to date."""
    PICTURE = "picture"
    """The picture of a digest (`after`) that was sent without it."""
    PLAN_PART = "plan_part"
    """A long plan cannot be read, and its second part has not come. `nodes` holds its message id."""

    @property
    def digest_of(self) -> Level | None:
        """The level that a digest reports; None for a prompt."""
        return _DIGESTS.get(self)


_DIGESTS = {
    MessageKind.WEEKLY_DIGEST: Level.WEEKLY,
    MessageKind.MONTHLY_DIGEST: Level.MONTHLY,
    MessageKind.QUARTERLY_DIGEST: Level.QUARTERLY,
    MessageKind.YEARLY_DIGEST: Level.YEARLY,
}
DIGEST_OF_LEVEL = {level: kind for kind, level in _DIGESTS.items()}
DRAWN = frozenset({MessageKind.PICTURE, *_DIGESTS})
"""Messages that may need a picture."""
PROMPTS = frozenset({MessageKind.CHECK_IN, MessageKind.NUDGE})
LIVING = frozenset({*PROMPTS, MessageKind.BOARD})
"""Messages that are edited when their contents have changed."""
LIVES = timedelta(days=2)
"""Messages about earlier days (in UTC) are only updated after changes of that day. So every owner's today and yesterday
are kept up to date."""
REMINDERS = frozenset({MessageKind.CHECK_IN, *_DIGESTS})
"""The kinds that a reminder may make."""
BY_DEFAULT = {
    MessageKind.WEEKLY_DIGEST: WEEKLY,
    MessageKind.QUARTERLY_DIGEST: QUARTERLY,
    MessageKind.YEARLY_DIGEST: YEARLY,
    MessageKind.CHECK_IN: FIRST_CHECK_IN,
}
"""The reminders of a new person after the first plan, in this order."""

SOONEST_NUDGE, LATEST_NUDGE = timedelta(minutes=15), timedelta(hours=12)


@record
class Reminder:
    """A rule for asking somebody something at a local time, and when that is due next (UTC; None while it is paused, or
    its owner cannot be reached). `node_id`: only the leaves at or below this node are asked for. `by_default`: it came
    with the first plan, and nobody has touched it since."""

    id: int
    owner_id: int
    kind: MessageKind
    schedule: Schedule
    node_id: int | None = None
    paused: bool = False
    next_due: datetime | None = None
    by_default: bool = False


class MessageState(StrEnum):
    """The state of an outbox message. DROPPED: it was of no use any more; the reason is on record."""

    PENDING = "pending"
    SENDING = "sending"
    RETRY = "retry"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


@record
class NewMessage:
    """A message to be sent once.

    `key` is unique in the store for ever: an occasion makes one message. `on` is the day that it asks about or reports.
    `nodes` are the branches that a prompt asks for (empty: all). `after` is the message (an outbox id) that a nudge or
    a snoozed prompt repeats. `at_any_hour`: it was asked for within quiet hours, so it does not wait for their end.
    With `dropped` (the reason) it is only recorded.
    """

    key: str
    kind: MessageKind
    owner_id: int
    chat_id: int
    on: date
    due_at: datetime
    useful_until: datetime
    nodes: tuple[int, ...] = ()
    after: int | None = None
    thread_id: int | None = None
    dropped: str | None = None
    at_any_hour: bool = False


@record
class Message:
    """An outbox message.

    `attempt` counts its claims, and tells each from later ones. `doubts` weighs the claims after which nobody knew
    whether it had arrived (see `core.asking.delivery`). `message_id` is Telegram's, once it is known to be sent.
    `changes` counts the changes of its contents; its buttons carry that number, so that a tap that is delivered again
    much later is not taken for a new one. `shown` is the change that its text shows. `words_first`: its picture would
    be late, so its words are sent now.
    """

    id: int
    kind: MessageKind
    owner_id: int
    chat_id: int
    on: date
    useful_until: datetime
    state: MessageState
    attempt: int
    doubts: int = 0
    nodes: tuple[int, ...] = ()
    after: int | None = None
    thread_id: int | None = None
    message_id: int | None = None
    at_any_hour: bool = False
    changes: int = 0
    shown: int = 0
    words_first: bool = False


def message_for(reminder: Reminder, owner: Owner, due: Due) -> NewMessage:
    """The message of a due reminder, about the owner's day that it is due for."""
    on, kind = due.on, reminder.kind
    key = digest_key(kind, owner.chat_id, on)
    if kind in PROMPTS:
        # With the reminder's time: somebody who moves it to later this evening is asked again; a change of zone repeats
        # nothing.
        key += f":{reminder.id}:{reminder.schedule.at:%H%M}"
        useful = ends(owner, on, due.at)
    else:
        useful = due.at + DIGEST_IS_USEFUL
    nodes = () if reminder.node_id is None else (reminder.node_id,)
    return NewMessage(key, kind, owner.id, owner.chat_id, on, due.at, useful, nodes, thread_id=owner.thread_id)


def still_there(prompt: NewMessage) -> NewMessage:
    """The message that asks whether to go on, in place of a prompt."""
    key = f"{MessageKind.STILL_THERE.value}:{prompt.chat_id}:{prompt.on.isoformat()}"
    useful = prompt.due_at + QUESTION_IS_USEFUL
    return NewMessage(key, MessageKind.STILL_THERE, prompt.owner_id, prompt.chat_id, prompt.on, prompt.due_at, useful)


def ends(owner: Owner, on: date, due_at: datetime) -> datetime:
    """When a prompt about a day stops being of use: a group's round at its deadline, any other at the end of the
    day."""
    zone = ZoneInfo(owner.timezone)
    wall = owner.round_deadline if owner.type is OwnerType.GROUP else None
    end = None
    if wall is not None:
        # A time before the day start belongs to the following night.
        end = instant_of(on + DAY if wall <= owner.day_start else on, wall, zone)
    if end is None:
        return useful_until(on, due_at, zone, owner.day_start)
    return max(end, due_at + PROMPT_IS_USEFUL)


def round_up_of(asked: Message, due_at: datetime, again: datetime | None = None) -> NewMessage:
    """The round-up that ends a group's round at its deadline; `again`: the first one was dropped."""
    key = f"{MessageKind.ROUND_UP.value}:{asked.owner_id}:{asked.id}" + (f":{again.isoformat()}" if again else "")
    return NewMessage(
        key,
        MessageKind.ROUND_UP,
        asked.owner_id,
        asked.chat_id,
        asked.on,
        due_at,
        due_at + ROUND_UP_IS_USEFUL,
        asked.nodes,
        after=asked.id,
        thread_id=asked.thread_id,
        at_any_hour=True,  # it edits an existing message, so nobody is disturbed
    )


def picture_of(digest: Message, due_at: datetime) -> NewMessage:
    """The picture of a digest that was sent without it."""
    return NewMessage(
        f"{MessageKind.PICTURE.value}:{digest.id}",
        MessageKind.PICTURE,
        digest.owner_id,
        digest.chat_id,
        digest.on,
        due_at,
        max(digest.useful_until, due_at + PICTURE_IS_USEFUL),
        digest.nodes,
        after=digest.id,
        thread_id=digest.thread_id,
    )


def round_again(asked: Message, now: datetime) -> NewMessage:
    """The same round as a new message, since the old one cannot be reached any more."""
    key = f"{MessageKind.CHECK_IN.value}:{asked.chat_id}:{asked.on.isoformat()}:{asked.id}:again"
    nodes, owner_id = asked.nodes, asked.owner_id
    return NewMessage(key, MessageKind.CHECK_IN, owner_id, asked.chat_id, asked.on, now, asked.useful_until, nodes)


def digest_key(kind: MessageKind, chat_id: int, on: date) -> str:
    """The key of a digest of a day."""
    return f"{kind.value}:{chat_id}:{on.isoformat()}"


def next_morning(on: date, zone: tzinfo) -> datetime | None:
    """The morning after a day (UTC); None at the end of the calendar."""
    return instant_of(on + DAY, MORNING, zone) or instant_of(on + 2 * DAY, MORNING, zone)


def useful_until(on: date, due_at: datetime, zone: tzinfo, day_start: time) -> datetime:
    """When a prompt about a day stops being of use: at the end of that day or, if it was put off, of the day on which
    it is due; but not right after it is due."""
    last = max(on, local_date(due_at, zone, day_start))
    end = instant_of(last + DAY, day_start, zone) or instant_of(last + 2 * DAY, day_start, zone)
    least = due_at + PROMPT_IS_USEFUL
    return least if end is None else max(end, least)
