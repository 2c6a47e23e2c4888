"""A group's round: a day's goals with everyone's progress and buttons for all; and the round-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.columns import cut
from bot.common.names import listed, name_of, shown_name
from bot.common.terms import in_period, quantity
from bot.features.group.brought_view import with_others
from bot.features.group.members_view import join_button
from bot.features.round.buttons import Confirm, RoundAllDone, RoundDone, RoundOtherTotal, RoundReachTotal, RoundSkip
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.day.round import OwnPart, RoundSheet
from core.asking.reminders import Message
from core.goals.model import Level, Member
from core.group.round import MemberPart, MemberState, RoundAsk
from language.i18n import Words

MOST_ASKS = 15
"""The most goals with buttons."""
_MOST_CONFIRMING = 8
_NAMES = 45
"""The most names of each state in a message."""
_TITLE, _NARROW, _NOTE = 30, 14, 80
_MOST_NOTES = 8
_SIGNS = {MemberState.DONE: "✅", MemberState.OPEN: "⬜", MemberState.SKIPPED: "⏭", MemberState.AWAY: "🏖"}


def message(sheet: RoundSheet, w: Words) -> tuple[str, Keyboard]:
    """The round's current text and buttons."""
    if sheet.goes_on:
        return w.t("⤵️ {day} · it goes on below.", day=bold(w.date(sheet.on))), ()
    if sheet.is_over:
        return round_up(sheet, w), ()
    parts = [_question(sheet, w), *(_ask(sheet, ask, w) for ask in sheet.round.asks)]
    if not any(ask.is_open for ask in sheet.round.asks):
        parts.append(w.t("Nothing is open any more. 🎉"))
    if waiting := _waiting(sheet, w):
        parts.append(waiting)
    if sheet.round.streak:
        parts.append(_streak(sheet.round.streak, w))
    if not sheet.round.members:
        parts.append(w.t("Tap Join to take part."))
    return "\n\n".join(parts), _keyboard(sheet, w)


def _question(sheet: RoundSheet, w: Words) -> str:
    day = bold(w.date(sheet.on))
    if sheet.on < sheet.today:
        return w.t("🔔 {day} · how did it go?", day=day)
    return w.t("🔔 {day} · how is it going?", day=day)


def _ask(sheet: RoundSheet, ask: RoundAsk, w: Words) -> str:
    """A goal and everyone's part in it."""
    head, lines = [bold(cut(ask.node.title, _TITLE))], []
    unit, target = ask.node.unit, ask.standing.target
    if ask.is_shared:
        if ask.is_check:
            head.append(w.t("together"))
        elif target is not None:
            whole = esc(quantity(target, unit, w))
            head.append(w.t("together {value} of {target}", value=w.number(ask.standing.value), target=whole))
        else:
            head.append(w.t("together {value}", value=esc(quantity(ask.standing.value, unit, w))))
        lines = [_shares(sheet, ask, w)]
    else:
        own = ask.node.target_for(ask.standing.period.end)
        if not ask.is_check and own is not None:
            head.append(w.t("{amount} each", amount=esc(quantity(own, unit, w))))
        lines = [_states(sheet, ask, w)]
    if ask.node.level is not Level.DAILY:
        head.append(in_period(ask.node.level, ask.standing.period, sheet.today, w))
    return "\n".join([" · ".join(head), *filter(None, lines)])


def _states(sheet: RoundSheet, ask: RoundAsk, w: Words) -> str:
    lines = []
    for state, sign in _SIGNS.items():
        parts = [part for part in ask.parts if part.state is state]
        if parts:
            of_them = [_named(sheet, part, ask, w) for part in parts]
            lines.append(f"{sign} {listed(of_them, w, _room(sheet))}")
    return " · ".join(lines)


def _named(sheet: RoundSheet, part: MemberPart, ask: RoundAsk, w: Words) -> str:
    name = shown_name(part.member, w)
    if part.state is MemberState.DONE:
        return name + _sign(sheet, part.member)
    return f"{name} {w.number(part.amount)}" if part.amount and not ask.is_check else name


def _sign(sheet: RoundSheet, member: Member) -> str:
    """The sign of a buddy's confirmation, given or awaited."""
    return " ⏳" if member.id in sheet.waits else " 🤝" if member.id in sheet.confirmed else ""


def _shares(sheet: RoundSheet, ask: RoundAsk, w: Words) -> str:
    """Each member's contribution to a shared goal."""
    by_whom = _by_whom(sheet, ask, w)
    if ask.is_check:
        return w.t("⬜ still open") if ask.is_open and not by_whom else f"✅ {by_whom}".rstrip()
    return by_whom


