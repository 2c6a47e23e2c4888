"""Proposed plans: from a sentence, a template or an outline, with the changes made since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from core.actions.propose import propose
from core.actions.read import read_owner, today_of
from core.caps import Caps
from core.errors import Fault, InvalidPlan, NotFound, RequestRefused
from core.goals.model import WEEKDAY_NAMES, Owner
from core.goals.terms import DaySchedule
from core.planning.draft import DraftChange, all_redrafted, takes_target
from core.planning.generate import Proposal, usual
from core.planning.outline import print_plan
from core.planning.plan import PlanNode
from core.planning.rules import check
from core.records import record
from language.aims import named, titles
from language.i18n import Words, words
from language.parsing.aims import Heard, understood
from language.parsing.template_answers import answers_of
from language.template_plans import plan_of
from language.templates import templates
from web.api.edit_answers import Weekday, days_json
from web.api.endpoint import Call
from web.api.planting import hearing_of, read_outline
from web.api.shapes import Number, OfOwner, Said, Shape, Text
from web.api.terms import terms_json
from web.json.values import number

MOST_CHANGES = 20
MOST_EDITS = 100


class PlanEdit(Shape):
    """A change to one goal of the proposed tree. `at` is its index in `goals` of the latest answer, after all earlier
    edits. `drop` removes the goal and everything below it; `add` is a line of an outline to put below it. A changed
    target or schedule holds for all periods."""

    at: Annotated[int, Field(ge=0, le=10_000)]
    title: Text | None = None
    target: Number | None = None
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    every_days: Annotated[int, Field(ge=1, le=10_000)] | None = None
    month_days: Annotated[list[Annotated[int, Field(ge=1, le=31)]], Field(min_length=1, max_length=31)] | None = None
    add: Annotated[Said, Field(max_length=1000)] | None = None
    drop: bool = False

    @model_validator(mode="after")
    def _one_schedule(self) -> Self:
        if sum(one is not None for one in (self.weekdays, self.every_days, self.month_days)) > 1:
            raise ValueError("of weekdays, everyDays and monthDays one is given")
        return self

    def change(self, owner: Owner, today: date, caps: Caps) -> DraftChange:
        """The edit as a value of `core`. Raises `InvalidPlan` for a line that cannot be read."""
        below = self._below(owner, today, caps)
        return DraftChange(self.at, self.title, self.target, self._schedule, below, self.drop)

    def _below(self, owner: Owner, today: date, caps: Caps) -> tuple[PlanNode, ...]:
        if self.add is None:
            return ()
        [plan] = read_outline(f"Above\n  {self.add.strip()}", owner, today, caps)
        return plan.mapped(lambda node: replace(node, place="")).children

    @property
    def _schedule(self) -> DaySchedule | None:
        if self.weekdays is not None:
            return DaySchedule(frozenset(map(WEEKDAY_NAMES.index, self.weekdays)))
        if self.every_days is not None:
            return DaySchedule(every=self.every_days)
        return None if self.month_days is None else DaySchedule(month_days=frozenset(self.month_days))


class PlanBody(Shape):
    """`sentence` is the aim: "run 1,000 km in 2027". `changes` are later changes in the words that the chat
    understands, too ("on weekdays", "5% more each week", "already 200"), or the present value if it was asked for.
    Instead of a sentence: the key of a `template` with `answers` to its questions, or an `outline`. `edits` are changes
    to single goals of the proposal, in order."""

    sentence: Annotated[Said, Field(min_length=1, max_length=200)] | None = None
    changes: Annotated[
        tuple[Annotated[Said, Field(min_length=1, max_length=100)], ...], Field(max_length=MOST_CHANGES)
    ] = ()
    template: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    answers: Annotated[tuple[Annotated[Said, Field(max_length=100)], ...], Field(max_length=10)] = ()
    outline: Annotated[Said, Field(min_length=1, max_length=50_000)] | None = None
    edits: Annotated[tuple[PlanEdit, ...], Field(max_length=MOST_EDITS)] = ()

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(one is not None for one in (self.sentence, self.template, self.outline)) != 1:
            raise ValueError("either a sentence, a template or an outline is given")
        return self


@record
class DraftTrees:
    """Trees that are not planted yet: one, or all of an outline; none while the present value is unknown. `is_read`:
    the last change in words was understood."""

    owner: Owner
    today: date
    plans: Sequence[PlanNode]
    heard: Heard | None = None
    proposal: Proposal | None = None
    is_read: bool = True
    is_outline: bool = False

    def shown(self, node: PlanNode) -> PlanNode:
        """A goal with a single target: the one of most periods, or the present one for an outline."""
        if not self.is_outline:
            return usual(node)
        now = [one for one in node.history if one.since <= self.today][-1]
        return replace(node, target=now.target, weight=now.weight, schedule=now.schedule)

    @property
    def outline(self) -> str:
        """The whole proposal as an outline."""
        if self.is_outline:
            return "\n".join(print_plan(plan, self.today) for plan in self.plans)
        return "\n".join(print_plan(plan.mapped(usual)) for plan in self.plans)


async def drafted(call: Call[OfOwner, PlanBody]) -> DraftTrees:
    """The trees that a request describes. Raises `InvalidPlan`, `NotFound` and `RequestRefused`."""
    owner = await read_owner(call.store, call.actor)
    today, w = today_of(owner, call.now), words(owner.locale)
    if call.body.outline is not None:
        draft = DraftTrees(owner, today, read_outline(call.body.outline, owner, today, call.caps), is_outline=True)
    elif call.body.sentence is None:
        draft = DraftTrees(owner, today, [_from_template(call.body, owner, today, w)])
    else:
        draft = await _from_sentence(call, owner, today, w)
    if not draft.plans or not call.body.edits:
        return draft
    plans = all_redrafted(draft.plans, [edit.change(owner, today, call.caps) for edit in call.body.edits])
    for plan in plans:
        check(plan, call.caps)
    return replace(draft, plans=plans)


async def _from_sentence(call: Call[OfOwner, PlanBody], owner: Owner, today: date, w: Words) -> DraftTrees:
    body = call.body
    sentence, hearing = body.sentence or "", hearing_of(owner, today)
    heard = understood(sentence, body.changes, hearing)
    is_read = not body.changes or heard != understood(sentence, body.changes[:-1], hearing)
    if heard.needs_now:
        return DraftTrees(owner, today, (), heard, None, is_read)
    aim = named(heard.aim, w)
    proposal = await propose(call.store, call.actor, aim, titles(aim, w), call.now)
    return DraftTrees(owner, today, [proposal.plan], heard, proposal, is_read)


def _from_template(body: PlanBody, owner: Owner, today: date, w: Words) -> PlanNode:
    template = templates().get(body.template or "")
    if template is None:
        raise NotFound("template_gone")
    hearing = hearing_of(owner, today)
    for count in range(1, len(template.asks) + 1):
        answers = answers_of(template, body.answers[:count], hearing)
        if answers is None or len(body.answers) < count:
            asked = template.questions[template.asks[count - 1]]
            raise InvalidPlan([Fault(template.asks[count - 1], "answer_unread", question=w.t(asked))])
    if len(body.answers) > len(template.asks):
        raise RequestRefused("answers_unasked", count=len(template.asks))
    answers = answers_of(template, body.answers, hearing)
    if answers is None:
        raise AssertionError("every answer was read before")
    return plan_of(template, answers, today, owner.week_start, w)


def goals_json(draft: DraftTrees) -> list[Mapping[str, Any]]:
    """The goals of all plans, parents before children."""
    goals: list[Mapping[str, Any]] = []
    stack = [(plan, 0) for plan in reversed(draft.plans)]
    while stack:
        node, depth = stack.pop()
        goals.append(_goal(node, depth, draft))
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return goals


def _goal(node: PlanNode, depth: int, draft: DraftTrees) -> Mapping[str, Any]:
    shown = draft.shown(node)
    later = [terms_json(one) for one in node.terms if one.since > draft.today] if draft.is_outline else []
    return {
        "depth": depth,
        "title": node.title,
        "kind": node.kind.value,
        "level": node.level.value,
        "unit": node.unit,
        "direction": node.direction.value,
        "baseline": number(node.baseline),
        "target": number(shown.target),
        "takesTarget": takes_target(shown),
        "differs": not draft.is_outline and len({terms.target for terms in node.terms}) > 1,
        **days_json(shown.schedule),
        "weight": number(shown.weight),
        "isEach": node.each is not None,
        "later": later,
        "pauses": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "everything": one.everything}
            for one in node.pauses
        ],
        "startsOn": node.starts_on and node.starts_on.isoformat(),
        "endsOn": node.ends_on and node.ends_on.isoformat(),
    }
