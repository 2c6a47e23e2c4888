"""A group's board: each member's progress today, this week, and their streak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.columns import cut
from bot.common.names import name_of, names, shown_name
from bot.features.chart.buttons import DrawBoard
from bot.features.group.brought_view import brought_line
from bot.features.group.members_view import join_button
from bot.telegram.html import bold
from bot.telegram.keyboard import Button, Keyboard
from core.actions.day.board import Board
from core.goals.model import Member, Owner
from core.goals.progress import percent
from core.group.board import BoardRow
from language.i18n import Words

_MOST, _MOST_SHARED, _NAMED = 50, 10, 30
_MEDALS = ("🥇", "🥈", "🥉")


def board(sheet: Board, w: Words) -> tuple[str, Keyboard]:
    """The members' rows, and the shared goals."""
    owner, asked_round, rows = sheet.circle.owner, sheet.circle.round, _in_order(sheet, w)
    lines = [w.t("📋 {title} · {day}", title=bold(_title(owner, w)), day=w.date(asked_round.on))]
    if not rows:
        return lines[0] + "\n" + w.t("Nobody has joined yet. Tap Join to be the first."), join_button(w)
    medals = _medals(rows) if owner.board_ordered else {}
    telling = [row for row in rows if _how(row, w)]
    for row in telling[:_MOST]:
        lines.append(f"{medals.get(row.member.id, '▫️')} " + " · ".join([shown_name(row.member, w), *_how(row, w)]))
    if len(telling) > _MOST:
        lines.append(w.n("… and {count} more", "… and {count} more", len(telling) - _MOST))
    if asked_round.streak:
        lines.append(
            w.n("🔥 {count} day with nothing missed", "🔥 {count} days with nothing missed", asked_round.streak)
        )
    lines += _together(sheet, [row.member for row in rows if row not in telling], w)
    return "\n".join(lines), ((Button(w.t("🖼 Picture"), DrawBoard()),),)


def _title(owner: Owner, w: Words) -> str:
    return cut(owner.title, 60) if owner.title.strip() else w.t("This group")


def _in_order(sheet: Board, w: Words) -> Sequence[BoardRow]:
    """The rows in rank order or, if the group does not rank members, by name."""
    if sheet.circle.owner.board_ordered:
        return sheet.rows
    return sorted(sheet.rows, key=lambda row: name_of(row.member, w).casefold())


def _medals(rows: Sequence[BoardRow]) -> Mapping[int, str]:
    """The medals by member. Equal results get the same medal, and a medal that would make more than three winners is
    not given."""
    medals: dict[int, str] = {}
    for row in rows:
        alike = [one for one in rows if _rank(one) == _rank(row)]
        place = next(at for at, one in enumerate(rows) if _rank(one) == _rank(row))
        if row.week and place + len(alike) <= len(_MEDALS):
            medals[row.member.id] = _MEDALS[place]
    return medals


def _rank(row: BoardRow) -> tuple[int, int]:
    """The figures that determine a row's rank."""
    return (-1 if row.week is None else percent(row.week), row.streak)


def _together(sheet: Board, others: Sequence[Member], w: Words) -> list[str]:
    """This week's contributions to shared goals, and the members from whom nothing else is asked."""
    lines = [brought_line(one, w, _NAMED) for one in sheet.brought[:_MOST_SHARED]]
    if lines:
        lines.insert(0, w.t("This week:"))
    by_whom = {member.id for one in sheet.brought for member, _ in one.parts}
    silent = [member for member in others if member.id not in by_whom]
    if silent:
        lines.append(w.t("▫️ {names}", names=names(silent, w, _NAMED)))
    return lines


def _how(row: BoardRow, w: Words) -> list[str]:
    lines = []
    if row.away:
        lines.append(w.t("🏖 away"))
    elif row.asked:
        lines.append(w.t("today {done} of {total}", done=row.done, total=row.asked))
    if row.week is not None:
        lines.append(w.t("week {percent}%", percent=percent(row.week)))
    if row.streak:
        lines.append(w.n("🔥 {count} day", "🔥 {count} days", row.streak))
    return lines
