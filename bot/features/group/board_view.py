"""A group's board: who joined, and how they do today, this week and in a row."""

from __future__ import annotations

from bot.columns import cut
from bot.common.names import name_of, shown
from bot.features.group.members_view import join_button
from bot.telegram.html import bold
from bot.telegram.keyboard import Keyboard
from core.actions.day.board import Board
from core.goals.progress import percent
from core.group.board import Row
from language.i18n import Words

_MOST = 50
_MEDALS = ("🥇", "🥈", "🥉")


def board(sheet: Board, w: Words) -> tuple[str, Keyboard]:
    """The members' rows, in their order or, where the group ranks nobody, by name."""
    owner, found, rows = sheet.circle.owner, sheet.circle.round, sheet.rows
    title = bold(cut(owner.title, 60)) if owner.title.strip() else bold(w.t("This group"))
    lines = [w.t("📋 {title} · {day}", title=title, day=w.date(found.on))]
    if not rows:
        return lines[0] + "\n" + w.t("Nobody has joined yet. Tap Join to be the first."), join_button(w)
    if not owner.board_ordered:
        rows = tuple(sorted(rows, key=lambda row: name_of(row.member, w).casefold()))
    for place, row in enumerate(rows[:_MOST]):
        medal = _MEDALS[place] if owner.board_ordered and place < len(_MEDALS) and row.week else "▫️"
        lines.append(f"{medal} " + " · ".join([shown(row.member, w), *_how(row, w)]))
    if len(rows) > _MOST:
        lines.append(w.n("… and {count} more", "… and {count} more", len(rows) - _MOST))
    if found.streak:
        lines.append(w.n("🔥 {count} day with everyone in", "🔥 {count} days with everyone in", found.streak))
    return "\n".join(lines), ()


def _how(row: Row, w: Words) -> list[str]:
    said = []
    if row.away:
        said.append(w.t("🏖 away"))
    elif row.asked:
        said.append(w.t("today {done} of {total}", done=row.done, total=row.asked))
    if row.week is not None:
        said.append(w.t("week {percent}%", percent=percent(row.week)))
    if row.streak:
        said.append(w.n("🔥 {count} day", "🔥 {count} days", row.streak))
    return said
