"""Files that the bot sends."""

from __future__ import annotations

from bot.columns import cut
from bot.common.names import name_of
from bot.features.export.buttons import ExportForm, TakeOut
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.exports import Export
from core.goals.model import Member
from language.i18n import Words, mark

_FORMS = {
    ExportForm.DOCUMENT: mark("Everything, to restore it"),
    ExportForm.SHEETS: mark("Sheets (CSV)"),
    ExportForm.OUTLINE: mark("The plan as an outline"),
}
_CAPTIONS = {
    Export.DOCUMENT: mark("Everything you have here: goals, entries and settings. Send me this file to restore it."),
    Export.ENTRIES: mark("What you logged, a row for each entry. It opens in any spreadsheet, and I read it back."),
    Export.PERIODS: mark("How each goal did in each of its periods: expected, reached, percent, and how it ended."),
    Export.OUTLINE: mark("Your plan as an outline. Change it and send it back with /plan."),
}
_GROUP_CAPTIONS = {
    Export.DOCUMENT: mark(
        "Everything of {group}: goals, everyone's entries with their notes, and settings. Keep it to yourself. To "
        "restore it, send it in the group with <code>/import</code> as its caption."
    ),
    Export.ENTRIES: mark(
        "What was logged in {group}, with everyone's notes: keep it to yourself. It names those who allow it with "
        "<code>/named on</code>."
    ),
    Export.PERIODS: mark("How each goal of {group} did in each of its periods."),
    Export.OUTLINE: mark("The plan of {group} as an outline."),
}
_FILES = {
    Export.DOCUMENT: "goaltree-{day}.json",
    Export.ENTRIES: "goaltree-{day}.csv",
    Export.PERIODS: "goaltree-{day}-periods.csv",
    Export.OUTLINE: "goaltree-{day}.txt",
}


def offer(asked: str, w: Words) -> tuple[str, Keyboard]:
    """The forms of an export; `asked` is an unknown one that was asked for."""
    text = w.t("Which file would you like?")
    if asked:
        text = w.t("I make no “{form}”.", form=esc(cut(asked, 30))) + " " + text
    return text, tuple((Button(w.t(label), TakeOut(form)),) for form, label in _FORMS.items())


def caption(what: Export, w: Words) -> str:
    """The caption of a person's own file."""
    return w.t(_CAPTIONS[what])


def group_caption(what: Export, title: str, w: Words) -> str:
    """The caption of a group's file."""
    return w.t(_GROUP_CAPTIONS[what], group=bold(cut(title, 60)))


def file_name(what: Export, day: str) -> str:
    return _FILES[what].format(day=day)


def sent_privately(w: Words) -> str:
    """The sentence in the group after a file was sent privately."""
    return w.t("I have sent you the file in our private chat: it holds everyone's notes.")


def speak_first(bot: str, w: Words) -> str:
    """The refusal for an admin who has no private chat with the bot."""
    return w.t(
        "The file holds everyone's notes, so I send it to you alone. Open t.me/{bot}, press Start, then send /export "
        "here again.",
        bot=esc(bot),
    )


def named(member: Member, w: Words) -> str:
    """A member's current choice."""
    name = bold(name_of(member, w))
    if member.named:
        return w.t(
            "{name}, sheets that admins take out of this group may hold your name. /named off ends it.", name=name
        )
    return w.t("{name}, sheets that admins take out of this group leave your name out. /named on allows it.", name=name)


def only_in_groups(w: Words) -> str:
    """The refusal in a private chat: one's own sheets need no name."""
    return w.t("That is for groups: there, /named on lets the sheets of /export hold your name.")
