"""Questions about what to log: each button carries a complete log, so that one tap does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.columns import cut
from bot.common.labels import MOST, goal_buttons
from bot.common.names import shown_name
from bot.common.terms import quantity
from bot.features.log.buttons import LogAct, Origin, Pick, PickDays
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.logged import How
from core.goals.model import Member
from language.i18n import Words
from language.parsing.line import Doubt, KnownGoal, SaidOfGoal


def which(name: str, goals: Sequence[KnownGoal], said: SaidOfGoal, origin: Origin, w: Words) -> tuple[str, Keyboard]:
    """Asks which of several goals of a name is meant."""
    text = w.t("Which one is “{name}”?", name=esc(cut(name, 60)))
    if len(goals) > MOST:
        text += "\n" + w.t("These are the first {count}; write more of the name for others.", count=MOST)
    return text, buttons(goals, said, origin, w)


def unknown(
    name: str, nearest: Sequence[KnownGoal], said: SaidOfGoal, origin: Origin, w: Words
) -> tuple[str, Keyboard]:
    """Says that no goal has the name, and offers similar ones."""
    wanted = esc(cut(name, 60))
    if not nearest:
        return w.t("I know no goal called “{name}”. /tree shows your goals, /plan adds one.", name=wanted), ()
    text = w.t("I know no goal called “{name}”. Did you mean one of these? /plan adds a new one.", name=wanted)
    return text, buttons(nearest, said, origin, w)


def perhaps(goals: Sequence[KnownGoal], said: SaidOfGoal, origin: Origin, w: Words) -> tuple[str, Keyboard]:
    """Asks about words of a conversation that may mean a goal: nothing is logged without a tap."""
    return w.t("Is that a check-off? Tap the goal if it is."), buttons(goals, said, origin, w)


def doubtful(
    why: str, goals: Sequence[KnownGoal], doubt: Doubt, on: date, origin: Origin, w: Words
) -> tuple[str, Keyboard]:
    """Asks about a line with several readings, with a button for each. `why` is the doubt, `on` the day that needs no
    mention."""
    readings = doubt.readings if len(goals) == 1 else doubt.readings[:1]
    buttons = [
        (Button(_in_short(goal, said, on, w, is_small=_is_smaller(said, readings)), _pick(goal.id, said, origin)),)
        for goal in goals[:MOST]
        for said in readings
    ]
    return f"{why}\n{w.t('If it is to be logged, tap what is right.')}" if buttons else why, tuple(buttons)


def _is_smaller(said: SaidOfGoal, readings: Sequence[SaidOfGoal]) -> bool:
    """Whether another reading has the same digits as thousands: the two look alike."""
    return said.value is not None and any(one.value == said.value * 1000 for one in readings if said.value)


def sure(why: str, goal: KnownGoal, said: SaidOfGoal, on: date, origin: Origin, w: Words) -> tuple[str, Keyboard]:
    """Asks whether an unusually high number is right."""
    return why, ((Button(_in_short(goal, said, on, w), _pick(goal.id, said, origin)),),)


def only_for_oneself(member: Member, w: Words) -> str:
    """The refusal to log for another member."""
    return w.t(
        "{name} is a member, not a goal, and everyone logs for themselves. /log shows what is yours.",
        name=shown_name(member, w),
    )


def more_or_in_all(
    goal: KnownGoal, number: Decimal, so_far: Decimal, on: date, origin: Origin, w: Words
) -> tuple[str, Keyboard]:
    """Asks whether a bare number below the day's total is the total, or comes on top."""
    text = w.t(
        "{title} has {amount} on {day}. Is {number} more, or all?",
        title=bold(cut(goal.title, 60)),
        amount=esc(quantity(so_far, goal.unit, w)),
        day=w.date(on),
        number=w.number(number),
    )
    more, total = quantity(number, goal.unit, w), w.t("= {amount}", amount=quantity(number, goal.unit, w))
    added, reset = SaidOfGoal(on, How.ADD, number), SaidOfGoal(on, How.SET, number)
    return text, ((Button(f"+ {more}", _pick(goal.id, added, origin)), Button(total, _pick(goal.id, reset, origin))),)


