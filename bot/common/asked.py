"""A goal's target and days in words."""

from __future__ import annotations

from decimal import Decimal

from bot.common.schedules import days
from bot.common.terms import quantity
from core.goals.model import Measure, Node, Strategy
from core.goals.terms import DaySchedule, Terms
from core.goals.tree import Tree
from language.i18n import Words

LAST_OF_MONTH = 31


def terms_words(tree: Tree, node: Node, terms: Terms, w: Words) -> str:
    """Target, days and weight within a sentence: "5 km, on weekdays". Not escaped."""
    parts = [target_words(tree, node, terms.target, w)]
    if not terms.schedule.is_every_day:
        parts.append(schedule_words(terms.schedule, w))
    if terms.weight != 1:
        parts.append(w.t("weight {weight}", weight=w.number(terms.weight)))
    return ", ".join(part for part in parts if part)


def target_words(tree: Tree, node: Node, target: Decimal | None, w: Words) -> str:
    """A target within a sentence: "5 km", "at most 2 cups", "3 times". Not escaped."""
    if not tree.is_loggable(node) and target is None:
        return _of_parent(tree.strategy(node), w)
    if target is None:
        measured = node.each.measure if node.each else node.measure
        return w.t("tracked, without a target") if measured is Measure.NUMBER else w.t("to be ticked off")
    amount = amount_words(node, target, w)
    if node.baseline is not None:
        return w.t("from {begin} to {amount}", begin=w.number(node.baseline), amount=amount)
    if node.is_limit:
        return w.t("at most {amount}", amount=amount)
    return w.t("{amount} each", amount=amount) if node.each else amount


def amount_words(node: Node, amount: Decimal, w: Words) -> str:
    """An amount of a goal: "5 km", "3 times", "2 goals reached". Not escaped."""
    measured = node.each.measure if node.each else node.measure
    if node.strategy is Strategy.COUNT and node.each is None:
        return w.n("{count} goal reached", "{count} goals reached", int(amount))
    if measured is Measure.NUMBER or node.unit is not None or (node.strategy is not None and node.each is None):
        return quantity(amount, node.unit, w)
    return w.n("{count} time", "{count} times", int(amount))


def _of_parent(strategy: Strategy, w: Words) -> str:
    match strategy:
        case Strategy.MIN:
            return w.t("as good as the weakest goal below")
        case Strategy.MAX:
            return w.t("as good as the best goal below")
        case Strategy.COUNT:
            return w.t("all goals below reached")
        case _:
            return w.t("the average of the goals below")


def schedule_words(schedule: DaySchedule, w: Words) -> str:
    """Days within a sentence: "on weekdays", "every 2 days", "on the 1st and the last day of the month"."""
    if schedule.every is not None and schedule.every > 1:
        return w.n("every {count} day", "every {count} days", schedule.every)
    if not schedule.month_days:
        return days(schedule.weekdays, w)
    numbers = [w.number(day) for day in sorted(schedule.month_days - {LAST_OF_MONTH})]
    named = [w.t("day {number}", number=number) for number in numbers]
    if LAST_OF_MONTH in schedule.month_days:
        named.append(w.t("the last day"))
    return w.t("on {days} of the month", days=w.listed(named))
