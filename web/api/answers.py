"""Shapes of the API's answers, for its document; `web.json` writes the objects."""

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
    """The goal's own periods met in a row: days for a daily goal, weeks for a weekly one."""

    current: int
    best: int


class StandingShape(Shape):
    """A node's progress in its period. `targetValue` is what is expected in it; values are in the goal's unit. Unknown
    values are null."""

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
    """A node. `children` is null below the `depth` that was asked for."""

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
    """The state of the trees on a day."""

    daily: DailyShape
    weekly: Well
    monthly: Monthly
    quarterly: Quarterly
    yearly: Well
    streaks: Streaks


class EntryShape(Shape):
    """A log entry. `value` is null for a skip."""

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
    """A KPI after a check-off, with its progress in percent."""

    kpi_id: Id
    progress: Percent
    title: str
    level: Level


class Logged(Shape):
    """The result of a log: `updatedProgress` has the KPI and all of its ancestors. `log` is null if no entry is
    left."""

    outcome: Literal["logged", "unchanged", "repeated", "undone"]
    log: EntryShape | None
    updated_progress: list[Progress]


class EntriesShape(Shape):
    logs: list[EntryShape]
    next_cursor: str | None


class PeopleShape(Shape):
    """For a goal that each member does: how many have done it, of how many who are due."""

    done: int
    due: int


class MineShape(StandingShape):
    """The caller's own part; for any other leaf, the leaf itself."""

    is_completed: bool


class DailyKpi(Described):
    """A leaf on a day. `dayValue` is the day's value so far; `offers` are totals to choose from. For a goal that each
    member does, `people` counts all members, while `mine` and `dayValue` are the caller's."""

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
    """A point per period. `counts`: something was due in the period. Unknown values are null."""

    series: list[KpiSeries]
    next_cursor: str | None


class OwnerShape(Shape):
    """The owner of trees. Times before `dayStart` (hh:mm) belong to the day before; `weekStart` 0 is Monday."""

    id: ChatId
    type: Literal["private", "group", "local"]
    title: str
    timezone: str
    locale: str
    day_start: Annotated[str, Field(pattern=r"^\d\d:\d\d$")]
    week_start: Annotated[int, Field(ge=0, le=6)]
    today: Day


class OwnerFor(OwnerShape):
    """An owner of trees, as the caller sees it. `mayPlan`: the caller may plant and change goals there."""

    may_plan: bool


class OwnersShape(Shape):
    owners: list[OwnerShape]


class TokenShape(Shape):
    id: Id
    name: str
    scopes: list[Scope]
    created_at: Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class NewToken(TokenShape):
    """A new token. Its secret is shown only once: null when the request is repeated with the same key."""

    secret: str | None


class TokensShape(Shape):
    tokens: list[TokenShape]


class FaultOf(Shape):
    place: str
    code: str
    detail: str


class Problem(Shape):
    """RFC 9457: the refusal of a request. `code` is stable; `detail` is a sentence in the caller's language."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str
    code: str
    values: dict[str, object]
    faults: list[FaultOf]
