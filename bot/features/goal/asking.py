"""How a change of a goal is asked for: which goal is meant, and what is awaited next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ParamSpec

from bot.common.goals import find, goals_of, readings_on
from bot.common.terms import invitation
from bot.features.goal import ask_view
from bot.features.goal.buttons import EditAsked, NumberAsked, SinceAsked, What
from bot.features.plan.guided_view import reply_here
from bot.telegram.keyboard import Keyboard
from bot.telegram.question import Question
from bot.telegram.turn import Turn
from core.errors import InvalidPlan, NotFound
from core.goals.model import Node
from core.goals.reading import Reading
from language.parsing.edits.change import Hearing
from language.parsing.edits.naming import NamedGoals, read_name, read_whole_name
from language.parsing.line import KnownGoal

P = ParamSpec("P")

_WHOLE = frozenset({What.CARD, What.BACK, What.END, What.DELETE})
"""Where nothing is said behind the name."""


def plainly(handler: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """Has what an edit is refused for said by itself: there is no plan in which it had a place."""

    async def handle(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(*args, **kwargs)
        except InvalidPlan as error:
            raise InvalidPlan([fault.at("") for fault in error.faults]) from None

    return handle


async def show(turn: Turn, text: str, keyboard: Keyboard = ()) -> None:
    """In place of the message whose button was tapped, or as an answer."""
    await (turn.edit if turn.query else turn.reply)(text, keyboard)


def edit_key(turn: Turn) -> str:
    """The key by which this message or tap is known when it arrives again."""
    return f"{turn.tap_key}:{turn.update_id}" if turn.query else turn.source_key()


async def ask(turn: Turn, question: Question, text: str, keyboard: Keyboard) -> None:
    """Remembers what is awaited, and asks."""
    await turn.remember(question)
    await show(turn, text if turn.is_private else f"{text}\n{reply_here(turn.words)}", keyboard)


async def leave(turn: Turn) -> None:
    """The question about an edit is over, whichever it was; another one stays open."""
    if isinstance(await turn.recall(), EditAsked | SinceAsked | NumberAsked):
        await turn.remember(None)


async def meant(turn: Turn, what: What, text: str) -> tuple[int, str] | None:
    """(the goal that words begin with, what is said of it); None where that had to be asked first."""
    goals = _likely(goals_of(await readings_on(turn)), what)
    if not goals:
        await turn.reply(invitation(turn.words))
        return None
    if not text:
        await _ask_which(turn, EditAsked(what), *ask_view.which_alone(goals, what, turn.words))
        return None
    read = read_whole_name if what in _WHOLE else read_name
    return await settled(turn, what, read(text, goals, ended_first=what is What.BACK))


async def settled(turn: Turn, what: What, named: NamedGoals, said: str | None = None) -> tuple[int, str] | None:
    """The goal of a name, where there is no doubt; else asks which."""
    rest = named.rest if said is None else said
    if named.sure is not None:
        return named.sure.id, rest
    if named.goals or named.nearest:
        await _ask_which(turn, EditAsked(what, None, rest or None), *ask_view.which(named, what, turn.words))
    else:
        await show(turn, *ask_view.which(named, what, turn.words))
    return None


async def _ask_which(turn: Turn, question: EditAsked, text: str, keyboard: Keyboard) -> None:
    """In a group a goal whose card is wanted is chosen by its button alone, by anybody."""
    if turn.is_private or question.what is not What.CARD:
        await ask(turn, question, text, keyboard)
    else:
        await show(turn, text, keyboard)


def _likely(goals: Sequence[KnownGoal], what: What) -> list[KnownGoal]:
    """The goals with the ended ones behind; a vision stands below nothing and has no target."""
    fit = [goal for goal in goals if goal.under or what not in (What.TARGET, What.DAYS, What.MOVE)]
    return sorted(fit, key=lambda goal: goal.over is not (what is What.BACK))


async def goal_of_chat(turn: Turn, node_id: int) -> tuple[Reading, Node]:
    """A goal of this chat with its tree; raises `NotFound`, also for one member's part: nobody is a goal."""
    reading, node = find(await readings_on(turn), node_id)
    if node.member_id is not None:
        raise NotFound("goal_gone")
    return reading, node


def hearing(turn: Turn) -> Hearing:
    """The context in which words about a goal are read."""
    return Hearing(turn.today, turn.lexicon, turn.owner.week_start, turn.words.decimal_comma)
