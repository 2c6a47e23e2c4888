"""Plans from a sentence, a template or an outline: proposed, changed, and planted as proposed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from core.actions.plant import trees_there
from core.actions.read import read_owner, today_of
from core.errors import Fault, InvalidPlan
from core.planning.generate import PeriodPart, Proposal
from core.tokens import Scope
from language.i18n import Words, words
from language.parsing.aims import Heard
from language.parsing.numbered import Numbered
from language.template_plans import usual_end
from language.templates import Template, templates, wanted
from web.api import plan_answers
from web.api.drafts import PlanBody, drafted, goals_json
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.planting import numbers_in, planted
from web.api.shapes import OfOwner
from web.json.values import number


async def propose_plan(call: Call[OfOwner, PlanBody]) -> Answer:
    """Propose a tree for a sentence or a template, or preview an outline. Nothing is written."""
    draft = await drafted(call)
    answer = {**_NOTHING, "isRead": draft.is_read}
    if call.body.outline is not None and not call.body.edits:
        asked = await asyncio.to_thread(numbers_in, call.body.outline, draft.plans, draft.owner, draft.today)
        answer["numbered"] = [_numbered(one) for one in asked]
    if draft.heard is not None:
        answer |= _heard_json(draft.heard, call.body.sentence or "")
    if draft.proposal is not None:
        answer |= _split_json(draft.proposal)
    if draft.plans:
        first = draft.plans[0]
        answer |= {
            "title": first.title,
            "outline": draft.outline,
            "goals": goals_json(draft),
            "startsOn": first.starts_on and first.starts_on.isoformat(),
            "endsOn": first.ends_on and first.ends_on.isoformat(),
            "extends": await trees_there(call.store, call.actor, draft.plans),
        }
    return Answer(answer)


async def plant_plan(call: Call[OfOwner, PlanBody]) -> Answer:
    """Plant a proposed tree, with the proposed amount for each period."""
    draft = await drafted(call)
    if not draft.plans:
        title = "" if draft.heard is None else draft.heard.aim.title
        raise InvalidPlan([Fault(f"“{title}”", "baseline_unknown")])
    return await planted(call, draft.plans, draft.owner, draft.today)


async def plan_templates(call: Call[OfOwner, Nothing]) -> Answer:
    """The ready-made plans and their questions."""
    owner = await read_owner(call.store, call.actor)
    today, w = today_of(owner, call.now), words(owner.locale)
    return Answer({"templates": [_template(one, today, w) for one in templates().values()]})


def _template(one: Template, today: date, w: Words) -> Mapping[str, object]:
    return {
        "key": one.key,
        "name": w.t(one.name),
        "about": w.t(one.about),
        "questions": [
            {"asks": asked, "question": w.t(one.questions[asked]), "usual": _usual(one, asked, today)}
            for asked in one.asks
        ],
    }


def _usual(one: Template, asked: str, today: date) -> str | None:
    """The most common answer."""
    if asked == "until":
        end = usual_end(one, today)
        return None if end is None else end.isoformat()
    return f"{one.amount} {one.unit or ''}".strip() if asked == "amount" and one.amount is not None else None


_NOTHING: Mapping[str, object] = {
    "title": "",
    "needsNow": False,
    "outline": None,
    "goals": [],
    "startsOn": None,
    "endsOn": None,
    "assumedEnd": False,
    "assumedEach": False,
    "aDay": None,
    "unit": None,
    "isALot": False,
    "template": None,
    "numbered": [],
    "extends": [],
    "parts": [],
}


def _heard_json(heard: Heard, sentence: str) -> Mapping[str, object]:
    """The part of a proposal that is known before the present value is given."""
    template = wanted(sentence) if heard.aim.is_open else None
    return {
        "title": heard.aim.title,
        "needsNow": heard.needs_now,
        "assumedEach": heard.assumed_each,
        "unit": heard.aim.unit,
        "template": template and template.key,
    }


def _split_json(proposal: Proposal) -> Mapping[str, object]:
    return {
        "assumedEnd": proposal.assumed_end,
        "aDay": number(proposal.a_day),
        "isALot": proposal.is_a_lot,
        "parts": [
            {"level": level.value, "parts": [_part(part) for part in parts]} for level, parts in proposal.parts.items()
        ],
    }


def _numbered(one: Numbered) -> Mapping[str, object]:
    return {
        "line": one.line,
        "title": one.title,
        "target": one.target,
        "asTarget": one.as_target,
        "asName": one.as_name,
    }


def _part(part: PeriodPart) -> Mapping[str, object]:
    return {
        "periodStart": part.days.start.isoformat(),
        "periodEnd": part.days.end.isoformat(),
        "amount": number(part.amount),
    }


ENDPOINTS = (
    Endpoint("GET", "/plans/templates", Scope.PLAN, plan_templates, OfOwner, plan_answers.Templates),
    Endpoint("POST", "/plans/propose", Scope.PLAN, propose_plan, OfOwner, plan_answers.Proposed, PlanBody),
    Endpoint("POST", "/plans", Scope.PLAN, plant_plan, OfOwner, plan_answers.PlantedShape, PlanBody),
)
