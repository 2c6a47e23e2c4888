"""/plan: a whole outline in one message, or one question after the other. /archive ends a goal."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from bot.common.beginning import FirstGoalAsked, ZoneAsked
from bot.common.files import downloaded
from bot.common.first_reminder import first_reminder
from bot.features.plan import aims, view
from bot.features.plan.buttons import Archive, ChooseToArchive, KeepGoal
from bot.features.plan.steps import begin
from bot.telegram.feature import (
    ADMINS,
    FOR_ADMINS,
    GROUP,
    PLAN,
    PRIVATE,
    Command,
    Feature,
    HelpLine,
    Listener,
    MenuLine,
    OnTap,
)
from bot.telegram.turn import Turn
from core.actions.edit.ending import end
from core.actions.plant import plant
from core.actions.read import read_trees
from core.errors import Fault, InvalidPlan
from core.group.permissions import Act
from core.planning.names import match
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from language.parsing.aims import is_sentence
from language.parsing.until import day_reader

MOST_BYTES = 1_000_000
"""Of an outline that is read: far more than all goals of a chat."""

_COMMAND = re.compile(r"/\w+(?:@\w+)?[ \t]*")
_FIRST_LINE = re.compile(r"line 1, column (\d+)")


async def plan(turn: Turn) -> None:
    """Plants or extends the trees of an outline; proposes one for a sentence; without either, begins to ask."""
    if not turn.args:
        if not await aims.goes_on(turn):
            await begin(turn)
        return
    if is_sentence(turn.args):
        await aims.begin_with(turn, turn.args)
        return
    command = _COMMAND.match(turn.text)
    await _plant(turn, turn.text, command.end() if command else 0)


async def outline_file(turn: Turn) -> None:
    """An outline that came as a file, as /tree gives one that is too long for a message."""
    file = turn.message.document if turn.message else None
    content = await downloaded(turn, file.file_id) if file and (file.file_size or 0) <= MOST_BYTES else None
    if content is None:
        await turn.reply(view.not_received(turn.words))
    else:
        await _plant(turn, unicodedata.normalize("NFC", content.decode("utf-8-sig", "replace")), 0)


def _has_outline(turn: Turn) -> bool:
    file = turn.message.document if turn.message else None
    name = (file.file_name or "").lower() if file else ""
    return turn.is_private and name.startswith("outline") and name.endswith(".txt")


async def _plant(turn: Turn, text: str, behind: int) -> None:
    """Plants the outline that stands in a text from a place on."""
    planted = await plant(turn.store, turn.actor, _outline(turn, text, behind), turn.today, turn.now, turn.caps)
    if isinstance(await turn.recall(), ZoneAsked | FirstGoalAsked):
        await turn.remember(None)
    first = await first_reminder(turn, [item.tree for item in planted])
    names = "" if turn.is_private else view.names_in_titles(planted, turn.words)
    await turn.reply(*view.planted(planted, turn.words, below="\n\n".join(filter(None, [names, first]))))


def _outline(turn: Turn, text: str, behind: int) -> list[PlanNode]:
    """What stands behind the command. Lines keep their numbers and their indents, so that a fault is found again."""
    try:
        return parse_outline(
            text[behind:],
            turn.today,
            decimal_comma=turn.words.decimal_comma,
            caps=turn.caps,
            read_day=day_reader(turn.today, turn.lexicon),
        )
    except InvalidPlan as error:
        raise InvalidPlan([_shifted(_passed(fault, turn.today), behind) for fault in error.faults]) from None


def _passed(fault: Fault, today: date) -> Fault:
    """An outline that says only until when starts today: then there are no two dates to swap."""
    if fault.code != "ends_before_start" or fault.values["starts"] != today:
        return fault
    return Fault(fault.place, "day_passed", today=today)


def _shifted(fault: Fault, behind: int) -> Fault:
    """On the first line, columns count from the message's beginning, the command included."""
    found = _FIRST_LINE.fullmatch(fault.place)
    return fault.at(f"line 1, column {int(found[1]) + behind}") if found else fault


async def edited(turn: Turn) -> None:
    """The message was corrected: what it says now is planted."""
    if turn.args:
        await plan(turn)


async def cancel(turn: Turn) -> None:
    """Leaves any conversation."""
    was = await turn.recall()
    await turn.remember(None)
    await turn.reply(view.cancelled(was is not None, turn.words))


async def archive(turn: Turn) -> None:
    """Ends a goal by its name, after a question."""
    nodes = await _nodes(turn)
    if not turn.args:
        await turn.reply(view.how_to_archive(turn.words))
        return
    found = match(turn.args, [(id, title) for id, (title, _) in nodes.items()])
    if found.sure is not None:
        title, below = nodes[found.sure]
        await turn.reply(*view.really_archive(found.sure, title, below, turn.words))
    else:
        several = found.exact or found.nearest
        await turn.reply(*view.archive_which(turn.args, [(id, nodes[id][0]) for id in several[:8]], turn.words))


async def _chosen(turn: Turn, button: ChooseToArchive) -> None:
    nodes = await _nodes(turn)
    if button.node in nodes:
        await turn.edit(*view.really_archive(button.node, *nodes[button.node], turn.words))
    else:
        await turn.answer(view.not_here(turn.words), alert=True)


async def _archive(turn: Turn, button: Archive) -> None:
    nodes = await _nodes(turn)
    if button.node in nodes:
        title, _ = nodes[button.node]
        await end(turn.store, turn.actor, button.node, None, turn.now, source_key=turn.tap_key)
        await turn.edit(view.archived(title, turn.words))
    else:
        await turn.answer(view.not_here(turn.words), alert=True)


async def _keep(turn: Turn, _: KeepGoal) -> None:
    await turn.edit(view.kept(turn.words))


async def _nodes(turn: Turn) -> dict[int, tuple[str, int]]:
    """Title and number of nodes below, of every goal of this chat that has not ended; members are no goals."""
    return {
        node.id: (node.title, sum(below.member_id is None for _, below in reading.tree.walk(node)) - 1)
        for reading in await read_trees(turn.store, turn.actor, turn.today)
        for node in reading.tree.nodes.values()
        if node.member_id is None and reading.tree.active(node).end >= turn.today
    }


FEATURE = Feature(
    commands=(
        Command("plan", plan, Act.EDIT_TREE, after_edit=edited, edit_act=Act.EDIT_TREE),
        Command("cancel", cancel, None),
        Command("archive", archive, Act.EDIT_TREE),
    ),
    menu=(MenuLine("plan", "Plant a new vision or extend one", {PRIVATE: 60, ADMINS: 160}),),
    listeners=(Listener(-45, _has_outline, outline_file, Act.EDIT_TREE),),
    taps=(
        OnTap(ChooseToArchive, _chosen, Act.EDIT_TREE),
        OnTap(Archive, _archive, Act.EDIT_TREE),
        OnTap(KeepGoal, _keep, Act.EDIT_TREE),
    ),
    help=(
        HelpLine(PLAN, "/plan – a few questions, or a whole outline in one message", {PRIVATE: 10}),
        HelpLine(PLAN, "<code>/archive gym</code> – ends a goal and keeps its history", {PRIVATE: 30}),
        HelpLine(PLAN, "/cancel – leaves my questions", {PRIVATE: 40}),
        HelpLine(FOR_ADMINS, "/plan – plants goals; <code>/archive gym</code> ends one", {GROUP: 10}),
    ),
)
