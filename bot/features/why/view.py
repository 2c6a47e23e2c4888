"""A goal's progress explained in a few sentences, with figures that also appear elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.columns import MARKS, cut
from bot.common.terms import how_far, in_period, quantity, streak_words
from bot.telegram.html import bold, esc
from core.goals.model import Level, Node, Status
from core.goals.periods import Period
from core.goals.progress import ONE
from core.goals.why import Cut, Held, Lift, Why
from language.i18n import Words

_TITLE = 60
_NAMED = 3


def answer(explanations: Sequence[Why], on: date, w: Words) -> str:
    """The explanation of some goals' progress."""
    return "\n\n".join(_of_one(one, on, w) for one in explanations)


def which(name: str, w: Words, *, is_known: bool) -> str:
    """Asks which of several goals is meant, or says that there is none."""
    if is_known:
        return w.t("Why which one? “{name}” may mean:", name=esc(cut(name, _TITLE)))
    return w.t("I know no goal called “{name}”. /tree shows your goals.", name=esc(cut(name, _TITLE)))


def _of_one(why: Why, on: date, w: Words) -> str:
    lines = [_head(why, on, w), _state(why, w)]
    if why.cut is not None:
        lines.append(cut_line(why.cut, why.standing.node, w))
    if why.held is not None:
        lines.append(_held(why.held, why, on, w))
        lines.append(_lift(why.lift, why, on, w) if why.lift else w.t("Nothing that is still to come lifts it now."))
    return "\n".join(filter(None, lines))


def _head(why: Why, on: date, w: Words) -> str:
    """ "🟡 Running · 62% this week: 31 of 50 km"."""
    standing = why.standing
    node, name = standing.node, bold(cut(standing.node.title, _TITLE))
    if standing.status is Status.TRACKED:
        value = esc(quantity(standing.value, node.unit, w))
        return f"{MARKS[standing.status]} {name} · {value}"
    when = in_period(node.level, standing.period, on, w)
    figure = w.t("{percent}% {when}", percent=standing.percent, when=esc(when))
    if standing.target is not None:
        figure += ": " + esc(how_far(node, standing.value, standing.target, w))
    return f"{MARKS[standing.status]} {name} · {figure}"


def _state(why: Why, w: Words) -> str:
    """The sentence when nothing holds the goal down."""
    match why.standing.status:
        case Status.TRACKED:
            return w.t("It has no target: it is noted and counts for no percentage of its own.")
        case Status.INACTIVE:
            return w.t("It is not active on this day.")
        case _ if why.paused_until is not None:
            return w.t("It is paused until {day}: those days are not counted as missed.", day=w.date(why.paused_until))
        case Status.OFF:
            return w.t("It is skipped or not planned on this day, so it counts for nothing now.")
        case _ if why.standing.progress >= ONE:
            return w.t("It is complete. 🎉")
    return ""


def cut_line(cut: Cut, node: Node, w: Words) -> str:
    """The reason why less than the target is expected: "41 of 100 km are expected: 37 of 92 days are open."."""
    if not cut.open_days:
        amount = esc(quantity(cut.target, node.unit, w))
        return w.t("Nothing of {target} is expected: each of these days is paused or off.", target=amount)
    return w.t(
        "{expected} of {target} are expected, since {open} of {days} days are open.",
        expected=w.number(cut.expected),
        target=esc(quantity(cut.target, node.unit, w)),
        open=w.number(cut.open_days),
        days=w.number(cut.days),
    )


def _held(held: Held, why: Why, on: date, w: Words) -> str:
    """The sentence about what holds the goal down."""
    name, node = bold(cut(held.node.title, _TITLE)), held.node
    if held.is_over:
        over = esc(quantity(held.value, node.unit, w))
        limit = esc(quantity(held.expected, node.unit, w))
        return w.t("{goal} is over its limit: {value}, and at most {limit}.", goal=name, value=over, limit=limit)
    if node.is_limit and held.periods <= 1:
        return w.n(
            "{goal} is a limit: {told} of {count} day is noted; of the rest nothing is known.",
            "{goal} is a limit: {told} of {count} days are noted; of the rest nothing is known.",
            held.open_days, goal=name, told=w.number(held.days_logged),
        )  # fmt: skip
    if held.periods > 1:
        return _in_periods(held, name, on, w)
    if node.id == why.standing.node.id:
        return "" if held.value else w.t("Nothing is logged for it yet.")
    if held.expected is not None:
        whole = esc(quantity(held.expected, node.unit, w))
        return w.t("{goal} holds it down: {value} of {target}.", goal=name, value=w.number(held.value), target=whole)
    return w.t("{goal} holds it down: {percent}%.", goal=name, percent=held.percent)


