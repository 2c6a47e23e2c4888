"""Plans from one sentence: proposed, and planted as they were proposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from core.actions.plant import plant
from core.actions.propose import propose
from core.actions.read import read_owner, today_of
from core.errors import Fault, InvalidPlan
from core.planning.generate import Part, Proposal, usual
from core.planning.outline import print_plan
from core.tokens import Scope
from language.aims import named, titles
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.aims import Heard, understood
from web.api import plan_answers
from web.api.endpoint import Answer, Call, Endpoint
from web.api.goals import planted_json
from web.api.shapes import OfOwner, Said, Shape
from web.json.values import number

MOST_CHANGES = 20


class SentenceBody(Shape):
    """`sentence`: what somebody wants, "run 1,000 km in 2027"; `changes`: what is to be otherwise, each in the words
    that the chat takes as well: "on weekdays", "5% more each week", "already 200"; or the value now, where it is asked
    for."""

    sentence: Annotated[Said, Field(min_length=1, max_length=200)]
    changes: Annotated[
        tuple[Annotated[Said, Field(min_length=1, max_length=100)], ...], Field(max_length=MOST_CHANGES)
    ] = ()


async def propose_plan(call: Call[OfOwner, SentenceBody]) -> Answer:
    """Propose a tree for one sentence. Nothing is written."""
    heard = await _heard(call)
    if heard.needs_now:
        return Answer(_without_tree(heard))
    return Answer(_with_tree(heard, await _proposed(call, heard)))


async def plant_plan(call: Call[OfOwner, SentenceBody]) -> Answer:
    """Plant the tree that is proposed for a sentence, each period with the part of the amount that it was given."""
    heard = await _heard(call)
    if heard.needs_now:
        raise InvalidPlan([Fault(f"“{heard.aim.title}”", "baseline_unknown")])
    found = await _proposed(call, heard)
    today = today_of(await read_owner(call.store, call.actor), call.now)
    done = await plant(call.store, call.actor, [found.plan], today, call.now, call.caps)
    return Answer(planted_json(done))


async def _heard(call: Call[OfOwner, SentenceBody]) -> Heard:
    owner = await read_owner(call.store, call.actor)
    w = words(owner.locale)
    return understood(
        call.body.sentence,
        call.body.changes,
        today_of(owner, call.now),
        lexicon(w.locale),
        decimal_comma=w.decimal_comma,
        week_start=owner.week_start,
    )


async def _proposed(call: Call[OfOwner, SentenceBody], heard: Heard) -> Proposal:
    w = words((await read_owner(call.store, call.actor)).locale)
    aim = named(heard.aim, w)
    return await propose(call.store, call.actor, aim, titles(aim, w), call.now)


def _without_tree(heard: Heard) -> Mapping[str, object]:
    """What is known before the value now is."""
    return {
        "title": heard.aim.title,
        "needsNow": True,
        "outline": None,
        "startsOn": None,
        "endsOn": None,
        "assumedEnd": False,
        "assumedEach": False,
        "aDay": None,
        "unit": heard.aim.unit,
        "isALot": False,
        "parts": [],
    }


def _with_tree(heard: Heard, found: Proposal) -> Mapping[str, object]:
    plan = found.plan
    return {
        **_without_tree(heard),
        "title": plan.title,
        "needsNow": False,
        "outline": print_plan(plan.mapped(usual)),
        "startsOn": plan.starts_on and plan.starts_on.isoformat(),
        "endsOn": plan.ends_on and plan.ends_on.isoformat(),
        "assumedEnd": found.assumed_end,
        "assumedEach": heard.assumed_each,
        "aDay": number(found.a_day),
        "isALot": found.is_a_lot,
        "parts": [
            {"level": level.value, "parts": [_part(part) for part in parts]} for level, parts in found.parts.items()
        ],
    }


def _part(part: Part) -> Mapping[str, object]:
    return {
        "periodStart": part.days.start.isoformat(),
        "periodEnd": part.days.end.isoformat(),
        "amount": number(part.amount),
    }


ENDPOINTS = (
    Endpoint("POST", "/plans/propose", Scope.PLAN, propose_plan, OfOwner, plan_answers.Proposed, SentenceBody),
    Endpoint("POST", "/plans", Scope.PLAN, plant_plan, OfOwner, plan_answers.Planted, SentenceBody),
)
