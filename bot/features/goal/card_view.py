"""A goal's card: its state, last periods and entries, terms, and next steps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.columns import MARKS, cut
from bot.common.asked import amount_words, terms_words
from bot.common.cards import ShowGoal
from bot.common.terms import in_period, quantity, status_word, streak_words
from bot.features.chart.buttons import DrawGoal
from bot.features.goal.buttons import BeginChange, EndPause, GoalAction, MoveBefore, TakeUp
from bot.features.tree.buttons import TreePlace
from bot.features.why.buttons import AskWhy
from bot.telegram.html import bold, code, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.goal_card import GoalCard
from core.actions.series import Point
from core.goals.model import Entry, Level, Measure, Node, Pause, Status
from core.goals.reading import Standing
from core.goals.terms import terms_on
from core.goals.tree import Tree
from language.i18n import Words

_BARS = "▁▂▃▄▅▆▇█"
_UNKNOWN = "·"
_TITLE, _NOTE = 60, 80


def card(goal: GoalCard, w: Words) -> tuple[str, Keyboard]:
    """The card and what can be done."""
    return "\n".join(_lines(goal, w)), _keyboard(goal, w)


def _lines(goal: GoalCard, w: Words) -> Iterator[str]:
    node, standing = goal.node, goal.standing
    title = bold(cut(node.title, _TITLE))
    if goal.has_ended:
        yield w.t("◻ {title} has ended: {day}", title=title, day=w.day(goal.tree.active(node).end))
    else:
        begins = goal.tree.active(node).start
        is_ahead = begins > goal.today
        state = w.t("begins on {day}", day=w.date(begins)) if is_ahead else status_word(standing.status, w)
        yield f"{MARKS[standing.status]} {title} · {state}"
    above = [cut(one.title, 24) for one in reversed(goal.tree.ancestors(node))]
    if above:
        yield esc(" › ".join(above))
    if not goal.has_ended:
        yield " · ".join(_figures(goal.tree, standing, goal, w))
    if chart := sparkline(goal):
        yield f"{code(chart)} {esc(_span_of(goal, w))}"
    yield from _asked(goal, w)
    yield from _next(goal, w)
    yield from _entries(goal, w)


def _figures(tree: Tree, standing: Standing, goal: GoalCard, w: Words) -> Iterator[str]:
    node = standing.node
    when = in_period(node.level, standing.period, goal.today, w)
    value, target = standing.value, standing.target
    if target is not None and _is_shown(tree, node, target):
        text = w.t("{value} of {target}", value=w.number(value), target=amount_words(node, target, w))
        yield esc(w.t("{when}: {amount}", when=when, amount=text))
    elif node.measure is Measure.NUMBER:
        yield esc(w.t("{when}: {amount}", when=when, amount=quantity(value, node.unit, w)))
    else:
        yield esc(when)
    if standing.status is not Status.TRACKED:
        yield w.t("{percent}%", percent=standing.percent)
    if standing.streak and standing.streak.current:
        yield f"🔥 {streak_words(standing.streak.current, node.level, w)}"


def _is_shown(tree: Tree, node: Node, target: Decimal) -> bool:
    """Whether to show the goal's progress: it counts up to its target, or down from a baseline."""
    is_counted = node.unit or tree.measure(node) is Measure.NUMBER or target > 1
    return bool(is_counted) and (target > 0 or node.is_limit) and node.baseline is None


def sparkline(goal: GoalCard) -> str:
    """The last periods as bars: each one's progress, or its size if the goal is only tracked. Empty for fewer than
    two."""
    points = goal.points
    if len(points) < 2:
        return ""
    is_tracked = all(point.target is None for point in points) and goal.node.measure is Measure.NUMBER
    values = [point.value for point in points if point.value is not None]
    if is_tracked and values:
        least, most = min(values), max(values)
        return "".join(_bar_between(point.value, least, most) for point in points)
    return "".join(_bar(point) for point in points)


