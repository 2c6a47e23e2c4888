"""A day's leaves as buttons: one tap sets a check done, a number opens its amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.callback import day_packed, packed
from bot.html import bold, esc
from bot.i18n import Words
from bot.keyboard import Button, Keyboard, rows
from bot.views.columns import cut
from bot.views.paging import pager
from bot.views.terms import in_period, quantity
from core.asking import target_and_half, totals
from core.errors import NotFound
from core.model import Measure, Node, Status
from core.progress import ONE
from core.reading import Reading, Standing
from core.values import plain_text

PAGE = 30
_LABEL = 36


@dataclass(frozen=True, slots=True)
class Item:
    """A leaf of the day, with its tree's word on how it is measured. Of what each one does in a group, `people` are
    (how many are done, how many are to do it)."""

    standing: Standing
    is_check: bool
    skipped: bool
    people: tuple[int, int] | None = None

    @property
    def id(self) -> int:
        return self.standing.node.id

    @property
    def done(self) -> bool:
        if self.people is not None:
            return self.people[0] == self.people[1] and not self.skipped
        return self.standing.progress >= ONE and not self.skipped

    @property
    def settled(self) -> bool:
        """Done or skipped: a tap on it opens what else there is to say, and changes nothing by itself."""
        return self.done or self.skipped


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a day's message shows. `stamp` makes the buttons of each rendering distinct: a tap that is delivered
    again, long after, is not taken for a new one."""

    items: Sequence[Item]
    on: date
    today: date
    stamp: int
    page: int = 0
    skipping: bool = False


def items_of(readings: Sequence[Reading]) -> list[Item]:
    """The leaves that count on the readings' day, or would but for a skip, in the order of the trees."""
    items = [_item(reading, leaf) for reading in readings for leaf in reading.tree.loggable()]
    return [item for item in items if item.skipped or item.standing.status not in (Status.OFF, Status.INACTIVE)]


def item_of(readings: Sequence[Reading], node_id: int) -> Item:
    """One leaf, whether it counts on the day or not; raises `NotFound`."""
    for reading in readings:
        if leaf := reading.tree.nodes.get(node_id):
            return _item(reading, leaf)
    raise NotFound("That goal is not here (any more).")


def own_item(readings: Sequence[Reading], own: Node) -> Item:
    """A member's own leaf, as what each one does is called; any other leaf as it is."""
    item = item_of(readings, own.id)
    for reading in readings:
        if own.id in reading.tree.nodes and own.parent_id is not None:
            above = reading.tree.nodes[own.parent_id]
            if above.each is not None:
                named = replace(item.standing.node, id=above.id, title=above.title)
                return replace(item, standing=replace(item.standing, node=named))
    return item


def _item(reading: Reading, leaf: Node) -> Item:
    cell = reading.cells.get(leaf.id)
    skipped = cell is not None and cell.excused
    standing, tree = reading.standing(leaf), reading.tree
    if leaf.each is None:
        return Item(standing, tree.measure(leaf) is Measure.CHECK, skipped)
    cells = [reading.cells.get(child.id) for child in tree.children(leaf)]
    present = tree.present(leaf, standing.period) - sum(1 for found in cells if found and found.excused)
    done = sum(1 for found in cells if found and found.done)
    return Item(standing, leaf.each.measure is not Measure.NUMBER, skipped, (done, present))


def day_sheet(sheet: Sheet, w: Words, *, above: str = "") -> tuple[str, Keyboard]:
    """The day's leaves, open ones first. `above` is the reply to the last tap."""
    done = sum(1 for item in sheet.items if item.done)
    counting = sum(1 for item in sheet.items if not item.skipped)
    head = w.t("📋 {day} · {done} of {total} done", day=bold(w.date(sheet.on)), done=done, total=counting)
    if not sheet.items:
        text = w.t("📋 {day} · nothing is planned. /tree shows your goals.", day=bold(w.date(sheet.on)))
        return below(above, text), ()
    ask = w.t("Which one do you skip?") if sheet.skipping else w.t("Tap what you did.")
    if not sheet.skipping and done == counting:
        ask = w.t("All done. 🎉") if done else w.t("Nothing is left for this day.")
    return below(above, f"{head}\n{ask}"), _day_keyboard(sheet, w)


def below(above: str, text: str) -> str:
    """A text below the reply to the last tap, if there is one."""
    return f"{above}\n\n{text}" if above else text


