"""Closing a quarter or a year: what was reached and missed, and a choice for each goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.common.paging import pager
from bot.common.terms import how_far, name_of, quantity
from bot.features.digest.buttons import CloseGoal, CloseInYear, ClosingPage, ClosingYearPage, Verb
from bot.features.digest.terms import CLOSING_PHRASES, short_title
from bot.telegram.callback import Callback
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.closing import Closed
from core.digest.closing_lines import ClosingLine
from core.digest.model import Digest
from core.errors import Fault
from core.goals.model import Level, Node
from core.goals.periods import DAY, Period, period_of
from language.i18n import Words
from language.refusals import placed

ON_A_PAGE = 5
NAMED = 3


def section(
    digest: Digest, page: int, answers: Mapping[int, Verb], w: Words, *, asks: bool = True
) -> tuple[list[str], Keyboard]:
    """The lines of a digest that close its period and, if it `asks`, a row of buttons for each goal that can still be
    decided. In `answers`, by node, the tapped button is left out of its row and the others stay, so that people may
    change their minds."""
    closed = _closed(digest)
    if not closed:
        return [], ()
    asked = [line for line in closed if _may_go_on(line, digest.on)] if asks else []
    over = [line for line in closed if line not in asked]
    pages = max(1, -(-len(asked) // ON_A_PAGE))
    first = page % pages * ON_A_PAGE
    lines = [_head(digest, w), *_over(over, digest, w)]
    rows = []
    for at, line in enumerate(asked[first : first + ON_A_PAGE], first + 1):
        number = at if len(asked) > 1 else 0
        answer = _holding(line, answers)
        lines.append(_line(line, digest, w, number, _state(line, answer, w)))
        rows.append(_row(line, digest, number, answer, w))
    if pages > 1:
        rows.append(pager(page % pages, pages, lambda at: _page(digest, at), w))
    return lines, tuple(rows)


def _closed(digest: Digest) -> Sequence[ClosingLine]:
    return (*digest.closing.missed, *digest.closing.achieved) if digest.closing else ()


def _may_go_on(line: ClosingLine, on: date) -> bool:
    """Whether a goal can still be decided on a day: the next period is not over."""
    return is_open(line) and on <= _following(line.node, line.period).end


def _page(digest: Digest, at: int) -> Callback:
    is_year = digest.level is Level.YEARLY
    return ClosingYearPage(digest.period.start, at) if is_year else ClosingPage(digest.period.start, at)


def _over(over: Sequence[ClosingLine], digest: Digest, w: Words) -> list[str]:
    """The first goals that can no longer be decided."""
    lines = [_line(line, digest, w) for line in over[:NAMED]]
    if len(over) > NAMED:
        lines.append(w.n("… and {count} more.", "… and {count} more.", len(over) - NAMED))
    return lines


def is_open(line: ClosingLine) -> bool:
    """Whether a goal can be decided."""
    return line.can_carry_over or line.can_let_go


def page_of(digest: Digest, node_id: int) -> int:
    """The page that a goal is on."""
    places = [line.node.id for line in _closed(digest) if is_open(line)]
    return places.index(node_id) // ON_A_PAGE if node_id in places else 0


def carried_over(done: Closed, w: Words) -> str:
    """The answer when a goal is continued."""
    goal = bold(short_title(done.node.title))
    target = _next_target(done.node, done.period)
    text = w.t("↪ {goal} goes on", goal=goal)
    if done.until is not None:
        text = w.t("↪ {goal} goes on until {day}", goal=goal, day=w.day(done.until))
    if target is not None:
        text += ": " + esc(quantity(target, done.node.unit, w))
    return text


def let_go(done: Closed, w: Words) -> str:
    """The answer when a goal is not continued."""
    return w.t(CLOSING_PHRASES[done.node.level].let_go, goal=bold(short_title(done.node.title)))


def ask_target(node: Node, period: Period, w: Words) -> str:
    """The question for the next period's target."""
    goal, unit, phrases = bold(short_title(node.title)), node.unit, CLOSING_PHRASES[node.level]
    target = _next_target(node, period)
    now = "" if target is None else esc(quantity(target, unit, w))
    if unit:
        return w.t(phrases.how_many, goal=goal, unit=esc(short_title(unit, 20)), target=now)
    return w.t(phrases.how_much, goal=goal, target=now)


