"""A day's leaves as buttons: a tap ticks a check, or opens a number's amounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.columns import cut
from bot.common.paging import pager
from bot.common.terms import how_far, in_period, quantity
from bot.features.log.buttons import (
    LeafNotDone,
    MoreOfLeaf,
    OtherAmount,
    SetAmount,
    ShowDay,
    ShowSkips,
    SkipLeaf,
    TapLeaf,
)
from bot.telegram.html import below, bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.day.day import Amounts, Day
from core.actions.day.items import Item
from core.goals.model import Level, Status
from core.records import record
from language.i18n import Words

PAGE = 30
_LABEL = 36


@record
class DayPlace:
    """The position in a day's message. The `stamp` makes the buttons of each rendering differ, so that a tap that is
    delivered again, long after, is not taken for a new one."""

    stamp: int
    page: int = 0
    skipping: bool = False


def day_sheet(day: Day, place: DayPlace, w: Words, *, above: str = "") -> tuple[str, Keyboard]:
    """The day's leaves, open ones first. `above` is the reply to the last tap."""
    if not day.items:
        text = w.t("📋 {day} · nothing is planned. /tree shows your goals.", day=bold(w.date(day.on)))
        return below(above, text), ()
    asked = [item for item in day.items if item.standing.status is not Status.TRACKED]
    days_own = [item for item in asked if item.standing.node.level is Level.DAILY] or asked
    done, counting = sum(item.done for item in days_own), sum(not item.skipped for item in days_own)
    head = w.t("📋 {day} · {done} of {total} done", day=bold(w.date(day.on)), done=done, total=counting)
    ask = w.t("Which one do you skip?") if place.skipping else _ask(done, counting, w)
    return below(above, f"{head}\n{ask}"), _day_keyboard(day, place, w)


def _ask(done: int, counting: int, w: Words) -> str:
    if done < counting:
        return w.t("Tap what you did.")
    return w.t("All done. 🎉") if done else w.t("Nothing is left for this day.")


def _day_keyboard(shown_day: Day, place: DayPlace, w: Words) -> Keyboard:
    items = sorted(shown_day.items, key=lambda item: item.settled)
    if place.skipping:
        items = [item for item in items if not item.settled]
    on, tap = shown_day.on, SkipLeaf if place.skipping else TapLeaf
    last = max(0, (len(items) - 1) // PAGE)
    page = min(place.page, last)
    shown = items[page * PAGE : (page + 1) * PAGE]
    keyboard: list[tuple[Button, ...]] = [
        (Button(label(item, w), (MoreOfLeaf if item.settled else tap)(item.id, on, place.stamp)),) for item in shown
    ]
    show = ShowSkips if place.skipping else ShowDay
    if last:
        keyboard.append(pager(page, last + 1, lambda to: show(on, to), w))
    return (*keyboard, *_other_way(items, on, w, skipping=place.skipping))


def _other_way(items: Sequence[Item], on: date, w: Words, *, skipping: bool) -> Keyboard:
    """The button that switches from ticking to skipping, if something is open, and back."""
    if skipping:
        return ((Button(w.t("‹ back"), ShowDay(on, 0)),),)
    return () if all(item.settled for item in items) else ((Button(w.t("⏭ Skip one…"), ShowSkips(on, 0)),),)


def label(item: Item, w: Words) -> str:
    """A leaf on its button: "Run · 2 of 5 km", "✅ Run · 5 km", "⏭ Gym"."""
    standing = item.standing
    title = cut(standing.node.title, _LABEL)
    if item.skipped:
        return w.t("⏭ {title}", title=title)
    sign = "✅ " if item.done else ""
    amount = _how_far(item, w)
    return f"{sign}{title} · {amount}" if amount else f"{sign}{title}"


def _how_far(item: Item, w: Words) -> str:
    """A leaf's progress, shown after its title; empty if a sign shows it."""
    standing = item.standing
    target = standing.target if standing.target is not None else Decimal(1)
    if item.people is not None:
        return w.t("{value} of {target}", value=w.number(item.people[0]), target=w.number(item.people[1]))
    if standing.status is Status.TRACKED:
        return quantity(standing.value, standing.node.unit, w) if standing.value is not None else ""
    if item.done:
        return "" if item.is_check else quantity(standing.value, standing.node.unit, w)
    return "" if item.is_check and target == 1 else how_far(standing.node, standing.value, target, w)


def amounts(offered: Amounts, stamp: int, w: Words) -> tuple[str, Keyboard]:
    """The buttons that set a number leaf's day to an amount."""
    item, on, so_far, standing = offered.item, offered.on, offered.so_far, offered.item.standing
    unit = standing.node.unit
    title = bold(cut(standing.node.title, 60))
    text = w.t("{title} · {day}: how much in all?", title=title, day=bold(w.date(on)))
    begin = standing.node.baseline
    if standing.value is None and begin is not None:
        text += "\n" + w.t("It begins at {amount}.", amount=esc(quantity(begin, unit, w)))
    else:
        text += "\n" + w.t("So far {amount}.", amount=esc(quantity(so_far, unit, w)))
    if standing.target is not None and standing.value != so_far:
        reached = how_far(standing.node, standing.value, standing.target, w)
        text += " " + esc(f"{in_period(standing.node.level, standing.period, on, w)}: {reached}.".capitalize())
    elif standing.target is not None:
        text += " " + w.t("Target: {amount}.", amount=esc(quantity(standing.target, unit, w)))
    place = item.id, on, stamp
    keyboard = [
        *rows((Button(_amount(v, unit, w), SetAmount(*place, v)) for v in offered.offers), width=3),
        (Button(w.t("other…"), OtherAmount(*place)), Button(w.t("⏭ Skip"), SkipLeaf(*place))),
        (Button(w.t("‹ back"), ShowDay(on, 0)),),
    ]
    return text, tuple(keyboard)


def _amount(value: Decimal, unit: str | None, w: Words) -> str:
    return w.t("= {amount}", amount=quantity(value, unit, w)) if value else w.t("none today")


def settled_menu(item: Item, on: date, today: date, stamp: int, w: Words) -> tuple[str, Keyboard]:
    """The menu of a check that is done or skipped: opening it undoes nothing."""
    title = bold(cut(item.standing.node.title, 60))
    day = w.t("today") if on == today else w.t("on {day}", day=w.date(on))
    place = item.id, on, stamp
    back = (Button(w.t("‹ back"), ShowDay(on, 0)),)
    if item.skipped:
        text = w.t("{title} is skipped {day}.", title=title, day=day)
        return text, ((Button(w.t("✅ Done after all"), TapLeaf(*place)),), back)
    text = w.t("{title} is done {day}.", title=title, day=day)
    return text, ((Button(w.t("↩ Not done"), LeafNotDone(*place)),), back)
