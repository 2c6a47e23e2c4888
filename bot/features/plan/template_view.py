"""Plan templates: the list, the questions, and the tree."""

from __future__ import annotations

from datetime import date
from itertools import islice

from bot.features.plan.aim_buttons import DropAim
from bot.features.plan.aim_view import days
from bot.features.plan.template_buttons import (
    AnswerTemplate,
    ChangePlan,
    ChangeTemplate,
    PlantTemplate,
    ShowTemplates,
    UseTemplate,
)
from bot.telegram.html import bold, code, esc, pre
from bot.telegram.keyboard import Button, Keyboard, rows
from core.goals.model import Level
from core.planning.draft import takes_target
from core.planning.generate import usual
from core.planning.outline import print_line, print_plan
from core.planning.plan import PlanNode
from language.i18n import Words
from language.parsing.until import in_months
from language.template_plans import usual_end
from language.templates import Template, templates
from language.tokens import shortened

A_WEEK = 7
MOST_SHOWN = 40
"""The most goals of a plan shown as buttons."""


def listed(w: Words) -> tuple[str, Keyboard]:
    """All templates, each with a one-line description."""
    lines = [f"• {bold(w.t(one.name))} – {esc(w.t(one.about))}" for one in templates().values()]
    text = w.t("Plans to begin with. Each asks a thing or two, and can be changed later:")
    buttons = [Button(w.t(one.name), UseTemplate(one.key)) for one in templates().values()]
    return "\n".join([text, *lines]), rows(buttons, width=2)


def offered(template: Template, w: Words) -> Button:
    """The button of the template that fits a sentence."""
    return Button(w.t("📋 My plan for this: {name}", name=w.t(template.name)), UseTemplate(template.key))


def all_plans(w: Words) -> Button:
    """The button that leads to the list."""
    return Button(w.t("📋 Plans to begin with"), ShowTemplates())


def question(template: Template, asked: str, today: date, w: Words) -> tuple[str, Keyboard]:
    """One of a template's questions, with the most common answers."""
    text = f"📋 {bold(w.t(template.name))}\n{esc(w.t(template.questions[asked]))}"
    cancel = (Button(w.t("Cancel"), DropAim()),)
    if asked == "amount" and template.amount is not None:
        usual_amount = f"{w.number(template.amount)} {template.unit or ''}".strip()
        return text, (
            (Button(usual_amount, AnswerTemplate(f"{template.amount} {template.unit or ''}".strip())),),
            cancel,
        )
    if asked != "until":
        return text, (cancel,)
    ends = [in_months(today, 3), in_months(today, 6), in_months(today, 12)]
    if (end := usual_end(template, today)) is not None and all(abs((day - end).days) > A_WEEK for day in ends):
        ends.append(end)
    dates = [Button(w.day(day), AnswerTemplate(day.isoformat())) for day in sorted(set(ends))]
    return text, (*rows(dates), cancel)


def preview(plan: PlanNode, w: Words, *, dated: bool) -> tuple[str, Keyboard]:
    """The tree before it is planted."""
    shown = pre(print_plan(plan.mapped(usual)))
    lines = [w.t("This is your tree:"), shown]
    if weeks := _weeks(plan, w):
        lines.append(weeks)
    lines.append(w.t("Plant it, or change it: tap, or just say it, such as {examples}.", examples=_examples(plan, w)))
    changes = [Button(w.t("✏️ Goals"), ChangeTemplate(0, ChangePlan.GOALS)), _part(w.t("➕ Goal"), 0, ChangePlan.ADD)]
    if dated:
        changes.append(_part(w.t("📅 Date"), 0, ChangePlan.UNTIL))
    return "\n".join(lines), (
        (Button(w.t("🌳 Plant it"), PlantTemplate()),),
        *rows(changes, width=3),
        (Button(w.t("Cancel"), DropAim()),),
    )


def _part(label: str, at: int, part: ChangePlan) -> Button:
    return Button(label, ChangeTemplate(at, part))


