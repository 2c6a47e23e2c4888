"""Reminders and the messages that they make: who is asked what, when, and until when it is still of use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.asking.schedule import Due, Schedule, instant_of
from core.goals.model import Level, Owner, OwnerType
from core.goals.periods import DAY, local_date

FIRST_CHECK_IN = Schedule(time(20, 0))
DIGESTS_AT = time(10, 0)
"""Behind the last prompt or round of a period, its deadline, and what was put off to the morning (`MORNING`)."""
WEEKLY = Schedule(DIGESTS_AT, frozenset({0}))
MONTHLY = Schedule(DIGESTS_AT, end_of=Level.MONTHLY)
QUARTERLY = Schedule(DIGESTS_AT, end_of=Level.QUARTERLY)
YEARLY = Schedule(DIGESTS_AT, end_of=Level.YEARLY)
DIGEST_TIMES = {Level.WEEKLY: WEEKLY, Level.MONTHLY: MONTHLY, Level.QUARTERLY: QUARTERLY, Level.YEARLY: YEARLY}
"""When the digests come unless somebody chooses another time."""

DIGEST_IS_USEFUL = timedelta(days=3)
QUESTION_IS_USEFUL = timedelta(days=30)
PROMPT_IS_USEFUL = timedelta(hours=1)
"""A prompt is of use until a day ends (see `useful_until`), but at least this long: one for 23:30 is not lost to a
short outage."""

ROUND_UP_IS_USEFUL = timedelta(hours=12)

MORNING = time(9, 0)
"""When a prompt that is put off to the next day comes back."""


class MessageKind(StrEnum):
    """The kind of a scheduled message. Reminders make those of `REMINDERS`; the others come once."""

    CHECK_IN = "check_in"
    NUDGE = "nudge"
    WEEKLY_DIGEST = "weekly_digest"
    MONTHLY_DIGEST = "monthly_digest"
    QUARTERLY_DIGEST = "quarterly_digest"
    YEARLY_DIGEST = "yearly_digest"
    UNPUBLISHED = "unpublished"
    """To a group: its digests go to a channel no longer. `nodes` holds the publication's id."""
    ROUND_UP = "round_up"
    """A group's round (`after`), which is a check-in too, has come to its end."""
    NUDGE_MEMBER = "nudge_member"
    """To one member of a group, whose id `nodes` holds: something is open there."""
    STILL_THERE = "still_there"
    """After some evenings without an answer: whether to go on asking."""
    BOARD = "board"
    """A group's board. Somebody asked for it, so it is in the outbox only for being kept up to date."""
    PLAN_PART = "plan_part"
    """A long plan cannot be read, and its second part has not come. `nodes` holds the number of its message."""

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
PROMPTS = frozenset({MessageKind.CHECK_IN, MessageKind.NUDGE})
LIVING = frozenset({*PROMPTS, MessageKind.BOARD})
"""Messages that are edited when their contents have changed."""
LIVES = timedelta(days=2)
"""A message about an earlier day, counted in UTC, is left as it is, but for changes of that very day. So every owner's
today and yesterday are kept up to date."""
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


@dataclass(frozen=True, slots=True)
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
    """Where an outbox message is on its way. DROPPED: it was of no use any more, and why is on record."""

    PENDING = "pending"
    SENDING = "sending"
    RETRY = "retry"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to be sent once. `key` is unique in the store for ever: the same occasion makes one message.

    `on` is the day that it asks about or reports; `nodes` are the branches that a prompt asks for (empty: all);
    `after` is the message (an outbox id) that a nudge or a snoozed prompt comes back to. `at_any_hour`: it was asked
    for within quiet hours, so it does not wait for their end. With `dropped` it is only recorded, and why.
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


@dataclass(frozen=True, slots=True)
class Message:
    """An outbox message. `attempt` counts its claims, and tells a claim from a later one; `doubts` weighs those
    after which nobody knew whether it had arrived (see `core.asking.delivery`); `message_id` is Telegram's, once it is
    known to be sent. `changes` counts the changes of what it shows; its buttons carry that number, so that those of
    each state are distinct: a tap that is delivered again, long after, is not taken for a new one. `shown` is the one
    up to which it was edited."""

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


def message_for(reminder: Reminder, owner: Owner, due: Due) -> NewMessage:
    """The message of a reminder that is due. It is about the owner's day that it is due for."""
    on, kind = due.on, reminder.kind
    key = digest_key(kind, owner.chat_id, on)
    if kind in PROMPTS:
        # With the reminder's time: who moves it to later this evening is asked again, who moves to another zone is not.
        key += f":{reminder.id}:{reminder.schedule.at:%H%M}"
        useful = ends(owner, on, due.at)
    else:
        useful = due.at + DIGEST_IS_USEFUL
    nodes = () if reminder.node_id is None else (reminder.node_id,)
    return NewMessage(key, kind, owner.id, owner.chat_id, on, due.at, useful, nodes, thread_id=owner.thread_id)


def still_there(prompt: NewMessage) -> NewMessage:
    """The question whether to go on, in place of a prompt."""
    key = f"{MessageKind.STILL_THERE.value}:{prompt.chat_id}:{prompt.on.isoformat()}"
    useful = prompt.due_at + QUESTION_IS_USEFUL
    return NewMessage(key, MessageKind.STILL_THERE, prompt.owner_id, prompt.chat_id, prompt.on, prompt.due_at, useful)


def ends(owner: Owner, on: date, due_at: datetime) -> datetime:
    """Until when a prompt about a day is of use: a group's round until its deadline, any other until the day's end."""
    zone = ZoneInfo(owner.timezone)
    wall = owner.round_deadline if owner.type is OwnerType.GROUP else None
    end = None
    if wall is not None:
        # A time before the day starts is one of the night that follows.
        end = instant_of(on + DAY if wall <= owner.day_start else on, wall, zone)
    if end is None:
        return useful_until(on, due_at, zone, owner.day_start)
    return max(end, due_at + PROMPT_IS_USEFUL)


def round_up_of(asked: Message, due_at: datetime, again: datetime | None = None) -> NewMessage:
    """The message that ends a group's round, at its deadline; `again`, if it was dropped meanwhile."""
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
        at_any_hour=True,  # it changes a message that is there: nobody is called
    )


def round_again(asked: Message, now: datetime) -> NewMessage:
    """The same round, where its message cannot be reached any more."""
    key = f"{MessageKind.CHECK_IN.value}:{asked.chat_id}:{asked.on.isoformat()}:{asked.id}:again"
    nodes, owner_id = asked.nodes, asked.owner_id
    return NewMessage(key, MessageKind.CHECK_IN, owner_id, asked.chat_id, asked.on, now, asked.useful_until, nodes)


def digest_key(kind: MessageKind, chat_id: int, on: date) -> str:
    """The key by which a digest of a day is the same message."""
    return f"{kind.value}:{chat_id}:{on.isoformat()}"


def next_morning(on: date, zone: tzinfo) -> datetime | None:
    """The morning after a day (UTC); None at the end of the calendar."""
    return instant_of(on + DAY, MORNING, zone) or instant_of(on + 2 * DAY, MORNING, zone)


def useful_until(on: date, due_at: datetime, zone: tzinfo, day_start: time) -> datetime:
    """Until when a prompt about a day is of use: the end of that day or, if it was put off, of the one on which it is
    due; but at least a while after it was due."""
    last = max(on, local_date(due_at, zone, day_start))
    end = instant_of(last + DAY, day_start, zone) or instant_of(last + 2 * DAY, day_start, zone)
    least = due_at + PROMPT_IS_USEFUL
    return least if end is None else max(end, least)
