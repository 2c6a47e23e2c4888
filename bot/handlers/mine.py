"""In a private chat: what one's groups ask. A tap counts in the group, and the group's round follows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

from bot.acts import Acts
from bot.callback import BadButton, day_packed, day_unpacked, fields, unpacked
from bot.handlers.day import tap_key
from bot.handlers.goals import goal_of
from bot.handlers.prompt import find_prompt, refresh
from bot.letters.round import follow
from bot.turn import Turn
from bot.views import mine as view
from bot.views import talk
from bot.views.check_off import headline
from core.actions.day.mine import read_mine
from core.actions.log import log
from core.actions.logged import How, Log, Outcome
from core.actions.read import read_trees
from core.errors import InvalidValue, Refused
from core.model import Member, Owner
from core.ports.store import Transaction
from core.values import parse_number


async def tapped(turn: Turn) -> None:
    """A tap on a section."""
    if not turn.is_private:
        raise BadButton
    verb, _, turn.args = turn.args.partition(":")
    handler = _VERBS.get(verb)
    if handler is None:
        raise BadButton
    await handler(turn)


async def _done(turn: Turn) -> None:
    await _say(turn, How.SET, Decimal(1))


async def _skip(turn: Turn) -> None:
    await _say(turn, How.SKIP, None)


async def _reach(turn: Turn) -> None:
    turn.args, _, value = turn.args.rpartition(":")
    try:
        total = parse_number(value)
    except InvalidValue:
        raise BadButton from None
    await _say(turn, How.REACH, total)


async def _say(turn: Turn, how: How, value: Decimal | None) -> None:
    group, node, on, prompt = await _place(turn)
    wanted = Log(node, on, how, value, None, tap_key(turn))
    done = await log(turn.store, turn.actor_in(group.chat_id), wanted, turn.now, turn.caps)
    repeated = done.outcome is Outcome.REPEATED
    await turn.answer(talk.counted_before(turn.words) if repeated else headline(done, turn.words))
    await follow(turn.services, group.chat_id, turn.now, turn.update_id)
    await _show(turn, group, on, prompt)


async def _other(turn: Turn) -> None:
    """Asks for a number; `log.amount` takes it."""
    group, node, on, prompt = await _place(turn)
    goal = goal_of(await read_trees(turn.store, turn.actor_in(group.chat_id), on), node)
    await turn.remember({"state": "amount", "node": node, "on": day_packed(on), "prompt": prompt})
    await turn.answer()
    await turn.reply(talk.ask_amount(goal.title, goal.unit, on, turn.words))


async def _show(turn: Turn, group: Owner, on: date, prompt: int) -> None:
    """The message with the button shows how things stand."""
    asked = await find_prompt(turn, prompt)
    if asked is not None:
        await refresh(turn, asked)
        return
    section = await read_mine(turn.store, turn.actor, group.id, on, turn.now)
    if section is not None:
        await turn.edit(*view.day(section, turn.words, stamp=turn.update_id))


async def _place(turn: Turn) -> tuple[Owner, int, date, int]:
    """(the group, the goal, the day, the prompt) of a button. `Refused` for a group that the person is not in."""
    owner_id, node, on, stamp, prompt = fields(turn.args, 5)
    unpacked(stamp)
    _, group = await group_of(turn, unpacked(owner_id))
    return group, unpacked(node), day_unpacked(on), unpacked(prompt)


async def group_of(turn: Turn, owner_id: int) -> tuple[Member, Owner]:
    """One of the groups that whoever acts is in. `Refused` for any other."""
    user_id = turn.user_id or 0

    def look(tx: Transaction) -> tuple[Member, Owner] | None:
        return next(((member, group) for member, group in tx.members.of_user(user_id) if group.id == owner_id), None)

    found = await turn.store.read(look)
    if found is None:
        raise Refused("not_here")
    return found


_VERBS: dict[str, Callable[[Turn], Awaitable[None]]] = {"d": _done, "v": _reach, "k": _skip, "o": _other}
CALLBACKS = {"my": tapped}
ACTS: Acts = {tapped: None}
