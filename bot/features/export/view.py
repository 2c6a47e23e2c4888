"""What went out of the bot as a file, and what came in."""

from __future__ import annotations

from decimal import Decimal

from bot.columns import cut
from bot.telegram.html import bold, esc
from core.actions.documents import Imported
from core.model import Owner
from language.i18n import Words


def caption(w: Words) -> str:
    """Under the file."""
    return w.t("Everything you have here: goals, entries and settings. Send me this file to restore it.")


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


def no_document(w: Words) -> str:
    """A file that is no export."""
    return w.t("I read only my own export files (goaltree-….json).")


def imported(done: Imported, before: Owner, after: Owner, w: Words) -> str:
    """What an import wrote."""
    left_out = ""
    if done.left_out:
        left_out = "\n" + w.n(
            "{count} entry of somebody else was left out: people log for themselves.",
            "{count} entries of others were left out: people log for themselves.",
            done.left_out,
        )
    if done.unchanged:
        return w.t("Nothing to do: everything in this file is here already.") + left_out
    parts = []
    if done.nodes_added:
        parts.append(w.n("{count} goal added", "{count} goals added", done.nodes_added))
    if done.nodes_changed:
        parts.append(w.n("{count} goal changed", "{count} goals changed", done.nodes_changed))
    if done.entries_added:
        parts.append(w.n("{count} entry added", "{count} entries added", done.entries_added))
    if done.reminders_changed:
        parts.append(w.t("reminders taken over"))
    if done.settings_changed:
        parts += _settings(before, after, w) or [w.t("settings taken over")]
    return w.t("📥 Imported: {what}. /tree shows it.", what=", ".join(parts)) + left_out


def _settings(before: Owner, after: Owner, w: Words) -> list[str]:
    """Those that are another now."""
    said = []
    if before.timezone != after.timezone:
        said.append(w.t("time zone is now {zone}", zone=esc(after.timezone)))
    if before.day_start != after.day_start:
        said.append(w.t("the day now starts at {time}", time=w.time(after.day_start)))
    if before.week_start != after.week_start:
        said.append(w.t("the week now starts on {weekday}", weekday=w.weekday(after.week_start)))
    if before.quiet != after.quiet and after.quiet:
        start, end = w.time(after.quiet.start), w.time(after.quiet.end)
        said.append(w.t("quiet hours are now {start} to {end}", start=start, end=end))
    if before.nudge_after != after.nudge_after:
        said.append(w.t("a second reminder is set"))
    if before.locale != after.locale:
        said.append(w.t("language is now {language}", language=esc(after.locale)))
    return said


def too_large(limit: int, w: Words) -> str:
    """Not even looked at."""
    return w.t(
        "This file is too large: I read documents of up to {limit} MB.", limit=w.number(Decimal(limit) / 1_000_000)
    )


def not_received(w: Words) -> str:
    """Telegram did not hand it out."""
    return w.t("I could not get this file from Telegram. Please send it once more.")


def how(w: Words) -> str:
    """/import without a file."""
    return w.t("Send me the file that /export made, with /import as its caption.")
