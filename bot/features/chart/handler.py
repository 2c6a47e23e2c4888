"""/chart: the picture of a goal or, in a group, of everyone's week."""

from __future__ import annotations

from bot.common.goals import find, goals_of, readings_on
from bot.common.terms import invitation
from bot.features.chart.board_view import board_picture
from bot.features.chart.buttons import DrawBoard, DrawGoal
from bot.features.chart.view import goal_picture, which
from bot.pictures.model import Picture
from bot.telegram.feature import GROUP, LOOK, PRIVATE, Command, Feature, HelpLine, OnTap
from bot.telegram.turn import Turn
from core.actions.charts import read_board_chart, read_goal_chart
from core.goals.reading import Reading
from core.group.permissions import Act
from core.planning.names import match


async def chart(turn: Turn) -> None:
    """`/chart run`, `/chart`."""
    readings = await readings_on(turn)
    if not readings:
        await turn.reply(invitation(turn.words))
    elif turn.args:
        await _named(turn, readings)
    elif not turn.is_private:
        await _draw_board(turn)
    elif len(readings) == 1:
        await _draw(turn, readings[0].tree.vision.id)
    else:
        visions = [(reading.tree.vision.id, reading.tree.vision.title) for reading in readings]
        await turn.reply(*which("", visions, turn.words))


async def _named(turn: Turn, readings: list[Reading]) -> None:
    goals = [(goal.id, goal.title) for goal in goals_of(readings)]
    meant = match(turn.args, goals)
    if meant.sure is not None:
        await _draw(turn, meant.sure)
        return
    offered = meant.exact or meant.nearest
    await turn.reply(*which(turn.args, [goal for goal in goals if goal[0] in offered], turn.words))


async def _tapped(turn: Turn, button: DrawGoal) -> None:
    find(await readings_on(turn), button.node)
    await turn.answer()
    await _draw(turn, button.node)


async def _board_tapped(turn: Turn, _: DrawBoard) -> None:
    await turn.answer()
    await _draw_board(turn)


async def _draw_board(turn: Turn) -> None:
    await _send(turn, *board_picture(await read_board_chart(turn.store, turn.actor, turn.today), turn.words))


async def _draw(turn: Turn, node_id: int) -> None:
    await _send(turn, *goal_picture(await read_goal_chart(turn.store, turn.actor, node_id, turn.today), turn.words))


async def _send(turn: Turn, picture: Picture, caption: str) -> None:
    """Sends a picture with its caption; only the caption if the picture cannot be drawn."""
    painter = turn.services.painter
    painted = await painter.paint(picture) if painter is not None else None
    if painted is None:
        await turn.reply(caption)
    else:
        await turn.reply_with_picture(painted, caption)


FEATURE = Feature(
    commands=(Command("chart", chart, Act.SEE),),
    taps=(OnTap(DrawGoal, _tapped, Act.SEE), OnTap(DrawBoard, _board_tapped, Act.SEE)),
    help=(
        HelpLine(LOOK, "<code>/chart run</code> – a goal's line to its target, and its year", {PRIVATE: 40}),
        HelpLine(LOOK, "/chart – everyone's week as a picture", {GROUP: 40}),
    ),
)
