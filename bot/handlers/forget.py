"""/forget_me: a person's data is handed out, and then erased everywhere."""

from __future__ import annotations

import secrets

from bot.acts import Acts
from bot.callback import BadButton, fields
from bot.errors import sentence
from bot.turn import Turn
from bot.views import forget as view
from core.actions.documents import export_document
from core.actions.forget import forget, groups_of, logged_in_groups
from core.errors import CapReached
from language.i18n import words

ASKED = "forget"


async def forget_me(turn: Turn) -> None:
    """Hands out the export, then asks. Nothing is erased before the button of this very question is tapped."""
    if not turn.is_private or turn.user_id is None:
        await turn.reply(view.privately(turn.bot.username, turn.words))
        return
    if not await _handed_out(turn):
        await turn.reply(view.not_handed_out(turn.words))
        return
    groups = await groups_of(turn.store, turn.user_id)
    word = secrets.token_hex(8)
    await turn.remember({"state": ASKED, "word": word})
    await turn.reply(*view.question([group.title for group in groups], word, turn.words))


async def tapped(turn: Turn) -> None:
    """The answer to the question that was asked last."""
    state = await turn.recall() or {}
    said, word = fields(turn.args, 2)
    asked = str(state.get("word", "")) if state.get("state") == ASKED else ""
    if not turn.is_private or turn.user_id is None or not asked or not secrets.compare_digest(asked, word):
        raise BadButton
    if said == view.KEEP:
        await turn.remember(None)
        await turn.edit(view.kept(turn.words))
    elif said == view.ERASE:
        catalogues = turn.services.catalogues
        await forget(turn.store, turn.user_id, lambda group: view.nobody(words(group.locale, catalogues)), turn.now)
        await turn.edit(view.forgotten(turn.words))
    else:
        raise BadButton


async def _handed_out(turn: Turn) -> bool:
    """Whether all that is theirs reached them: their own goals, and what they logged in groups."""
    assert turn.user_id is not None
    elsewhere = await logged_in_groups(turn.store, turn.user_id)
    if elsewhere is not None:
        name = f"goaltree-groups-{turn.today.isoformat()}.json"
        if await turn.send_document(name, elsewhere.encode(), view.caption_of_groups(turn.words)) is None:
            return False
    try:
        document = await export_document(turn.store, turn.chat_id, turn.caps)
    except CapReached as error:
        await turn.reply(sentence(error, turn.words))
        return True
    name = f"goaltree-{turn.today.isoformat()}.json"
    return await turn.send_document(name, document.encode(), view.caption(turn.words)) is not None


COMMANDS = {"forget_me": forget_me}
CALLBACKS = {"forget": tapped}
ACTS: Acts = {forget_me: None, tapped: None}
