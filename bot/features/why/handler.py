"""/why: what holds a goal's percentage down, and what would lift it most."""

from __future__ import annotations

from bot.columns import cut
from bot.common.goals import goals_of, readings_on
from bot.common.labels import goal_buttons
from bot.common.terms import invitation
from bot.features.why import view
from bot.features.why.buttons import AskWhy
from bot.telegram.feature import GROUP, LOOK, PRIVATE, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.turn import Turn
from core.actions.why import read_why
from core.group.permissions import Act
from core.planning.names import match


async def why_command(turn: Turn) -> None:
    """`/why` explains every vision, `/why run` one goal."""
    readings = await readings_on(turn)
    if not readings:
        await turn.reply(invitation(turn.words))
        return
    if not turn.args:
        await _reply(turn)
        return
    goals = goals_of(readings)
    matched = match(turn.args, [(goal.id, goal.title) for goal in goals])
    if matched.sure is not None:
        await _reply(turn, matched.sure)
        return
    offered = [goal for goal in goals if goal.id in (matched.exact or matched.nearest)]
    text = view.which(cut(turn.args, 60), turn.words, is_known=bool(matched.exact))
    await turn.reply(text, goal_buttons(offered, lambda goal: AskWhy(goal.id)))


async def _tapped(turn: Turn, button: AskWhy) -> None:
    """Answers a "why?" below a message with a new one."""
    await turn.answer()
    await _reply(turn, button.node or None)


async def _reply(turn: Turn, node_id: int | None = None) -> None:
    explanations = await read_why(turn.store, turn.actor, turn.today, node_id)
    await turn.reply(view.answer(explanations, turn.today, turn.words))


FEATURE = Feature(
    commands=(Command("why", why_command, Act.SEE),),
    menu=(MenuLine("why", "What holds a goal down, and what would lift it: /why run", {PRIVATE: 45, GROUP: 125}),),
    taps=(OnTap(AskWhy, _tapped, Act.SEE),),
    help=(
        HelpLine(
            LOOK,
            "/why – what holds your goals down and what would lift them most; <code>/why run</code> – one of them",
            {PRIVATE: 40, GROUP: 40},
        ),
    ),
)
