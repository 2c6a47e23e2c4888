"""The check-in prompt: a day's open leaves with a row of buttons each, and a few words when all are settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from bot.columns import cut, width
from bot.common.paging import pager
from bot.common.terms import in_period, quantity, skip_label, streak_words
from bot.features.log import mine_view as mine
from bot.features.log.day_view import label
from bot.features.prompt.buttons import AllDone, Done, Later, OtherTotal, SetTotal, Skip, Snooze, TurnPage
from bot.features.summary.view import levels
from bot.telegram.html import below, bold, code, esc
from bot.telegram.keyboard import AppButton, Button, Keyboard
from core.actions.day.items import Item
from core.actions.day.prompt import OpenLeaf, PromptSheet
from core.goals.model import Level
from core.goals.reading import summarise
from language.i18n import Words

PAGE = 10
_TITLE = 24
_NARROW = 12
_ROW = 44
"""The most columns of a row's labels, each counted as wide as the longest: phones cut off more."""
_MOST_STREAKS = 3


def prompt(sheet: PromptSheet, w: Words, *, page: int = 0, above: str = "") -> tuple[str, Keyboard]:
    """The prompt's current text and buttons, at a page of its open leaves. `above` is the reply to the last tap."""
    page = min(page, max(0, (len(sheet.rows) - 1) // PAGE))
    shown = sheet.rows[page * PAGE : (page + 1) * PAGE]
    lines = [_closing(sheet, w)] if sheet.is_over else [_question(sheet, w)]
    if sheet.is_over and shown:
        lines.append(w.t("There is time yet for:"))
    lines += [f"• {esc(_line(row.item, sheet, w))}" for row in shown]
    if in_groups := mine.open_lines(sheet.groups, w):
        lines += ["", in_groups]
    return below(above, "\n".join(lines)), _keyboard(sheet, shown, page, w)


def _group_rows(sheet: PromptSheet, w: Words) -> Keyboard:
    stamp, prompt_id = sheet.prompt.changes, sheet.prompt.id
    return tuple(row for section in sheet.groups for row in mine.buttons(section, w, stamp=stamp, prompt=prompt_id))


def _question(sheet: PromptSheet, w: Words) -> str:
    day = bold(w.date(sheet.on))
    if sheet.prompt.after is not None:
        return w.t("⏰ {day} · still open:", day=day)
    if sheet.on < sheet.today:
        return w.t("🔔 {day} · how did it go?", day=day)
    return w.t("🔔 {day} · how is it going?", day=day)


def _line(item: Item, sheet: PromptSheet, w: Words) -> str:
    standing = item.standing
    if standing.node.level is Level.DAILY:
        return label(item, w)
    when = in_period(standing.node.level, standing.period, sheet.today, w)
    text = label(item, w)
    if sheet.today not in standing.period:
        return f"{text} · {when}"
    return f"{text} {when}" if " · " in text.removeprefix(cut(standing.node.title, 36)) else f"{text} · {when}"


def _closing(sheet: PromptSheet, w: Words) -> str:
    """The day in three lines: what was done, the streaks it kept, how far each level is."""
    lines = [
        f"🏁 {bold(w.date(sheet.on))} · {_count(sheet, w)}",
        _streaks(sheet, w),
        levels(sheet.readings, summarise(sheet.readings, sheet.on), w),
    ]
    return "\n".join(line for line in lines if line)


def _count(sheet: PromptSheet, w: Words) -> str:
    """How many of the day's own goals were done, and how many skipped."""
    open_ones = {row.item.id for row in sheet.rows}
    asked = [item for item in sheet.days_own if not item.skipped]
    done, skipped = len([item for item in asked if item.id not in open_ones]), len(sheet.days_own) - len(asked)
    said = [w.n("{count} skipped", "{count} skipped", skipped)] if skipped else []
    if done or not skipped:
        said.insert(0, w.t("{done} of {total} done", done=done, total=len(asked)))
    return " · ".join(said)


def _streaks(sheet: PromptSheet, w: Words) -> str:
    """The longest streaks that the day kept; empty if there are none."""
    kept = [(item.standing.node, item.standing.streak) for item in sheet.items]
    running = [(node, streak.current) for node, streak in kept if streak and streak.current]
    running.sort(key=lambda one: -one[1])
    named = [
        f"{esc(cut(node.title, _TITLE))} {streak_words(current, node.level, w)}"
        for node, current in running[:_MOST_STREAKS]
    ]
    return "🔥 " + " · ".join(named) if named else ""


def _keyboard(sheet: PromptSheet, shown: Sequence[OpenLeaf], page: int, w: Words) -> Keyboard:
    keyboard: list[tuple[Button | AppButton, ...]] = [_row(sheet, row, page, w) for row in shown]
    if len(sheet.rows) > PAGE:
        pages = -(-len(sheet.rows) // PAGE)
        keyboard.append(pager(page, pages, lambda to: TurnPage(sheet.prompt.id, sheet.on, to), w))
    if sum(row.at_once is not None for row in sheet.rows) > 1:
        keyboard.append((Button(w.t("✅ All done"), AllDone(sheet.prompt.id, sheet.on, sheet.prompt.changes)),))
    keyboard += _group_rows(sheet, w)
    if not sheet.is_over:
        snoozes = {Later.IN_15_MINUTES: w.t("⏰ 15 min"), Later.IN_AN_HOUR: w.t("⏰ 1 h")}
        if sheet.on == sheet.today:
            snoozes[Later.NEXT_MORNING] = w.t("⏰ Tomorrow")
        keyboard.append(
            tuple(
                Button(name, Snooze(sheet.prompt.id, sheet.on, sheet.prompt.changes, later))
                for later, name in snoozes.items()
            )
        )
    return tuple(keyboard)


def _row(sheet: PromptSheet, row: OpenLeaf, page: int, w: Words) -> tuple[Button, ...]:
    """A leaf's buttons. The first has its title, so that the row is clear by itself."""
    node = row.item.standing.node
    place = sheet.prompt.id, row.item.id, sheet.on, sheet.prompt.changes, page
    skip = Skip(*place)
    if row.item.is_check:
        title = cut(node.title, _TITLE)
        return Button(w.t("✅ {title}", title=title), Done(*place)), Button(skip_label(node.level, w), skip)
    title = cut(node.title, _NARROW)
    other, ask = w.t("more…") if node.is_limit else w.t("other…"), OtherTotal(*place)
    if not row.offers:
        return Button(w.t("{title}: {what}", title=title, what=other), ask), Button(skip_label(node.level, w), skip)
    # If the day has an amount already, a button says that it sets the total.
    first, *more = row.offers
    named = f"{title} {_total(row, quantity(first, node.unit, w), w)}" if first else f"{title}: {w.t('none today')}"
    room = _ROW // max(width(named), width(other)) - 3
    return (
        Button(named, SetTotal(*place, first)),
        *(Button(_total(row, w.number(value), w), SetTotal(*place, value)) for value in more[: max(room, 1)]),
        Button(other, ask),
        Button("⏭" if node.level is Level.DAILY else skip_label(node.level, w), skip),
    )


def _total(row: OpenLeaf, amount: str, w: Words) -> str:
    return w.t("= {amount}", amount=amount) if row.so_far else amount


def answered(item: Item, so_far: Decimal, on: date, today: date, w: Words) -> str:
    """The answer to a tap on a leaf that was answered elsewhere."""
    title = bold(cut(item.standing.node.title, 60))
    day = w.t("today") if on == today else w.t("on {day}", day=w.date(on))
    if item.skipped:
        text = w.t("☑ {title} is skipped {day} already.", title=title, day=day)
    elif item.is_check or item.done:
        text = w.t("☑ {title} is already done {day}.", title=title, day=day)
    else:
        amount = esc(quantity(so_far, item.standing.node.unit, w))
        text = w.t("☑ {title} has {amount} {day} already.", title=title, amount=amount, day=day)
    return text + " " + w.t("Nothing was changed.")


def too_old(w: Words, example: str = "/log") -> str:
    """The answer to a tap on a prompt that is no longer stored."""
    return w.t("This check-in is too old to be answered by a tap. Write {example} instead.", example=code(example))


def in_words(item: Item, said: str, on: date) -> str:
    """The command that logs the same: "/log Run 5 2026-08-24"."""
    title = " ".join(item.standing.node.title.split())[:60]
    return " ".join(word for word in ("/log", title, said, on.isoformat()) if word)


def asks_again(at: datetime, now: datetime, w: Words) -> str:
    """Says when the prompt comes again; both times are local."""
    if at.date() == now.date():
        return w.t("⏰ I'll ask again at {time}.", time=w.time(at))
    return w.t("⏰ I'll ask again on {day} at {time}.", day=w.date(at.date()), time=w.time(at))


def past_snooze(on: date, w: Words) -> str:
    """The refusal to ask about a past day again."""
    return w.t("It is too late to ask about {day} again. Tap what you did, or write /log.", day=w.date(on))


def nothing_open(on: date, w: Words) -> str:
    """The refusal to ask again when nothing is open."""
    return w.t("Nothing is open any more for {day}, so I will not ask again.", day=w.date(on))
