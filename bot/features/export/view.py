"""What goes out of the bot as a file."""

from __future__ import annotations

from bot.columns import cut
from bot.telegram.html import bold, esc
from language.i18n import Words


def caption(w: Words) -> str:
    """Under the file."""
    return w.t("Everything you have here: goals, entries and settings. Send me this file to restore it.")


def sheet_caption(w: Words) -> str:
    """Under what was logged, as a sheet."""
    return w.t("What you logged, a row for each entry. It opens in any spreadsheet, and I read it back.")


def group_caption(title: str, w: Words) -> str:
    """Under a group's file."""
    return w.t(
        "Everything of {group}: goals, everyone's entries with their notes, and settings. Keep it to yourself. To "
        "restore it, send it in the group with <code>/import</code> as its caption.",
        group=bold(cut(title, 60)),
    )


def sent_privately(w: Words) -> str:
    """In the group, where the file is not."""
    return w.t("I have sent you the file in our private chat: it holds everyone's notes.")


def speak_first(bot: str, w: Words) -> str:
    """The admin never spoke to the bot alone."""
    return w.t(
        "The file holds everyone's notes, so I send it to you alone. Open t.me/{bot}, press Start, then send /export "
        "here again.",
        bot=esc(bot),
    )
