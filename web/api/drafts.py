"""What a plan is made of before it is planted: a sentence or a template, and what was changed of the tree since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from core.actions.propose import propose
from core.actions.read import read_owner, today_of
from core.caps import Caps
from core.errors import Fault, InvalidPlan, NotFound, RequestRefused
from core.goals.model import WEEKDAY_NAMES, Owner
from core.goals.terms import DaySchedule
from core.planning.draft import DraftChange, redrafted, takes_target
from core.planning.generate import Proposal, usual
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.planning.rules import check
from language.aims import named, titles
from language.i18n import Words, words
from language.lexicon import Lexicon, lexicon
from language.parsing.aims import Heard, understood
from language.parsing.template_answers import answers_of
from language.template_plans import plan_of
from language.templates import templates
from web.api.edit_answers import Weekday, days_json
from web.api.endpoint import Call
from web.api.shapes import Number, OfOwner, Said, Shape, Text
from web.json.values import number

MOST_CHANGES = 20
MOST_EDITS = 100


class PlanEdit(Shape):
    """A change of one goal of the tree that is proposed. `at` is its place in `goals` as they were answered last, after
    the edits before this one. `drop` takes the goal out, with all below it; `add` is a line of an outline that is put
    below it."""

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

    def change(self, today: date, caps: Caps) -> DraftChange:
        """The same as a value. Raises `InvalidPlan` for a line that cannot be read."""
        return DraftChange(self.at, self.title, self.target, self._schedule, self._below(today, caps), self.drop)

    def _below(self, today: date, caps: Caps) -> tuple[PlanNode, ...]:
        if self.add is None:
            return ()
        [plan] = parse_outline(f"Above\n  {self.add.strip()}", today, caps=caps)
        return plan.mapped(lambda node: replace(node, place="")).children

    @property
    def _schedule(self) -> DaySchedule | None:
        if self.weekdays is not None:
            return DaySchedule(frozenset(map(WEEKDAY_NAMES.index, self.weekdays)))
        if self.every_days is not None:
            return DaySchedule(every=self.every_days)
        return None if self.month_days is None else DaySchedule(month_days=frozenset(self.month_days))


class PlanBody(Shape):
    """`sentence`: what somebody wants, "run 1,000 km in 2027"; `changes`: what is to be otherwise, each in the words
    that the chat takes as well: "on weekdays", "5% more each week", "already 200"; or the value now, where it is asked
    for. Instead of a sentence the key of a `template`, with `answers` to its questions. `edits`: what was changed of
    the goals that were proposed, in this order."""

    sentence: Annotated[Said, Field(min_length=1, max_length=200)] | None = None
    changes: Annotated[
        tuple[Annotated[Said, Field(min_length=1, max_length=100)], ...], Field(max_length=MOST_CHANGES)
    ] = ()
    template: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    answers: Annotated[tuple[Annotated[Said, Field(max_length=100)], ...], Field(max_length=10)] = ()
    edits: Annotated[tuple[PlanEdit, ...], Field(max_length=MOST_EDITS)] = ()

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.sentence is None) is (self.template is None):
            raise ValueError("either a sentence or a template is given")
        return self


@dataclass(frozen=True, slots=True)
class Draft:
    """A tree that is not planted yet. `plan` is None while the value now is not known. `is_read`: the last change in
    words was one."""

    plan: PlanNode | None
    heard: Heard | None = None
    found: Proposal | None = None
    is_read: bool = True


async def drafted(call: Call[OfOwner, PlanBody]) -> Draft:
    """The tree that a body stands for. Raises `InvalidPlan`, `NotFound` and `RequestRefused`."""
    owner = await read_owner(call.store, call.actor)
    today, w = today_of(owner, call.now), words(owner.locale)
    if call.body.sentence is None:
        draft = Draft(_from_template(call.body, owner, today, w))
    else:
        draft = await _from_sentence(call, owner, today, w)
    if draft.plan is None or not call.body.edits:
        return draft
    plan = redrafted(draft.plan, [edit.change(today, call.caps) for edit in call.body.edits])
    check(plan, call.caps)
    return Draft(plan, draft.heard, draft.found, draft.is_read)


async def _from_sentence(call: Call[OfOwner, PlanBody], owner: Owner, today: date, w: Words) -> Draft:
    body = call.body
    heard = _heard(body, body.changes, today, owner, w)
    is_read = not body.changes or heard != _heard(body, body.changes[:-1], today, owner, w)
    if heard.needs_now:
        return Draft(None, heard, None, is_read)
    aim = named(heard.aim, w)
    found = await propose(call.store, call.actor, aim, titles(aim, w), call.now)
    return Draft(found.plan, heard, found, is_read)


def _heard(body: PlanBody, changes: Sequence[str], today: date, owner: Owner, w: Words) -> Heard:
    return understood(
        body.sentence or "", changes, today, _lexicon(w), decimal_comma=w.decimal_comma, week_start=owner.week_start
    )


def _from_template(body: PlanBody, owner: Owner, today: date, w: Words) -> PlanNode:
    template = templates().get(body.template or "")
    if template is None:
        raise NotFound("template_gone")
    for count in range(1, len(template.asks) + 1):
        answers = answers_of(template, body.answers[:count], today, _lexicon(w), decimal_comma=w.decimal_comma)
        if answers is None or len(body.answers) < count:
            asked = template.questions[template.asks[count - 1]]
            raise InvalidPlan([Fault(template.asks[count - 1], "answer_unread", question=w.t(asked))])
    if len(body.answers) > len(template.asks):
        raise RequestRefused("answers_unasked", count=len(template.asks))
    answers = answers_of(template, body.answers, today, _lexicon(w), decimal_comma=w.decimal_comma)
    if answers is None:
        raise AssertionError("every answer was read before")
    return plan_of(template, answers, today, owner.week_start, w)


def _lexicon(w: Words) -> Lexicon:
    return lexicon(w.locale)


def goals_json(plan: PlanNode) -> list[Mapping[str, Any]]:
    """The goals of a plan from the top down, each before those below it."""
    found: list[Mapping[str, Any]] = []
    stack = [(plan.mapped(usual), 0)]
    differing = [len({terms.target for terms in node.terms}) > 1 for node in plan.walk()]
    while stack:
        node, depth = stack.pop()
        found.append(_goal(node, depth, differs=differing[len(found)]))
        stack.extend((child, depth + 1) for child in reversed(node.children))
    return found


def _goal(node: PlanNode, depth: int, *, differs: bool) -> Mapping[str, Any]:
    return {
        "depth": depth,
        "title": node.title,
        "kind": node.kind.value,
        "level": node.level.value,
        "unit": node.unit,
        "direction": node.direction.value,
        "baseline": number(node.baseline),
        "target": number(node.target),
        "takesTarget": takes_target(node),
        "differs": differs,
        **days_json(node.schedule),
        "startsOn": node.starts_on and node.starts_on.isoformat(),
        "endsOn": node.ends_on and node.ends_on.isoformat(),
    }
