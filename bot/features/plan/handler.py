"""/plan: a whole outline in one message, or one question after the other. /archive ends a goal."""

from __future__ import annotations

import unicodedata

from bot.common.files import downloaded
from bot.features.plan import aims, outline_taps, outlines, view
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
from core.actions.read import read_trees
from core.group.permissions import Act
from core.planning.names import match
from language.parsing.aims import is_sentence

MOST_BYTES = 1_000_000
"""Of an outline that is read: far more than all goals of a chat."""


async def plan(turn: Turn) -> None:
    """Plants or extends the trees of an outline; proposes one for a sentence; without either, begins to ask."""
    if not turn.args:
        if not await aims.goes_on(turn):
            await begin(turn)
        return
    if is_sentence(turn.args):
        await aims.begin_with(turn, turn.args)
        return
    await outlines.take(turn, *outlines.text_of(turn))


async def outline_file(turn: Turn) -> None:
    """An outline that came as a file, as /tree gives one that is too long for a message."""
    file = turn.message.document if turn.message else None
    content = await downloaded(turn, file.file_id) if file and (file.file_size or 0) <= MOST_BYTES else None
    if content is None:
        await turn.reply(view.not_received(turn.words))
    else:
        await outlines.take(turn, unicodedata.normalize("NFC", content.decode("utf-8-sig", "replace")))


def _has_outline(turn: Turn) -> bool:
    file = turn.message.document if turn.message else None
    name = (file.file_name or "").lower() if file else ""
    return turn.is_private and name.startswith("outline") and name.endswith(".txt")


async def edited(turn: Turn) -> None:
    """The message was corrected: what it says now is planted."""
    if turn.args:
        await outline_taps.edited(turn)


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
