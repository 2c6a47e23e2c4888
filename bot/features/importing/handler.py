"""Handles a file that was sent: one of our exports is imported at once, another app's after a preview, and always
completely or not at all."""

from __future__ import annotations

import asyncio
import secrets
from zoneinfo import ZoneInfo

from bot.common.files import downloaded
from bot.common.first_reminder import first_reminder
from bot.features.importing import view
from bot.features.importing.buttons import BringIn, FileSent, LeaveFile, OrderOfDates
from bot.telegram.callback import BadButton
from bot.telegram.feature import PRIVATE, SET_UP, Command, Feature, HelpLine, Listener, OnAnswer, OnTap
from bot.telegram.turn import Turn
from core.actions.documents import Imported, import_document
from core.actions.imports import import_from_app, list_places, own_names
from core.errors import ImportRefused, NotFound
from core.group.permissions import Act
from core.importing import DateOrder, Options, Understood, understand
from core.importing.limits import MOST_BYTES
from core.importing.preview import preview_of
from language.state_words import state_words

_MEDIA = ("image/", "audio/", "video/")


async def document(turn: Turn) -> None:
    """Handles a file."""
    file = turn.message.document if turn.message else None
    if file is None:
        await turn.reply(view.how(turn.words))
    elif (file.file_size or 0) > MOST_BYTES:
        await turn.reply(view.too_large(MOST_BYTES, turn.words))
    else:
        await _offer(turn, FileSent(secrets.token_hex(8), file.file_id))


async def no_document(turn: Turn) -> None:
    """Handles a photo or any other attachment."""
    await turn.reply(view.no_document(turn.words))


async def _offer(turn: Turn, sent: FileSent) -> None:
    """Imports one of our documents; previews any other file, with the necessary questions."""
    content = await downloaded(turn, sent.file_id)
    if content is None:
        await turn.edit(view.not_received(turn.words))
        return
    try:
        file = await _understood(turn, content, sent.dates)
    except ImportRefused as refused:
        if refused.code != "dates_ambiguous":
            raise
        await turn.remember(sent)
        await turn.edit(*view.order_of_dates(refused, sent.word, turn.words))
        return
    wanted = await asyncio.to_thread(file.parsed, turn.caps)
    if file.is_own:
        await _done(turn, await import_document(turn.store, turn.actor, wanted, turn.now, turn.caps))
        return
    preview = preview_of(wanted)
    places = await list_places(turn.store, turn.actor)
    await turn.remember(sent)
    await turn.edit(*view.offer(file, preview, places, sent.word, turn.words))


async def _tell_order(turn: Turn, button: OrderOfDates) -> None:
    sent = await _sent(turn, button.word)
    await _offer(turn, FileSent(sent.word, sent.file_id, button.order.value))


async def _bring_in(turn: Turn, button: BringIn) -> None:
    sent = await _sent(turn, button.word)
    below = None
    if button.below is not None:
        places = await list_places(turn.store, turn.actor)
        below = next((place.key for place in places if place.node_id == button.below), None)
        if below is None:
            raise NotFound("goal_gone")
    content = await downloaded(turn, sent.file_id)
    if content is None:
        await turn.reply(view.not_received(turn.words))
        return
    file = await _understood(turn, content, sent.dates)
    wanted = await asyncio.to_thread(file.parsed, turn.caps)
    done = await import_from_app(turn.store, turn.actor, wanted, turn.now, below=below, caps=turn.caps)
    await turn.remember(None)
    await _done(turn, done)


async def _leave(turn: Turn, button: LeaveFile) -> None:
    await _sent(turn, button.word)
    await turn.remember(None)
    await turn.edit(view.left(turn.words))


async def _sent(turn: Turn, word: str) -> FileSent:
    """The file that a button belongs to. Raises `BadButton` if another was sent since, or if it is another person's."""
    asked = await turn.recall()
    if not isinstance(asked, FileSent) or not secrets.compare_digest(asked.word.encode(), word.encode()):
        raise BadButton
    return asked


async def _understood(turn: Turn, content: bytes, dates: str | None) -> Understood:
    # A large file takes a second or two, during which others are answered.
    order = DateOrder(dates) if dates else None
    names = await own_names(turn.store, turn.actor)
    options = Options(ZoneInfo(turn.owner.timezone), order, turn.caps.document_entries, state_words(), names)
    return await asyncio.to_thread(understand, content, options)


async def _done(turn: Turn, done: Imported) -> None:
    before = turn.owner
    if done.settings_changed or done.reminders_changed:
        await turn.begin()  # reloads the owner
    text = view.imported(done, before, turn.owner, turn.words)
    first = await first_reminder(turn, done.trees)
    await turn.edit(f"{text}\n\n{first}" if first else text)


def _has_document(turn: Turn) -> bool:
    """Whether the message has a file that may be imported; a picture sent as a file is not."""
    file = turn.message.document if turn.message else None
    return turn.is_private and file is not None and not (file.mime_type or "").startswith(_MEDIA)


def _has_attachment(turn: Turn) -> bool:
    """Whether the message has only an attachment: a caption is read like any other words."""
    return turn.is_private and turn.message is not None and bool(turn.message.effective_attachment) and not turn.text


FEATURE = Feature(
    commands=(Command("import", document, Act.EDIT_TREE),),
    taps=(
        OnTap(OrderOfDates, _tell_order, Act.EDIT_TREE),
        OnTap(BringIn, _bring_in, Act.EDIT_TREE),
        OnTap(LeaveFile, _leave, Act.EDIT_TREE),
    ),
    answers=(OnAnswer(FileSent, None, None),),
    listeners=(Listener(-40, _has_document, document), Listener(-30, _has_attachment, no_document)),
    help=(HelpLine(SET_UP, "send me another app's export, or a sheet as CSV – I show what it holds", {PRIVATE: 45}),),
)
