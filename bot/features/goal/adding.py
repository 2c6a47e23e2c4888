"""A new goal below one that is there."""

from __future__ import annotations

from bot.common.goals import goals_of, readings_on
from bot.common.terms import invitation
from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import ask, edit_key, found, leave, settled, show
from bot.features.goal.buttons import EditAsked, What
from bot.features.goal.card_view import to_card
from bot.telegram.turn import Turn
from core.actions.edit.adding import NewGoal, add
from language.parsing.edits.adding import read_addition, read_goal_line


async def add_command(turn: Turn) -> None:
    """`/add Body: Stretch`, `/add Body: D: Stretch = 10 min [mon wed fri]`, `/add Stretch below Body`."""
    goals = [goal for goal in goals_of(await readings_on(turn)) if not goal.ended]
    if not goals:
        await turn.reply(invitation(turn.words))
        return
    wanted = read_addition(turn.args, goals, turn.lexicon)
    if wanted.above is None:
        parents = [goal for goal in goals if not goal.leaf]
        question = EditAsked(What.ADD, None, wanted.line or None)
        await ask(turn, question, *ask_view.below_what(wanted.line, parents, turn.words))
        return
    meant = await settled(turn, What.ADD, wanted.above, wanted.line)
    if meant is not None:
        await add_below(turn, *meant, asked=False)


async def add_below(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Adds what a line says below a goal; asks for the line where there is none."""
    _, above = await found(turn, node_id)
    if not said:
        await ask(turn, EditAsked(What.ADD, node_id), *ask_view.add(above, turn.words))
        return
    plan = read_goal_line(said, turn.today, turn.lexicon, decimal_comma=turn.words.decimal_comma)
    wanted = NewGoal(node_id, plan)
    done = await add(turn.store, turn.actor, wanted, turn.now, turn.caps, source_key=edit_key(turn))
    await leave(turn)
    new = done.node
    await show(turn, changed_view.added(done, turn.words), (to_card(new.id, new.title),) if new else ())