def _day_keyboard(sheet: Sheet, w: Words) -> Keyboard:
    items = sorted(sheet.items, key=lambda item: item.settled)
    if sheet.skipping:
        items = [item for item in items if not item.settled]
    day, stamp = day_packed(sheet.on), packed(sheet.stamp)
    verb = "k" if sheet.skipping else "t"
    last = max(0, (len(items) - 1) // PAGE)
    page = min(sheet.page, last)
    shown = items[page * PAGE : (page + 1) * PAGE]
    keyboard: list[tuple[Button, ...]] = [
        (Button(label(item, w), f"log:{'m' if item.settled else verb}:{packed(item.id)}:{day}:{stamp}"),)
        for item in shown
    ]
    turn = "s" if sheet.skipping else "d"
    if last:
        keyboard.append(pager(page, last + 1, lambda to: f"log:{turn}:{day}:{packed(to)}", w))
    if sheet.skipping:
        keyboard.append((Button(w.t("‹ back"), f"log:d:{day}:0"),))
    elif any(not item.settled for item in items):
        keyboard.append((Button(w.t("⏭ Skip one…"), f"log:s:{day}:0"),))
    return tuple(keyboard)


def label(item: Item, w: Words) -> str:
    """A leaf on its button: "Run · 2 of 5 km", "✅ Run · 5 km", "⏭ Gym"."""
    standing = item.standing
    title = cut(standing.node.title, _LABEL)
    if item.skipped:
        return w.t("⏭ {title}", title=title)
    target = standing.target if standing.target is not None else Decimal(1)
    amount = ""
    if item.people is not None:
        amount = w.t("{value} of {target}", value=w.number(item.people[0]), target=w.number(item.people[1]))
    elif item.done:
        amount = "" if item.is_check else quantity(standing.value, standing.node.unit, w)
    elif not item.is_check or target != 1:
        whole = quantity(target, standing.node.unit, w)
        amount = w.t("{value} of {target}", value=w.number(standing.value), target=whole)
    sign = "✅ " if item.done else ""
    return f"{sign}{title} · {amount}" if amount else f"{sign}{title}"


def amounts(
    item: Item, on: date, so_far: Decimal, used: Sequence[Decimal], stamp: int, w: Words
) -> tuple[str, Keyboard]:
    """What a number leaf's day may be set to with one tap: its target, half of it, what is logged most; where there is
    something already, that much more. `so_far` is the day's; no button makes it less."""
    standing = item.standing
    unit = standing.node.unit
    title = bold(cut(standing.node.title, 60))
    text = w.t("{title} · {day}: how much in all?", title=title, day=bold(w.date(on)))
    text += "\n" + w.t("So far {amount}.", amount=esc(quantity(so_far, unit, w)))
    if standing.target is not None and standing.value != so_far:
        reached = w.t("{value} of {target}", value=w.number(standing.value), target=quantity(standing.target, unit, w))
        text += " " + esc(f"{in_period(standing.node.level, standing.period, on, w)}: {reached}.".capitalize())
    elif standing.target is not None:
        text += " " + w.t("Target: {amount}.", amount=esc(quantity(standing.target, unit, w)))
    behind = f"{packed(item.id)}:{day_packed(on)}:{packed(stamp)}"
    suggested = totals(standing, so_far, [*target_and_half(standing, so_far), *used])
    keyboard = [
        *rows(
            (
                Button(w.t("= {amount}", amount=quantity(v, unit, w)), f"log:v:{behind}:{plain_text(v)}")
                for v in suggested
            ),
            width=3,
        ),
        (
            Button(w.t("other…"), f"log:o:{behind}"),
            Button(w.t("⏭ Skip"), f"log:k:{behind}"),
        ),
        (Button(w.t("‹ back"), f"log:d:{day_packed(on)}:0"),),
    ]
    return text, tuple(keyboard)


def settled_menu(item: Item, on: date, today: date, stamp: int, w: Words) -> tuple[str, Keyboard]:
    """A check that is done or skipped already: a tap on it takes nothing away by itself."""
    title = bold(cut(item.standing.node.title, 60))
    day = w.t("today") if on == today else w.t("on {day}", day=w.date(on))
    behind = f"{packed(item.id)}:{day_packed(on)}:{packed(stamp)}"
    back = (Button(w.t("‹ back"), f"log:d:{day_packed(on)}:0"),)
    if item.skipped:
        text = w.t("{title} is skipped {day}.", title=title, day=day)
        return text, ((Button(w.t("✅ Done after all"), f"log:t:{behind}"),), back)
    text = w.t("{title} is done {day}.", title=title, day=day)
    return text, ((Button(w.t("↩ Not done"), f"log:n:{behind}"),), back)


def invitation(w: Words) -> str:
    """What is said where there is no tree yet."""
    return w.t("There are no goals here yet. Plant your first tree with /plan: it takes two minutes.")
