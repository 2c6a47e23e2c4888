"""Adding a goal below another one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from core.actions.edit.adding import NewGoal, add
from core.actions.read import read_owner, today_of
from core.errors import RequestRefused
from core.tokens import Scope
from web.api.endpoint import Answer, Call, Endpoint
from web.api.planting import read_outline
from web.api.shapes import Id, OfGoal, Shape


class BelowBody(Shape):
    """One goal as a line of an outline, with its subgoals as indented lines."""

    outline: Annotated[str, Field(min_length=1, max_length=50_000)]


class AddedShape(Shape):
    """The goal that was added."""

    outcome: Literal["done", "unchanged", "repeated"]
    goal_id: Id
    title: str


async def add_goal(call: Call[OfGoal, BelowBody]) -> Answer:
    """Add a goal below another one."""
    owner = await read_owner(call.store, call.actor)
    lines = "\n".join(f"  {line}" for line in call.body.outline.splitlines())
    [plan] = read_outline(f"Above\n{lines}", owner, today_of(owner, call.now), call.caps)
    if len(plan.children) != 1:
        raise RequestRefused("one_goal", count=len(plan.children))
    wanted = NewGoal(call.query.goal_id, plan.children[0])
    done = await add(call.store, call.actor, wanted, call.now, call.caps, source_key=call.source_key)
    title = plan.children[0].title if done.node is None else done.node.title
    return Answer({"outcome": done.outcome.value, "goalId": str(done.node_id), "title": title}, 201)


ENDPOINTS = (
    Endpoint(
        "POST", "/goals/{goalId}/goals", Scope.PLAN, add_goal, OfGoal, AddedShape, BelowBody, 201, is_sourced=True
    ),
)
