"""Why a goal's progress is what it is: what holds it down, and which logs would raise it most."""

from __future__ import annotations

from core.actions.read import read_owner, today_of
from core.actions.why import read_why
from core.goals.why import Cut, Held, Lift
from core.tokens import Scope
from web.api import why_answers
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import OfGoalOn
from web.json.tree import node_json
from web.json.values import number


async def goal_why(call: Call[OfGoalOn, Nothing]) -> Answer:
    """What holds a goal down, and what would raise it most.

    `lift` is the engine's result if those logs were made; null if no further log can raise the goal.
    """
    today = today_of(await read_owner(call.store, call.actor), call.now)
    [told] = await read_why(call.store, call.actor, call.query.on or today, call.query.goal_id)
    return Answer(
        {
            "goal": node_json(told.standing),
            "pausedUntil": told.paused_until and told.paused_until.isoformat(),
            "cut": told.cut and _cut(told.cut),
            "held": told.held and _held(told.held),
            "lift": told.lift and _lift(told.lift),
        }
    )


def _cut(cut: Cut) -> dict[str, object]:
    return {
        "targetValue": number(cut.target),
        "expectedValue": number(cut.expected),
        "openDays": cut.open_days,
        "days": cut.days,
    }


def _held(held: Held) -> dict[str, object]:
    return {
        "goalId": str(held.node.id),
        "title": held.node.title,
        "currentValue": number(held.value),
        "expectedValue": number(held.expected),
        "progressPercentage": held.percent,
        "periodsDone": held.done,
        "periods": held.periods,
        "missed": [period.start.isoformat() for period in held.missed],
    }


def _lift(lift: Lift) -> dict[str, object]:
    return {
        "goalId": str(lift.node.id),
        "title": lift.node.title,
        "unit": lift.node.unit,
        "periods": lift.periods,
        "by": lift.by.isoformat(),
        "progressPercentage": lift.percent,
        "logs": [
            {"kpiId": str(one.leaf.id), "date": one.on.isoformat(), "value": number(one.value)} for one in lift.entries
        ],
    }


ENDPOINTS = (Endpoint("GET", "/goals/{goalId}/why", Scope.READ, goal_why, OfGoalOn, why_answers.WhyShape),)
