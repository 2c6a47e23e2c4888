"""Answers to the check-in prompt: taps on its buttons, which carry its own date, and messages that reply to it.

A tap sets the day's total, and is identified like those below `/log` (see `log.day`). A bare number in a reply is the
day's total too, as it answers "how much in all?"; while the prompt is fresh it need not be a reply. Any other words are
read as usual, about the prompt's day: `run 5` adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.common.goals import amount_in, goal_of, goals_of, readings_on
from bot.features.log import sentences as talk
from bot.features.log.buttons import AmountAsked
from bot.features.log.choose import ask_which, total_said
from bot.features.log.day import ask_amount, log_tap
from bot.features.log.handler import amount, free_text
from bot.features.prompt import view
from bot.features.prompt.buttons import AllDone, Done, Later, LeafAnswer, OtherTotal, SetTotal, Skip, Snooze, TurnPage
from bot.features.prompt.shown import find_prompt, sheet_for, show
from bot.features.round import handler as group_round
from bot.telegram.callback import BadButton
from bot.telegram.feature import Feature, Listener, OnTap
from bot.telegram.turn import Turn
from core.actions import deliver
from core.actions.day.day import leaf_of
from core.actions.day.items import items_of
from core.actions.day.prompt import PromptSheet
from core.actions.entries import read_entries
from core.actions.log import log_all, logged_with
from core.actions.logged import How, Log
from core.actions.sent import sent_since
from core.asking.reminders import Message, next_morning
from core.errors import GoaltreeError
from core.goals.model import Measure
from core.goals.periods import DAY, Period
from core.goals.progress import contribution
from core.group.permissions import Act
from core.values import plain_text
from language.parsing.amounts import looks_like_amount
from language.parsing.line import KnownGoal
from language.tokens import tokens

NIGHT = timedelta(hours=12)
LONGEST_NUMBER, WORDS_OF_NUMBER = 40, 3
"""The most characters and words of a bare number: "12 345 km"."""
_PAUSES = {Later.IN_15_MINUTES: timedelta(minutes=15), Later.IN_AN_HOUR: timedelta(hours=1)}


async def _answer(turn: Turn, button: LeafAnswer, how: How, value: Decimal | None) -> None:
    """Logs a button's action, unless the leaf was answered elsewhere; shows what is still open, with the reply above.

    A repeated tap leaves the message alone, unless it still shows the button (a second finger was quicker, or the
    process ended before the edit): then it is updated.
    """
    node, page = button.node, button.page
    asked = await _asked(turn, button.prompt, button.on)
    if asked is None:
        said = "skip" if how is How.SKIP else plain_text(value) if value is not None else ""
        await _too_old(turn, node, button.on, said)
        return
    sheet = await sheet_for(turn, asked)
    counted = await logged_with(turn.store, turn.actor, turn.tap_key)
    if counted is not None and not _is_worth_showing(turn, sheet, button, taken_back=counted[1]):
        await turn.answer(talk.counted_before(turn.words))
        return
    above = "" if counted else await _answered(turn, sheet, node, value)
    if above:
        await turn.answer(above)
    else:
        above = await log_tap(turn, node, asked.on, how, value)
    await _show(turn, asked, page, above)


def _is_worth_showing(turn: Turn, sheet: PromptSheet, button: LeafAnswer, *, taken_back: bool) -> bool:
    """Whether the message is outdated, as far as a repeated tap can tell."""
    if taken_back:
        return sheet.row(button.node) is not None
    return button in turn.offered(type(button))


async def _all_done(turn: Turn, button: AllDone) -> None:
    """Ticks open checks and sets the usual amounts, then asks for the first number that has none."""
    asked = await _asked(turn, button.prompt, button.on)
    if asked is None:
        await turn.answer(view.too_old(turn.words), alert=True)
        return
    sheet = await sheet_for(turn, asked)
    wanted = [
        Log(row.item.id, sheet.on, How.SET, row.at_once, None, f"{turn.tap_key}:{row.item.id}")
        for row in sheet.rows
        if row.at_once is not None
    ]
    await log_all(turn.store, turn.actor, wanted, turn.now, turn.caps)
    rest = sheet.unsettled
    titles = [item.standing.node.title for item in rest]
    text = talk.settled(len(wanted), titles, turn.words, skipped=False)
    number = next((item for item in rest if not item.standing.node.is_limit), None)
    if number is not None:
        await ask_amount(turn, number, asked.on, asked.id)
    else:
        await turn.answer(talk.settled(len(wanted), [], turn.words, skipped=False))
    await _show(turn, asked, above=text)


async def _other(turn: Turn, button: OtherTotal) -> None:
    """Asks for an amount, to be answered by a message."""
    node, page = button.node, button.page
    asked = await _asked(turn, button.prompt, button.on)
    if asked is None:
        await _too_old(turn, node, button.on, "5")
        return
    sheet = await sheet_for(turn, asked)
    if above := await _answered(turn, sheet, node):
        await turn.answer(above)
        await _show(turn, asked, page, above)
    else:
        await ask_amount(turn, leaf_of(sheet.readings, node), asked.on, asked.id)


async def _turn_page(turn: Turn, button: TurnPage) -> None:
    asked = await _asked(turn, button.prompt, button.on)
    if asked is None:
        await turn.answer(view.too_old(turn.words), alert=True)
        return
    await _show(turn, asked, button.page)


async def _snooze(turn: Turn, button: Snooze) -> None:
    """Postpones the prompt, if that makes sense; it can be answered meanwhile."""
    asked = await _asked(turn, button.prompt, button.on)
    if asked is None:
        await turn.answer(view.too_old(turn.words), alert=True)
        return
    until = _until(turn, asked.on, button.later)
    if until is None:
        await turn.answer(view.past_snooze(asked.on, turn.words), alert=True)
        return
    if (await sheet_for(turn, asked)).is_over:
        await turn.answer(view.nothing_open(asked.on, turn.words), alert=True)
        await _show(turn, asked)
        return
    soon = button.later is not Later.NEXT_MORNING
    wanted = deliver.Snoozed(asked.id, until, turn.tap_key, soon=soon)
    again = await deliver.snooze(turn.store, turn.actor, wanted, turn.now)
    if again is None:
        await turn.answer(talk.counted_before(turn.words))
        return
    zone = ZoneInfo(turn.owner.timezone)
    text = view.asks_again(again.due_at.astimezone(zone), turn.now.astimezone(zone), turn.words)
    await turn.answer(text)
    await _show(turn, asked, above=text)


def _until(turn: Turn, on: date, later: Later) -> datetime | None:
    """When a postponed prompt would come; None if that is past, or the prompt's day is before yesterday."""
    if later is Later.NEXT_MORNING:
        morning = next_morning(on, ZoneInfo(turn.owner.timezone))
        return morning if morning and morning > turn.now else None
    return turn.now + _PAUSES[later] if on >= turn.today - DAY else None


