"""/tree: the goals' progress, folded; a branch, a depth, another day, or the outline to copy."""

from __future__ import annotations

from dataclasses import replace

from bot.columns import cut
from bot.common.goals import find, goals_of, readings_on
from bot.common.mini_app import app_row
from bot.common.terms import invitation
from bot.features.tree.buttons import ListGoals, TreePlace
from bot.features.tree.view import cards, tree
from bot.telegram.feature import GROUP, LOOK, PLAN, PRIVATE, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.html import LIMIT, bold, esc, pre, units
from bot.telegram.keyboard import Button, Keyboard, rows
from bot.telegram.turn import Turn
from core.errors import DateRefused
from core.goals.reading import Reading
from core.group.permissions import Act
from core.planning.names import match
from core.planning.outline import print_outline
from language.meanings import Meaning
from language.parsing.tree_args import TreeWanted, read_tree_args

MOST_NAMESAKES = 12
MOST_LEVELS = 99


async def tree_command(turn: Turn) -> None:
    """`/tree`, `/tree gym`, `/tree all`, `/tree 3`, `/tree outline`, `/tree 2026-11-01`."""
    readings = await readings_on(turn)
    if not readings:
        await turn.reply(invitation(turn.words))
        return
    wanted = read_tree_args(turn.args, [goal.title for goal in goals_of(readings)], turn.today, turn.lexicon)
    if wanted.on:
        _refuse_ahead(turn, wanted)
        readings = await readings_on(turn, wanted.on)
    if wanted.name:
        await _branch(turn, readings, wanted)
    elif wanted.outline:
        for reading in readings:
            await _outline(turn, reading)
    else:
        # With one tree the depth counts its levels; with several, the trees are the first level.
        depth = 0 if wanted.depth is None else wanted.depth + 1
        await turn.reply(*_with_app(turn, tree(readings, TreePlace(depth=depth, on=wanted.on), turn.words)))


async def _tapped(turn: Turn, place: TreePlace) -> None:
    """Shows another place of the tree, as it stands now."""
    place = replace(place, depth=min(place.depth, MOST_LEVELS))
    readings = await readings_on(turn, min(place.on, turn.today) if place.on else None)
    for node_id in (place.root, place.open):
        if node_id:
            find(readings, node_id)
    if not readings:
        await turn.edit(invitation(turn.words))
        return
    await turn.edit(*_with_app(turn, tree(readings, place, turn.words)))


def _with_app(turn: Turn, shown: tuple[str, Keyboard]) -> tuple[str, Keyboard]:
    text, keyboard = shown
    return text, (*keyboard, *app_row(turn))


async def _listed(turn: Turn, button: ListGoals) -> None:
    """Shows the page's goals as buttons."""
    place = TreePlace(button.root, button.open, min(button.depth, MOST_LEVELS), button.page)
    readings = await readings_on(turn)
    for node_id in (place.root, place.open):
        if node_id:
            find(readings, node_id)
    await turn.edit(*(cards(readings, place, turn.words) if readings else (invitation(turn.words), ())))


def _refuse_ahead(turn: Turn, wanted: TreeWanted) -> None:
    if wanted.on and wanted.on > turn.today:
        raise DateRefused("day_ahead", on=wanted.on, limit=turn.today)


async def _branch(turn: Turn, readings: list[Reading], wanted: TreeWanted) -> None:
    w = turn.words
    goals = goals_of(readings)
    matched = match(wanted.name, [(goal.id, goal.title) for goal in goals])
    if matched.sure is not None:
        place = TreePlace(matched.sure, matched.sure, wanted.depth or 0, on=wanted.on)
        await turn.reply(*_with_app(turn, tree(readings, place, w)))
        return
    offered = matched.exact or matched.nearest
    text = w.t("Which branch is “{name}”?", name=esc(cut(wanted.name, 60)))
    if not matched.exact:
        text = w.t("I know no goal called “{name}”. /tree shows your goals.", name=esc(cut(wanted.name, 60)))
    buttons = [
        Button(cut(goal.title, 36), TreePlace(goal.id, goal.id, wanted.depth or 0, on=wanted.on))
        for goal in goals
        if goal.id in offered
    ]
    await turn.reply(text, rows(buttons[:MOST_NAMESAKES], width=1))


async def _outline(turn: Turn, reading: Reading) -> None:
    """Sends the outline as one block to copy; as a file if it is too long."""
    text = print_outline(reading.tree, turn.today)
    if units(text) <= LIMIT - 100:
        await turn.reply(pre(text))
    else:
        title = reading.tree.vision.title
        caption = turn.words.t("The outline of {title}: too long for a message.", title=bold(cut(title, 60)))
        await turn.reply_with_document("outline.txt", text.encode(), caption)


FEATURE = Feature(
    commands=(Command("tree", tree_command, Act.SEE, spoken=True, said=Meaning.ASK_TREE),),
    menu=(MenuLine("tree", "Your goals as a tree", {PRIVATE: 20, GROUP: 100}),),
    taps=(OnTap(TreePlace, _tapped, Act.SEE), OnTap(ListGoals, _listed, Act.SEE)),
    help=(
        HelpLine(LOOK, "/tree – everything, up to the vision; <code>/tree run</code> – a branch", {PRIVATE: 10}),
        HelpLine(LOOK, "/tree – everything, up to the vision", {GROUP: 10}),
        HelpLine(
            PLAN,
            "<code>/tree outline</code> – gives your tree as an outline, to change and send back with /plan",
            {PRIVATE: 20},
        ),
    ),
)
