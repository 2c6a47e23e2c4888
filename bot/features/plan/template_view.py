"""Plans that are there to be taken: the list, the questions, and the tree."""

from __future__ import annotations

from datetime import date

from bot.features.plan.aim_buttons import DropAim
from bot.features.plan.template_buttons import AnswerTemplate, PlantTemplate, ShowTemplates, UseTemplate
from bot.telegram.html import bold, esc, pre
from bot.telegram.keyboard import Button, Keyboard, rows
from core.planning.generate import usual
from core.planning.outline import print_plan
from core.planning.plan import PlanNode
from language.i18n import Words
from language.parsing.until import in_months
from language.template_plans import usual_end
from language.templates import Template, templates

A_WEEK = 7


def listed(w: Words) -> tuple[str, Keyboard]:
    """All plans, each with a line of what it is."""
    lines = [f"• {bold(w.t(one.name))} – {esc(w.t(one.about))}" for one in templates().values()]
    text = w.t("Plans to begin with. Each asks a thing or two, and can be changed later:")
    buttons = [Button(w.t(one.name), UseTemplate(one.key)) for one in templates().values()]
    return "\n".join([text, *lines]), rows(buttons, width=2)


def offered(template: Template, w: Words) -> Button:
    """Offers a plan where a sentence seems to want it."""
    return Button(w.t("📋 My plan for this: {name}", name=w.t(template.name)), UseTemplate(template.key))


def all_plans(w: Words) -> Button:
    """Leads to the list."""
    return Button(w.t("📋 Plans to begin with"), ShowTemplates())


def question(template: Template, asked: str, today: date, w: Words) -> tuple[str, Keyboard]:
    """One of its questions, with what most people answer."""
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
    days = [in_months(today, 3), in_months(today, 6), in_months(today, 12)]
    if (end := usual_end(template, today)) is not None and all(abs((day - end).days) > A_WEEK for day in days):
        days.append(end)
    dates = [Button(w.day(day), AnswerTemplate(day.isoformat())) for day in sorted(set(days))]
    return text, (*rows(dates), cancel)


def preview(plan: PlanNode, w: Words) -> tuple[str, Keyboard]:
    """The tree before it is planted."""
    shown = pre(print_plan(plan.mapped(usual)))
    said = [w.t("This is your tree:"), shown]
    if weeks := _weeks(plan, w):
        said.append(weeks)
    said.append(w.t("Plant it as it is: every goal of it can be renamed, changed or dropped later."))
    return "\n".join(said), ((Button(w.t("🌳 Plant it"), PlantTemplate()),), (Button(w.t("Cancel"), DropAim()),))


def _weeks(plan: PlanNode, w: Words) -> str:
    """What each week brings, of a goal that differs from week to week."""
    grows = next((node for node in plan.walk() if len(node.terms) > 2), None)
    if grows is None:
        return ""
    amounts = " · ".join(w.number(terms.target) for terms in grows.terms[:20])
    return w.t("{goal}, week by week: {amounts}", goal=bold(grows.title), amounts=amounts)


def not_read(asked: str, w: Words) -> str:
    """Above the question, for an answer that is none."""
    if asked == "until":
        return w.t("I need a day that lies ahead, such as 30 April 2027.")
    return w.t("I need a number above zero.") if asked in ("now", "amount") else w.t("I need a few words for that.")


def no_such_plan(said: str, w: Words) -> str:
    """Above the list, for a name that no plan has."""
    return w.t("I have no plan called “{name}”.", name=esc(said[:40]))
