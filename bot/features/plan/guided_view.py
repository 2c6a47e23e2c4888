"""The questions that lead to a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.features.plan.buttons import (
    CancelPlan,
    DropGoal,
    EditGoals,
    EditUntil,
    FillInLater,
    GoalRhythm,
    GoalsNamed,
    NoAim,
    Plant,
    PlanUntil,
    SetAim,
    SetLevel,
    StartOver,
)
from bot.features.plan.template_view import all_plans, offered
from bot.telegram.html import bold, esc, pre
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Level
from core.planning.outline import print_plan
from core.planning.plan import PlanNode
from core.values import plain_text
from language.i18n import Words
from language.parsing.draft import Draft
from language.parsing.goal_lines import PlannedGoal, suggestions
from language.parsing.until import in_months
from language.templates import wanted
from language.tokens import shortened

SHORT = 28


def title(w: Words) -> tuple[str, Keyboard]:
    """Asks for the title."""
    text = w.t(
        "🌱 What do you want to become true? A few words, such as <i>Run a marathon</i> or <i>Speak Spanish</i>.\n"
        "/cancel leaves my questions at any time."
    )
    return text, ((all_plans(w),),)


def title_help(w: Words) -> tuple[str, Keyboard]:
    """Help with the first question."""
    text = w.t(
        "Say in a few words what you would like to be different a year from now. For example:\n"
        "<code>Read 24 books in 2027</code>\n"
        "<code>Run 5 km on mon, wed and fri</code>\n"
        "<code>No sugar on weekdays</code>\n"
        "Or take one of my plans; /help shows all that I can do."
    )
    return text, ((all_plans(w),),)


def until_help(w: Words) -> str:
    """Help with the second question."""
    return w.t("Any day by which you would like to be there will do, and it can be moved later. Or there is no end.")


def goals_help(draft: Draft, w: Words) -> tuple[str, Keyboard]:
    """Help with the goals."""
    text = w.t(
        "What could you do for {title} in ten minutes, today? That is a good first goal: type it, such as "
        "<code>Read 10 pages</code> or <code>Walk 20 min</code>. Or leave the goals open, and name them later.",
        title=bold(draft.title),
    )
    return text, _offers(draft, w)


def told_too_early(said: str, w: Words) -> str:
    """The answer to a log before there is a goal."""
    return w.t(
        "“{said}” sounds like something you have done. First the plan: name what you will do, such as "
        "<code>Run = 5 km</code>. Once it is planted, tell me again, and it counts.",
        said=esc(shortened(said)),
    )  # fmt: skip


def preview_help(w: Words) -> str:
    """The line above the preview after words that are neither a yes nor a change."""
    return w.t("Plant it with a tap or a yes; a date or a line such as <code>Swim = 1 km</code> changes it.")


def _offers(draft: Draft, w: Words) -> Keyboard:
    """Buttons for a person without ideas: a fitting template, and goals to be named later."""
    template = wanted(draft.title)
    plan = ((offered(template, w),),) if template else ()
    return (*plan, (Button(w.t("Leave the goals open"), FillInLater()),))


def reply_here(w: Words) -> str:
    """The hint in a group to reply to the message."""
    return w.t("<i>Type your answer as a reply to this message.</i>")


def title_too_long(longest: int, w: Words) -> str:
    """The refusal of a title that is too long."""
    return w.t(
        "That is too long for a title: {limit} characters fit. What is it in a few words?", limit=w.number(longest)
    )


def until(vision: str, today: date, w: Words) -> tuple[str, Keyboard]:
    """Asks until when."""
    asked = w.t("{title}: until when? Tap, or type a date such as <i>30 April 2027</i>.", title=bold(vision))
    return asked, _untils(today, w)


def until_misread(said: str, today: date, *, past: bool, w: Words) -> tuple[str, Keyboard]:
    """The answer to words that are no future date."""
    if past:
        sorry = w.t("“{text}” is not ahead: today is {today}.", text=esc(said[:40]), today=w.date(today, year=True))
    else:
        sorry = w.t(
            "I cannot read “{text}” as a date. Try 2027-04-30 or <i>end of June</i>, or tap; /cancel leaves the plan.",
            text=esc(said[:40]),
        )
    return sorry, _untils(today, w)


def noted(goals: Sequence[PlannedGoal], w: Words) -> str:
    """The line above the question after goals that came early."""
    return "\n".join([w.t("Noted:"), *(f"• {esc(goal.line)} – {_often(goal, w)}" for goal in goals)])


def until_no_day(said: str, today: date, w: Words) -> tuple[str, Keyboard]:
    """The answer to a date that does not exist."""
    return w.t("There is no such day as “{text}”. Until when?", text=esc(said[:40])), _untils(today, w)


def _untils(today: date, w: Words) -> Keyboard:
    half, whole = in_months(today, 6), in_months(today, 12)
    year_end = date(today.year if today.month < 12 else today.year + 1, 12, 31)
    return (
        (Button(w.t("End of {year}", year=year_end.year), PlanUntil(year_end.isoformat())),),
        (
            Button(w.t("In 6 months"), PlanUntil(half.isoformat())),
            Button(w.t("In a year"), PlanUntil(whole.isoformat())),
        ),
        (Button(w.t("No end"), PlanUntil("none")),),
    )


def goals(draft: Draft, w: Words) -> tuple[str, Keyboard]:
    """Asks for goals, and lists those named so far, each with a choice of how often."""
    if not draft.goals:
        asked = w.t(
            "What will you do for it, day by day? One goal a line:\n"
            "<code>Run = 5 km</code> – something to count\n"
            "<code>Meditate</code> – something to tick off\n"
            "<code>Stretch [mon wed fri]</code> – on some days only"
        )
        if draft.until:
            until = w.t("{title}, until {date}.", title=bold(draft.title), date=w.date(draft.until, year=True))
            asked = f"{until}\n{asked}"
        return asked, _offers(draft, w)
    lines = [w.t("For {title} you will:", title=bold(draft.title))]
    lines += [f"• {esc(goal.line)} – {_often(goal, w)}" for goal in draft.goals]
    lines.append(w.t("Type more goals, change how often, or go on."))
    keyboard = [_choices(place, goal, w) for place, goal in enumerate(draft.goals)]
    return "\n".join(lines), (*keyboard, (Button(w.t("That is all →"), GoalsNamed()),))


def _often(goal: PlannedGoal, w: Words) -> str:
    names = {
        "D": w.t("daily"), "W": w.t("weekly"), "M": w.t("monthly"), "Q": w.t("quarterly"), "Y": w.t("yearly"),
        "P": w.t("power goal"), "T": w.t("by its last day"),
    }  # fmt: skip
    return names.get(goal.letter, w.t("once"))


def _choices(place: int, goal: PlannedGoal, w: Words) -> tuple[Button, ...]:
    """The buttons of a goal: daily, weekly, or remove. One typed with another letter keeps it."""
    name = goal.line if len(goal.line) <= SHORT else goal.line[: SHORT - 1] + "…"
    drop = DropGoal(place, goal.mark)
    if goal.letter == "D":
        return (Button(w.t("{goal}: weekly instead", goal=name), SetLevel(place, GoalRhythm.WEEKLY)), Button("✕", drop))
    if goal.letter == "W":
        return (Button(w.t("{goal}: daily instead", goal=name), SetLevel(place, GoalRhythm.DAILY)), Button("✕", drop))
    return (Button(f"✕ {name}", drop),)


def too_many_goals(most: int, w: Words) -> str:
    """The refusal of too many goals."""
    return w.t(
        "{count} goals are enough for a start: tap “That is all”. More can be added later.", count=w.number(most)
    )


def not_at_that_level(w: Words) -> str:
    """The refusal of a level that does not fit the goal."""
    return w.t("This goal cannot be counted that way.")


def aim(draft: Draft, goal: PlanNode, w: Words) -> tuple[str, Keyboard]:
    """Asks what a goal adds up to."""
    asked = w.t(
        "Shall {goal} add up to something? Tap, or type it, such as <code>{example}</code>.",
        goal=bold(goal.title),
        example=esc(", ".join(_aim(level, plain_text(number), goal, w) for level, number in suggestions(goal)[:2])),
    )
    return asked, _aims(draft, goal, w)


def aim_misread(draft: Draft, goal: PlanNode, w: Words) -> tuple[str, Keyboard]:
    """The answer to words that are no aim."""
    sorry = w.t("I need a number above zero, such as <code>{example}</code>, or tap:", example=_example(goal, w))
    return sorry, _aims(draft, goal, w)


def _example(goal: PlanNode, w: Words) -> str:
    level, number = suggestions(goal)[0]
    return esc(_aim(level, plain_text(number), goal, w))


def _aims(draft: Draft, goal: PlanNode, w: Words) -> Keyboard:
    suggested = [
        (Button(_aim(level, w.number(number), goal, w), SetAim(draft.at, level, number)),)
        for level, number in suggestions(goal)
    ]
    return (*suggested, (Button(w.t("No"), NoAim(draft.at)),))


def _aim(level: Level, number: str, goal: PlanNode, w: Words) -> str:
    amount = f"{number} {goal.unit}" if goal.unit else number
    if level is Level.WEEKLY:
        return w.t("{amount} a week", amount=amount)
    if level is Level.MONTHLY:
        return w.t("{amount} a month", amount=amount)
    return w.t("{amount} a quarter", amount=amount)


def preview(plan: PlanNode, w: Words) -> tuple[str, Keyboard]:
    """The tree before it is planted."""
    return f"{w.t('This is your tree:')}\n{pre(print_plan(plan))}", (
        (Button(w.t("🌳 Plant it"), Plant()),),
        (Button(w.t("✏️ Goals"), EditGoals()), Button(w.t("📅 Date"), EditUntil())),
        (Button(w.t("Start over"), StartOver()), Button(w.t("Cancel"), CancelPlan())),
    )


def under_way(w: Words) -> str:
    """The line above the question after words that would log."""
    return w.t("Nothing to log yet: your plan is under way. My question was:")


def goes_on(w: Words) -> str:
    """The line above the question after /plan or /tree while a plan is being made."""
    return w.t("Your plan is under way; /cancel leaves it. My question was:")


def still_open(w: Words) -> str:
    """The reminder of the open question after a check-off in between."""
    return w.t("Your plan is still open: answer my last question to go on, or /cancel.")


def over(w: Words) -> str:
    """The answer to a button of an earlier conversation."""
    return w.t("These questions are over. /plan begins anew.")
