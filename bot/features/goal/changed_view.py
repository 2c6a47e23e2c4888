"""The report of an edit: what changed, from when, what a shortened period expects now, and that /undo reverts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.columns import cut
from bot.common.asked import amount_words, terms_words
from bot.common.terms import in_period, quantity
from bot.telegram.html import bold, code, esc
from core.actions.edit.edited import Edited, EditOutcome, Expectation, Paused
from core.goals.model import Measure, Node, Pause
from core.goals.periods import DAY
from core.goals.terms import terms_on
from core.goals.tree import Tree
from core.planning.outline import print_plan
from core.planning.plan import plan_of
from core.planning.term_rules import LONGEST_PAUSE
from language.i18n import Words

_TITLE = 60
_MOST_EXPECTED = 4


def renamed(done: Edited, w: Words) -> str:
    """The old name and the new one."""
    was, now = _title(done.before), _title(done.node)
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("{title} is called so already. Nothing was changed.", title=now)
    return w.t("✏️ {was} is called {title} now. /undo takes it back.", was=was, title=now)


def terms_changed(done: Edited, w: Words) -> str:
    """The new terms, and their first day."""
    node, was = done.node, done.before
    if node is None or was is None:
        raise ValueError("terms of a goal that is not there")
    on = done.since or done.today
    now = bold(terms_words(done.tree, node, terms_on(node.terms, on), w))
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("{title}: {terms}, as it is. Nothing was changed.", title=_title(node), terms=now)
    before = esc(terms_words(done.was, was, terms_on(was.terms, on), w))
    lines = [
        w.t("🎯 {title}: {terms} {day}.", title=_title(node), terms=now, day=esc(_from(on, done.today, w))),
        w.t("Before that: {terms}.", terms=before),
        *_for_the_past(was, node, w),
        *_expected(done.expectations, done.node_id, done.today, w),
        w.t("/undo takes it back."),
    ]
    return "\n".join(lines)


def _for_the_past(was: Node, node: Node, w: Words) -> Iterator[str]:
    """Says that a change of the goal's measure applies to the past, too: it changes what every entry counts."""
    if was.direction is not node.direction:
        text = w.t("It is a limit now") if node.is_limit else w.t("It is no limit any more")
        yield w.t("{change}: that counts for the past as well.", change=text)
    if was.baseline != node.baseline:
        begin = w.number(node.baseline)
        yield w.t("It begins at {begin} now: that counts for the past as well.", begin=begin)


def _from(on: date, today: date, w: Words) -> str:
    if on == today:
        return w.t("from today on")
    if (on - today).days == 1:
        return w.t("from tomorrow on, {day}", day=w.date(on))
    return w.t("from {day} on", day=w.date(on, year=on.year != today.year))


def _expected(expectations: Sequence[Expectation], edited: int | None, today: date, w: Words) -> Iterator[str]:
    """The expectations of periods that differ from a whole period's, shortest periods first."""
    lines = [line for one in expectations if (line := _expectation(one, edited, today, w))]
    yield from lines[:_MOST_EXPECTED]


def _expectation(one: Expectation, edited: int | None, today: date, w: Words) -> str:
    full = one.node.target_for(one.period.end)
    if not one.now or full is None or (one.node.id == edited and one.now == full):
        return ""
    when = in_period(one.node.level, one.period, today, w)
    if one.now < full:
        return w.t(
            "{title}: {when} is short, {expected} of {target}.",
            title=esc(cut(one.node.title, _TITLE)),
            when=esc(when),
            expected=w.number(one.now),
            target=esc(amount_words(one.node, full, w)),
        )
    target = esc(amount_words(one.node, full, w))
    return w.t("{title}: {when} {target} again.", title=esc(cut(one.node.title, _TITLE)), when=esc(when), target=target)


def paused(done: Paused, wanted: Pause, w: Words) -> str:
    """The days that are off, and the consequences."""
    title = _title(done.node) if done.node else w.t("Everything")
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("🏖 {title} is paused on those days already. Nothing was changed.", title=title)
    if wanted.last - wanted.first >= LONGEST_PAUSE - DAY:
        head = w.t("🏖 {title} is paused until you say /back.", title=title)
    elif wanted.first == wanted.last:
        head = w.t("🏖 {title} is paused on {day}.", title=title, day=esc(w.date(wanted.first)))
    else:
        first, last = (esc(w.date(day, year=day.year != done.today.year)) for day in (wanted.first, wanted.last))
        head = w.t("🏖 {title} is paused from {first} until the end of {last}.", title=title, first=first, last=last)
    lines = [
        head,
        w.t("Nothing of it is asked meanwhile, nothing counts as missed, and no streak breaks."),
        *_expected(done.expectations, None, done.today, w),
        *_goes_on(done, w),
        w.t("/back ends it sooner, /undo takes it back."),
    ]
    return "\n".join(lines)


