"""Taps on the buttons of the guided plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot.features.plan import guided_view as view
from bot.features.plan import view as plan_view
from bot.features.plan.buttons import (
    CancelPlan,
    DropGoal,
    EditGoals,
    EditUntil,
    ExtendPlan,
    FillInLater,
    GoalRhythm,
    GoalsNamed,
    NewPlan,
    NoAim,
    Plant,
    PlanUntil,
    SetAim,
    SetLevel,
    StartOver,
)
from bot.features.plan.steps import ask, begin, next_aim, node_of, plant_draft, take_aims, take_until, under_way
from bot.telegram.callback import Callback
from bot.telegram.feature import Feature, OnTap
from bot.telegram.turn import Turn
from core.actions.read import read_trees
from core.errors import InvalidPlan
from core.goals.model import Level
from core.group.permissions import Act
from language.aims import steps
from language.parsing import goal_lines
from language.parsing.draft import Draft
from language.parsing.goal_lines import PlannedGoal

B = TypeVar("B", bound=Callback)


def _on_tap(kind: type[B], step: str, handler: Callable[[Turn, Draft, B], Awaitable[None]]) -> OnTap[B]:
    """Binds a button to the question at a `step` (empty: any). Once that question is over it does nothing."""

    async def handle(turn: Turn, button: B) -> None:
        draft = await under_way(turn)
        if draft is None or (step and draft.step != step):
            await turn.answer(view.over(turn.words), alert=True)
        else:
            await handler(turn, draft, button)

    return OnTap(kind, handle, Act.EDIT_TREE)


async def _new(turn: Turn, _: NewPlan) -> None:
    await turn.answer()
    await begin(turn)


async def _cancel(turn: Turn, _draft: Draft, _: CancelPlan) -> None:
    await turn.remember(None)
    await turn.edit(plan_view.cancelled(True, turn.words))


async def _fill_in_later(turn: Turn, draft: Draft, _: FillInLater) -> None:
    """Puts placeholders in place of goals that nobody can name yet."""
    letters = {Level.MONTHLY: "M", Level.WEEKLY: "W", Level.DAILY: "D"}
    goals = tuple(PlannedGoal(title, letters[level]) for level, title in steps(turn.words).items())
    await ask(turn, replace(draft, step="preview", goals=goals))


async def _drop(turn: Turn, draft: Draft, button: DropGoal) -> None:
    """Removes a goal; an earlier list may have other numbers."""
    if button.place < len(draft.goals) and draft.goals[button.place].mark == button.mark:
        await ask(turn, draft.without(button.place))


async def _level(turn: Turn, draft: Draft, button: SetLevel) -> None:
    if button.place >= len(draft.goals):
        return
    goal = draft.goals[button.place]
    changed = goal_lines.daily(goal) if button.rhythm is GoalRhythm.DAILY else goal_lines.weekly(goal)
    try:
        node_of(turn, changed)
    except InvalidPlan:
        await turn.answer(view.not_at_that_level(turn.words), alert=True)
        return
    await ask(turn, draft.with_goal(button.place, changed))


async def _aim(turn: Turn, draft: Draft, button: SetAim) -> None:
    if button.place == draft.at:  # otherwise the button's question has been answered
        await take_aims(turn, draft, ((button.level, button.amount),))


async def _no_aim(turn: Turn, draft: Draft, button: NoAim) -> None:
    if button.place == draft.at:
        await next_aim(turn, draft, draft.at + 1)


async def _extend(turn: Turn, button: ExtendPlan) -> None:
    """Adds goals to an existing vision."""
    for reading in await read_trees(turn.store, turn.actor, turn.today):
        vision = reading.tree.vision
        if vision.id == button.vision:
            await turn.answer()
            await ask(turn, Draft("goals", vision.title, vision.ends_on))
            return
    await turn.answer(plan_view.not_here(turn.words), alert=True)


FEATURE = Feature(
    taps=(
        OnTap(NewPlan, _new, Act.EDIT_TREE),
        OnTap(ExtendPlan, _extend, Act.EDIT_TREE),
        _on_tap(CancelPlan, "", _cancel),
        _on_tap(StartOver, "", lambda turn, _draft, _: ask(turn, Draft())),
        _on_tap(PlanUntil, "until", lambda turn, draft, button: take_until(turn, draft, button.said)),
        _on_tap(SetLevel, "goals", _level),
        _on_tap(DropGoal, "goals", _drop),
        _on_tap(GoalsNamed, "goals", lambda turn, draft, _: next_aim(turn, draft, 0)),
        _on_tap(SetAim, "aim", _aim),
        _on_tap(NoAim, "aim", _no_aim),
        _on_tap(Plant, "preview", lambda turn, draft, _: plant_draft(turn, draft)),
        _on_tap(EditGoals, "preview", lambda turn, draft, _: ask(turn, replace(draft, step="goals"))),
        _on_tap(EditUntil, "preview", lambda turn, draft, _: ask(turn, replace(draft, step="until"))),
        _on_tap(FillInLater, "goals", _fill_in_later),
    )
)