async def replied(turn: Turn) -> None:
    """Handles a reply to a prompt: a bare number answers its number goal; other words are read as usual, about its
    day."""
    asked = turn.prompt
    if asked is None:
        return
    if not turn.is_private:
        await group_round.replied(turn)
        return
    question = await turn.recall()
    if isinstance(question, AmountAsked) and question.prompt == asked.id:
        await amount(turn, question)
        return
    if totals := _meant(turn, await sheet_for(turn, asked)):
        await total_said(turn, asked.on, totals)
    else:
        await free_text(turn)


async def number_alone(turn: Turn) -> None:
    """Handles a bare number that is no reply. It answers the newest prompt while that is fresh; otherwise asks which
    goal it is for."""
    turn.prompt = await _fresh(turn)
    if turn.prompt is not None:
        await replied(turn)
        return
    readings = await readings_on(turn, turn.written_on)
    numbers = [item for item in items_of(readings) if not item.is_check and not item.skipped]
    amounts = _as_amounts(turn, [goal_of(readings, item.id) for item in numbers])
    if amounts and not _names_goal(turn.text, amounts, goals_of(readings)):
        await ask_which(turn, turn.written_on, amounts)
    else:
        await free_text(turn)


def _names_goal(text: str, amounts: Sequence[tuple[KnownGoal, Decimal]], goals: Sequence[KnownGoal]) -> bool:
    """Whether words are a goal's title, or a number followed by the title of the only goal that it fits: "8500 steps"
    of Steps."""
    is_behind = len(amounts) == 1 and _same(amounts[0][0].title, text.split()[-1])
    return is_behind or any(_same(goal.title, text) for goal in goals)