def _goes_on(done: Paused, w: Words) -> list[str]:
    """Parents of a paused goal that continue although no other goal adds to them."""
    if done.goes_on is None:
        return []
    text = w.t(
        "{goal} above it expects as much as before: pause that, and it is less there, too.", goal=_title(done.goes_on)
    )
    return [text]


def resumed(done: Paused, w: Words) -> str:
    """The goal that counts again."""
    if done.outcome is EditOutcome.UNCHANGED:
        title = _title(done.node) if done.node else w.t("Everything")
        return w.t("{title} is not paused. Nothing was changed.", title=title)
    if all(one.first > done.today for one in done.before):
        head = w.t("That pause is called off.")
    elif done.node is None:
        head = w.t("👋 Welcome back! From today on everything counts again.")
    else:
        head = w.t("▶️ {title} counts again from today on.", title=_title(done.node))
    return "\n".join([head, *_expected(done.expectations, None, done.today, w), w.t("/undo takes it back.")])


def moved(done: Edited, w: Words) -> str:
    """The new parent, or the new place among the siblings."""
    node = done.node
    above = done.tree.nodes.get(node.parent_id) if node and node.parent_id else None
    if node is None or above is None:
        raise ValueError("a goal that was moved has one above it")
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("{title} stands there already. Nothing was changed.", title=_title(node))
    if done.before and node.parent_id == done.before.parent_id:
        order = [one.id for one in done.tree.children(above)]
        place = w.t("{place} of {count}", place=w.number(order.index(node.id) + 1), count=w.number(len(order)))
        return w.t("📂 {title} is {place} below {above} now.", title=_title(node), place=place, above=_title(above))
    head = w.t("📂 {title} stands below {above} now.", title=_title(node), above=_title(above))
    lines = [head, *_left_alone(done, w), *_expected(done.expectations, None, done.today, w)]
    return "\n".join([*lines, w.t("/undo takes it back.")])


def added(done: Edited, w: Words) -> str:
    """The new goal as an outline line, and its parent."""
    node = done.node
    above = done.tree.nodes.get(node.parent_id) if node and node.parent_id else None
    if node is None or above is None:
        raise ValueError("a goal that was added has one above it")
    line = code(cut(_line(done.tree, node), 200))
    head = w.t("🌿 Below {above} there is now {line}.", above=_title(above), line=line)
    return "\n".join([head, *_expected(done.expectations, node.id, done.today, w), w.t("/undo takes it back.")])


def _line(tree: Tree, node: Node) -> str:
    """A goal's outline line, without its first day."""
    plan = next(one for one in plan_of(tree).walk() if one.key == node.key)
    return print_plan(replace(plan, starts_on=None)).strip()


def ended(done: Edited, w: Words) -> str:
    """The goal that has ended."""
    title = _title(done.node or done.before)
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("{title} has ended already. Nothing was changed.", title=title)
    return w.t("🏁 {title} has ended. What you logged for it is kept. /undo takes it back.", title=title)


def taken_up(done: Edited, w: Words) -> str:
    """The goal that is resumed."""
    title = _title(done.node)
    if done.outcome is EditOutcome.UNCHANGED:
        return w.t("{title} goes on already. Nothing was changed.", title=title)
    lines = [
        w.t("↺ {title} goes on from today. The days in between do not count as missed.", title=title),
        *_expected(done.expectations, None, done.today, w),
        w.t("/undo takes it back."),
    ]
    return "\n".join(lines)


def deleted(done: Edited, w: Words) -> str:
    """The goal that is deleted with its entries."""
    text = w.t("🗑 {title} is deleted. /undo brings it back.", title=_title(done.before))
    return "\n".join([text, *_left_alone(done, w)])


def _left_alone(done: Edited, w: Words) -> Iterator[str]:
    """Says that the parent has no goals below it any more, and how it is logged now."""
    was = done.before
    above = None if was is None or was.parent_id is None or done.is_gone else done.tree.nodes.get(was.parent_id)
    if above is None or above.parent_id is None or done.tree.children(above):
        return
    if done.tree.measure(above) is Measure.NUMBER:
        amount = quantity(above.target, above.unit, w)
        yield w.t("No goal stands below {above} now: log it itself ({amount}), or /add one there.",
                  above=_title(above), amount=esc(amount))  # fmt: skip
    else:
        yield w.t("No goal stands below {above} now: tick it itself, or /add one there.", above=_title(above))


def _title(node: Node | None) -> str:
    return bold(cut(node.title, _TITLE)) if node else ""
