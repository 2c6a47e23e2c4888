"""Trees and their figures: the day's KPIs, the summary, series for charts, and the owners of trees."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from core.actions.day.day import DayLeaf, read_leaves
from core.actions.owners import list_owners
from core.actions.read import read_mark, read_owner_for, read_tree, read_trees, today_of
from core.actions.series import ChosenNodes, Series, read_series
from core.goals.model import Level, Owner
from core.goals.periods import Period
from core.goals.reading import Reading, summarise
from core.tokens import Scope
from web.api import answers
from web.api.cursors import cursor_of, number_in
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Id, OfCaller, OfOwner
from web.json.summary import summary_json
from web.json.tree import node_json, standing_json, vision_json
from web.json.values import number


class TreesQuery(OfOwner):
    """`depth`: the number of levels below the vision; `on`: the day, by default the owner's today."""

    depth: Annotated[int, Field(ge=0, le=30)] | None = None
    include_progress: bool = True
    on: Day | None = None


class TreeQuery(TreesQuery):
    vision_id: Id


class SummaryQuery(OfOwner):
    vision_id: Id | None = None
    period: Literal["current"] = "current"
    on: Day | None = None


class DayQuery(OfOwner):
    date: Day


class SeriesQuery(OfOwner):
    vision_id: Id
    from_: Annotated[Day, Field(alias="from")]
    to: Day
    level: Level | None = None
    kpi_id: Id | None = None
    cursor: Annotated[str, Field(max_length=80)] | None = None


async def goal_trees(call: Call[TreesQuery, Nothing]) -> Answer:
    """All trees of an owner."""
    query = call.query

    async def content(on: date) -> object:
        readings = await read_trees(call.store, call.actor, on)
        return await asyncio.to_thread(_visions, readings, query)

    return await unless_known(call, query.on, content, is_everyones=True)


async def goal_tree(call: Call[TreeQuery, Nothing]) -> Answer:
    """One tree."""
    query = call.query

    async def content(on: date) -> object:
        reading = await read_tree(call.store, call.actor, query.vision_id, on)
        return {"vision": (await asyncio.to_thread(_visions, [reading], query))["visions"][0]}

    return await unless_known(call, query.on, content, is_everyones=True)


async def progress_summary(call: Call[SummaryQuery, Nothing]) -> Answer:
    """The summary of a day, for one tree or for all of an owner's."""
    query = call.query

    async def content(on: date) -> object:
        if query.vision_id is None:
            readings = await read_trees(call.store, call.actor, on)
        else:
            readings = [await read_tree(call.store, call.actor, query.vision_id, on)]
        return summary_json(summarise(readings, on))

    return await unless_known(call, query.on, content)


async def daily_kpis(call: Call[DayQuery, Nothing]) -> Answer:
    """The leaves of a day, in the order of the trees."""

    async def content(on: date) -> object:
        day, leaves = await read_leaves(call.store, call.actor, on, call.now)
        return {"date": day.on.isoformat(), "today": day.today.isoformat(), "kpis": [_daily(leaf) for leaf in leaves]}

    return await unless_known(call, call.query.date, content)


async def kpi_progress(call: Call[SeriesQuery, Nothing]) -> Answer:
    """The results of a tree's nodes in each of their periods, for charts."""
    query = call.query
    skip = 0 if query.cursor is None else number_in(query.cursor)
    dates, chosen = Period(query.from_, query.to), ChosenNodes(query.level, query.kpi_id)
    page = await read_series(call.store, call.actor, query.vision_id, dates, chosen, skip)
    following = None if page.next is None else cursor_of(page.next)
    return Answer({"series": [_series(one) for one in page.series], "nextCursor": following})


async def owners(call: Call[OfCaller, Nothing]) -> Answer:
    """The owners whose trees the caller may see: their own chat, and their groups."""
    listed = await list_owners(call.store, call.actor)
    return Answer({"owners": [_owner(owner, call.now) for owner in listed]})


