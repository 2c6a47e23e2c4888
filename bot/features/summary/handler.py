"""/summary: today, the week, the month or the quarter."""

from __future__ import annotations

from bot.common.goals import readings_on
from bot.common.terms import invitation
from bot.features.summary.buttons import ShowSpan, Span
from bot.features.summary.view import summary
from bot.telegram.feature import Audience, Command, Feature, HelpLine, MenuLine, OnTap, Section
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.permissions import Act
from core.reading import summarise
from language.i18n import mark

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


async def _tapped(turn: Turn, button: ShowSpan) -> None:
    """Switches the message to another span, as it stands now."""
    await turn.edit(*await summary_of(turn, button.span))


async def summary_of(turn: Turn, span: Span) -> tuple[str, Keyboard]:
    """A span as it stands now."""
    readings = await readings_on(turn)
    if not readings:
        return invitation(turn.words), ()
    return summary(readings, summarise(readings, turn.today), span, turn.words)


_MENU = mark("How today, the week, month and quarter stand")
_HELP = mark("/summary – today, week, month, quarter")

FEATURE = Feature(
    commands=(
        Command(
            "summary",
            summary_command,
            Act.SEE,
            menu=(MenuLine(30, Audience.PRIVATE, _MENU), MenuLine(110, Audience.GROUP, _MENU)),
        ),
    ),
    taps=(OnTap(ShowSpan, _tapped, Act.SEE),),
    help=(
        HelpLine(20, Audience.PRIVATE, Section.LOOK, _HELP),
        HelpLine(20, Audience.GROUP, Section.LOOK, _HELP),
    ),
)
