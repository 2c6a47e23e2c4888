"""/summary: today, the week, the month, the quarter or the year."""

from __future__ import annotations

from bot.common.goals import readings_on
from bot.common.terms import invitation
from bot.features.summary.buttons import ShowSpan, SummarySpan
from bot.features.summary.view import summary
from bot.telegram.feature import GROUP, LOOK, PRIVATE, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.goals.reading import summarise
from core.group.permissions import Act
from language.meanings import Meaning

_SPANS = {
    "today": SummarySpan.TODAY,
    "day": SummarySpan.TODAY,
    "daily": SummarySpan.TODAY,
    "week": SummarySpan.WEEK,
    "weekly": SummarySpan.WEEK,
    "month": SummarySpan.MONTH,
    "monthly": SummarySpan.MONTH,
    "quarter": SummarySpan.QUARTER,
    "quarterly": SummarySpan.QUARTER,
    "year": SummarySpan.YEAR,
    "yearly": SummarySpan.YEAR,
}


async def summary_command(turn: Turn) -> None:
    """`/summary`, `/summary week`."""
    span = _SPANS.get(turn.args.casefold() or "today")
    if span is None:
        await turn.reply(
            turn.words.t(
                "I can sum up: /summary today, /summary week, /summary month, /summary quarter, /summary year."
            )
        )
        return
    await turn.reply(*await summary_of(turn, span))


async def _tapped(turn: Turn, button: ShowSpan) -> None:
    """Switches the message to another span, as it stands now."""
    await turn.edit(*await summary_of(turn, button.span))


async def summary_of(turn: Turn, span: SummarySpan) -> tuple[str, Keyboard]:
    """The current summary of a span."""
    readings = await readings_on(turn)
    if not readings:
        return invitation(turn.words), ()
    return summary(readings, summarise(readings, turn.today), span, turn.words)


FEATURE = Feature(
    commands=(Command("summary", summary_command, Act.SEE, spoken=True, said=Meaning.ASK_SUMMARY),),
    menu=(MenuLine("summary", "How today, the week, month, quarter and year stand", {PRIVATE: 30, GROUP: 110}),),
    taps=(OnTap(ShowSpan, _tapped, Act.SEE),),
    help=(HelpLine(LOOK, "/summary – today, week, month, quarter, year", {PRIVATE: 20, GROUP: 20}),),
)
