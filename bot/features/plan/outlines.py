"""A plan in the form of an outline: read, clarified, previewed if it changes existing goals, and planted.

The outline is stored with its message, so that it can be corrected line by line, changed by editing the message, and
reassembled if a client split it in two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from zlib import crc32

from bot.common.beginning import FirstGoalAsked, ZoneAsked
from bot.common.first_reminder import first_reminder
from bot.features.plan import outline_view, view
from bot.features.plan.notes_view import said_of
from bot.features.plan.outline_buttons import VisionAsked
from bot.telegram.turn import Turn
from core.actions.plan_parts import await_rest, keep_plan, latest_plan, read_plan
from core.actions.replant import Outlook, PlantingWish, outlook, replant
from core.errors import Fault, InvalidPlan
from core.planning.outline import parse_outline
from core.planning.outline.parts import may_be_first_part
from core.planning.plan import PlanNode
from core.planning.titles import compared
from core.ports.plan_messages import PlanMessage, Stage
from language.parsing.numbered import Numbered, numbered
from language.parsing.until import day_reader

_COMMAND = re.compile(r"/\w+(?:@\w+)?[ \t]*")
_FIRST_LINE = re.compile(r"line 1, column (\d+)")


async def take(turn: Turn, text: str, behind: int = 0) -> None:
    """Handles a new outline. `behind` is where it begins in its message: faults on the first line count columns from
    the message's start."""
    message = new_message(turn, text, Stage.FAULTY)
    later = await latest(turn)
    if later is not None and later.stage is Stage.LOOSE and later.message_id > message.message_id:
        # The second part arrived first.
        await keep(turn, replace(later, stage=Stage.DROPPED, parts={}))
        message = replace(message, parts={**message.parts, **later.parts})
    await go_on(turn, message, behind=behind)


def new_message(turn: Turn, text: str, stage: Stage) -> PlanMessage:
    """A new plan in this message."""
    message_id = turn.message.message_id if turn.message else 0
    return PlanMessage(turn.chat_id, message_id, turn.user_id or 0, turn.now, {message_id: text}, stage)


def text_of(turn: Turn) -> tuple[str, int]:
    """The outline after a message's command, and its offset there. Lines keep their indents, so that the place of a
    fault is right."""
    command = _COMMAND.match(turn.text)
    behind = command.end() if command else 0
    return turn.text[behind:], behind


async def latest(turn: Turn) -> PlanMessage | None:
    """The last plan that this person sent here."""
    return await latest_plan(turn.store, turn.actor)


async def known(turn: Turn, message_id: int) -> PlanMessage | None:
    """The plan that a message of this chat holds in whole or in part."""
    return await read_plan(turn.store, turn.actor, message_id)


async def keep(turn: Turn, message: PlanMessage) -> None:
    """Stores a plan's new state."""
    await keep_plan(turn.store, turn.actor, message)


async def go_on(turn: Turn, message: PlanMessage, *, behind: int = 0) -> None:
    """Takes a plan as far as possible without an answer: to its faults, a question, a preview, or the tree."""
    try:
        plans = read(turn, message.text, behind)
        asked = questions(turn, message, plans)
        if asked:
            await keep(turn, replace(message, stage=Stage.ASKED))
            await turn.edit(*outline_view.numbers(message, asked, turn.words))
        else:
            await show_or_plant(turn, message, plans)
    except InvalidPlan as error:
        await _refuse(turn, message, error)


async def _refuse(turn: Turn, message: PlanMessage, error: InvalidPlan) -> None:
    """Shows the faults, or waits for the second part of a text that fills a message."""
    is_alone = len(message.parts) == 1 and not message.lines and not turn.is_edited
    if is_alone and may_be_first_part(message.text) and turn.message and not turn.message.document:
        await await_rest(turn.store, turn.actor, message, turn.today, turn.now)
        await turn.reply(outline_view.waiting(turn.words, private=turn.is_private))
        return
    await keep(turn, replace(message, stage=Stage.FAULTY))
    await turn.edit(outline_view.faulty(error.faults, turn.words, private=turn.is_private))


