"""The dialogue about a change of a goal: which goal is meant, and what is still missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ParamSpec

from bot.common.goals import find, goals_of, readings_on
from bot.common.terms import invitation
from bot.features.goal import ask_view
from bot.features.goal.buttons import EditAsked, GoalAction, NumberAsked, SinceAsked
from bot.features.plan.guided_view import reply_here
from bot.telegram.keyboard import Keyboard
from bot.telegram.question import Question
from bot.telegram.turn import Turn
from core.errors import InvalidPlan, NotFound
from core.goals.model import Node
from core.goals.reading import Reading
from language.parsing.edits.naming import NamedGoals, read_name, read_whole_name
from language.parsing.line import KnownGoal

P = ParamSpec("P")

_WHOLE = frozenset({GoalAction.CARD, GoalAction.BACK, GoalAction.END, GoalAction.DELETE})
"""The changes that need nothing but a goal's name."""


def plainly(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """Decorates a handler so that a refused edit's fault is shown without a place: there is no plan to point at."""

    async def handle(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except InvalidPlan as error:
            raise InvalidPlan([fault.at("") for fault in error.faults]) from None

    return handle


def edit_key(turn: Turn) -> str:
    """The key that identifies this message or tap when it arrives again."""
    return f"{turn.tap_key}:{turn.update_id}" if turn.query else turn.source_key()


async def ask(turn: Turn, question: Question, text: str, keyboard: Keyboard) -> None:
    """Remembers the question, and asks it."""
    await turn.remember(question)
    await turn.edit(text if turn.is_private else f"{text}\n{reply_here(turn.words)}", keyboard)


async def leave(turn: Turn) -> None:
    """Ends an open question about an edit; any other question stays open."""
    if isinstance(await turn.recall(), EditAsked | SinceAsked | NumberAsked):
        await turn.remember(None)


async def meant(turn: Turn, what: GoalAction, text: str) -> tuple[int, str] | None:
    """(the goal at the beginning of the words, the rest); None if it had to ask which goal is meant."""
    goals = _likely(goals_of(await readings_on(turn)), what)
    if not goals:
        await turn.reply(invitation(turn.words))
        return None
    if not text:
        await _ask_which(turn, EditAsked(what), *ask_view.which_alone(goals, what, turn.words))
        return None
    read = read_whole_name if what in _WHOLE else read_name
    return await settled(turn, what, read(text, goals, ended_first=what is GoalAction.BACK))


async def settled(turn: Turn, what: GoalAction, named: NamedGoals, said: str | None = None) -> tuple[int, str] | None:
    """(the goal of a name, the rest), if it is clear; otherwise asks which and returns None."""
    rest = named.rest if said is None else said
    if named.sure is not None:
        return named.sure.id, rest
    if named.goals or named.nearest:
        await _ask_which(turn, EditAsked(what, None, rest or None), *ask_view.which(named, what, turn.words))
    else:
        await turn.edit(*ask_view.which(named, what, turn.words))
    return None


async def _ask_which(turn: Turn, question: EditAsked, text: str, keyboard: Keyboard) -> None:
    """Asks which goal is meant. In a group nothing is remembered if only a card is wanted: anybody may tap the
    button."""
    if turn.is_private or question.what is not GoalAction.CARD:
        await ask(turn, question, text, keyboard)
    else:
        await turn.edit(text, keyboard)


def _likely(goals: Sequence[KnownGoal], what: GoalAction) -> list[KnownGoal]:
    """The goals that a change may apply to, ended ones last: a vision cannot be moved and has no target."""
    fit = [goal for goal in goals if goal.under or what not in (GoalAction.TARGET, GoalAction.DAYS, GoalAction.MOVE)]
    return sorted(fit, key=lambda goal: goal.over is not (what is GoalAction.BACK))


async def goal_of_chat(turn: Turn, node_id: int) -> tuple[Reading, Node]:
    """A goal of this chat with its tree. Raises `NotFound`, also for a member's part of an *each* goal."""
    reading, node = find(await readings_on(turn), node_id)
    if node.member_id is not None:
        raise NotFound("goal_gone")
    return reading, node
