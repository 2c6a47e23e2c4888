"""/plan: a whole outline in one message, or one question after the other."""

from __future__ import annotations

import unicodedata

from bot.common.beginning import FirstGoalAsked
from bot.common.files import downloaded
from bot.features.plan import aims, outline_taps, outlines, templates, view
from bot.features.plan.leaving import leave
from bot.features.plan.steps import begin
from bot.telegram.feature import (
    ADMINS,
    FOR_ADMINS,
    GROUP,
    PLAN,
    PRIVATE,
    Command,
    Feature,
    HelpLine,
    Listener,
    MenuLine,
)
from bot.telegram.turn import Turn
from core.group.permissions import Act
from language.meanings import Meaning
from language.parsing.aims import is_sentence
from language.tokens import phrase, plain

MOST_BYTES = 1_000_000
"""The largest outline that is read: far more than all goals of a chat."""


async def plan(turn: Turn) -> None:
    """Plants or extends the trees of an outline; proposes a tree for a sentence; without either, begins to ask."""
    if not turn.args:
        if not (await aims.goes_on(turn) or await templates.goes_on(turn)):
            await begin(turn)
        return
    word, _, name = turn.args.strip().partition(" ")
    if turn.lexicon.means(plain(word), Meaning.TEMPLATE) and "\n" not in name:
        await templates.by_word(turn, name.strip())
        return
    await _answer_first_goal(turn)
    if is_sentence(turn.args):
        await aims.begin_with(turn, turn.args)
        return
    await outlines.take(turn, *outlines.text_of(turn))


async def outline_file(turn: Turn) -> None:
    """Handles an outline in a file, as /tree sends one that is too long for a message."""
    file = turn.message.document if turn.message else None
    content = await downloaded(turn, file.file_id) if file and (file.file_size or 0) <= MOST_BYTES else None
    if content is None:
        await turn.reply(view.not_received(turn.words))
    else:
        await outlines.take(turn, unicodedata.normalize("NFC", content.decode("utf-8-sig", "replace")))


def _has_outline(turn: Turn) -> bool:
    file = turn.message.document if turn.message else None
    name = (file.file_name or "").lower() if file else ""
    return turn.is_private and name.startswith("outline") and name.endswith(".txt")


async def _answer_first_goal(turn: Turn) -> None:
    """Ends the question for a first goal once somebody sends a plan: if the plan is refused, the next log would
    otherwise become that goal."""
    if isinstance(await turn.recall(), FirstGoalAsked):
        await turn.remember(None)


async def edited(turn: Turn) -> None:
    """Handles an edited plan: plants or proposes what it says now."""
    if not turn.args:
        return
    message_id = turn.message.message_id if turn.message else 0
    if is_sentence(turn.args) and await outlines.known(turn, message_id) is None:
        await plan(turn)
    else:
        await outline_taps.edited(turn)


def _is_cancelled(turn: Turn) -> bool:
    """Whether the words cancel a conversation, as the command does."""
    return (turn.is_private or turn.replies_to_us) and turn.lexicon.means(phrase(turn.text), Meaning.CANCEL)


FEATURE = Feature(
    commands=(
        Command("plan", plan, Act.EDIT_TREE, after_edit=edited, edit_act=Act.EDIT_TREE, spoken=True),
        Command("cancel", leave, None),
    ),
    menu=(MenuLine("plan", "Plant a new vision or extend one", {PRIVATE: 60, ADMINS: 160}),),
    listeners=(Listener(-50, _is_cancelled, leave), Listener(-45, _has_outline, outline_file, Act.EDIT_TREE)),
    help=(
        HelpLine(PLAN, "/plan – a few questions, or a whole outline in one message", {PRIVATE: 10}),
        HelpLine(PLAN, "/cancel – leaves my questions", {PRIVATE: 40}),
        HelpLine(FOR_ADMINS, "/plan – plants goals", {GROUP: 10}),
    ),
)
