"""The contents of a digest as values. Shares are in parts of `goals.progress.ONE`; lists are in the order of the
trees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from core.digest.closing_lines import Closing
from core.digest.days_off import DigestPause
from core.digest.when import Earlier
from core.goals.model import Level, Node, Status
from core.goals.periods import Period
from core.goals.progress import percent
from core.goals.status import status_at
from core.goals.why import Cut
from core.group.brought import Brought
from core.records import record


class _Paced:
    """Progress with its pace."""

    __slots__ = ()
    progress: int
    pace: Fraction

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return percent(self.progress)

    @property
    def pace_percent(self) -> int:
        """The pace in whole percent, rounded down."""
        return int(self.pace * 100)

    @property
    def status(self) -> Status:
        """How it stands against its pace, compared in whole percent: 98% next to 98% reads as on pace."""
        status = status_at(self.progress, self.pace.numerator, self.pace.denominator)
        is_behind = status in (Status.AT_RISK, Status.BEHIND)
        return Status.ON_TRACK if is_behind and self.percent >= self.pace_percent else status


@record
class LevelLine(_Paced):
    """A level's mean progress over its `nodes` nodes that count.

    Nodes of a finer level than the digest's (in a weekly digest the daily leaves) contribute their rate over the
    digest's period, days ahead included; others their progress in their own period. `pace` is the mean share of days
    that have ended. `previous` is the same figure at the same point of the previous period (`earlier`; None if nothing
    counted then): the digest's, or the level's own if that is longer.
    """

    level: Level
    nodes: int
    progress: int
    pace: Fraction
    previous: int | None
    earlier: Earlier

    @property
    def previous_percent(self) -> int | None:
        """The previous period's whole percent, rounded down."""
        return None if self.previous is None else percent(self.previous)


@record
class RollUp(_Paced):
    """A parent that moved in the digest's period: how it stands in `period` (its own, which holds the last day seen),
    the share of that period that has ended, and how it stood before the digest's period began. `cut`: less is expected
    of that period than the target."""

    node: Node
    period: Period
    value: Decimal
    target: Decimal | None
    progress: int
    pace: Fraction
    value_before: Decimal
    progress_before: int
    cut: Cut | None = None

    @property
    def points(self) -> int:
        """Percentage points gained or lost in the digest's period, as the difference of the displayed percentages."""
        return self.percent - percent(self.progress_before)

    @property
    def gained(self) -> Decimal:
        """The gain or loss of the value in the digest's period; meaningful for a node with a value of its own."""
        return self.value - self.value_before


@record
class Branch:
    """One of the compared branches, and the leaf that explains it best.

    Branches are compared by `rate`, their rate over the digest's period (for a longer goal its share of it). Nothing
    else shows that figure, so it is not displayed. The leaf has `done` of its `periods` in the digest's period; a leaf
    with a period as long or longer has its `value` (None if it does not add up) and `progress` in that. An *each* goal
    with shorter periods has the rate of all members as `progress`.
    """

    node: Node
    rate: int
    leaf: Node
    done: int
    periods: int
    value: Decimal | None
    target: Decimal | None
    progress: int

    @property
    def percent(self) -> int:
        """The leaf's whole percent, rounded down."""
        return percent(self.progress)


@record
class Reached:
    """A goal that was reached in the digest's period, in its own `period`; `is_current`: that holds the last day
    seen."""

    node: Node
    period: Period
    is_current: bool


@record
class LeafStreak:
    """A leaf's streak in its own periods; `best_before` is the longest up to the day before the digest's period."""

    leaf: Node
    current: int
    best: int
    best_before: int

    @property
    def record(self) -> bool:
        """Whether the longest streak ever was surpassed in the digest's period. A first streak breaks no record."""
        return self.best > self.best_before > 0


