"""Changes a goal's name, target or days."""

from __future__ import annotations

from datetime import date

from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import ask, edit_key, goal_of_chat, leave
from bot.features.goal.buttons import EditAsked, FromDay, GoalAction, SinceAsked
from bot.features.goal.card_view import to_card
from bot.telegram.turn import Turn
from core.actions.edit.rename import rename
from core.actions.edit.terms import TermsChange, change_terms
from core.goals.periods import DAY
from core.goals.terms import DaySchedule
from language.meanings import Meaning
from language.parsing.edits.change import SaidChange, read_change
from language.parsing.edits.since import since
from language.parsing.errors import Unclear
from language.tokens import plain

_QUOTES = '"“”„«»'


async def give_name(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Renames a goal; asks for the name if none was given."""
    _, node = await goal_of_chat(turn, node_id)
    title = said if asked else _name_in(said, turn)
    if not title:
        await ask(turn, EditAsked(GoalAction.RENAME, node_id), *ask_view.rename(node, turn.words))
        return
    done = await rename(turn.store, turn.actor, node_id, title, turn.now, source_key=edit_key(turn))
    await leave(turn)
    await turn.edit(changed_view.renamed(done, turn.words), (to_card(node_id, title),))


def _name_in(said: str, turn: Turn) -> str:
    """The new name in the words after the old one: "to Weights", "-> Weights", "“Weights”"."""
    first, _, rest = " ".join(said.split()).partition(" ")
    is_lead = first in ("->", "→", "=", ":") or turn.lexicon.means(plain(first), Meaning.TO)
    title = rest if rest and is_lead else " ".join(said.split())
    return title.strip(_QUOTES) if title[:1] in _QUOTES else title


async def set_target(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Sets a goal's target; asks for it if none was given, and then from when it applies."""
    reading, node = await goal_of_chat(turn, node_id)
    change = read_change(said, node, turn.hearing) if said else SaidChange()
    if change.is_empty:
        text = ask_view.target(reading.tree, node, turn.today, turn.words)
        await ask(turn, EditAsked(GoalAction.TARGET, node_id), *text)
    elif asked and change.since is None:
        await _ask_since(turn, node_id, said)
    else:
        await _apply(turn, node_id, change, edit_key(turn))


async def set_days(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """The same for the days on which the goal is scheduled."""
    if said:
        await set_target(turn, node_id, said, asked=asked)
        return
    _, node = await goal_of_chat(turn, node_id)
    await ask(turn, EditAsked(GoalAction.DAYS, node_id), *ask_view.days(node, turn.words))


async def _ask_since(turn: Turn, node_id: int, said: str) -> None:
    reading, node = await goal_of_chat(turn, node_id)
    following = reading.tree.period_of(node, turn.today).end + DAY
    text = ask_view.since(node, said, turn.today, following, turn.words)
    await ask(turn, SinceAsked(node_id, said), *text)


async def since_said(turn: Turn, asked: SinceAsked) -> None:
    """Takes the first day from words."""
    on = since(turn.text, turn.hearing)
    if on is None:
        raise Unclear("no_first_day", turn.text)
    await _change_from(turn, asked, on, edit_key(turn))


async def since_tapped(turn: Turn, button: FromDay) -> None:
    """Takes the first day from a button. The question holds the terms: once it is over the button does nothing."""
    asked = await turn.recall()
    if isinstance(asked, SinceAsked) and asked.node == button.node:
        await _change_from(turn, asked, button.on, edit_key(turn))
    else:
        await turn.answer(ask_view.over(turn.words), alert=True)


async def _change_from(turn: Turn, asked: SinceAsked, on: date, key: str) -> None:
    _, node = await goal_of_chat(turn, asked.node)
    await _apply(turn, asked.node, read_change(asked.said, node, turn.hearing), key, on)


async def _apply(turn: Turn, node_id: int, change: SaidChange, key: str, on: date | None = None) -> None:
    wanted = _terms(change, on or change.since)
    done = await change_terms(turn.store, turn.actor, node_id, wanted, turn.now, source_key=key)
    await leave(turn)
    title = done.node.title if done.node else ""
    await turn.edit(changed_view.terms_changed(done, turn.words), (to_card(node_id, title),))


def _terms(change: SaidChange, on: date | None) -> TermsChange:
    schedule = change.schedule or DaySchedule()
    by_weekdays = change.schedule is not None and schedule.every is None and not schedule.month_days
    return TermsChange(
        target=change.target,
        weight=change.weight,
        weekdays=schedule.weekdays if by_weekdays else None,
        every_days=schedule.every,
        month_days=schedule.month_days or None,
        tracked=change.tracked,
        direction=change.direction,
        baseline=change.baseline,
        starting=on,
    )
