"""/forget_me: exports a person's data, then erases it everywhere."""

from __future__ import annotations

import secrets

from bot.features.forget import view
from bot.features.forget.buttons import Erase, ForgetAsked, Keep
from bot.telegram.callback import BadButton
from bot.telegram.errors import sentence
from bot.telegram.feature import PRIVATE, SET_UP, Command, Feature, HelpLine, MenuLine, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions.documents import export_document
from core.actions.forget import forget, groups_of, logged_in_groups
from core.errors import CapReached
from language.i18n import words


async def forget_me(turn: Turn) -> None:
    """Sends the export, then asks. Nothing is erased until the button of this very question is tapped."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.only_in_private(turn.bot.username, turn.words))
        return
    if not await _handed_out(turn):
        await turn.reply(view.not_handed_out(turn.words))
        return
    groups = await groups_of(turn.store, turn.actor)
    word = secrets.token_hex(8)
    await turn.remember(ForgetAsked(word))
    await turn.reply(*view.question([group.title for group in groups], word, turn.words))


async def _keep(turn: Turn, button: Keep) -> None:
    await _check(turn, button.word)
    await turn.remember(None)
    await turn.edit(view.kept(turn.words))


async def _erase(turn: Turn, button: Erase) -> None:
    await _check(turn, button.word)
    catalogues = turn.services.catalogues
    await forget(turn.store, turn.actor, lambda group: view.nobody(words(group.locale, catalogues)), turn.now)
    await turn.edit(view.forgotten(turn.words))


async def _check(turn: Turn, word: str) -> None:
    """Raises `BadButton` if a button does not belong to the latest question."""
    asked = await turn.recall()
    is_answer = isinstance(asked, ForgetAsked) and secrets.compare_digest(asked.word.encode(), word.encode())
    if not turn.is_private or turn.user_id is None or not is_answer:
        raise BadButton


async def _handed_out(turn: Turn) -> bool:
    """Sends a person's data: their own goals, and what they logged in groups. Returns whether all of it arrived."""
    assert turn.user_id is not None
    elsewhere = await logged_in_groups(turn.store, turn.actor)
    if elsewhere is not None:
        name = f"goaltree-groups-{turn.today.isoformat()}.json"
        if await turn.send_document(name, elsewhere.encode(), view.caption_of_groups(turn.words)) is None:
            return False
    try:
        document = await export_document(turn.store, turn.actor, turn.caps)
    except CapReached as error:
        await turn.reply(sentence(error, turn.words))
        return True
    name = f"goaltree-{turn.today.isoformat()}.json"
    return await turn.send_document(name, document.encode(), view.caption(turn.words)) is not None


FEATURE = Feature(
    commands=(Command("forget_me", forget_me, None),),
    menu=(MenuLine("forget_me", "Erase everything about you", {PRIVATE: 120}),),
    taps=(OnTap(Keep, _keep, None), OnTap(Erase, _erase, None)),
    answers=(OnAnswer(ForgetAsked, None, None),),
    help=(HelpLine(SET_UP, "/forget_me – erases everything about you", {PRIVATE: 50}),),
)
