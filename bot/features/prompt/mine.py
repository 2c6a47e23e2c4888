"""A person's tasks from groups in their private chat. A tap counts in the group."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.common.goals import goal_of
from bot.features.group.notes import group_of
from bot.features.log import mine_view as view
from bot.features.log import sentences as talk
from bot.features.log.buttons import AmountAsked
from bot.features.log.mine_buttons import MyAnswer, MyDone, MyOtherTotal, MyReachTotal, MySkip
from bot.features.log.view import headline
from bot.features.prompt.shown import find_prompt
from bot.telegram.callback import BadButton
from bot.telegram.feature import Feature, OnTap
from bot.telegram.turn import Turn
from core.actions.day.mine import read_mine
from core.actions.log import log
from core.actions.logged import How, Log, LogOutcome
from core.actions.read import read_trees
from core.goals.model import Owner


async def _log_tap(turn: Turn, button: MyAnswer, how: How, value: Decimal | None) -> None:
    group = await _group(turn, button)
    wanted = Log(button.node, button.on, how, value, None, turn.tap_key)
    done = await log(turn.store, turn.actor_in(group.chat_id), wanted, turn.now, turn.caps)
    repeated = done.outcome is LogOutcome.REPEATED
    await turn.answer(talk.counted_before(turn.words) if repeated else headline(done, turn.words))
    await _show(turn, group, button.on, button.prompt)


async def _other(turn: Turn, button: MyOtherTotal) -> None:
    """Asks for an amount; `log.amount` handles the answer."""
    group = await _group(turn, button)
    goal = goal_of(await read_trees(turn.store, turn.actor_in(group.chat_id), button.on), button.node)
    await turn.remember(AmountAsked(button.node, button.on, button.prompt))
    await turn.answer()
    await turn.reply(talk.ask_amount(goal.title, goal.unit, button.on, turn.words))


async def _show(turn: Turn, group: Owner, on: date, prompt: int) -> None:
    """Updates the message with the button. A prompt is updated by itself."""
    if await find_prompt(turn, prompt) is not None:
        return
    section = await read_mine(turn.store, turn.actor, group.id, on, turn.now)
    if section is not None:
        await turn.edit(*view.day(section, turn.words, stamp=turn.update_id))


async def _group(turn: Turn, button: MyAnswer) -> Owner:
    """The group of a button. Raises `Refused` if the person is not in it, `BadButton` outside a private chat."""
    if not turn.is_private:
        raise BadButton
    _, group = await group_of(turn, button.group)
    return group


FEATURE = Feature(
    taps=(
        OnTap(MyDone, lambda turn, button: _log_tap(turn, button, How.SET, Decimal(1)), None),
        OnTap(MySkip, lambda turn, button: _log_tap(turn, button, How.SKIP, None), None),
        OnTap(MyReachTotal, lambda turn, button: _log_tap(turn, button, How.REACH, button.total), None),
        OnTap(MyOtherTotal, _other, None),
    )
)