async def _fresh(turn: Turn) -> Message | None:
    """The newest prompt, until the night after it is no longer useful."""
    sent = await sent_since(turn.store, turn.actor, turn.written_on - DAY)
    return next((one for one in reversed(sent) if one.message_id and turn.sent_at < one.useful_until + NIGHT), None)


def _same(title: str, text: str) -> bool:
    return title.casefold() == " ".join(text.split()).casefold()


def is_number_alone(turn: Turn) -> bool:
    """Whether words in a private chat are only a number, perhaps with a unit."""
    heard = tokens(turn.text) if turn.is_private and len(turn.text) < LONGEST_NUMBER else []
    return 0 < len(heard) <= WORDS_OF_NUMBER and looks_like_amount(heard[0])


def _as_amounts(turn: Turn, goals: Iterable[KnownGoal]) -> list[tuple[KnownGoal, Decimal]]:
    """The goals of which the message can be an amount."""
    amounts = []
    for goal in goals:
        with suppress(GoaltreeError):
            amounts.append((goal, amount_in(turn, goal)))
    return amounts


def _meant(turn: Turn, sheet: PromptSheet) -> list[tuple[KnownGoal, Decimal]]:
    """The number goals that a bare number may answer: the open ones or, without any, all in the prompt."""
    numbers = [item for item in sheet.items if not item.is_check]
    still_open = [item for item in numbers if sheet.row(item.id)]
    return _as_amounts(turn, [goal_of(sheet.readings, item.id) for item in still_open or numbers])


async def _asked(turn: Turn, prompt_id: int, on: date) -> Message | None:
    """The prompt of a button; None if it is no longer stored. Raises `BadButton` for a day that is not the prompt's."""
    asked = await find_prompt(turn, prompt_id)
    if asked is not None and asked.on != on:
        raise BadButton
    return asked


async def _too_old(turn: Turn, node: int, on: date, said: str) -> None:
    item = leaf_of(await readings_on(turn), node)
    words = "" if item.is_check and said != "skip" else said
    await turn.answer(view.too_old(turn.words, view.in_words(item, words, on)), alert=True)


async def _answered(turn: Turn, sheet: PromptSheet, node: int, value: Decimal | None = None) -> str:
    """The answer to a late tap: the leaf was answered elsewhere, or its day already has that amount. Empty if the tap
    counts."""
    item, row = leaf_of(sheet.readings, node), sheet.row(node)
    if row and (item.is_check or value is None or value > row.so_far):
        return ""
    entries = (await read_entries(turn.store, turn.actor, node, Period(sheet.on, sheet.on))).entries
    if not entries and not item.settled:
        return ""  # it is no longer asked for; if it cannot be logged, that says why
    so_far = contribution(Measure.NUMBER, entries)
    return view.answered(item, so_far, sheet.on, turn.today, turn.words)


async def _show(turn: Turn, asked: Message, page: int = 0, above: str = "") -> None:
    await show(turn, await sheet_for(turn, asked), page, above)


FEATURE = Feature(
    taps=(
        OnTap(Done, lambda turn, button: _answer(turn, button, How.SET, Decimal(1)), Act.LOG),
        OnTap(Skip, lambda turn, button: _answer(turn, button, How.SKIP, None), Act.LOG),
        OnTap(SetTotal, lambda turn, button: _answer(turn, button, How.SET, button.total), Act.LOG),
        OnTap(OtherTotal, _other, Act.LOG),
        OnTap(AllDone, _all_done, Act.LOG),
        OnTap(TurnPage, _turn_page, Act.LOG),
        OnTap(Snooze, _snooze, Act.LOG),
    ),
    # Replies to a round may be talk among people, so only logging checks the sender.
    listeners=(
        Listener(-10, lambda turn: turn.prompt is not None and bool(turn.text), replied),
        Listener(95, is_number_alone, number_alone, Act.LOG),
    ),
)