def _bar(point: Point) -> str:
    if point.percent is None or (not point.counts and not point.percent):
        return _UNKNOWN
    return _BARS[point.percent * (len(_BARS) - 1) // 100]


def _bar_between(value: Decimal | None, least: Decimal, most: Decimal) -> str:
    if value is None:
        return _UNKNOWN
    return _BARS[int((value - least) * (len(_BARS) - 1) / (most - least)) if most > least else 0]


def _span_of(goal: GoalCard, w: Words) -> str:
    count = len(goal.points)
    return w.t("the last {periods}", periods=streak_words(count, goal.node.level, w))


def _asked(goal: GoalCard, w: Words) -> Iterator[str]:
    """The terms now and later and, if this period expects less than the target, how much."""
    tree, node = goal.tree, goal.node
    now = terms_words(tree, node, terms_on(node.terms, goal.standing.period.end), w)
    yield w.t("🎯 {terms}", terms=esc(now))
    for terms in node.terms:
        if terms.since > max(goal.today, goal.standing.period.end) and terms.active:
            what = esc(terms_words(tree, node, terms, w))
            yield w.t("from {day}: {terms}", day=w.day(terms.since), terms=what)
    full, expected = node.target_for(goal.standing.period.end), goal.standing.target
    if node.each is None and full is not None and expected is not None and 0 < expected < full:
        yield esc(
            w.t(
                "{when} is short: {expected} of {target}",
                when=in_period(node.level, goal.standing.period, goal.today, w),
                expected=w.number(expected),
                target=amount_words(node, full, w),
            )
        )


def _next(goal: GoalCard, w: Words) -> Iterator[str]:
    for pause in goal.pauses[:2]:
        yield paused(pause, goal, w)
    if (
        goal.next_on is not None
        and goal.next_on > goal.today
        and not goal.has_ended
        and goal.tree.is_loggable(goal.node)
    ):
        yield w.t("⏭ next: {day}", day=esc(w.date(goal.next_on)))
    active = goal.tree.active(goal.node)
    if goal.node.level is Level.RANGE:
        yield w.t("🏁 by {day}", day=w.day(active.end))


def paused(pause: Pause, goal: GoalCard, w: Words) -> str:
    """A pause of the goal, of one above it, or of everything."""
    days = w.span(pause.first, pause.last)
    if pause.node_id is None:
        return w.t("🏖 everything is paused: {days}", days=days)
    if pause.node_id != goal.node.id:
        title = esc(cut(goal.tree.nodes[pause.node_id].title, 40))
        return w.t("🏖 paused with {title}: {days}", title=title, days=days)
    return w.t("🏖 paused: {days}", days=days)


def _entries(goal: GoalCard, w: Words) -> Iterator[str]:
    for entry in goal.entries:
        note = f" <i>{esc(cut(entry.note, _NOTE))}</i>" if entry.note else ""
        yield f"• {esc(w.date(entry.on))}: {esc(_entry(entry, goal, w))}{note}"


def _entry(entry: Entry, goal: GoalCard, w: Words) -> str:
    if entry.skipped or entry.value is None:
        return w.t("skipped")
    each = goal.node.each
    if (each.measure if each else goal.node.measure) is Measure.NUMBER:
        return quantity(entry.value, goal.node.unit, w)
    return w.t("done") if entry.value else w.t("not done")


def _keyboard(goal: GoalCard, w: Words) -> Keyboard:
    node = goal.node
    changes = [Button(w.t("↺ Take up again"), TakeUp(node.id))] if goal.has_ended else list(_changes(goal, w))
    changes.append(Button(w.t("🗑 Delete"), BeginChange(node.id, GoalAction.DELETE)))
    last = [Button(w.t("‹ tree"), TreePlace(open=node.parent_id or 0))]
    if not goal.has_ended:
        last += [Button(w.t("📈 Chart"), DrawGoal(node.id)), Button(w.t("Why?"), AskWhy(node.id))]
    return (*rows(changes, width=2), tuple(last))


def _changes(goal: GoalCard, w: Words) -> Iterator[Button]:
    node, pause = goal.node, goal.pause
    yield Button(w.t("✏️ Rename"), BeginChange(node.id, GoalAction.RENAME))
    if node.parent_id is not None:
        yield Button(w.t("🎯 Target"), BeginChange(node.id, GoalAction.TARGET))
    if node.level is Level.DAILY:
        yield Button(w.t("📅 Days"), BeginChange(node.id, GoalAction.DAYS))
    yield from _moves(goal, w)
    if not goal.tree.is_loggable(node):
        yield Button(w.t("➕ Add"), BeginChange(node.id, GoalAction.ADD))
    if pause is not None:
        yield Button(w.t("▶️ End the pause"), EndPause(pause.id))
    else:
        yield Button(w.t("🏖 Pause"), BeginChange(node.id, GoalAction.PAUSE))
    yield Button(w.t("🏁 End"), BeginChange(node.id, GoalAction.END))


def _moves(goal: GoalCard, w: Words) -> Iterator[Button]:
    """The buttons that move a goal below another, or up and down among its siblings."""
    node, order = goal.node, [one.id for one in goal.siblings]
    if node.parent_id is None:
        return
    yield Button(w.t("📂 Move"), BeginChange(node.id, GoalAction.MOVE))
    at = order.index(node.id)
    if at > 0:
        yield Button(w.t("▲ up"), MoveBefore(node.id, order[at - 1]))
    if at < len(order) - 1:
        yield Button(w.t("▼ down"), MoveBefore(node.id, order[at + 2] if at + 2 < len(order) else 0))


def to_card(node_id: int, title: str) -> tuple[Button, ...]:
    """The row that leads to a card."""
    return (Button(f"‹ {cut(title, 36)}", ShowGoal(node_id)),)
