"""Pauses: days off of a goal and everything below it, or of all goals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.actions.edit.pauses import end_pause, list_pauses, pause
from core.goals.model import Pause
from core.tokens import Scope
from web.api.edit_answers import PausedAnswer, PausesAnswer, paused_json, pauses_json
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Id, OfOwner, Shape


class PauseQuery(OfOwner):
    pause_id: Id


class PauseBody(Shape):
    """The first and last day off; without a goal, all goals are paused."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    goal_id: Id | None = None


async def all_pauses(call: Call[OfOwner, Nothing]) -> Answer:
    """All pauses, past ones too, in the order in which they were made."""
    return Answer({"pauses": pauses_json(await list_pauses(call.store, call.actor))})


async def new_pause(call: Call[OfOwner, PauseBody]) -> Answer:
    """Pause a goal and everything below it, or all goals: they are neither asked for nor counted as missed."""
    wanted = Pause(0, call.body.from_, call.body.to, call.body.goal_id)
    done = await pause(call.store, call.actor, wanted, call.now, call.caps, source_key=call.source_key)
    return Answer(paused_json(done))


async def over_pause(call: Call[PauseQuery, Nothing]) -> Answer:
    """End a pause as of yesterday, or cancel it if it has not begun."""
    done = await end_pause(call.store, call.actor, call.query.pause_id, call.now, source_key=call.source_key)
    return Answer(paused_json(done))


ENDPOINTS = (
    Endpoint("GET", "/pauses", Scope.READ, all_pauses, OfOwner, PausesAnswer),
    Endpoint("POST", "/pauses", Scope.PLAN, new_pause, OfOwner, PausedAnswer, PauseBody, is_sourced=True),
    Endpoint("POST", "/pauses/{pauseId}/end", Scope.PLAN, over_pause, PauseQuery, PausedAnswer, is_sourced=True),
)