async def owner_for(call: Call[OfOwner, Nothing]) -> Answer:
    """The owner of the given chat, and whether the caller may plan there."""
    owner, may_plan = await read_owner_for(call.store, call.actor)
    return Answer({**_owner(owner, call.now), "mayPlan": may_plan})


async def unless_known(
    call: Call[Any, Any], on: date | None, content: Callable[[date], Awaitable[object]], *, is_everyones: bool = False
) -> Answer:
    """The content for a day, by default the owner's today; 304 if the caller's ETag still matches. If it
    `is_everyones`, every reader gets the same, and it is computed once."""
    mark = call.mark or await read_mark(call.store, call.actor)
    today = today_of(mark.owner, call.now)
    day = on or today
    parts = f"{mark.owner.id} {mark.state} {today} {day} {type(call.query)} {call.query.model_dump_json()}"
    tag = f'"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag}
    if call.known is not None and tag in (one.strip().removeprefix("W/") for one in call.known.split(",")):
        return Answer(None, 304, headers)
    # The content is read after its tag: a change in between is sent again with the next request rather than missed.
    if not is_everyones:
        return Answer(await content(day), headers=headers)
    body = call.kept.find(tag)
    return Answer(call.kept.keep(tag, Answer(await content(day)).body) if body is None else body, headers=headers)


def _visions(readings: Sequence[Reading], query: TreesQuery) -> dict[str, list[dict[str, Any]]]:
    """Computed in a thread: thousands of goals take a tenth of a second."""
    paced = query.include_progress
    return {"visions": [vision_json(one, query.depth, progress=paced, paced=paced) for one in readings]}


def _daily(leaf: DayLeaf) -> dict[str, object]:
    item, own = leaf.item, leaf.own
    return {
        **node_json(item.standing),
        "visionId": str(item.vision_id),
        "measure": "check" if item.is_check else "number",
        "aggregate": item.standing.node.aggregate,
        "isCompleted": item.done,
        "skipped": item.skipped,
        "mine": None if own is None else {**standing_json(own.standing), "isCompleted": own.done},
        "dayValue": number(leaf.so_far),
        "offers": [number(value) for value in leaf.offers],
        "people": None if item.people is None else {"done": item.people[0], "due": item.people[1]},
    }


def _series(series: Series) -> dict[str, object]:
    node = series.node
    return {
        "kpiId": str(node.id),
        "title": node.title,
        "level": node.level.value,
        "unit": node.unit,
        "points": [
            {
                "periodStart": point.period.start.isoformat(),
                "periodEnd": point.period.end.isoformat(),
                "value": number(point.value),
                "progress": point.percent,
                "target": number(point.target),
                "counts": point.counts,
            }
            for point in series.points
        ],
    }


def _owner(owner: Owner, now: datetime) -> dict[str, object]:
    return {
        "id": str(owner.chat_id),
        "type": owner.type.value,
        "title": owner.title,
        "timezone": owner.timezone,
        "locale": owner.locale,
        "dayStart": f"{owner.day_start:%H:%M}",
        "weekStart": owner.week_start,
        "today": today_of(owner, now).isoformat(),
    }


ENDPOINTS = (
    Endpoint("GET", "/goal-tree", Scope.READ, goal_trees, TreesQuery, answers.GoalTrees, is_tagged=True),
    Endpoint("GET", "/goal-tree/{visionId}", Scope.READ, goal_tree, TreeQuery, answers.GoalTree, is_tagged=True),
    Endpoint(
        "GET", "/progress/summary", Scope.READ, progress_summary, SummaryQuery, answers.SummaryShape, is_tagged=True
    ),
    Endpoint("GET", "/daily-kpis/{date}", Scope.READ, daily_kpis, DayQuery, answers.DailyKpis, is_tagged=True),
    Endpoint("GET", "/kpi-progress/{visionId}", Scope.READ, kpi_progress, SeriesQuery, answers.SeriesShape),
    Endpoint("GET", "/owner", Scope.READ, owner_for, OfOwner, answers.OwnerFor),
    Endpoint("GET", "/owners", Scope.READ, owners, OfCaller, answers.OwnersShape),
)