def no_target(w: Words) -> str:
    """The refusal for a goal without a target of its own."""
    return w.t("This goal has no target of its own: change those below it.")


def refused(fault: Fault, level: Level, w: Words) -> str:
    """The reason why a goal of a level cannot be decided (any more)."""
    said = CLOSING_PHRASES.get(level)
    if said is None or fault.code in ("not_in_period", "date_out_of_range"):
        return w.t("This button does not work any more.")
    match fault.code:
        case "period_past":
            return w.t(said.past)
        case "period_open":
            return w.t(said.running)
        case "vision_ended":
            return w.t(said.vision_ended)
        case "ended_before":
            return w.t(said.ended_before)
        case "target_not_positive":
            return w.t("A target is a number above zero. Nothing was changed.")
        case _:
            return esc(placed(fault, w))


def _head(digest: Digest, w: Words) -> str:
    closing = digest.closing
    reached = len(closing.achieved) if closing else 0
    missed = len(closing.missed) if closing else 0
    period = bold(name_of(digest.level, digest.period, w))
    return "🏁 " + w.t("{period} closes: {reached} reached, {missed} missed",
                       period=period, reached=reached, missed=missed)  # fmt: skip


def _line(line: ClosingLine, digest: Digest, w: Words, number: int = 0, state: str = "") -> str:
    title = esc(short_title(line.node.title))
    if line.period != digest.period:
        title += f" ({name_of(line.node.level, line.period, w)})"
    sign = "✅" if line.achieved else "🔸"
    name = f"{sign} {number}. {title}" if number else f"{sign} {title}"
    text = f"{name}: {w.t('{percent}%', percent=line.percent)}"
    if line.target is not None:
        text = f"{name}: {esc(how_far(line.node, line.value, line.target, w))}"
    return f"{text} · {state}" if state else text


def _state(line: ClosingLine, answer: Verb | None, w: Words) -> str:
    """A goal with what happens to it."""
    if answer is Verb.LET_GO:
        return w.t("✕ let go")
    if answer is None:
        return w.t("goes on by itself") if line.can_let_go else ""
    target = _next_target(line.node, line.period)
    if target is None or target == line.target:
        return w.t("↪ goes on")
    return w.t("↪ goes on with {target}", target=esc(quantity(target, line.node.unit, w)))


def _row(line: ClosingLine, digest: Digest, number: int, answer: Verb | None, w: Words) -> tuple[Button, ...]:
    verbs = {Verb.CARRY_OVER: w.t("Carry over"), Verb.CHANGE: w.t("Change"), Verb.LET_GO: w.t("Let go")}
    if line.target is None:
        del verbs[Verb.CHANGE]
    if answer is not None:
        del verbs[answer]
    kind = CloseInYear if digest.level is Level.YEARLY else CloseGoal
    return tuple(
        Button(f"{number}: {label}" if number else label, kind(line.node.id, line.period.start, verb))
        for verb, label in verbs.items()
    )


def _holding(line: ClosingLine, answers: Mapping[int, Verb]) -> Verb | None:
    """The answer about a goal, unless it is outdated."""
    answer = answers.get(line.node.id)
    goes_on = answer is Verb.CARRY_OVER
    return answer if goes_on == line.can_let_go else None


def _next_target(node: Node, period: Period) -> Decimal | None:
    return node.target_for(_following(node, period).end)


def _following(node: Node, period: Period) -> Period:
    return period_of(node.level, period.end + DAY)
