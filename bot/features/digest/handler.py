"""/digest: the week, month, quarter or year so far, or an earlier one."""

from __future__ import annotations

from bot.features.digest.buttons import DrawDigest
from bot.features.digest.letter import digest_of, picture_of
from bot.features.digest.view import cannot_draw, not_begun, not_made
from bot.features.summary.buttons import AllGoals
from bot.features.summary.handler import summary_of
from bot.telegram.callback import BadButton
from bot.telegram.feature import GROUP, LOOK, PRIVATE, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.turn import Turn
from core.asking.reminders import DIGEST_OF_LEVEL
from core.goals.periods import period_of
from core.group.permissions import Act
from language.parsing.digest import NotMade, wish


async def digest(turn: Turn) -> None:
    """`/digest`, `/digest month`, `/digest last quarter`, `/digest q3`, `/digest 2026`."""
    wanted = wish(turn.args, turn.today, turn.owner.week_start, turn.lexicon)
    if isinstance(wanted, NotMade):
        await turn.reply(not_made(wanted, turn.words))
        return
    if wanted.period.start > turn.today:
        await turn.reply(not_begun(wanted, turn.words))
        return
    letter = await digest_of(turn.services, turn.actor, turn.owner, wanted.level, wanted.period, turn.today)
    if letter.picture is None:
        await turn.reply(letter.text, letter.keyboard)
    else:
        await turn.reply_with_picture(letter.picture, letter.text, letter.keyboard)


async def _all_goals(turn: Turn, button: AllGoals) -> None:
    """Sends every goal of the digest's level, as it stands now."""
    await turn.answer()
    await turn.reply(*await summary_of(turn, button.span))


async def _draw(turn: Turn, button: DrawDigest) -> None:
    """Draws the picture of a digest that came without one."""
    if button.level not in DIGEST_OF_LEVEL or button.start > turn.today:
        raise BadButton
    painted = await picture_of(turn, button.level, period_of(button.level, button.start, turn.owner.week_start))
    if painted is None:
        await turn.answer(cannot_draw(turn.words), alert=True)
        return
    await turn.answer()
    await turn.reply_with_picture(painted, "")


FEATURE = Feature(
    commands=(Command("digest", digest, Act.SEE, spoken=True),),
    menu=(MenuLine("digest", "A report on the week, month, quarter or year", {PRIVATE: 40, GROUP: 120}),),
    taps=(OnTap(AllGoals, _all_goals, Act.SEE), OnTap(DrawDigest, _draw, Act.SEE)),
    help=(
        HelpLine(
            LOOK,
            "/digest – a report on the week; <code>/digest last month</code>, <code>/digest year</code>",
            {PRIVATE: 30},
        ),
        HelpLine(LOOK, "/digest – a report on the week, month, quarter or year", {GROUP: 30}),
    ),
)
