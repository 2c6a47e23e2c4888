"""The day as buttons: `/log` without arguments, and every tap below it. A button says "set", never "toggle", and
carries its own date, so a tap after midnight still belongs to the evening's question.

A tap may arrive twice: pressed twice, or delivered again after a reconnect, under a new id and perhaps long after the
day has changed. So it is identified by the message, the person and the button, which each rendering stamps differently.
The same button never counts twice: a repeated delivery does not log again what /undo took back, while a tap on the
current rendering counts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.common.goals import Reach, amount_in, context_of, goal_of, reach_on
from bot.common.terms import invitation
from bot.features.group.buddy import buddy_line
from bot.features.log import choices
from bot.features.log import mine_view as mine
from bot.features.log import sentences as talk
from bot.features.log.buttons import (
    AmountAsked,
    LeafButton,
    LeafNotDone,
    MoreOfLeaf,
    OtherAmount,
    SetAmount,
    ShowDay,
    ShowSkips,
    SkipLeaf,
    TapLeaf,
)
from bot.features.log.day_view import DayPlace, amounts, day_sheet, settled_menu
from bot.features.log.lines import origin_of
from bot.features.log.view import check_off, headline
from bot.telegram.errors import sentence
from bot.telegram.feature import Feature, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.day.day import read_amounts, read_day, read_item
from core.actions.day.items import Item
from core.actions.log import log
from core.actions.logged import CheckOff, How, Log, LogOutcome
from core.errors import DateRefused, FarOutside, GoaltreeError, InvalidValue, NotFound
from core.goals.model import Aggregate
from core.group.permissions import Act
from core.planning.names import match
from language.parsing.amounts import amount_among, may_be_thousands
from language.parsing.errors import Unclear
from language.parsing.line import Doubt, KnownGoal, SaidOfGoal
from language.parsing.names import find_within
from language.tokens import tokens


async def show_day(turn: Turn, on: date | None = None, *, skipping: bool = False) -> None:
    """Sends the leaves of a day (default: the day that the words are about) as buttons, to tick or to skip. Raises
    `DateRefused` for a future day."""
    on = on or turn.about
    if on > turn.today:
        raise DateRefused("day_ahead", on=on, limit=turn.today)
    sheet = await read_day(turn.store, turn.actor, on, turn.now, with_groups=on == turn.about)
    if sheet.is_planted:
        await turn.reply(*day_sheet(sheet, DayPlace(turn.update_id, skipping=skipping), turn.words))
    elif not sheet.sections:
        await turn.reply(invitation(turn.words))
    for section in sheet.sections:
        await turn.reply(*mine.day(section, turn.words, stamp=turn.update_id))


async def _show(turn: Turn, button: ShowDay | ShowSkips) -> None:
    if button.on > turn.today:
        raise DateRefused("day_ahead", on=button.on, limit=turn.today)
    await _edit_sheet(turn, button.on, page=button.page, skipping=isinstance(button, ShowSkips))


async def _tap_leaf(turn: Turn, button: TapLeaf) -> None:
    """Ticks a check; asks how much of a number."""
    item, on = await _item(turn, button)
    if item.is_check:
        await _log(turn, item, on, How.SET, Decimal(1))
    else:
        await turn.edit(*await amounts_for(turn, item.id, on))


async def _open(turn: Turn, button: MoreOfLeaf) -> None:
    """Shows the menu of a leaf that is done or skipped; changes nothing."""
    item, on = await _item(turn, button)
    if item.is_check:
        await turn.edit(*settled_menu(item, on, turn.today, turn.update_id, turn.words))
    else:
        await turn.edit(*await amounts_for(turn, item.id, on))


async def _set_amount(turn: Turn, button: SetAmount) -> None:
    item, on = await _item(turn, button)
    await _log(turn, item, on, How.SET, button.amount)


async def _skip(turn: Turn, button: SkipLeaf) -> None:
    item, on = await _item(turn, button)
    await _log(turn, item, on, How.SKIP, None)


async def _not_done(turn: Turn, button: LeafNotDone) -> None:
    item, on = await _item(turn, button)
    await _log(turn, item, on, How.SET, Decimal(0))


async def _ask_amount(turn: Turn, button: OtherAmount) -> None:
    item, on = await _item(turn, button)
    await ask_amount(turn, item, on)


async def ask_amount(turn: Turn, item: Item, on: date, prompt: int | None = None) -> None:
    """Asks how much; `take_amount` handles the answer. `prompt` is the prompt (an outbox id) that it belongs to."""
    await turn.remember(AmountAsked(item.id, on, prompt))
    await turn.answer()
    await turn.reply(talk.ask_amount(item.standing.node.title, item.standing.node.unit, on, turn.words))


async def take_amount(turn: Turn, asked: AmountAsked) -> bool:
    """Logs the number that "other…" asked for. False if the words are no number but name a goal: the person has moved
    on."""
    on = asked.on
    reach = await reach_on(turn, on)
    try:
        goal = goal_of(reach.trees, asked.node)
        value, note = _amount_said(turn, goal, reach)
        is_own = turn.is_private and not reach.group_of(goal.id)
        if await _asks_which_number(turn, goal, value, on, may_add=is_own and note is not None):
            await turn.remember(None)
            return True
        wanted = Log(goal.id, on, How.SET, value, note, turn.source_key(), sure=False)
        done = await log(turn.store, turn.actor_in(reach.chat_of(turn, goal.id)), wanted, turn.now, turn.caps)
    except FarOutside as error:
        await turn.remember(None)
        why = sentence(error, turn.words)
        await turn.reply(*choices.sure(why, goal, SaidOfGoal(on, How.SET, value), on, origin_of(turn, 0), turn.words))
        return True
    except InvalidValue:
        if turn.is_private and (" " in turn.text.strip() or _names_a_goal(turn, reach)):
            await turn.remember(None)
            return False
        raise
    except GoaltreeError:
        await turn.remember(None)
        raise
    await turn.remember(None)
    waits, keyboard = await buddy_line(turn, on)
    await turn.reply("\n".join(filter(None, [check_off(done, turn.words), waits])), keyboard)
    return True


async def _asks_which_number(turn: Turn, goal: KnownGoal, value: Decimal, on: date, *, may_add: bool) -> bool:
    """Asks which number is meant if an answer has two readings, or may come on top of the day's total (`may_add`).
    Returns whether it asked."""
    if await asks_whether_thousands(turn, goal, value, on):
        return True
    return may_add and await _asks_whether_more(turn, goal, value, on)


async def asks_whether_thousands(turn: Turn, goal: KnownGoal, value: Decimal, on: date) -> bool:
    """Asks which number an ambiguous answer such as "10.200" is. Returns whether it asked."""
    written, w = may_be_thousands(tokens(turn.text), [goal], context_of(turn)), turn.words
    if written is None:
        return False
    readings = tuple(SaidOfGoal(on, How.SET, one) for one in (value * 1000, value))
    doubt, origin = Doubt(Unclear("thousands", written), readings), origin_of(turn, 0)
    await turn.reply(*choices.doubtful(sentence(doubt.why, w), [goal], doubt, on, origin, w))
    return True


async def _asks_whether_more(turn: Turn, goal: KnownGoal, value: Decimal, on: date) -> bool:
    """Asks whether "just ran 5" is the total or comes on top, if the day has more already. Returns whether it asked."""
    offered = await read_amounts(turn.store, turn.actor, goal.id, on)
    node = offered.item.standing.node
    if value >= offered.so_far or node.baseline is not None or node.aggregate not in (None, Aggregate.SUM):
        return False
    origin = origin_of(turn, 0)
    await turn.reply(*choices.more_or_in_all(goal, value, offered.so_far, on, origin, turn.words))
    return True


def _amount_said(turn: Turn, goal: KnownGoal, reach: Reach) -> tuple[Decimal, str | None]:
    """The number in an answer, and the words around it ("only 2 today") as its note. Raises `InvalidValue`."""
    try:
        return amount_in(turn, goal), None
    except InvalidValue:
        others = [known for known in reach.goals if known.id != goal.id]
        is_of_another = _names_a_goal(turn, reach) or find_within(tokens(turn.text), others, context_of(turn))
        among = None if is_of_another else amount_among(turn.text, goal, context_of(turn))
        if among is None:
            raise
        return among, turn.text


def _names_a_goal(turn: Turn, reach: Reach) -> bool:
    titles = [node.title for seen in reach.trees for node in seen.tree.nodes.values()]
    first = turn.text.split()[0]
    return not first[0].isdigit() and bool(match(first, list(enumerate(titles))).exact)


async def amounts_for(turn: Turn, node_id: int, on: date, *, above: str = "") -> tuple[str, Keyboard]:
    """The message that offers a number leaf's amounts on a day."""
    offered = await read_amounts(turn.store, turn.actor, node_id, on)
    text, keyboard = amounts(offered, turn.update_id, turn.words)
    return (f"{above}\n{text}" if above else text), keyboard


