"""The contents of a file that was sent, and the result of its import."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.columns import cut
from bot.features.importing.buttons import BringIn, LeaveFile, OrderOfDates
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.documents import Imported
from core.actions.imports import ImportPlace
from core.errors import ImportRefused
from core.goals.model import Owner
from core.importing import DateOrder, Understood
from core.importing.preview import Preview
from language.i18n import Words
from language.previews import preview_lines, remark_lines

MOST_REMARKS = 10
MOST_PLACES = 8


def order_of_dates(asked: ImportRefused, word: str, w: Words) -> tuple[str, Keyboard]:
    """Asks for the order of a sheet's dates, with an example."""
    labels = {
        DateOrder.DMY: w.t("day, month, year"),
        DateOrder.MDY: w.t("month, day, year"),
        DateOrder.YMD: w.t("year, month, day"),
    }
    choices = asked.values["choices"]
    orders = [order for order in DateOrder if isinstance(choices, list) and order.value in choices]
    buttons = [Button(labels[order], OrderOfDates(order, word)) for order in orders]
    return (
        w.t("How are dates such as {text} meant?", text=bold(str(asked.values["text"]))),
        tuple((button,) for button in (*buttons, _leave(word, w))),
    )


def offer(
    file: Understood, preview: Preview, places: Sequence[ImportPlace], word: str, w: Words
) -> tuple[str, Keyboard]:
    """The preview of another app's file: its contents, what is left out, and where its goals may go."""
    first, *lines = preview_lines(file.app, preview, w)
    text = [bold(first), *map(esc, lines)]
    remarks = remark_lines(file.remarks, w)
    if remarks:
        text += ["", w.t("Left out or changed:"), *(f"• {esc(cut(remark, 200))}" for remark in remarks[:MOST_REMARKS])]
        if len(remarks) > MOST_REMARKS:
            text.append(w.n("… and {count} more.", "… and {count} more.", len(remarks) - MOST_REMARKS))
    text += ["", w.t("Shall I import it? Nothing is written yet.")]
    own = Button(w.t("📥 As a tree “{title}”", title=cut(file.app, 30)), BringIn(None, word))
    below = [
        Button(w.t("📥 Below “{title}”", title=cut(place.title, 30)), BringIn(place.node_id, word))
        for place in places[:MOST_PLACES]
    ]
    return "\n".join(text), tuple((button,) for button in (own, *below, _leave(word, w)))


def _leave(word: str, w: Words) -> Button:
    return Button(w.t("Leave it"), LeaveFile(word))


def left(w: Words) -> str:
    """The answer when the file is dropped."""
    return w.t("I left it. Nothing was imported.")


def no_document(w: Words) -> str:
    """The refusal of a photo, a voice message and the like."""
    return w.t(
        "I cannot see pictures or hear voices: write what you did, also below a picture. Of files I read my own "
        "exports, those of other habit apps, and sheets as CSV."
    )


def imported(done: Imported, before: Owner, after: Owner, w: Words) -> str:
    """The result of an import."""
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
    return w.t("📥 Imported: {what}. /tree shows it, /undo takes it back.", what=", ".join(parts)) + left_out


def _settings(before: Owner, after: Owner, w: Words) -> list[str]:
    """The settings that have changed."""
    lines = []
    if before.timezone != after.timezone:
        lines.append(w.t("time zone is now {zone}", zone=esc(after.timezone)))
    if before.day_start != after.day_start:
        lines.append(w.t("the day now starts at {time}", time=w.time(after.day_start)))
    if before.week_start != after.week_start:
        lines.append(w.t("the week now starts on {weekday}", weekday=w.weekday(after.week_start)))
    if before.quiet != after.quiet and after.quiet:
        start, end = w.time(after.quiet.start), w.time(after.quiet.end)
        lines.append(w.t("quiet hours are now {start} to {end}", start=start, end=end))
    if before.nudge_after != after.nudge_after:
        lines.append(w.t("a second reminder is set"))
    if before.locale != after.locale:
        lines.append(w.t("language is now {language}", language=esc(after.locale)))
    return lines


def too_large(limit: int, w: Words) -> str:
    """The refusal of a file that is too large."""
    return w.t("This file is too large: I read files of up to {limit} MB.", limit=w.number(Decimal(limit // 2**20)))


def not_received(w: Words) -> str:
    """The refusal when Telegram did not provide the file."""
    return w.t("I could not get this file from Telegram. Please send it once more.")


def how(w: Words) -> str:
    """The answer to /import without a file."""
    return w.t(
        "Send me a file with /import as its caption: what /export made, another habit app's export, or a sheet as CSV."
    )