@record
class Need:
    """The amount that a node that adds up still needs, as of `Digest.on`, in its `period` that holds that day.

    `last` is the last day on which it counts: the period's or its own. `days` are those left on which anything below
    can be logged, today only if it is still open. `per_day` is rounded up to two decimals; None if no day is left or
    more goals are wanted than there are. `whole`: it counts days or goals, not amounts.
    """

    node: Node
    period: Period
    value: Decimal
    target: Decimal
    remaining: Decimal
    days: int
    per_day: Decimal | None
    whole: bool
    last: date

    @property
    def reached(self) -> bool:
        """Whether nothing remains."""
        return self.remaining == 0


class Mark(StrEnum):
    """How a leaf did on a day."""

    DONE = "done"
    PARTIAL = "partial"
    MISSED = "missed"
    SKIPPED = "skipped"
    OFF = "off"
    OPEN = "open"


@record
class StripDay:
    """One date of a heat strip; `progress` is the day's share of its target, ONE for DONE. A leaf with a longer period
    is DONE on days with a value and OFF on other past days. OPEN: today without an entry, or ahead. OFF: not scheduled,
    not active, or nothing was asked that day."""

    on: date
    mark: Mark
    progress: int


@record
class Strip:
    """The days of a leaf, one for every date of the digest's period. For a leaf with a longer period, `value` and
    `target` are those of its own period that holds the last day seen."""

    leaf: Node
    days: tuple[StripDay, ...]
    value: Decimal | None = None
    target: Decimal | None = None


@record
class Tally:
    """How many of the leaves' own periods (days, weeks, …) are done, of those in the digest's period that are done or
    over. An *each* goal's period counts once per member. `before`: how many were done at the same point of the previous
    period; None if nothing was asked then."""

    done: int = 0
    asked: int = 0
    before: int | None = None


@record
class EachLine:
    """An *each* goal: how often it was `done` of all that was asked of the members in the digest's period. Today counts
    only if it is done."""

    node: Node
    done: int
    asked: int


@record
class Company:
    """How a group did together. `everything` are the names of the members who did all that was asked of them, among
    those who are in on the last day seen; `streak` counts the days in a row with nothing missed, up to that day.
    `brought` has the present members' contributions to shared goals in the digest's period."""

    lines: tuple[EachLine, ...]
    everything: tuple[str, ...]
    streak: int
    brought: tuple[Brought, ...] = ()


@record
class Digest:
    """An owner's period, as of `seen`: entries for later days are not in it. Only `needs` are as of `on`, and a month
    or quarter includes all of a week that belongs to it (design.md §2), as far as it is over by `on`.

    `level` is weekly to yearly. `on` is the owner's date on which it is read; a date within the period gives the period
    so far. `lines` has the levels that have nodes, finest first. `best` and `weakest` are None with fewer than two
    branches, or if all did alike; a branch that kept up or is reached is never the weakest. `streaks`: the longest
    current ones first; broken ones only where they set a record. `closing` is for quarterly and yearly digests only. If
    no goal was active, `ended_on` is the last day of the goals before, and `begins_on` the first day of the goals to
    come. `company` is for a group with an *each* goal or with contributions to shared goals. `visions` are those that
    have a progress.
    """

    level: Level
    period: Period
    previous: Period
    on: date
    lines: tuple[LevelLine, ...] = ()
    roll_ups: tuple[RollUp, ...] = ()
    reached: tuple[Reached, ...] = ()
    best: Branch | None = None
    weakest: Branch | None = None
    streaks: tuple[LeafStreak, ...] = ()
    needs: tuple[Need, ...] = ()
    strips: tuple[Strip, ...] = ()
    closing: Closing | None = None
    ended_on: date | None = None
    begins_on: date | None = None
    company: Company | None = None
    tally: Tally = Tally()
    visions: tuple[RollUp, ...] = ()
    pauses: tuple[DigestPause, ...] = ()

    @property
    def seen(self) -> date:
        """Its last day: the period's end, or `on` while the period runs."""
        return min(self.on, self.period.end)

    @property
    def is_over(self) -> bool:
        """Whether the period had ended when it was read."""
        return self.on > self.period.end

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report: no goal was active in the period."""
        return not self.strips

    @property
    def records(self) -> Sequence[LeafStreak]:
        """The streaks that became the longest ever in the period."""
        return tuple(streak for streak in self.streaks if streak.record)