def _in_periods(held: Held, name: str, on: date, w: Words) -> str:
    """ "Run holds it down: Tue and Thu are missing, 3 of 7 days are done."."""
    done = w.t("{done} of {periods} done", done=w.number(held.done),
               periods=streak_words(held.periods, held.node.level, w))  # fmt: skip
    missed = held.missed
    if not missed:
        return w.t("{goal} holds it down so far: {done}.", goal=name, done=done)
    if len(missed) > _NAMED:
        count = streak_words(len(missed), held.node.level, w)
        return w.t("{goal} holds it down: {count} missing, {done}.", goal=name, count=count, done=done)
    days = w.listed([esc(_short(held.node.level, period, on, w)) for period in missed])
    return w.t("{goal} holds it down: {days} missing, {done}.", goal=name, days=days, done=done)


def _short(level: Level, period: Period, on: date, w: Words) -> str:
    if level is Level.DAILY and (on - period.start).days < 7:
        return w.weekday(period.start.weekday())
    return in_period(level, period, on, w)


def _lift(lift: Lift, why: Why, on: date, w: Words) -> str:
    """The sentence about the best way to lift it: "With 13 km by Sun 29 Nov it is 100%."."""
    node, percent = lift.node, lift.percent
    name = "" if node.id == why.standing.node.id else bold(cut(node.title, _TITLE))
    when = w.t("today") if lift.by == on else w.t("by {day}", day=w.date(lift.by))
    if node.is_limit:
        return w.n(
            "Note {goal} on {count} more day {when} and it is {percent}%: 0 counts, too.",
            "Note {goal} on {count} more days {when} and it is {percent}%: 0 counts, too.",
            len(lift.entries), goal=name or w.t("it"), when=when, percent=percent,
        )  # fmt: skip
    if lift.periods > 1:
        return _lift_in_periods(lift, name or bold(cut(node.title, _TITLE)), percent, w)
    return w.t("With {what} {when} it is {percent}%.", what=_how_much(lift, name, w), when=when, percent=percent)


def _how_much(lift: Lift, name: str, w: Words) -> str:
    """A tick or an amount; with the goal's name unless it is the one in question."""
    if _is_tick(lift):
        return name or w.t("a tick")
    unit = lift.node.unit
    amount = esc(quantity(lift.amount, unit, w)) if unit or not lift.is_ticks else _ticks(lift, w)
    return w.t("{amount} of {goal}", amount=amount, goal=name) if name else amount


def _lift_in_periods(lift: Lift, name: str, percent: int, w: Words) -> str:
    left = streak_words(lift.periods, lift.node.level, w)
    is_daily = lift.node.level is Level.DAILY
    if lift.is_same and not lift.is_ticks:
        amount = esc(quantity(lift.amount, lift.node.unit, w))
        if is_daily:
            return w.t("With {amount} of {goal} on each of the {days} left it is {percent}%.",
                       amount=amount, goal=name, days=left, percent=percent)  # fmt: skip
        return w.t("With {amount} of {goal} in each of the {periods} left it is {percent}%.",
                   amount=amount, goal=name, periods=left, percent=percent)  # fmt: skip
    if is_daily:
        return w.t("With {goal} on each of the {days} left it is {percent}%.", goal=name, days=left, percent=percent)
    return w.t("With {goal} in each of the {periods} left it is {percent}%.", goal=name, periods=left, percent=percent)


def _is_tick(lift: Lift) -> bool:
    return lift.is_ticks and len(lift.entries) == 1


def _ticks(lift: Lift, w: Words) -> str:
    return w.n("{count} more tick", "{count} more ticks", len(lift.entries))
