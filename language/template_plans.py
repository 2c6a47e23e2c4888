"""Plans made from a template and its answers, in the owner's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.errors import Fault, InvalidPlan
from core.goals.periods import DAY, Period
from core.planning.generate import propose
from core.planning.generate.weekly import by_weeks
from core.planning.outline import parse_outline
from core.planning.outline.words import quoted
from core.planning.plan import PlanNode
from core.planning.rules import check
from core.values import plain_text
from language.aims import titles
from language.i18n import Words
from language.parsing.aims.text import capital
from language.templates import Answers, Template, total_of


def plan_of(template: Template, answers: Answers, today: date, week_start: int, w: Words) -> PlanNode:
    """The tree of a template. Raises `InvalidPlan`, such as for a day that has passed."""
    if answers.until is not None and answers.until < today:
        raise InvalidPlan([Fault("", "day_passed", today=today)])
    values = _values(answers)
    title = capital(w.t(template.title, **values))
    until = "" if answers.until is None else f" (until {answers.until})"
    lines = [f"{quoted(title)}{until}", *(f"  {_line(goal, template, values, w)}" for goal in template.goals)]
    plan = parse_outline("\n".join(lines), today)[0]
    if template.weeks and answers.until is not None:
        plan = _by_weeks(plan, template, Period(today, answers.until), week_start, w)
    plan = plan.mapped(lambda node: replace(node, place=""))
    total = total_of(template, answers, title, w.t(template.total) if template.total else "")
    if total is not None:
        split = propose(total, titles(total, w), today, week_start).plan
        plan = replace(plan, children=(*split.children, *plan.children))
    check(plan)
    return plan


def usual_end(template: Template, today: date) -> date | None:
    """The last day when none is given; None for a plan without an end."""
    return None if template.days is None else today + (template.days - 1) * DAY


def _values(answers: Answers) -> dict[str, str]:
    numbers = {"now": answers.now, "amount": answers.amount}
    return {
        "what": answers.what,
        "unit": answers.unit or "",
        **{name: "" if value is None else plain_text(value) for name, value in numbers.items()},
    }


def _line(goal: tuple[str, str, str], template: Template, values: dict[str, str], w: Words) -> str:
    """A line of the outline. A number that differs from week to week is given as its first value."""
    letter, title, behind = goal
    indent = letter[: len(letter) - len(letter.lstrip())]
    first = {name: str(amounts[0]) for name, amounts in template.weeks.items()}
    return (
        f"{indent}{letter.strip()}: {quoted(capital(w.t(title, **values)))} {behind.format(**values, **first)}".rstrip()
    )


def _by_weeks(plan: PlanNode, template: Template, days: Period, week_start: int, w: Words) -> PlanNode:
    """The plan with the weekly values of the template's tables."""
    tables = {
        w.t(title): amounts
        for _, title, behind in template.goals
        for name, amounts in template.weeks.items()
        if f"{{{name}}}" in behind
    }

    def of_week(node: PlanNode) -> PlanNode:
        amounts = tables.get(node.title)
        return node if amounts is None else by_weeks(node, [Decimal(one) for one in amounts], days, week_start)

    return plan.mapped(of_week)