async def _item(turn: Turn, button: LeafButton) -> tuple[Item, date]:
    """The leaf of a button in its current state, and the day."""
    return await read_item(turn.store, turn.actor, button.node, button.on, turn.now), button.on


async def _log(turn: Turn, item: Item, on: date, how: How, value: Decimal | None) -> None:
    """Logs a button's action, and updates the day's message with the reply above."""
    await _edit_sheet(turn, on, above=await log_tap(turn, item.id, on, how, value))


async def log_tap(turn: Turn, node_id: int, on: date, how: How, value: Decimal | None) -> str:
    """Logs a button's action and answers the tap. Returns the reply to show in the message; a repeated tap gets the
    same reply."""
    if how is How.SKIP:
        await turn.try_whether_admin()
    wanted = Log(node_id, on, how, value, None, turn.tap_key)
    done = await log(turn.store, turn.actor, wanted, turn.now, turn.caps)
    await turn.answer(_toast(turn, done))
    if done.outcome is LogOutcome.REPEATED and done.entry is not None:
        return check_off(replace(done, outcome=LogOutcome.LOGGED), turn.words)
    return check_off(done, turn.words) if done.outcome is LogOutcome.LOGGED else _toast(turn, done)


def _toast(turn: Turn, done: CheckOff) -> str:
    return talk.counted_before(turn.words) if done.outcome is LogOutcome.REPEATED else headline(done, turn.words)


async def _edit_sheet(turn: Turn, on: date, *, above: str = "", page: int = 0, skipping: bool = False) -> None:
    sheet = await read_day(turn.store, turn.actor, on, turn.now)
    if not sheet.is_planted:
        raise NotFound("goal_gone")
    await turn.edit(*day_sheet(sheet, DayPlace(turn.update_id, page, skipping), turn.words, above=above))


FEATURE = Feature(
    taps=(
        OnTap(ShowDay, _show, Act.LOG),
        OnTap(ShowSkips, _show, Act.LOG),
        OnTap(TapLeaf, _tap_leaf, Act.LOG),
        OnTap(MoreOfLeaf, _open, Act.LOG),
        OnTap(SetAmount, _set_amount, Act.LOG),
        OnTap(SkipLeaf, _skip, Act.LOG),
        OnTap(LeafNotDone, _not_done, Act.LOG),
        OnTap(OtherAmount, _ask_amount, Act.LOG),
    )
)
