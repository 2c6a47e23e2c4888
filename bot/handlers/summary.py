"""/summary: today, the week, the month or the quarter."""

from __future__ import annotations

from bot.acts import Acts
from bot.callback import BadButton
from bot.handlers.goals import readings_on
from bot.keyboard import Keyboard
from bot.turn import Turn
from bot.views.summary import Span, summary
from bot.views.today import invitation
from core.permissions import Act
from core.reading import summarise

_SPANS = {
    "today": Span.TODAY,
    "day": Span.TODAY,
    "daily": Span.TODAY,
    "week": Span.WEEK,
    "weekly": Span.WEEK,
    "month": Span.MONTH,
    "monthly": Span.MONTH,
    "quarter": Span.QUARTER,
    "quarterly": Span.QUARTER,
}


async def summary_command(turn: Turn) -> None:
    """`/summary`, `/summary week`."""
    span = _SPANS.get(turn.args.casefold() or "today")
    if span is None:
        await turn.reply(turn.words.t("I can sum up: /summary today, /summary week, /summary month, /summary quarter."))
        return
    await turn.reply(*await summary_of(turn, span))


async def tapped(turn: Turn) -> None:
    """Switches the message to another span, as it stands now."""
    if turn.args not in list(Span):
        raise BadButton
    await turn.edit(*await summary_of(turn, Span(turn.args)))


async def summary_of(turn: Turn, span: Span) -> tuple[str, Keyboard]:
    """A span as it stands now."""
    readings = await readings_on(turn)
    if not readings:
        return invitation(turn.words), ()
    return summary(readings, summarise(readings, turn.today), span, turn.words)


COMMANDS = {"summary": summary_command}
CALLBACKS = {"sum": tapped}
ACTS: Acts = {summary_command: Act.SEE, tapped: Act.SEE}