async def show_or_plant(turn: Turn, message: PlanMessage, plans: list[PlanNode]) -> None:
    """Previews changes to existing trees; plants new ones at once. Raises `InvalidPlan`."""
    wish = wish_of(turn, message, plans)
    looks = await outlook(turn.store, turn.actor, wish, turn.today)
    if _is_to_be_shown(message, looks):
        await keep(turn, replace(message, stage=Stage.ASKED))
        await turn.edit(*outline_view.preview(message, mark_of(message, looks), looks, turn.words))
        return
    await plant_now(turn, message, wish)


def wish_of(turn: Turn, message: PlanMessage, plans: list[PlanNode], *, end_left: bool = False) -> PlantingWish:
    """What to plant, with the choices made so far."""
    said: frozenset[str] = frozenset()
    if message.planted:
        before = read(turn, message.planted)
        said = frozenset(compared(node.title) for plan in before for node in plan.walk())
    by_place = bool(message.visions)
    # A repeated tap finds the preview answered already.
    source_key = None if turn.query else turn.source_key()
    return PlantingWish(plans, message.visions, message.renames, said, by_place, end_left, turn.caps, source_key)


def _is_to_be_shown(message: PlanMessage, looks: list[Outlook]) -> bool:
    """Whether the changes need a preview. After an edit they do only if something would be lost."""
    changes = [look.changes for look in looks if look.changes is not None]
    if message.planted:
        return any(one.left or one.replaced for one in changes)
    return any(one.changes or one.twins for one in changes)


def mark_of(message: PlanMessage, looks: list[Outlook]) -> int:
    """A checksum of a preview, to notice that it would differ by now."""
    shown = [
        (look.changes.changes, look.changes.left, [twin.taken for twin in look.changes.twins])
        for look in looks
        if look.changes is not None
    ]
    return crc32(f"{message.text}{shown}".encode())


async def plant_now(turn: Turn, message: PlanMessage, wish: PlantingWish) -> None:
    """Plants the trees, and reports the result."""
    planted = await replant(turn.store, turn.actor, wish, message, turn.today, turn.now)
    if not planted:
        await turn.edit(outline_view.planted_before(turn.words))
        return
    if isinstance(await turn.recall(), ZoneAsked | FirstGoalAsked | VisionAsked):
        await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    names = "" if turn.is_private else view.names_in_titles(planted, turn.words)
    notes = said_of(planted, turn.today, turn.words, wish.plans)
    below = "\n\n".join(filter(None, [names, first]))
    await turn.edit(*view.planted(planted, turn.today, turn.words, notes=notes, below=below, on=turn.today))


def questions(turn: Turn, message: PlanMessage, plans: list[PlanNode]) -> list[Numbered]:
    """The titles whose number needs a question."""
    return numbered(plans, turn.hearing, text=message.text)


def read(turn: Turn, text: str, behind: int = 0) -> list[PlanNode]:
    """The plans of an outline. Raises `InvalidPlan`."""
    try:
        return parse_outline(
            text,
            turn.today,
            decimal_comma=turn.words.decimal_comma,
            caps=turn.caps,
            read_day=day_reader(turn.today, turn.lexicon),
        )
    except InvalidPlan as error:
        raise InvalidPlan([_shifted(_passed(fault, turn.today), behind) for fault in error.faults]) from None


def _passed(fault: Fault, today: date) -> Fault:
    """The fault of a passed end date: an outline with only an end date starts today, so there are no two dates to
    swap."""
    if fault.code != "ends_before_start" or fault.values["starts"] != today:
        return fault
    return Fault(fault.place, "day_passed", today=today)


def _shifted(fault: Fault, behind: int) -> Fault:
    """A fault whose column on the first line counts from the message's start, including the command."""
    match = _FIRST_LINE.fullmatch(fault.place)
    return fault.at(f"line 1, column {int(match[1]) + behind}") if match else fault
