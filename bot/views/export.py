"""What went out of the bot as a file, and what came in."""

from __future__ import annotations

from bot.i18n import Words
from core.actions.documents import Imported


def caption(w: Words) -> str:
    """Under the file."""
    return w.t("Everything you have here: goals, entries and settings. Send me this file to restore it.")


def imported(done: Imported, w: Words) -> str:
    """What an import wrote."""
    if done.unchanged:
        return w.t("Nothing to do: everything in this file is here already.")
    parts = []
    if done.nodes_added:
        parts.append(w.n("{count} goal added", "{count} goals added", done.nodes_added))
    if done.nodes_changed:
        parts.append(w.n("{count} goal changed", "{count} goals changed", done.nodes_changed))
    if done.entries_added:
        parts.append(w.n("{count} entry added", "{count} entries added", done.entries_added))
    if done.settings_changed:
        parts.append(w.t("settings taken over"))
    return w.t("📥 Imported: {what}. /tree shows it.", what=", ".join(parts))


def too_large(limit: int, w: Words) -> str:
    """Not even looked at."""
    return w.t("This file is too large: I read documents of up to {limit} MB.", limit=w.number(limit // 1024 // 1024))


def not_received(w: Words) -> str:
    """Telegram did not hand it out."""
    return w.t("I could not get this file from Telegram. Please send it once more.")


def how(w: Words) -> str:
    """/import without a file."""
    return w.t("Send me the file that /export made, with /import as its caption.")
