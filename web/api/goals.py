"""Goals: planting and extending trees by an outline, and changing one goal."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from core.actions.edit.deleting import delete
from core.actions.edit.ending import end, take_up
from core.actions.edit.moving import NewPlace, move
from core.actions.edit.rename import rename
from core.actions.edit.terms import TermsChange, change_terms
from core.actions.read import read_owner, today_of
from core.goals.model import WEEKDAY_NAMES
from core.tokens import Scope
from web.api import plan_answers
from web.api.edit_answers import EditedAnswer, Weekday, edited_json
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.planting import planted, read_outline
from web.api.shapes import Day, Id, Number, OfGoal, OfGoalOn, OfOwner, Said, Shape, Text


class DeletedQuery(OfGoal):
    sure: bool = False
    """Also delete a goal with entries."""


class OutlineBody(Shape):
    outline: Annotated[Said, Field(min_length=1, max_length=50_000)]


class GoalBody(Shape):
    """A new title; or a new target, weight or schedule from a day on. At most one kind of schedule is given."""

    title: Text | None = None
    target: Number | None = None
    tracked: bool = False
    """No target: the goal is only noted."""
    weight: Number | None = None
    weekdays: Annotated[list[Weekday], Field(max_length=7)] | None = None
    every_days: Annotated[int, Field(ge=0, le=10_000)] | None = None
    month_days: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(max_length=31)] | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.title is not None and len(self.model_fields_set) > 1:
            raise ValueError("a title is changed by itself, for it holds at all times")
        if self.tracked and self.target is not None:
            raise ValueError("what is only tracked has no target")
        return self

    @property
    def terms(self) -> TermsChange:
        """The new terms of a goal."""
        weekdays = None if self.weekdays is None else frozenset(map(WEEKDAY_NAMES.index, self.weekdays))
        month_days = None if self.month_days is None else frozenset(self.month_days)
        return TermsChange(self.target, self.weight, weekdays, self.every_days, month_days, self.tracked, self.from_)


class MoveBody(Shape):
    """The new parent (the present one unless given), and the sibling to come before (the end unless given)."""

    parent_id: Id | None = None
    before_id: Id | None = None


async def plant_goals(call: Call[OfOwner, OutlineBody]) -> Answer:
    """Plant trees from an outline, or extend existing ones.

    Goals are matched by title; a changed target counts from today.
    """
    owner = await read_owner(call.store, call.actor)
    today = today_of(owner, call.now)
    return await planted(call, read_outline(call.body.outline, owner, today, call.caps), owner, today)


async def edit_goal(call: Call[OfGoal, GoalBody]) -> Answer:
    """Rename a goal, or change its terms from a day on.

    By default the change counts from today, or from tomorrow if today has entries already.
    """
    goal_id, body = call.query.goal_id, call.body
    if body.title is not None:
        done = await rename(call.store, call.actor, goal_id, body.title, call.now, source_key=call.source_key)
    else:
        done = await change_terms(call.store, call.actor, goal_id, body.terms, call.now, source_key=call.source_key)
    return Answer(edited_json(done))


async def move_goal(call: Call[OfGoal, MoveBody]) -> Answer:
    """Move a goal below another one, or to another place among its siblings."""
    place = NewPlace(call.body.parent_id, call.body.before_id)
    goal_id = call.query.goal_id
    return Answer(edited_json(await move(call.store, call.actor, goal_id, place, call.now, source_key=call.source_key)))


async def end_goal(call: Call[OfGoalOn, Nothing]) -> Answer:
    """End a goal and everything below it: its last day is yesterday, or `on`. Entries stay."""
    query = call.query
    done = await end(call.store, call.actor, query.goal_id, query.on, call.now, source_key=call.source_key)
    return Answer(edited_json(done))


async def take_up_goal(call: Call[OfGoalOn, Nothing]) -> Answer:
    """Reopen an ended goal, from today or from `on`. The days between were not planned."""
    query = call.query
    done = await take_up(call.store, call.actor, query.goal_id, query.on, call.now, source_key=call.source_key)
    return Answer(edited_json(done))


async def delete_goal(call: Call[DeletedQuery, Nothing]) -> Answer:
    """Delete a goal and everything below it; its entries are deleted only if `sure`."""
    query = call.query
    done = await delete(call.store, call.actor, query.goal_id, call.now, sure=query.sure, source_key=call.source_key)
    return Answer(edited_json(done))


ENDPOINTS = (
    Endpoint("POST", "/goals", Scope.PLAN, plant_goals, OfOwner, plan_answers.PlantedShape, OutlineBody),
    Endpoint("PATCH", "/goals/{goalId}", Scope.PLAN, edit_goal, OfGoal, EditedAnswer, GoalBody, is_sourced=True),
    Endpoint("DELETE", "/goals/{goalId}", Scope.PLAN, delete_goal, DeletedQuery, EditedAnswer, is_sourced=True),
    Endpoint("POST", "/goals/{goalId}/move", Scope.PLAN, move_goal, OfGoal, EditedAnswer, MoveBody, is_sourced=True),
    Endpoint("POST", "/goals/{goalId}/end", Scope.PLAN, end_goal, OfGoalOn, EditedAnswer, is_sourced=True),
    Endpoint("POST", "/goals/{goalId}/take-up", Scope.PLAN, take_up_goal, OfGoalOn, EditedAnswer, is_sourced=True),
)
