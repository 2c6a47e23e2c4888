"""Closing a quarter: what was reached and missed, and what is to become of each goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.common.paging import pager
from bot.common.terms import name_of, quantity
from bot.features.digest.buttons import CloseGoal, ClosingPage, Verb
from bot.features.digest.terms import short
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.closing import Closed
from core.digest import ClosingLine, Digest
from core.errors import Fault
from core.goals.model import Level, Node
from core.goals.periods import DAY, Period, period_of
from language.i18n import Words
from language.refusals import placed

ON_A_PAGE = 5
NAMED = 3


def section(
    found: Digest, page: int, answers: Mapping[int, Verb], w: Words, *, asks: bool = True
) -> tuple[list[str], Keyboard]:
    """The lines of a digest that close its quarter, and a row of buttons for each goal that something can be done
    about, if it `asks`. `answers` are by node: the button that was tapped is gone, the others stay, so that minds may
    change."""
    closed = (*found.closing.missed, *found.closing.achieved) if found.closing else ()
    if not closed:
        return [], ()
    in_time = asks and found.on <= _following(found.period).end
    asked = list(filter(is_open, closed)) if in_time else []
    over = [line for line in closed if line not in asked]
    pages = max(1, -(-len(asked) // ON_A_PAGE))
    first = page % pages * ON_A_PAGE
    lines = [_head(found, w), *_over(over, w)]
    rows = []
    for at, line in enumerate(asked[first : first + ON_A_PAGE], first + 1):
        number = at if len(asked) > 1 else 0
        answer = _holding(line, answers)
        lines.append(_line(line, w, number, _state(line, answer, found.period, w)))
        rows.append(_row(line, number, answer, found.period, w))
    if pages > 1:
        rows.append(pager(page % pages, pages, lambda at: ClosingPage(found.period.start, at), w))
    return lines, tuple(rows)


def _over(over: Sequence[ClosingLine], w: Words) -> list[str]:
    """The goals that nothing can be done about; the first few."""
    lines = [_line(line, w) for line in over[:NAMED]]
    if len(over) > NAMED:
        lines.append(w.n("… and {count} more.", "… and {count} more.", len(over) - NAMED))
    return lines


def is_open(line: ClosingLine) -> bool:
    """Whether something can be done about a goal."""
    return line.can_carry_over or line.can_let_go


def page_of(found: Digest, node_id: int) -> int:
    """The page that a goal is on."""
    closed = (*found.closing.missed, *found.closing.achieved) if found.closing else ()
    places = [line.node.id for line in closed if is_open(line)]
    return places.index(node_id) // ON_A_PAGE if node_id in places else 0


def carried_over(done: Closed, w: Words) -> str:
    """What became of a goal that is continued."""
    goal = bold(short(done.node.title))
    target = _next_target(done.node, done.quarter)
    said = w.t("↪ {goal} goes on", goal=goal)
    if done.until is not None:
        said = w.t("↪ {goal} goes on until {day}", goal=goal, day=w.day(done.until))
    if target is not None:
        said += ": " + esc(quantity(target, done.node.unit, w))
    return said


def let_go(done: Closed, w: Words) -> str:
    """What became of a goal that is not continued."""
    goal = bold(short(done.node.title))
    return w.t("✕ {goal} ends with the quarter. Its history stays.", goal=goal)


def ask_target(node: Node, quarter: Period, w: Words) -> str:
    """Asks what is to be reached in the next quarter."""
    goal, unit = bold(short(node.title)), node.unit
    target = _next_target(node, quarter)
    now = "" if target is None else esc(quantity(target, unit, w))
    if unit:
        return w.t("{goal}: how many {unit} from the next quarter on? So far it is {target}. Reply with the number.",
                   goal=goal, unit=esc(short(unit, 20)), target=now)  # fmt: skip
    return w.t("{goal}: how much from the next quarter on? So far it is {target}. Reply with the number.",
               goal=goal, target=now)  # fmt: skip


def no_target(w: Words) -> str:
    """A goal that follows from those below it has none to change."""
    return w.t("This goal has no target of its own: change those below it.")


def refused(fault: Fault, w: Words) -> str:
    """Why nothing can be done about a goal (any more)."""
    match fault.code:
        case "quarter_past":
            return w.t("That quarter is too long ago: nothing was changed. /plan plants the goal anew.")
        case "quarter_open":
            return w.t("That quarter is still running: it can be closed on its last day.")
        case "vision_ended":
            return w.t("The vision above it ends with the quarter, so it cannot go on. /plan plants a new one.")
        case "ended_before":
            return w.t("It ended before the quarter did. /plan plants it anew.")
        case "target_not_positive":
            return w.t("A target is a number above zero. Nothing was changed.")
        case "not_quarterly" | "not_in_quarter" | "date_out_of_range":
            return w.t("This button does not work any more.")
        case _:
            return esc(placed(fault, w))


def _head(found: Digest, w: Words) -> str:
    closing = found.closing
    reached = len(closing.achieved) if closing else 0
    missed = len(closing.missed) if closing else 0
    quarter = bold(name_of(Level.QUARTERLY, found.period, w))
    return "🏁 " + w.t("{quarter} closes: {reached} reached, {missed} missed",
                       quarter=quarter, reached=reached, missed=missed)  # fmt: skip


def _line(line: ClosingLine, w: Words, number: int = 0, state: str = "") -> str:
    sign = "✅" if line.achieved else "🔸"
    name = f"{sign} {number}. {esc(short(line.node.title))}" if number else f"{sign} {esc(short(line.node.title))}"
    text = f"{name}: {w.t('{percent}%', percent=line.percent)}"
    if line.target is not None:
        whole = esc(quantity(line.target, line.node.unit, w))
        text = f"{name}: {w.t('{value} of {target}', value=w.number(line.value), target=whole)}"
    return f"{text} · {state}" if state else text


def _state(line: ClosingLine, answer: Verb | None, quarter: Period, w: Words) -> str:
    """What becomes of a goal."""
    if answer is Verb.LET_GO:
        return w.t("✕ let go")
    if answer is None:
        return w.t("goes on by itself") if line.can_let_go else ""
    target = _next_target(line.node, quarter)
    if target is None or target == line.target:
        return w.t("↪ goes on")
    return w.t("↪ goes on with {target}", target=esc(quantity(target, line.node.unit, w)))


def _row(line: ClosingLine, number: int, answer: Verb | None, quarter: Period, w: Words) -> tuple[Button, ...]:
    verbs = {Verb.CARRY_OVER: w.t("Carry over"), Verb.CHANGE: w.t("Change"), Verb.LET_GO: w.t("Let go")}
    if line.target is None:
        del verbs[Verb.CHANGE]
    if answer is not None:
        del verbs[answer]
    return tuple(
        Button(f"{number}: {label}" if number else label, CloseGoal(line.node.id, quarter.start, verb))
        for verb, label in verbs.items()
    )


def _holding(line: ClosingLine, answers: Mapping[int, Verb]) -> Verb | None:
    """What was answered about a goal, as long as it is so."""
    answer = answers.get(line.node.id)
    goes_on = answer is Verb.CARRY_OVER
    return answer if goes_on == line.can_let_go else None


def _next_target(node: Node, quarter: Period) -> Decimal | None:
    return node.target_for(_following(quarter).end)


def _following(quarter: Period) -> Period:
    return period_of(Level.QUARTERLY, quarter.end + DAY)
