"""Planning by questions: title → until when → goals → what they add up to → preview. The answers are in the database,
so the conversation survives a restart, and other commands in between do not disturb it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.common.goals import readings_on
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs, is_aside
from bot.features.plan import aim_view, aims
from bot.features.plan import guided_view as view
from bot.features.plan.buttons import PlanAsked
from bot.features.plan.leaving import leavable
from bot.features.plan.steps import (
    ask,
    begin,
    later_end,
    next_aim,
    node_of,
    plan_of,
    plant_draft,
    take_aims,
    take_until,
    under_way,
)
from bot.telegram.feature import Feature, OnAnswer, OnBareCommand
from bot.telegram.turn import Turn
from core.group.permissions import Act
from core.planning.rules import check
from language.parsing import goal_lines
from language.parsing.aims import is_helpless, is_rhythm_alone
from language.parsing.draft import MOST_GOALS, Draft

LONGEST_TITLE = 200


async def answered(turn: Turn, asked: PlanAsked) -> None:
    """Handles words that answer the open question, or log an existing goal."""
    if await _is_aside(turn, asked.draft):
        await log.free_text(turn)
        await turn.reply(view.still_open(turn.words), silent=True)
    else:
        await _STEPS[asked.draft.step](turn, asked.draft)


async def _title_said(turn: Turn, _: Draft) -> None:
    await title_said(turn)


async def title_said(turn: Turn) -> None:
    """Takes the title; if the sentence says more, takes that as well."""
    if is_helpless(turn.args, turn.lexicon):
        await turn.reply(*view.title_help(turn.words))
        return
    if goal_lines.is_finished(turn.args, turn.lexicon):
        await begin(turn)
        return
    title = " ".join(turn.args.split())
    if len(title) > LONGEST_TITLE:
        await turn.reply(view.title_too_long(LONGEST_TITLE, turn.words))
        return
    await aims.begin_with(turn, title, guided=True)


async def _until_said(turn: Turn, draft: Draft) -> None:
    if is_helpless(turn.args, turn.lexicon):
        await ask(turn, draft, above=view.until_help(turn.words))
        return
    await take_until(turn, draft, turn.args)


async def _goals_said(turn: Turn, draft: Draft) -> None:
    """Takes goals; each message adds to the list."""
    if is_helpless(turn.args, turn.lexicon):
        await turn.reply(*view.goals_help(draft, turn.words))
        return
    if goal_lines.is_finished(turn.args, turn.lexicon):
        await next_aim(turn, draft, 0)
        return
    if goal_lines.is_told(turn.args, turn.lexicon):
        await turn.reply(view.told_too_early(turn.args, turn.words))
        return
    if is_rhythm_alone(turn.args, turn.hearing):
        await turn.reply(aim_view.what_will_you_do(turn.args, turn.words))
        return
    draft = _with_goals(turn, draft)
    if len(draft.goals) > MOST_GOALS:
        await turn.reply(view.too_many_goals(MOST_GOALS, turn.words))
        return
    check(plan_of(turn, draft))
    await ask(turn, draft)


def _with_goals(turn: Turn, draft: Draft) -> Draft:
    """The draft with further goals that the words name. Raises `InvalidPlan`."""
    named = goal_lines.goals(turn.args, turn.hearing, whole=draft.title)
    if turn.is_private:
        # Only a group has goals that each member does.
        named = [replace(goal, line=goal.line.removesuffix(" each")) for goal in named]
    known = {goal.line.casefold() for goal in draft.goals}
    return replace(draft, goals=(*draft.goals, *(goal for goal in named if goal.line.casefold() not in known)))


async def _aim_said(turn: Turn, draft: Draft) -> None:
    """Takes the target that a goal adds up to."""
    goal = node_of(turn, draft.goals[draft.at])
    if turn.args.strip().casefold() in ("no", "none", "skip", "-"):
        await next_aim(turn, draft, draft.at + 1)
        return
    aims = goal_lines.aims(turn.args, goal, turn.hearing)
    if aims is None:
        await turn.reply(*view.aim_misread(draft, goal, turn.words))
        return
    await take_aims(turn, draft, aims)


async def _preview_said(turn: Turn, draft: Draft) -> None:
    """Handles words at the preview: a yes plants, a date or a goal changes the plan, anything else shows the preview
    again."""
    if goal_lines.is_agreed(turn.args, turn.lexicon):
        await plant_draft(turn, draft)
    elif last := later_end(turn, turn.args):
        await ask(turn, replace(draft, until=last))
    elif goal_lines.is_spelled_out(turn.args):
        await _goals_said(turn, replace(draft, step="goals"))
    else:
        await ask(turn, draft, above=view.preview_help(turn.words))


async def _back(turn: Turn, asked: PlanAsked) -> bool:
    """Goes back to the previous question; False at the first."""
    before = _BEFORE.get(asked.draft.step)
    if before is not None:
        await ask(turn, replace(asked.draft, step=before))
    return before is not None


async def _remind(turn: Turn) -> None:
    """Reminds of the open question after a command in between."""
    await turn.reply(view.still_open(turn.words), silent=True)


async def _is_first_plan(turn: Turn) -> bool:
    """Whether a question is open, and nothing is planted yet."""
    return await under_way(turn) is not None and not await readings_on(turn)


async def _ask_again(turn: Turn) -> None:
    """Asks the question again, as there is nothing to log before the plan is planted."""
    if draft := await under_way(turn):
        await ask(turn, draft, above=view.under_way(turn.words))


async def _is_aside(turn: Turn, draft: Draft) -> bool:
    """Whether the words are clearly no answer to the question."""
    if not turn.is_private or (draft.step == "goals" and goal_lines.is_spelled_out(turn.text)):
        return False
    # "My goals" may be a title.
    return await (clearly_logs(turn) if draft.step == "title" else is_aside(turn))


_STEPS: dict[str, Callable[[Turn, Draft], Awaitable[None]]] = {
    "title": _title_said,
    "until": _until_said,
    "goals": _goals_said,
    "aim": _aim_said,
    "preview": _preview_said,
}

_BEFORE = {"until": "title", "goals": "until", "aim": "goals", "preview": "goals"}

FEATURE = Feature(
    answers=(OnAnswer(PlanAsked, leavable(answered, _back), Act.EDIT_TREE),),
    after_command=_remind,
    instead=(
        OnBareCommand("log", _is_first_plan, _ask_again),
        *(OnBareCommand(command, _is_first_plan, begin) for command in ("tree", "summary", "streaks", "digest")),
    ),
)
