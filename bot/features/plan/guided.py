"""Planning by questions: title → until when → goals → what they add up to → preview. What was answered is in the
database, so the conversation goes on after a restart, and other commands in between do not disturb it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from bot.common.first_reminder import first_reminder
from bot.common.goals import readings_on
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan import guided_view as view
from bot.features.plan import view as plan_view
from bot.features.plan.buttons import (
    CancelPlan,
    DropGoal,
    ExtendPlan,
    GoalsNamed,
    NewPlan,
    NoAim,
    PlanAsked,
    Plant,
    PlanUntil,
    Rhythm,
    SetAim,
    SetLevel,
    StartOver,
)
from bot.telegram.callback import Callback
from bot.telegram.feature import Feature, Instead, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions.plant import plant
from core.actions.read import read_trees
from core.errors import InvalidPlan
from core.model import Level
from core.permissions import Act
from core.plan import PlanNode
from core.rules import check
from language.parsing import goal_lines
from language.parsing.draft import MOST_GOALS, Draft
from language.parsing.errors import NoSuchDay
from language.parsing.goal_lines import Goal
from language.parsing.until import is_never, until

LONGEST_TITLE = 200


async def begin(turn: Turn) -> None:
    """The first question."""
    await _ask(turn, Draft())


B = TypeVar("B", bound=Callback)


def _on(kind: type[B], step: str, handler: Callable[[Turn, Draft, B], Awaitable[None]]) -> OnTap[B]:
    """A button of the question at a `step` (empty: at any). Once that question is over it does nothing."""

    async def handle(turn: Turn, button: B) -> None:
        draft = await _draft(turn)
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


async def _start_over(turn: Turn, _draft: Draft, _: StartOver) -> None:
    await _ask(turn, Draft())


async def _until_tapped(turn: Turn, draft: Draft, button: PlanUntil) -> None:
    await _until(turn, draft, button.said)


async def _goals_named(turn: Turn, draft: Draft, _: GoalsNamed) -> None:
    await _next_aim(turn, draft, 0)


async def _agreed(turn: Turn, draft: Draft, _: Plant) -> None:
    await _plant(turn, draft)


async def _draft(turn: Turn) -> Draft | None:
    """The plan that is being made, if a question about it is open."""
    asked = await turn.recall()
    return asked.draft if isinstance(asked, PlanAsked) else None


async def _answered(turn: Turn, asked: PlanAsked) -> None:
    """Words that answer the open question, or log a goal that is there already."""
    if await _is_aside(turn, asked.draft):
        await log.free_text(turn)
        await turn.reply(view.still_open(turn.words), silent=True)
    else:
        await _STEPS[asked.draft.step](turn, asked.draft)


async def _title_said(turn: Turn, _: Draft) -> None:
    await title_said(turn)


async def title_said(turn: Turn) -> None:
    """What is to become true."""
    if goal_lines.is_finished(turn.args, turn.lexicon):
        await begin(turn)
        return
    title = " ".join(turn.args.split())
    if len(title) > LONGEST_TITLE:
        await turn.reply(view.title_too_long(LONGEST_TITLE, turn.words))
        return
    await _ask(turn, Draft("until", title=title))


async def _until_said(turn: Turn, draft: Draft) -> None:
    await _until(turn, draft, turn.args)


async def _goals_said(turn: Turn, draft: Draft) -> None:
    """What will be done for it; each message adds to the list."""
    if goal_lines.is_finished(turn.args, turn.lexicon):
        await _next_aim(turn, draft, 0)
        return
    named = goal_lines.goals(turn.args, turn.today, turn.lexicon, decimal_comma=turn.words.decimal_comma)
    known = {goal.line.casefold() for goal in draft.goals}
    goals = (*draft.goals, *(goal for goal in named if goal.line.casefold() not in known))
    if len(goals) > MOST_GOALS:
        await turn.reply(view.too_many_goals(MOST_GOALS, turn.words))
        return
    draft = replace(draft, goals=goals)
    check(_plan(turn, draft))
    await _ask(turn, draft)


async def _aim_said(turn: Turn, draft: Draft) -> None:
    """What a goal is to add up to."""
    found = _node(turn, draft.goals[draft.at])
    if turn.args.strip().casefold() in ("no", "none", "skip", "-"):
        await _next_aim(turn, draft, draft.at + 1)
        return
    aims = goal_lines.aims(turn.args, found, turn.lexicon, decimal_comma=_comma(turn))
    if aims is None:
        await turn.reply(*view.aim_misread(draft, found, turn.words))
        return
    await _take_aims(turn, draft, aims)


async def _preview_said(turn: Turn, draft: Draft) -> None:
    """Words where a button was awaited: a yes plants; after anything else the preview again."""
    if goal_lines.is_agreed(turn.args, turn.lexicon):
        await _plant(turn, draft)
    else:
        await _ask(turn, draft)


async def _is_first_plan(turn: Turn) -> bool:
    """Whether a question is open, and nothing is planted yet."""
    return await _draft(turn) is not None and not await readings_on(turn)


async def _ask_again(turn: Turn) -> None:
    """There is nothing to log before the plan is planted: the question again."""
    if draft := await _draft(turn):
        await _ask(turn, draft, above=view.under_way(turn.words))


async def _is_aside(turn: Turn, draft: Draft) -> bool:
    """Whether the words log a goal that is there, clearly enough not to be taken for an answer to the question."""
    if not turn.is_private or (draft.step == "goals" and goal_lines.is_spelled_out(turn.text)):
        return False
    return await clearly_logs(turn)


async def _until(turn: Turn, draft: Draft, said: str) -> None:
    if is_never(said, turn.lexicon):
        await _ask(turn, replace(draft, step="goals", until=None))
        return
    try:
        last = until(said, turn.today, turn.lexicon)
    except NoSuchDay:
        await turn.reply(*view.until_no_day(said, turn.today, turn.words))
        return
    if last is None or last <= turn.today:
        await turn.reply(*view.until_misread(said, turn.today, past=last is not None, w=turn.words))
        return
    await _ask(turn, replace(draft, step="goals", until=last))


async def _drop(turn: Turn, draft: Draft, button: DropGoal) -> None:
    """✕ behind a goal; a list that was shown earlier may number them otherwise."""
    if button.place < len(draft.goals) and draft.goals[button.place].mark == button.mark:
        await _ask(turn, draft.without(button.place))


async def _level(turn: Turn, draft: Draft, button: SetLevel) -> None:
    if button.place >= len(draft.goals):
        return
    goal = draft.goals[button.place]
    changed = goal_lines.daily(goal) if button.rhythm is Rhythm.DAILY else goal_lines.weekly(goal)
    try:
        _node(turn, changed)
    except InvalidPlan:
        await turn.answer(view.not_at_that_level(turn.words), alert=True)
        return
    await _ask(turn, draft.with_goal(button.place, changed))


async def _aim(turn: Turn, draft: Draft, button: SetAim) -> None:
    if button.place == draft.at:  # else it is a button of a question that has been answered
        await _take_aims(turn, draft, ((button.level, button.amount),))


async def _no_aim(turn: Turn, draft: Draft, button: NoAim) -> None:
    if button.place == draft.at:
        await _next_aim(turn, draft, draft.at + 1)


async def _take_aims(turn: Turn, draft: Draft, aims: tuple[tuple[Level, Decimal], ...]) -> None:
    changed = draft.with_goal(draft.at, replace(draft.goals[draft.at], aims=aims))
    check(_plan(turn, changed))
    await _next_aim(turn, changed, draft.at + 1)


async def _next_aim(turn: Turn, draft: Draft, start: int) -> None:
    """The next goal that can add up to something; after the last one the preview."""
    for place in range(start, len(draft.goals)):
        if goal_lines.adds_up(
            goal_lines.node(replace(draft.goals[place], aims=()), turn.today, decimal_comma=_comma(turn))
        ):
            await _ask(turn, replace(draft, step="aim", at=place))
            return
    await _ask(turn, replace(draft, step="preview"))


async def _plant(turn: Turn, draft: Draft) -> None:
    planted = await plant(turn.store, turn.actor, [_plan(turn, draft)], turn.today, turn.now, turn.caps)
    await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    await turn.edit(*plan_view.planted(planted, turn.words, below=first))


async def _extend(turn: Turn, button: ExtendPlan) -> None:
    """More goals for a vision that is there."""
    for reading in await read_trees(turn.store, turn.actor, turn.today):
        vision = reading.tree.vision
        if vision.id == button.vision:
            await turn.answer()
            await _ask(turn, Draft("goals", vision.title, vision.ends_on))
            return
    await turn.answer(plan_view.not_here(turn.words), alert=True)


async def _ask(turn: Turn, draft: Draft, *, above: str = "") -> None:
    """Remembers where we are, and asks: in place of the question that a button answered."""
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
            text, keyboard = view.aim(draft, _node(turn, draft.goals[draft.at]), w)
        case _:
            text, keyboard = view.preview(replace(_plan(turn, draft), starts_on=None), w)
    if not turn.is_private and draft.step != "preview":
        text = f"{text}\n{view.reply_here(w)}"
    text = f"{above}\n\n{text}" if above else text
    is_answer = turn.query is not None and not turn.answered
    await (turn.edit if is_answer else turn.reply)(text, keyboard)


def _plan(turn: Turn, draft: Draft) -> PlanNode:
    return draft.plan(turn.today, decimal_comma=_comma(turn))


def _node(turn: Turn, goal: Goal) -> PlanNode:
    """The goal by itself, without what it adds up to."""
    return goal_lines.node(replace(goal, aims=()), turn.today, decimal_comma=_comma(turn))


def _comma(turn: Turn) -> bool:
    return turn.words.decimal_comma


_STEPS: dict[str, Callable[[Turn, Draft], Awaitable[None]]] = {
    "title": _title_said,
    "until": _until_said,
    "goals": _goals_said,
    "aim": _aim_said,
    "preview": _preview_said,
}

FEATURE = Feature(
    taps=(
        OnTap(NewPlan, _new, Act.EDIT_TREE),
        OnTap(ExtendPlan, _extend, Act.EDIT_TREE),
        _on(CancelPlan, "", _cancel),
        _on(StartOver, "", _start_over),
        _on(PlanUntil, "until", _until_tapped),
        _on(SetLevel, "goals", _level),
        _on(DropGoal, "goals", _drop),
        _on(GoalsNamed, "goals", _goals_named),
        _on(SetAim, "aim", _aim),
        _on(NoAim, "aim", _no_aim),
        _on(Plant, "preview", _agreed),
    ),
    answers=(OnAnswer(PlanAsked, _answered, Act.EDIT_TREE),),
    instead=(Instead("log", _is_first_plan, _ask_again),),
)
