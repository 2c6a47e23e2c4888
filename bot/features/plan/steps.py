"""The steps of the guided plan, for answers in words and by buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.common.first_reminder import first_reminder
from bot.features.plan import guided_view as view
from bot.features.plan import view as plan_view
from bot.features.plan.buttons import PlanAsked
from bot.features.plan.notes_view import said_of
from bot.telegram.html import below
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.plant import plant
from core.goals.model import Level
from core.planning.plan import PlanNode
from core.planning.rules import check
from language.parsing import goal_lines
from language.parsing.aims import read_end
from language.parsing.draft import Draft
from language.parsing.errors import NoSuchDay
from language.parsing.goal_lines import PlannedGoal
from language.parsing.until import is_never


async def under_way(turn: Turn) -> Draft | None:
    """The plan in progress; None if no question about it is open."""
    asked = await turn.recall()
    return asked.draft if isinstance(asked, PlanAsked) else None


async def begin(turn: Turn) -> None:
    """Asks the first question or, for a plan in progress, its open one, so that nothing is lost."""
    draft = await under_way(turn)
    await ask(turn, draft or Draft(), above=view.goes_on(turn.words) if draft else "")


async def take_until(turn: Turn, draft: Draft, said: str) -> None:
    """Takes the end date and goes on to the goals, or asks again."""
    if is_never(said, turn.lexicon):
        await ask(turn, replace(draft, step="preview" if draft.goals else "goals", until=None))
        return
    try:
        last = read_end(said, turn.hearing)
    except NoSuchDay:
        await turn.reply(*view.until_no_day(said, turn.today, turn.words))
        return
    if last is None and (goals := _goals_in(turn, draft, said)):
        ahead = replace(draft, goals=(*draft.goals, *goals))
        check(plan_of(turn, ahead))
        await ask(turn, ahead, above=view.noted(goals, turn.words))
        return
    if last is None or last <= turn.today:
        await turn.reply(*view.until_misread(said, turn.today, past=last is not None, w=turn.words))
        return
    await ask(turn, replace(draft, step="preview" if draft.goals else "goals", until=last))


def _goals_in(turn: Turn, draft: Draft, said: str) -> list[PlannedGoal]:
    """The goals of a person who already answers the next question: those with an amount or days. Raises
    `InvalidPlan`."""
    if goal_lines.is_told(said, turn.lexicon):
        return []
    known = {goal.line.casefold() for goal in draft.goals}
    named = goal_lines.goals(said, turn.hearing, whole=draft.title)
    return [goal for goal in named if goal_lines.is_spelled_out(goal.line) and goal.line.casefold() not in known]


async def take_aims(turn: Turn, draft: Draft, aims: tuple[tuple[Level, Decimal], ...]) -> None:
    """Takes what a goal adds up to, and goes on to the next. Raises `InvalidPlan`."""
    changed = draft.with_goal(draft.at, replace(draft.goals[draft.at], aims=aims))
    check(plan_of(turn, changed))
    await next_aim(turn, changed, draft.at + 1)


async def next_aim(turn: Turn, draft: Draft, start: int) -> None:
    """Asks about the next goal that can add up to something; after the last one shows the preview."""
    for place in range(start, len(draft.goals)):
        if not draft.goals[place].aims and goal_lines.adds_up(node_of(turn, draft.goals[place])):
            await ask(turn, replace(draft, step="aim", at=place))
            return
    await ask(turn, replace(draft, step="preview"))


async def plant_draft(turn: Turn, draft: Draft) -> None:
    """Plants the tree and ends the questions."""
    planted = await plant(turn.store, turn.actor, [plan_of(turn, draft)], turn.today, turn.now, turn.caps)
    await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    notes = said_of(planted, turn.today, turn.words)
    await turn.edit(*plan_view.planted(planted, turn.today, turn.words, notes=notes, below=first))


async def ask(turn: Turn, draft: Draft, *, above: str = "") -> None:
    """Remembers the step, and asks its question, in place of the one that a button answered."""
    await turn.remember(PlanAsked(draft))
    w = turn.words
    match draft.step:
        case "title":
            text, keyboard = view.title(w)
        case "until":
            text, keyboard = view.until(draft.title, turn.today, w)
        case "goals":
            text, keyboard = view.goals(draft, w)
        case "aim":
            text, keyboard = view.aim(draft, node_of(turn, draft.goals[draft.at]), w)
        case _:
            text, keyboard = view.preview(replace(plan_of(turn, draft), starts_on=None), w)
    await show_question(turn, text, keyboard, above=above, is_typed=draft.step != "preview")


async def show_question(turn: Turn, text: str, keyboard: Keyboard, *, above: str = "", is_typed: bool = True) -> None:
    """Shows a question in place of the one that a button answered. In a group, one whose answer `is_typed` asks for a
    reply."""
    if is_typed and not turn.is_private:
        text = f"{text}\n{view.reply_here(turn.words)}"
    is_tap = turn.query is not None and not turn.answered
    await (turn.edit if is_tap else turn.reply)(below(above, text), keyboard)


def later_end(turn: Turn, said: str) -> date | None:
    """The future day that the words name; None if they say anything else."""
    try:
        last = read_end(said, turn.hearing)
    except NoSuchDay:
        return None
    return last if last is not None and last > turn.today else None


def plan_of(turn: Turn, draft: Draft) -> PlanNode:
    """The draft's tree."""
    return draft.plan(turn.hearing)


def node_of(turn: Turn, goal: PlannedGoal) -> PlanNode:
    """The goal without what it adds up to."""
    return goal_lines.node(replace(goal, aims=()), turn.hearing)