def _by_whom(sheet: RoundSheet, ask: RoundAsk, w: Words) -> str:
    """The members who contributed to a shared goal that day; of a number, how much. Empty without any."""
    brought = [
        shown_name(part.member, w) + ("" if ask.is_check else f" {w.number(part.amount)}") + _sign(sheet, part.member)
        for part in ask.parts
    ]
    return with_others(listed(brought, w, _room(sheet)), ask.rest, w)


def _room(sheet: RoundSheet) -> int:
    return max(3, _NAMES // max(1, len(sheet.round.asks)))


def _waiting(sheet: RoundSheet, w: Words) -> str:
    """The members who wait for their buddy's confirmation."""
    lines = [
        w.t("{name} (by {buddy})", name=shown_name(member, w), buddy=shown_name(sheet.waits[member.id], w))
        for member in sheet.waiting
    ]
    return w.t("⏳ To be confirmed: {names}", names=listed(lines, w, _MOST_CONFIRMING)) if lines else ""


def _streak(days: int, w: Words) -> str:
    return w.n("🔥 {count} day with nothing missed", "🔥 {count} days with nothing missed", days)


def _keyboard(sheet: RoundSheet, w: Words) -> Keyboard:
    """Rows for the open goals and all numbers, which may exceed what was asked."""
    keyboard = [_row(sheet, ask, w) for ask in sheet.round.asks if ask.is_open or not ask.is_check][:MOST_ASKS]
    if sum(ask.is_open and not ask.is_shared for ask in sheet.round.asks) > 1:
        keyboard.append((Button(w.t("✅ All done"), RoundAllDone(sheet.asked.id, sheet.on, sheet.asked.changes)),))
    for member in sheet.waiting[:_MOST_CONFIRMING]:
        label = w.t("🤝 Confirm {name}", name=name_of(member, w))
        keyboard.append((Button(label, Confirm(*_place(sheet, member.id))),))
    return (*keyboard, *join_button(w))


def _place(sheet: RoundSheet, about: int) -> tuple[int, int, date, int]:
    return sheet.asked.id, about, sheet.on, sheet.asked.changes


def _row(sheet: RoundSheet, ask: RoundAsk, w: Words) -> tuple[Button, ...]:
    """A goal's buttons; the first has its title."""
    place = _place(sheet, ask.node.id)
    skip = () if ask.is_shared else (Button("⏭", RoundSkip(*place)),)
    if ask.is_check:
        return Button(w.t("✅ {title}", title=cut(ask.node.title, _TITLE)), RoundDone(*place)), *skip
    title, other = cut(ask.node.title, _NARROW), RoundOtherTotal(*place)
    offers = sheet.offers.get(ask.node.id, ())
    if not offers:
        return Button(w.t("{title}: {what}", title=title, what=w.t("other…")), other), *skip
    first, *more = offers
    named = f"{title} {quantity(first, ask.node.unit, w)}" if first else f"{title}: {w.t('none today')}"
    return (
        Button(named, RoundReachTotal(*place, first)),
        *(Button(w.number(value), RoundReachTotal(*place, value)) for value in more),
        Button(w.t("other…"), other),
        *skip,
    )


def round_up(sheet: RoundSheet, w: Words) -> str:
    """The result of a day, after the deadline."""
    asked_round = sheet.round
    done, skipped, away = (asked_round.of(state) for state in (MemberState.DONE, MemberState.SKIPPED, MemberState.AWAY))
    missed = asked_round.missed
    lines = [_how_many(sheet, len(done), len(done) + len(missed) + len(skipped), w)]
    if done:
        lines.append("✅ " + listed([shown_name(member, w) + _sign(sheet, member) for member in done], w, _NAMES))
    if missed:
        open_ones = [_missing(sheet, member, w) for member in missed]
        lines.append(w.t("▫️ Missed: {names}", names=listed(open_ones, w, _NAMES)))
    if asked_round.newcomers:
        lines.append(w.t("🙋 New today: {names}", names=_names(asked_round.newcomers, w)))
    if skipped:
        lines.append(w.t("⏭ Skipped: {names}", names=_names(skipped, w)))
    if away:
        lines.append(w.t("🏖 Away: {names}", names=_names(away, w)))
    streak = _streak(asked_round.streak, w) if asked_round.streak else ""
    below = filter(None, (_all_brought(sheet, w), _notes(sheet, w), _waiting(sheet, w), streak))
    return "\n\n".join(["\n".join(lines), *below])


def _names(members: Iterable[Member], w: Words) -> str:
    return listed([shown_name(member, w) for member in members], w, _NAMES)


def _all_brought(sheet: RoundSheet, w: Words) -> str:
    """The totals of the first shared goals, with each member's contribution."""
    shared = [ask for ask in sheet.round.asks if ask.is_shared][:MOST_ASKS]
    return "\n".join(" · ".join(filter(None, [_brought(ask, w), _by_whom(sheet, ask, w)])) for ask in shared)


def _notes(sheet: RoundSheet, w: Words) -> str:
    """The first few notes of members."""
    lines = [
        w.t("💬 {name} on {title}: {note}", name=shown_name(one.member, w), title=esc(one.title), note=esc(one.note))
        for one in (replace(one, title=cut(one.title, _TITLE), note=cut(one.note, _NOTE)) for one in sheet.notes)
    ]
    return "\n".join(lines[:_MOST_NOTES])


def _how_many(sheet: RoundSheet, done: int, total: int, w: Words) -> str:
    """The first line: how many of the members who were asked have answered."""
    day = bold(w.date(sheet.on))
    if not sheet.round.is_due or not total:
        return w.t("🏁 {day}", day=day)
    if done == total:
        # If all have just joined, nothing was due yet, but their open goals still count.
        is_due_from_somebody = any(part.state is MemberState.DONE and not part.is_new for part in sheet.round.members)
        everyone = is_due_from_somebody or not sheet.round.newcomers
        return w.t("🏁 {day} · everyone is in! 🎉", day=day) if everyone else w.t("🏁 {day}", day=day)
    return w.t("🏁 {day} · {done} of {total} in", day=day, done=done, total=total)


def _missing(sheet: RoundSheet, member: Member, w: Words) -> str:
    """A member with what they left open, unless that is everything."""
    due = [ask for ask in sheet.round.asks if ask.is_due]
    left = [ask for ask in due if ask.is_open_for(member)]
    if len(left) == len(due):
        return shown_name(member, w)
    return f"{shown_name(member, w)} ({listed([esc(cut(ask.node.title, 20)) for ask in left], w, 3)})"


def _brought(ask: RoundAsk, w: Words) -> str:
    title = bold(cut(ask.node.title, _TITLE))
    if ask.is_check:
        sign = "▫️" if ask.is_open else "✅"
        return f"{sign} " + w.t("{title}, together", title=title)
    value, unit = w.number(ask.standing.value), ask.node.unit
    if ask.standing.target is None:
        return w.t("{title}, together: {value}", title=title, value=esc(quantity(ask.standing.value, unit, w)))
    whole = esc(quantity(ask.standing.target, unit, w))
    return w.t("{title}, together: {value} of {target}", title=title, value=value, target=whole)


# --- the answers to taps ---


def tap_join_first(w: Words) -> str:
    """The answer to a tap by a person who is no member."""
    return w.t("You are not in yet: tap 🙋 Join below the list, then tap again.")


def has_as_much(title: str, value: Decimal, w: Words) -> str:
    """The answer to a tap on an amount that the day already has."""
    return w.t(
        "You have logged that much already, so nothing was changed. /log {title} ={value} sets it.",
        title=cut(title, _TITLE),
        value=w.number(value),
    )


def none_of_what(parts: Sequence[OwnPart], asked: Message, w: Words) -> tuple[str, Keyboard]:
    """Asks what "none today" is about."""
    buttons = [
        Button(
            f"{cut(part.node.title, _NARROW)}: {w.t('none today')}",
            RoundReachTotal(asked.id, part.node.id, asked.on, asked.changes, Decimal(0)),
        )
        for part in parts
    ]
    return w.t("None of what?"), rows(buttons, width=1)


def too_old(w: Words) -> str:
    """The answer to a tap on a round that is no longer stored."""
    return w.t("That round is too old to be changed by buttons. Write it instead, such as: /log run 5 on 20 Nov")


def how_much(name: str, title: str, unit: str | None, day: str, w: Words) -> str:
    """Asks a member for an amount; the answer must be a reply, so that the bot sees it."""
    if unit:
        return w.t(
            "{name}, how many {unit} of {title} is it {day} in all? Reply to this message with the number.",
            name=name, unit=esc(cut(unit, 20)), title=bold(title), day=day,
        )  # fmt: skip
    return w.t(
        "{name}, how much of {title} is it {day} in all? Reply to this message with the number.",
        name=name, title=bold(title), day=day,
    )  # fmt: skip
