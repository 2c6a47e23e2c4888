"""The API's answers as shapes for its document: `web.json` writes the objects."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from core.goals.model import Aggregate, Direction, Kind, Level, Status, Strategy
from core.tokens import Scope
from web.api.shapes import ChatId, Day, Id, Number, Shape

Percent = Annotated[
    int,
    Field(ge=0, le=100, description="Whole percent, rounded down, so that 100 is never shown before it is reached."),
]


class StreakShape(Shape):
    """Completed periods of the goal's own in a row: days of a daily one, weeks of a weekly one."""

    current: int
    best: int


class StandingShape(Shape):
    """How a node stands in its period. `targetValue` is what is expected in it, and values are in the goal's unit.
    Unknown values are null."""

    target_value: Number | None
    current_value: Number | None
    progress_percentage: Percent | None
    status: Status | None
    period_start: Day
    period_end: Day
    streak: StreakShape | None


class Described(StandingShape):
    """A node without its children."""

    id: Id
    key: str
    kind: Kind
    level: Level
    title: str
    unit: str | None
    strategy: Strategy | None
    weight: Number
    direction: Direction
    baseline: Number | None


class Paced(Described):
    pace_percentage: Annotated[
        Percent | None, Field(description="How far the even pace is. Null where nothing is to be paced.")
    ] = None
    to_make_up: Annotated[
        Number | None, Field(description="How much would bring a goal that adds up to the even pace.")
    ] = None


class NodeShape(Paced):
    """A node; its children are null where `depth` cuts the tree off."""

    children: list[NodeShape] | None


class Vision(Paced):
    """The root of a tree."""

    progress: Percent | None
    kpis: list[NodeShape]
    quarterly_targets: list[NodeShape]


class GoalTree(Shape):
    vision: Vision


class GoalTrees(Shape):
    visions: list[Vision]


class DailyShape(Shape):
    completed: int
    total: int
    rate: Percent


class Well(Shape):
    progress: Percent
    kpis_on_track: int


class Monthly(Shape):
    progress: Percent
    milestones_hit: int


class Quarterly(Shape):
    progress: Percent
    power_goals_on_track: int


class Streaks(Shape):
    best: int
    average: float
    total: int


class SummaryShape(Shape):
    """How the trees stand on a day."""

    daily: DailyShape
    weekly: Well
    monthly: Monthly
    quarterly: Quarterly
    yearly: Well
    streaks: Streaks


class EntryShape(Shape):
    """One logged fact. `value` is null for a skip."""

    id: Id
    kpi_id: Id
    date: Day
    value: Number | None
    is_completed: bool
    skipped: bool
    note: str | None
    created_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})] | None
    is_mine: bool


class Progress(StandingShape):
    """A KPI after a check-off; `progress` repeats its percentage."""

    kpi_id: Id
    progress: Percent
    title: str
    level: Level


class Logged(Shape):
    """The outcome of a log: `updatedProgress` has the KPI and all of its ancestors. `log` is null where nothing stands
    any more."""

    outcome: Literal["logged", "unchanged", "repeated", "undone"]
    log: EntryShape | None
    updated_progress: list[Progress]


class EntriesShape(Shape):
    logs: list[EntryShape]
    next_cursor: str | None


class PeopleShape(Shape):
    """How many members have done what each of them does, of how many who are to do it."""

    done: int
    due: int


class MineShape(StandingShape):
    """How the caller's part stands; of any other leaf how that does."""

    is_completed: bool


class DailyKpi(Described):
    """A leaf on a day. `dayValue` is what the day has so far, `offers` are the totals that it is usually set to. Of
    what each member of a group does, `people` tells of all of them, `mine` and `dayValue` of the caller's part."""

    vision_id: Id
    measure: Literal["check", "number"]
    aggregate: Aggregate | None
    is_completed: bool
    skipped: bool
    mine: MineShape | None
    day_value: Number | None
    offers: list[Number]
    people: PeopleShape | None


class DailyKpis(Shape):
    date: Day
    today: Day
    kpis: list[DailyKpi]


class PointShape(Shape):
    period_start: Day
    period_end: Day
    value: Number | None
    progress: Percent | None
    target: Number | None
    counts: bool


class KpiSeries(Shape):
    kpi_id: Id
    title: str
    level: Level
    unit: str | None
    points: list[PointShape]


class SeriesShape(Shape):
    """`counts`: the period is one to be met. Unknown values are null."""

    series: list[KpiSeries]
    next_cursor: str | None


class OwnerShape(Shape):
    """Whose trees there are. Until `dayStart` (hh:mm) a night belongs to the day before; `weekStart` 0 is Monday."""

    id: ChatId
    type: Literal["private", "group", "local"]
    title: str
    timezone: str
    locale: str
    day_start: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    week_start: Annotated[int, Field(ge=0, le=6)]
    today: Day


class OwnerFor(OwnerShape):
    """One of them, for the caller. `mayPlan`: whether they may plant and change goals there."""

    may_plan: bool


class OwnersShape(Shape):
    owners: list[OwnerShape]


class TokenShape(Shape):
    id: Id
    name: str
    scopes: list[Scope]
    created_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class NewToken(TokenShape):
    """A token with its secret, which is shown this once: repeated with the same key, it is null."""

    secret: str | None


class TokensShape(Shape):
    tokens: list[TokenShape]


class FaultOf(Shape):
    place: str
    code: str
    detail: str


class Problem(Shape):
    """RFC 9457: why a request was refused. `code` is stable; `detail` is a sentence in the caller's language."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    code: str
    values: dict[str, object]
    faults: list[FaultOf]
