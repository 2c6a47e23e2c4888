"""/export: everything as a goaltree/1 document, as sheets, or as an outline; /named: whether sheets show one's name."""

from __future__ import annotations

from bot.common.own_choice import own_choice
from bot.common.terms import invitation
from bot.features.export import view
from bot.features.export.buttons import ExportForm, TakeOut
from bot.telegram.feature import GROUP, PRIVATE, SET_UP, TOGETHER, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.turn import Turn
from core.actions.exports import Export, export
from core.actions.members import allow_name
from core.errors import Refused
from core.group.permissions import Act

_FORMATS = {"csv": ExportForm.SHEETS, "json": ExportForm.DOCUMENT, "outline": ExportForm.OUTLINE}


async def export_command(turn: Turn) -> None:
    """Offers the forms, or sends the named one."""
    _check(turn)
    form = _FORMATS.get(turn.args.strip().lower())
    if form is None:
        await turn.reply(*view.offer(turn.args.strip(), turn.words))
    else:
        await _send(turn, form)


async def _tapped(turn: Turn, button: TakeOut) -> None:
    _check(turn)
    await _send(turn, button.form)


def _check(turn: Turn) -> None:
    if not turn.is_private and turn.user_id is None:
        raise Refused("anonymous")


async def _send(turn: Turn, form: ExportForm) -> None:
    """Sends the files. A group's files go to the asking admin's private chat: they contain everyone's notes."""
    files = [(what, await export(turn.store, turn.actor, what, turn.now, turn.caps)) for what in form.files]
    if not all(content for _, content in files):  # the outline without goals: Telegram accepts no empty file
        await turn.reply(invitation(turn.words))
        return
    if not turn.is_private:
        await turn.reply(await _sent_privately(turn, files))
        return
    for what, content in files:
        await turn.send_document(_name(turn, what), content, view.caption(what, turn.words))


async def _sent_privately(turn: Turn, files: list[tuple[Export, bytes]]) -> str:
    """Sends files to the sender's private chat. Returns the sentence for the group."""
    for what, content in files:
        caption = view.group_caption(what, turn.owner.title, turn.words)
        if not await turn.send_document_privately(_name(turn, what), content, caption):
            return view.speak_first(turn.bot.username, turn.words)
    return view.sent_privately(turn.words)


def _name(turn: Turn, what: Export) -> str:
    return view.file_name(what, turn.today.isoformat())


async def named(turn: Turn) -> None:
    """Shows or sets whether the group's sheets may show the sender's name."""
    member = await own_choice(turn, lambda on: allow_name(turn.store, turn.actor, on))
    await turn.reply(view.named(member, turn.words) if member else view.only_in_groups(turn.words))


FEATURE = Feature(
    commands=(Command("export", export_command, Act.SETTINGS), Command("named", named, Act.LOG)),
    menu=(MenuLine("export", "Everything as a file", {PRIVATE: 100}),),
    taps=(OnTap(TakeOut, _tapped, Act.SETTINGS),),
    help=(
        HelpLine(SET_UP, "/export – everything as a file; send it back to me to restore it", {PRIVATE: 40}),
        HelpLine(SET_UP, "<code>/export csv</code> – what you logged, for a spreadsheet", {PRIVATE: 42}),
        HelpLine(TOGETHER, "<code>/named on</code> – sheets of this group may hold your name", {GROUP: 90}),
    ),
)
