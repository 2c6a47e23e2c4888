"""Goals: planting and extending trees by an outline, and ending a goal."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.actions.edit.ending import end
from core.actions.plant import plant
from core.actions.read import read_owner, today_of
from core.planning.outline import parse_outline
from core.tokens import Scope
from web.api import answers
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Id, OfOwner, Said, Shape


class GoalQuery(OfOwner):
    goal_id: Id


class OutlineBody(Shape):
    outline: Annotated[Said, Field(min_length=1, max_length=50_000)]


async def plant_goals(call: Call[OfOwner, OutlineBody]) -> Answer:
    """Plant trees by an outline, or extend those that are there.

    They are matched by titles; a changed target counts from today.
    """
    today = today_of(await read_owner(call.store, call.actor), call.now)
    plans = parse_outline(call.body.outline, today, caps=call.caps)
    done = await plant(call.store, call.actor, plans, today, call.now, call.caps)
    return Answer(
        {
            "planted": [
                {
                    "visionId": str(one.tree.vision.id),
                    "title": one.tree.vision.title,
                    "isNew": one.new,
                    "added": one.added,
                    "changed": one.changed,
                }
                for one in done
            ]
        }
    )


async def end_goal(call: Call[GoalQuery, Nothing]) -> Answer:
    """End a goal and all below it: yesterday was the last day. What was logged stays."""
    done = await end(call.store, call.actor, call.query.goal_id, None, call.now, source_key=call.source_key)
    return Answer({"title": "" if done.node is None else done.node.title})


ENDPOINTS = (
    Endpoint("POST", "/goals", Scope.PLAN, plant_goals, OfOwner, answers.Planted, OutlineBody),
    Endpoint("POST", "/goals/{goalId}/end", Scope.PLAN, end_goal, GoalQuery, answers.Ended),
)