def _examples(plan: PlanNode, w: Words) -> str:
    """Examples of changes to this very plan."""
    leaves = [(node, node.title.casefold()) for node in plan.mapped(usual).walk() if node.is_leaf]
    lines = [
        *[f"{name} {w.number(2 * node.target)}" for node, name in leaves if node.target is not None][:1],
        *[w.t("{goal} on weekdays", goal=name) for node, name in leaves if node.level is Level.DAILY][:1],
        *[w.t("drop {goal}", goal=name) for _, name in leaves[-1:]],
    ]
    return w.listed([f"“{esc(text)}”" for text in lines], choice=True)


def _back(w: Words, part: ChangePlan = ChangePlan.NOTHING, at: int = 0) -> tuple[Button, ...]:
    return (_part(w.t("← Back"), at, part),)


def goals(plan: PlanNode, w: Words) -> tuple[str, Keyboard]:
    """Asks which goal to change."""
    buttons = [
        _part(f"{'· ' * bool(at)}{shortened(node.title, 28)}", at, ChangePlan.GOAL)
        for at, node in enumerate(islice(plan.walk(), MOST_SHOWN))
    ]
    return f"{pre(print_plan(plan.mapped(usual)))}\n{w.t('Which one?')}", (*rows(buttons), _back(w))


def goal(plan: PlanNode, at: int, w: Words) -> tuple[str, Keyboard]:
    """Asks what to change about a goal."""
    node = next(islice(plan.mapped(usual).walk(), at, None))
    parts = [_part(w.t("✏️ Name"), at, ChangePlan.TITLE)]
    if takes_target(node):
        parts.append(_part(w.t("🔢 Number"), at, ChangePlan.NUMBER))
    if node.level is Level.DAILY and node.is_leaf:
        parts.append(_part(w.t("🗓 Days"), at, ChangePlan.DAYS))
    if at:
        parts.append(_part(w.t("✖️ Leave it out"), at, ChangePlan.DROP))
    return f"{code(print_line(node))}\n{w.t('What is to be otherwise?')}", (*rows(parts), _back(w, ChangePlan.GOALS))


def change(plan: PlanNode, at: int, part: ChangePlan, w: Words) -> tuple[str, Keyboard]:
    """Asks for the change of one part of a goal."""
    node = next(islice(plan.mapped(usual).walk(), at, None))
    title, back = bold(node.title), _back(w, ChangePlan.GOAL, at)
    match part:
        case ChangePlan.TITLE:
            return w.t("{title}: what shall it be called? Type the name.", title=title), (back,)
        case ChangePlan.NUMBER:
            return w.t("{title}: how much instead? Type the number.", title=title), (back,)
        case ChangePlan.DAYS:
            return w.t("{title}: on which days?", title=title), (*days(node.schedule, AnswerTemplate, w), back)
        case _:
            example = code("Stretch 10 min on weekdays")
            return w.t(
                "Which goal shall stand below {title}? Type it, such as {example}.", title=title, example=example
            ), (_back(w),)


def _weeks(plan: PlanNode, w: Words) -> str:
    """The weekly targets of a goal that differs from week to week."""
    grows = next((node for node in plan.walk() if len(node.terms) > 2), None)
    if grows is None:
        return ""
    amounts = " · ".join(w.number(terms.target) for terms in grows.terms[:20])
    return w.t("{goal}, week by week: {amounts}", goal=bold(grows.title), amounts=amounts)


def not_read(asked: str, w: Words) -> str:
    """The line above the question after words that do not answer it."""
    if asked == "until":
        return w.t("I need a day that lies ahead, such as 30 April 2027.")
    return w.t("I need a number above zero.") if asked in ("now", "amount") else w.t("I need a few words for that.")


def no_such_plan(said: str, w: Words) -> str:
    """The line above the list after an unknown name."""
    return w.t("I have no plan called “{name}”.", name=esc(said[:40]))
