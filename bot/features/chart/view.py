"""A goal's chart: values → picture and caption."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from bot.columns import MARKS, cut
from bot.common.pictures import day_headings, drawn, lead, legend
from bot.common.terms import quantity, status_word, streak_words
from bot.features.chart.buttons import DrawGoal
from bot.pictures.model import DrawnDays, DrawnLine, DrawnStrip, GoalPicture, Headline
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.actions.charts import DayEnd, GoalChart
from core.goals.model import Node, Status
from core.goals.progress import ONE
from core.goals.reading import Standing
from language.i18n import Words

MOST_OFFERED = 12


def which(name: str, goals: Sequence[tuple[int, str]], w: Words) -> tuple[str, Keyboard]:
    """Asks which of several goals is meant; without any, says where to see them all."""
    if not goals:
        return w.t("I know no goal called “{name}”. /tree shows your goals.", name=esc(cut(name, 60))), ()
    buttons = [Button(cut(title, 36), DrawGoal(node_id)) for node_id, title in goals[:MOST_OFFERED]]
    return w.t("Which goal shall I draw?"), rows(buttons, width=1)


def goal_picture(chart: GoalChart, w: Words) -> tuple[GoalPicture, str]:
    """The picture, and its caption, which gives the same figures in words."""
    node, standing = chart.node, chart.standing
    number, of = _figures(standing, w)
    above = [parent.title for parent in reversed(chart.reading.tree.ancestors(node))]
    status = status_word(standing.status, w)
    shown = GoalPicture(
        title=node.title,
        path=" › ".join(above),
        headline=Headline(node.title, number, of, status, _is_well(standing.status)),
        status=standing.status,
        line=_line(chart, w),
        year=_year(chart, w),
        legend=legend(w),
    )
    return shown, _caption(chart, number, of, w)


def _figures(standing: Standing, w: Words) -> tuple[str, str]:
    """The large number and its label."""
    unit = standing.node.unit
    if standing.value is None or standing.status is Status.TRACKED or standing.target is None:
        value = quantity(standing.value, unit, w) if standing.status is Status.TRACKED else ""
        return value or w.t("{percent}%", percent=standing.percent), ""
    target = quantity(standing.target, unit, w)
    if standing.node.baseline is not None:
        start = w.number(standing.node.baseline)
        return quantity(standing.value, unit, w), w.t("from {start} to {target}", start=start, target=target)
    if standing.node.is_limit:
        return quantity(standing.value, unit, w), w.t("at most {target}", target=target)
    return w.number(standing.value), w.t("of {target}", target=target)


def _is_well(status: Status) -> bool | None:
    if status in (Status.DONE, Status.ON_TRACK):
        return True
    return False if status in (Status.AT_RISK, Status.BEHIND) else None


def _line(chart: GoalChart, w: Words) -> DrawnLine | None:
    """The progress so far, in the goal's own measure if it has one, else in percent."""
    node, period, target = chart.node, chart.standing.period, chart.standing.target
    in_percent = target is None or all(step.value is None for step in chart.way)
    points = tuple(_points(chart.way, in_percent, period.start, period.days))
    if not points:
        return None
    begin, end = (0.0, 100.0) if in_percent else _ends(chart.standing)

    has_start = node.baseline is None and not (node.is_limit and points[0][1])
    start = ((0.0, begin),) if has_start else ()
    if len(start) + len(points) < 2:
        return None
    now = Decimal(str(points[-1][1]))
    return DrawnLine(
        points=(*start, *points),
        pace=_even(chart, begin, end),
        target=end,
        target_word=_amount(Decimal(str(end)), node, in_percent, w),
        first=w.short_day(period.start),
        last=w.short_day(period.end),
        now=_amount(now, node, in_percent, w),
    )


def _ends(standing: Standing) -> tuple[float, float]:
    """The values at which the goal starts and ends."""
    return float(standing.node.baseline or 0), float(standing.target or 0)


def _even(chart: GoalChart, begin: float, end: float) -> tuple[tuple[float, float], ...]:
    """The even pace from one value to another over the days that count; empty for a limit."""
    if chart.node.is_limit:
        return ()
    period = chart.standing.period
    behind = ((_share(on, period.start, period.days), begin + (end - begin) * passed) for on, passed in chart.even)
    return (0.0, begin), *behind


def _points(way: Iterable[DayEnd], in_percent: bool, first: date, days: int) -> Iterable[tuple[float, float]]:
    for step in way:
        value = step.progress * 100 // ONE if in_percent else step.value
        if value is not None:
            yield _share(step.on, first, days), float(value)


def _share(on: date, first: date, days: int) -> float:
    """The share of the period that has passed at the end of a day."""
    return ((on - first).days + 1) / days


def _amount(value: Decimal, node: Node, in_percent: bool, w: Words) -> str:
    return w.t("{percent}%", percent=w.number(value)) if in_percent else quantity(value, node.unit, w)


def _year(chart: GoalChart, w: Words) -> DrawnDays:
    if not chart.days:
        return DrawnDays()
    dates, streak = [day.on for day in chart.days], chart.standing.streak
    note = ""
    if streak is not None and streak.best:
        note = w.t("longest {streak}", streak=streak_words(streak.best, chart.node.level, w))
        if streak.current > 1:
            note = f"🔥 {streak_words(streak.current, chart.node.level, w)} · {note}"
    week_start = chart.owner.week_start
    strip = DrawnStrip(str(dates[0].year), drawn(chart.days), note)
    return DrawnDays((strip,), day_headings(dates, week_start, w), lead(dates[0], week_start))


def _caption(chart: GoalChart, number: str, of: str, w: Words) -> str:
    standing = chart.standing
    lines = [esc(f"{number} {of}".strip())]
    percent = w.t("{percent}%", percent=standing.percent)
    if standing.status is not Status.TRACKED and number != percent:
        lines.append(percent)
    lines.append(status_word(standing.status, w))
    if standing.streak is not None and standing.streak.current > 1:
        lines.append(f"🔥 {streak_words(standing.streak.current, chart.node.level, w)}")
    return f"{MARKS[standing.status]} {bold(cut(chart.node.title, 100))}\n{' · '.join(lines)}"
