"""The words of design.md §1 as values: nodes, entries, owners. Nothing here computes; nothing here knows a store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from core.goals.terms import ALWAYS, DaySchedule, Terms, terms_on
from core.records import record

WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Level(StrEnum):
    """The length of a node's period, finest first; a range is the node's own dates, once."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    RANGE = "range"
    VISION = "vision"

    @property
    def rank(self) -> int:
        """0 for daily to 6 for vision."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


class Kind(StrEnum):
    """The kind of a node. It fixes the level, except for a KPI, which states its own."""

    VISION = "vision"
    KPI = "kpi"
    TARGET = "target"
    QUARTERLY_TARGET = "quarterly_target"
    POWER_GOAL = "power_goal"
    MONTHLY_TARGET = "monthly_target"
    WEEKLY_TARGET = "weekly_target"
    DAILY_ACTION = "daily_action"

    @property
    def level(self) -> Level | None:
        """The level that the kind fixes; None for a KPI."""
        return _LEVEL_OF_KIND.get(self)


_LEVEL_OF_KIND = {
    Kind.VISION: Level.VISION,
    Kind.TARGET: Level.RANGE,
    Kind.QUARTERLY_TARGET: Level.QUARTERLY,
    Kind.POWER_GOAL: Level.QUARTERLY,
    Kind.MONTHLY_TARGET: Level.MONTHLY,
    Kind.WEEKLY_TARGET: Level.WEEKLY,
    Kind.DAILY_ACTION: Level.DAILY,
}


class Strategy(StrEnum):
    """How a parent follows from its children."""

    SUM = "sum"
    AVERAGE = "average"
    MIN = "min"
    MAX = "max"
    COUNT = "count"


class Measure(StrEnum):
    """The measure of a leaf: a tick, or a number with a unit."""

    CHECK = "check"
    NUMBER = "number"


class Aggregate(StrEnum):
    """How a number leaf's value in a period follows from its entries."""

    SUM = "sum"
    LAST = "last"
    MAX = "max"
    MIN = "min"
    AVERAGE = "average"
    COUNT = "count"


class Direction(StrEnum):
    """Which way a target is meant: to be reached, or not to be passed (a limit)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Status(StrEnum):
    """How a node stands today (design.md §2)."""

    DONE = "done"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    TRACKED = "tracked"
    OFF = "off"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True)
class Each:
    """Makes a node what every member of a group does by themselves: each gets a leaf of their own below it.

    This is how those are measured. Level, unit, direction and terms they have from the node: its target is what one
    person is to reach.
    """

    measure: Measure | None = None
    aggregate: Aggregate | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Anything in a tree. Values that were never set are None; `Tree` supplies the defaults.

    `terms` is the history of what is asked, oldest first, the first since `date.min`. `starts_on` and `ends_on` are
    inclusive; None takes the vision's. A `baseline` is the value that a target begins at. A node with `each` is a
    parent, also before anyone has joined; its children are leaves, one for a member, who has `member_id`. `let_go`: it
    was ended by hand, so nobody is asked about it any more, though its last day may be under way.
    """

    id: int
    parent_id: int | None
    key: str
    kind: Kind
    level: Level
    title: str
    strategy: Strategy | None = None
    measure: Measure | None = None
    aggregate: Aggregate | None = None
    unit: str | None = None
    direction: Direction = Direction.AT_LEAST
    baseline: Decimal | None = None
    terms: tuple[Terms, ...] = ALWAYS
    starts_on: date | None = None
    ends_on: date | None = None
    position: int = 0
    each: Each | None = None
    member_id: int | None = None
    let_go: bool = False

    @property
    def target(self) -> Decimal | None:
        """The target in force last."""
        return self.terms[-1].target

    @property
    def weight(self) -> Decimal:
        """The weight in force last."""
        return self.terms[-1].weight

    @property
    def schedule(self) -> DaySchedule:
        """The schedule in force last."""
        return self.terms[-1].schedule

    @property
    def is_limit(self) -> bool:
        """Whether its target is not to be passed."""
        return self.direction is Direction.AT_MOST

    def target_for(self, period_end: date) -> Decimal | None:
        """The target of a period: the one in force on its last day, so past periods keep theirs."""
        return terms_on(self.terms, period_end).target

    def weight_for(self, window_end: date) -> Decimal:
        """The weight in a window of its parent: the one in force on the window's last day."""
        return terms_on(self.terms, window_end).weight


@dataclass(frozen=True, slots=True)
class Pause:
    """Days off, both inclusive: of everything, or of the branch below a node."""

    id: int
    first: date
    last: date
    node_id: int | None = None


@record
class Entry:
    """One logged fact. `value` is None for a skip; a tick has the value 1 (or 0: said not to be done).

    `id` orders the entries of a day. `source_key` is unique in the store: the same message or tap makes one entry.
    `is_known_ahead` is True for a skip that an absence made: it counts before its day has come.
    """

    id: int
    node_id: int
    on: date
    value: Decimal | None
    skipped: bool = False
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None
    created_at: datetime | None = None
    is_known_ahead: bool = False


class OwnerType(StrEnum):
    """A tree belongs to a private chat (one person), to a group, or to nobody's chat (made on the command line)."""

    PRIVATE = "private"
    GROUP = "group"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` (inclusive) to `end` (exclusive) on the wall clock, over midnight if the end is the earlier."""

    start: time
    end: time

    def cover(self, wall: time) -> bool:
        """Whether a time of day is quiet. Equal ends mean that none is."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True)
class Owner:
    """The chat that trees belong to, with what turns instants into its dates. `chat_id` is Telegram's.

    `timezone` is an IANA name; `zone_chosen` is False until the person chose it. `week_start` is a weekday number.
    `nudge_after` is how long after a check-in prompt a second one comes (None: never); `defaults_given` is whether
    the reminders that come with the first plan were given, or a document said which there are to be;
    `unreachable_since` is when Telegram said that the bot is shut out; `unanswered` on how many evenings in a row a
    chat was asked and not heard of (see `core.asking.silence`).

    Of a group: `thread_id` is the topic for its rounds (None: the chat itself, or its General topic); `round_deadline`
    when the round ends (None: with the day); `board_ordered` whether the board ranks; `invite` the word in the link
    that invites (None until it was asked for); `members_plan` whether members who are no admins may change the trees.
    """

    id: int
    chat_id: int
    type: OwnerType
    title: str = ""
    timezone: str = "UTC"
    day_start: time = time(0, 0)
    week_start: int = 0
    locale: str = "en"
    zone_chosen: bool = False
    quiet: QuietHours | None = None
    nudge_after: timedelta | None = None
    defaults_given: bool = False
    unreachable_since: datetime | None = None
    thread_id: int | None = None
    round_deadline: time | None = None
    board_ordered: bool = True
    invite: str | None = None
    members_plan: bool = False
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a group. Being in the chat makes nobody a member. `name` is as last seen, and may be empty.

    `left_at` is None while they are in. `nudges` says whether others may nudge them, `named` whether sheets that leave
    the group may hold their name; `buddy_id` is the member who confirms what they check off, if any, and
    `asked_buddy_id` the one whom they have asked and who has not answered. The group may read the notes that they have
    written beside it since `notes_since` (None: none); `notes_asked_at` is when they were last told that it does not.
    """

    id: int
    owner_id: int
    user_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None = None
    nudges: bool = False
    buddy_id: int | None = None
    asked_buddy_id: int | None = None
    named: bool = False
    notes_since: datetime | None = None
    notes_asked_at: datetime | None = None

    @property
    def present(self) -> bool:
        """Whether they are in now."""
        return self.left_at is None
