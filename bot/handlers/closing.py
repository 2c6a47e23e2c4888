"""Closing a quarter below its digest: a goal is carried over, perhaps with another target, or let go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.acts import Acts
from bot.callback import BadButton, day_packed, day_unpacked, fields, unpacked
from bot.handlers import guided, log
from bot.handlers.goals import decimal_comma, find, goal_of, readings_on
from bot.keyboard import Keyboard
from bot.letters.digest import whose_title
from bot.turn import Turn
from bot.views import closing as view
from bot.views import digest as digest_view
from bot.views.closing import CHANGE, Answer
from bot.views.guided import reply_here
from core.actions.closing import Closed, carry_over, let_go, quarter_to_close
from core.actions.digest import read_digest
from core.actions.farewell import ended_within
from core.errors import InvalidPlan, InvalidValue
from core.model import Level
from core.periods import period_of
from core.permissions import Act
from language.parsing.amounts import read_amount

ASKED = "close.target"


async def tapped(turn: Turn) -> None:
    """A button below a quarterly digest. It says what is to be so, and may be tapped twice, and weeks later."""
    try:
        await _tapped(turn)
    except InvalidPlan as error:
        await turn.answer(view.refused(error.faults[0], turn.words), alert=True)


async def _tapped(turn: Turn) -> None:
    parts = fields(turn.args, 2, 3)
    if len(parts) == 2:
        await turn.edit(*await _digest(turn, day_unpacked(parts[0]), _answers(turn), page=unpacked(parts[1])))
        return
    node_id, quarter, verb = unpacked(parts[0]), day_unpacked(parts[1]), parts[2]
    if verb == CHANGE:
        await _ask_target(turn, node_id, quarter)
    elif verb == Answer.CARRIED_OVER:
        done = await carry_over(turn.store, turn.chat_id, node_id, quarter, turn.now)
        await _show(turn, done, Answer.CARRIED_OVER)
    elif verb == Answer.LET_GO:
        done = await let_go(turn.store, turn.chat_id, node_id, quarter, turn.now)
        await _show(turn, done, Answer.LET_GO)
    else:
        raise BadButton


async def target_said(turn: Turn) -> None:
    """The new target: the goal goes on with it, and the digest shows that."""
    state = await turn.recall() or {}
    node_id, quarter = int(str(state.get("node"))), day_unpacked(str(state.get("quarter")))
    try:
        goal = goal_of(await readings_on(turn), node_id)
        target = read_amount(turn.text, goal, turn.lexicon, decimal_comma=decimal_comma(turn.words))
    except InvalidValue:
        if turn.is_private and await guided.clearly_logs(turn):
            await log.free_text(turn)
            return
        raise
    try:
        done = await carry_over(turn.store, turn.chat_id, node_id, quarter, turn.now, target)
    except InvalidPlan as error:
        await turn.reply(view.refused(error.faults[0], turn.words))
        return
    await turn.remember(None)
    await turn.reply(view.carried_over(done, turn.words))
    kept = state.get("answers")
    answers = {int(node): Answer(said) for node, said in kept.items()} if isinstance(kept, dict) else {}
    answers[node_id] = Answer.CARRIED_OVER
    if message := int(str(state.get("message"))):  # 0: too old for Telegram to tell which it was
        shown = await _digest(turn, quarter, answers, node_id=node_id)
        await turn.rewrite(message, *shown, is_picture=bool(state.get("picture")))


async def _ask_target(turn: Turn, node_id: int, quarter_start: date) -> None:
    reading, node = find(await readings_on(turn), node_id)
    quarter = quarter_to_close(reading.tree, node, quarter_start, turn.today)
    if node.target is None:
        await turn.answer(view.no_target(turn.words), alert=True)
        return
    await turn.remember(
        {
            "state": ASKED,
            "node": node_id,
            "quarter": day_packed(quarter.start),
            "message": turn.message.message_id if turn.message else 0,
            "picture": turn.is_picture,
            "answers": {str(known): answer.value for known, answer in _answers(turn).items()},
        }
    )
    await turn.answer()
    question = view.ask_target(node, quarter, turn.words)
    await turn.reply(question if turn.is_private else f"{question}\n{reply_here(turn.words)}")


async def _show(turn: Turn, done: Closed, answer: Answer) -> None:
    """Says what became of the goal, and shows it in place."""
    said = view.carried_over if answer is Answer.CARRIED_OVER else view.let_go
    await turn.answer(said(done, turn.words))
    answers = {**_answers(turn), done.node.id: answer}
    await turn.edit(*await _digest(turn, done.quarter.start, answers, node_id=done.node.id))


async def _digest(
    turn: Turn, quarter_start: date, answers: Mapping[int, Answer], *, page: int = 0, node_id: int | None = None
) -> tuple[str, Keyboard]:
    """The digest of a quarter as it reads now, at a page or at the page of a goal."""
    quarter = period_of(Level.QUARTERLY, quarter_start)
    if quarter.start > turn.today:
        raise BadButton
    found = await read_digest(turn.store, turn.actor, Level.QUARTERLY, quarter, turn.today)
    if node_id is not None:
        page = view.page_of(found, node_id)
    ended = await ended_within(turn.store, turn.actor, quarter, turn.today)
    shown = digest_view.Shown(whose_title(turn.owner), page=page, answers=answers, ended=ended)
    return digest_view.digest(found, turn.words, shown)


def _answers(turn: Turn) -> dict[int, Answer]:
    """What the tapped message shows as answered: a goal's row lacks the button that was tapped before."""
    rows: dict[int, set[str]] = {}
    for data in turn.offered:
        prefix, *parts = data.split(":")
        if prefix == "close" and len(parts) == 3:
            rows.setdefault(unpacked(parts[0]), set()).add(parts[2])
    return {
        node_id: answer
        for node_id, verbs in rows.items()
        for answer in (Answer.CARRIED_OVER, Answer.LET_GO)
        if answer.value not in verbs
    }


def _pages_or_closes(turn: Turn) -> Act:
    return Act.SEE if turn.args.count(":") == 1 else Act.EDIT_TREE


CALLBACKS = {"close": tapped}
STATES = {ASKED: target_said}
ACTS: Acts = {tapped: _pages_or_closes, target_said: Act.EDIT_TREE}