def set_to_nothing(
    goal: KnownGoal, said: SaidOfGoal, so_far: Decimal, origin: Origin, w: Words
) -> tuple[str, Keyboard]:
    """Asks whether "run no" should clear a day that has a number."""
    text = w.t(
        "{title} has {amount} on {day}. Is that to be taken away?",
        title=bold(cut(goal.title, 60)),
        amount=esc(quantity(so_far, goal.unit, w)),
        day=w.date(said.on),
    )
    return text, (
        (Button(w.t("= {amount}", amount=quantity(Decimal(0), goal.unit, w)), _pick(goal.id, said, origin)),),
    )


def on_each_day(goal: KnownGoal, said: SaidOfGoal, count: int, origin: Origin, w: Words) -> tuple[str, Keyboard]:
    """Asks whether to log the same on several days."""
    last = said.through or said.on
    title, span = bold(cut(goal.title, 60)), w.span(said.on, last)
    if not count:
        return w.t("{title} is not planned on any day of {span}.", title=title, span=span), ()
    what = _in_short(goal, replace(said, value=None), said.on, w)
    if said.how is How.SET:
        what = w.t("↩ Not done")
    button = w.n("{what} · {count} day", "{what} · {count} days", count, what=what)
    act = LogAct(said.how, said.value)
    picked = PickDays(goal.id, said.on, last, act, *origin)
    return w.t("{title}, {span}: all of these days?", title=title, span=span), ((Button(button, picked),),)


def _in_short(goal: KnownGoal, said: SaidOfGoal, on: date, w: Words, *, is_small: bool = False) -> str:
    """The label of a button that logs: "✅ Gym", "Run · 5 km · Sun, 22 Nov", "⏭ Gym"; with the unit if the number is
    small."""
    title, parts = cut(goal.title, 36), []
    if said.value is not None and goal.number:
        amount = quantity(said.value, goal.unit, w)
        parts.append(
            w.t("{amount} (about {round})", amount=amount, round=w.number(round(said.value))) if is_small else amount
        )
    if said.on != on:
        parts.append(w.date(said.on))
    sign = w.t("⏭ {title}", title=title) if said.how is How.SKIP else _tick(title, said, goal)
    return " · ".join([sign, *parts])


def _tick(title: str, said: SaidOfGoal, goal: KnownGoal) -> str:
    """A goal's title with the sign of what is logged."""
    return title if goal.number else f"⬜ {title}" if said.value == 0 else f"✅ {title}"


def below(parent: str, leaves: Sequence[KnownGoal], said: SaidOfGoal, origin: Origin, w: Words) -> tuple[str, Keyboard]:
    """Asks which leaf of a named parent is meant."""
    title = bold(cut(parent, 60))
    if not leaves:
        return w.t("{title} has no goals below it that can be logged yet. /plan adds some.", title=title), ()
    text = w.t("{title} is not logged itself; it follows from the goals below it. Which one?", title=title)
    return text, buttons(leaves, said, origin, w)


def buttons(goals: Sequence[KnownGoal], said: SaidOfGoal, origin: Origin, w: Words) -> Keyboard:
    """A button for each goal, labelled with what it logs unless that is a tick. `origin` is the message and its
    line."""

    def label(goal: str) -> str:
        if said.denied:
            return f"⬜ {goal}"
        if said.how is How.SKIP:
            return w.t("⏭ {title}", title=goal)
        return goal if said.value is None else f"{goal} · {w.number(said.value)}"

    return goal_buttons(goals, lambda goal: _pick(goal.id, said, origin), label)


def _pick(node_id: int, said: SaidOfGoal, origin: Origin) -> Pick:
    return Pick(node_id, said.on, LogAct(said.how, said.value), *origin)


def which_number(
    said: str, offered: Sequence[tuple[KnownGoal, Decimal]], on: date, origin: Origin, w: Words
) -> tuple[str, Keyboard]:
    """Asks which goal a bare number, given as written, is for."""
    totals = {goal.id: total for goal, total in offered}
    keyboard = goal_buttons(
        [goal for goal, _ in offered], lambda goal: _pick(goal.id, SaidOfGoal(on, How.SET, totals[goal.id]), origin)
    )
    return w.t("{number} for {day}: which one?", number=esc(cut(said, 30)), day=bold(w.date(on))), keyboard
