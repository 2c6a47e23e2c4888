"""/export: everything as a goaltree/1 document; and the way back."""

from __future__ import annotations

from telegram import Document
from telegram.error import BadRequest

from bot.common.first_reminder import first_reminder
from bot.features.export import view
from bot.telegram.calls import patiently
from bot.telegram.feature import PRIVATE, SET_UP, Command, Feature, HelpLine, Listener, MenuLine
from bot.telegram.turn import Turn
from core.actions.documents import export_document, import_document
from core.errors import Refused
from core.permissions import Act


async def export(turn: Turn) -> None:
    """Sends the document; a group's to the admin who asks, and not to all who read there: it holds everyone's notes."""
    if not turn.is_private and turn.user_id is None:
        raise Refused("anonymous")
    document = (await export_document(turn.store, turn.actor, turn.caps)).encode()
    name = f"goaltree-{turn.today.isoformat()}.json"
    if turn.is_private:
        await turn.send_document(name, document, view.caption(turn.words))
    elif await turn.send_document_privately(name, document, view.group_caption(turn.owner.title, turn.words)):
        await turn.reply(view.sent_privately(turn.words))
    else:
        await turn.reply(view.speak_first(turn.bot.username, turn.words))


async def document(turn: Turn) -> None:
    """A file was sent: an import, all of it or nothing."""
    file = turn.message.document if turn.message else None
    if file is None:
        await turn.reply(view.how(turn.words))
        return
    if not (file.file_name or "").lower().endswith(".json") and file.mime_type != "application/json":
        await no_document(turn)
        return
    content = await _downloaded(turn, file)
    if isinstance(content, str):
        await turn.reply(content)
        return
    done, before = await import_document(turn.store, turn.actor, bytes(content), turn.now, turn.caps), turn.owner
    if done.settings_changed or done.reminders_changed:
        await turn.begin()  # the owner as it is now
    said = view.imported(done, before, turn.owner, turn.words)
    first = await first_reminder(turn, done.trees)
    await turn.reply(f"{said}\n\n{first}" if first else said)


async def _downloaded(turn: Turn, file: Document) -> bytearray | str:
    """What a file holds, or the sentence that says why that cannot be known."""
    most = turn.caps.document
    if (file.file_size or 0) > most:
        return view.too_large(most, turn.words)
    try:
        found = await patiently(lambda: turn.bot.get_file(file.file_id))
        # The message need not say how large it is, but Telegram itself does.
        if found and (found.file_size or 0) > most:
            return view.too_large(most, turn.words)
        content = await patiently(found.download_as_bytearray) if found else None
    except BadRequest:
        content = None
    return view.not_received(turn.words) if content is None else content


async def no_document(turn: Turn) -> None:
    """A photo, a PDF or whatever else was sent."""
    await turn.reply(view.no_document(turn.words))


def _has_document(turn: Turn) -> bool:
    return turn.is_private and turn.message is not None and turn.message.document is not None


def _has_attachment(turn: Turn) -> bool:
    return turn.is_private and turn.message is not None and bool(turn.message.effective_attachment)


FEATURE = Feature(
    commands=(
        Command("export", export, Act.SETTINGS),
        Command("import", document, Act.EDIT_TREE),
    ),
    menu=(MenuLine("export", "Everything as a file", {PRIVATE: 100}),),
    listeners=(Listener(-40, _has_document, document), Listener(-30, _has_attachment, no_document)),
    help=(HelpLine(SET_UP, "/export – everything as a file; send it back to me to restore it", {PRIVATE: 40}),),
)
