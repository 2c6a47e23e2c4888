"""Adds a goal below an existing one."""

from __future__ import annotations

from dataclasses import replace

from bot.common.goals import goals_of, readings_on
from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import ask, edit_key, goal_of_chat, leave, settled
from bot.features.goal.buttons import AddWithNumber, EditAsked, GoalAction, NumberAsked
from bot.features.goal.card_view import to_card
from bot.features.log import handler as log
from bot.features.log.clear import is_aside
from bot.features.plan import aims
from bot.features.plan.outline_buttons import NumberMeaning
from bot.features.plan.outline_view import one_number
from bot.features.plan.steps import begin
from bot.telegram.turn import Turn
from core.actions.edit.adding import NewGoal, add
from core.planning.plan import PlanNode
from language.meanings import Meaning
from language.parsing.aims import is_sentence
from language.parsing.edits.adding import read_addition, read_goal_line
from language.parsing.goal_lines import is_agreed
from language.parsing.numbered import Numbered, numbered
from language.tokens import phrase


async def add_command(turn: Turn) -> None:
    """`/add Body: Stretch`, `/add Body: D: Stretch = 10 min [mon wed fri]`, `/add Stretch below Body`."""
    goals = [goal for goal in goals_of(await readings_on(turn)) if not goal.over]
    if not goals:
        await _begin_plan(turn)
        return
    wanted = read_addition(turn.args, goals, turn.lexicon)
    if wanted.above is None:
        parents = [goal for goal in goals if not goal.leaf]
        if len(parents) == 1:
            await add_below(turn, parents[0].id, wanted.line, asked=False)
            return
        question = EditAsked(GoalAction.ADD, None, wanted.line or None)
        await ask(turn, question, *ask_view.below_what(wanted.line, parents, turn.words))
        return
    meant = await settled(turn, GoalAction.ADD, wanted.above, wanted.line)
    if meant is not None:
        await add_below(turn, *meant, asked=False)


async def _begin_plan(turn: Turn) -> None:
    """Begins a plan with the words, as there is no goal yet to add to."""
    if turn.args and is_sentence(turn.args):
        await aims.begin_with(turn, turn.args, guided=True)
    else:
        await begin(turn)


async def add_below(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Adds the goal of a line below another; asks for the line if it is empty."""
    _, above = await goal_of_chat(turn, node_id)
    if not said:
        await ask(turn, EditAsked(GoalAction.ADD, node_id), *ask_view.add(above, turn.words))
        return
    plan = _read(turn, said)
    number = _number(turn, said, plan)
    if number is None:
        await _add(turn, node_id, plan)
    else:
        await ask(turn, NumberAsked(node_id, said), *one_number(number, AddWithNumber, turn.words))


async def number_tapped(turn: Turn, button: AddWithNumber) -> None:
    """Adds the goal with the number as its target or as part of its name, as the button says."""
    asked = await turn.recall()
    if isinstance(asked, NumberAsked):
        await _with_number(turn, asked, button.meant)
    else:
        await turn.answer(ask_view.over(turn.words), alert=True)


async def number_said(turn: Turn, asked: NumberAsked) -> None:
    """The same in words: yes, no, or a new line."""
    if is_agreed(turn.text, turn.lexicon):
        await _with_number(turn, asked, NumberMeaning.TARGET)
    elif turn.lexicon.means(phrase(turn.text), Meaning.NO):
        await _with_number(turn, asked, NumberMeaning.NAME)
    elif turn.is_private and await is_aside(turn):
        await log.free_text(turn)
        await turn.reply(ask_view.still_open(turn.words), silent=True)
    else:
        await add_below(turn, asked.node, turn.text, asked=True)


async def _with_number(turn: Turn, asked: NumberAsked, meant: NumberMeaning) -> None:
    plan = _read(turn, asked.line)
    number = _number(turn, asked.line, plan)
    if number is not None:
        plan = _read(turn, number.as_target if meant is NumberMeaning.TARGET else number.as_name)
    await _add(turn, asked.node, plan)


def _read(turn: Turn, line: str) -> PlanNode:
    return read_goal_line(line, turn.hearing)


def _number(turn: Turn, line: str, plan: PlanNode) -> Numbered | None:
    """The number in the title that may be the target; None if it is in quotes, and so part of the name."""
    alone = replace(plan, place="line 1, column 1")
    return next(iter(numbered([alone], turn.hearing, text=line)), None)


async def _add(turn: Turn, node_id: int, plan: PlanNode) -> None:
    wanted = NewGoal(node_id, plan)
    done = await add(turn.store, turn.actor, wanted, turn.now, turn.caps, source_key=edit_key(turn))
    await leave(turn)
    new = done.node
    await turn.edit(changed_view.added(done, turn.words), (to_card(new.id, new.title),) if new else ())
