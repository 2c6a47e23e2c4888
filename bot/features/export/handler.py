"""/export: everything as a goaltree/1 document, or what was logged as a sheet."""

from __future__ import annotations

from bot.features.export import view
from bot.telegram.feature import PRIVATE, SET_UP, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.actions.documents import export_document, export_entries
from core.errors import Refused
from core.group.permissions import Act


async def export(turn: Turn) -> None:
    """Sends the document, or with `csv` the sheet; a group's to the admin who asks, and not to all who read there: it
    holds everyone's notes."""
    if not turn.is_private and turn.user_id is None:
        raise Refused("anonymous")
    is_sheet = turn.args.strip().lower() == "csv"
    if is_sheet:
        document = await export_entries(turn.store, turn.actor, turn.caps)
    else:
        document = (await export_document(turn.store, turn.actor, turn.caps)).encode()
    name = f"goaltree-{turn.today.isoformat()}.{'csv' if is_sheet else 'json'}"
    if turn.is_private:
        caption = view.sheet_caption(turn.words) if is_sheet else view.caption(turn.words)
        await turn.send_document(name, document, caption)
    elif await turn.send_document_privately(name, document, view.group_caption(turn.owner.title, turn.words)):
        await turn.reply(view.sent_privately(turn.words))
    else:
        await turn.reply(view.speak_first(turn.bot.username, turn.words))


FEATURE = Feature(
    commands=(Command("export", export, Act.SETTINGS),),
    menu=(MenuLine("export", "Everything as a file", {PRIVATE: 100}),),
    help=(
        HelpLine(SET_UP, "/export – everything as a file; send it back to me to restore it", {PRIVATE: 40}),
        HelpLine(SET_UP, "/export csv – what you logged, for a spreadsheet", {PRIVATE: 42}),
    ),
)
