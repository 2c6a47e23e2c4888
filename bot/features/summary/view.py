"""The summary: today at a glance, or one level's goals and their needs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.columns import MARKS, bar, cut, padded, width
from bot.common.terms import heading_of, how_far, name_of, quantity, status_word
from bot.features.summary.buttons import ShowSpan, SummarySpan
from bot.telegram.html import bold, esc, pre
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Kind, Level, Status
from core.goals.periods import period_of
from core.goals.progress import ONE
from core.goals.reading import LevelSummary, Reading, Standing, Summary, to_make_up
from language.i18n import Words

MOST = 20
_TITLE = 18


LEVELS = {
    SummarySpan.WEEK: Level.WEEKLY,
    SummarySpan.MONTH: Level.MONTHLY,
    SummarySpan.QUARTER: Level.QUARTERLY,
    SummarySpan.YEAR: Level.YEARLY,
}


def summary(readings: Sequence[Reading], figures: Summary, span: SummarySpan, w: Words) -> tuple[str, Keyboard]:
    """The text of a span, and the buttons to the others."""
    text = _today(readings, figures, w) if span is SummarySpan.TODAY else _level(readings, figures, span, w)
    has_year = span is SummarySpan.YEAR or any(reading.tree.has_yearly for reading in readings)
    return text, _switch(span, w, has_year=has_year)


def _switch(span: SummarySpan, w: Words, *, has_year: bool) -> Keyboard:
    """The buttons to the other spans; the year only if a goal has that length."""
    names = {
        SummarySpan.TODAY: w.t("Today"),
        SummarySpan.WEEK: w.t("Week"),
        SummarySpan.MONTH: w.t("Month"),
        SummarySpan.QUARTER: w.t("Quarter"),
    }
    if has_year:
        names[SummarySpan.YEAR] = w.t("Year")
    return (tuple(Button(f"• {name}" if one is span else name, ShowSpan(one)) for one, name in names.items()),)


def _today(readings: Sequence[Reading], figures: Summary, w: Words) -> str:
    daily = figures.daily
    lines = [w.t("📋 {day}", day=bold(w.date(figures.on)))]
    if daily.total:
        counted = w.t("{done} of {total} done", done=daily.completed, total=daily.total)
        lines.append(f"{bar(daily.rate)} {w.t('{percent}%', percent=daily.rate)} · {counted}")
    else:
        lines.append(w.t("No daily goals count today."))
    still = _open_ones(readings)
    if still:
        names = ", ".join(esc(cut(title, 40)) for title in still[:MOST])
        more = w.n(" and {count} more", " and {count} more", len(still) - MOST) if len(still) > MOST else ""
        lines.append(w.t("Still open: {names}. /log", names=names + more))
    elif daily.total:
        lines.append(w.t("Everything is done. 🎉"))
    if shown := levels(readings, figures, w):
        lines.append(shown)
    streaks = figures.streaks
    lines.append(
        w.t("🔥 streaks: {total} in all, best ever {best}", total=w.number(streaks.total), best=w.number(streaks.best))
    )
    return "\n".join(lines)


def _open_ones(readings: Sequence[Reading]) -> list[str]:
    """The titles of what is still open; an *each* goal counts once."""
    titles: dict[int, str] = {}
    for reading in readings:
        for standing in reading.leaves_today():
            node = standing.node
            if node.level is Level.DAILY and standing.progress < ONE and standing.status is not Status.TRACKED:
                each = node.parent_id if node.member_id is not None and node.parent_id is not None else node.id
                titles[each] = reading.tree.called(node)
    return list(titles.values())


def levels(readings: Sequence[Reading], figures: Summary, w: Words) -> str:
    """A line for each level with goals that count today; empty without any."""
    there = {standing.node.level for standing, _ in _counting(readings)}
    rows = (
        (Level.WEEKLY, w.t("Week"), figures.weekly, w.t("{well} of {total} on track")),
        (Level.MONTHLY, w.t("Month"), figures.monthly, w.t("{well} of {total} reached")),
        (Level.QUARTERLY, w.t("Quarter"), figures.quarterly, w.t("{well} of {total} power goals on track")),
        (Level.YEARLY, w.t("Year"), figures.yearly, w.t("{well} of {total} on track")),
    )
    shown = [(name, level, said) for key, name, level, said in rows if key in there]
    names = max((width(name) for name, _, _ in shown), default=0)
    lines = [_level_line(padded(name, names), level, said, w) for name, level, said in shown]
    return pre("\n".join(lines)) if lines else ""


def _level_line(name: str, level: LevelSummary, said: str, w: Words) -> str:
    figures = f"{name}  {bar(level.progress)} {w.t('{percent}%', percent=level.progress):>4}"
    return f"{figures}  {said.format(well=level.well, total=level.total)}" if level.total else figures


def _counting(readings: Sequence[Reading]) -> list[tuple[Standing, Reading]]:
    """The nodes that count today, in the order of the trees. Members' parts are covered by their *each* goal."""
    counting = []
    for reading in readings:
        for _, node in reading.tree.walk():
            if node.kind is not Kind.VISION and node.member_id is None:
                standing = reading.standing(node)
                if standing.status not in (Status.OFF, Status.INACTIVE):
                    counting.append((standing, reading))
    return counting


def _level(readings: Sequence[Reading], figures: Summary, span: SummarySpan, w: Words) -> str:
    level = LEVELS[span]
    own = [(standing, reading) for standing, reading in _counting(readings) if standing.node.level is level]
    head = _period_name(readings, figures, span, w)
    if not own:
        nothing = w.t("No goals of this length count now. /plan adds some, /tree shows all.")
        return f"📋 {bold(head)}\n{nothing}"
    title = min(_TITLE, max(width(" ".join(s.node.title.split())) for s, _ in own))
    lines = [_goal_line(standing, reading, title, w) for standing, reading in own[:MOST]]
    of_span = {
        SummarySpan.WEEK: figures.weekly,
        SummarySpan.MONTH: figures.monthly,
        SummarySpan.QUARTER: figures.quarterly,
        SummarySpan.YEAR: figures.yearly,
    }
    well = sum(1 for standing, _ in own if standing.status in (Status.DONE, Status.ON_TRACK))
    mean = w.t("{percent}%", percent=of_span[span].progress)
    answer = w.t("{well} of {total} on track", well=well, total=len(own))
    text = f"📋 {bold(head)} · {mean} · {answer}\n{pre(chr(10).join(lines))}"
    if len(own) > MOST:
        text += "\n" + w.n("… and {count} more: /tree", "… and {count} more: /tree", len(own) - MOST)
    return text


def _period_name(readings: Sequence[Reading], figures: Summary, span: SummarySpan, w: Words) -> str:
    on = figures.on
    if span is SummarySpan.MONTH:
        return name_of(Level.MONTHLY, period_of(Level.MONTHLY, on), w)
    if span in (SummarySpan.QUARTER, SummarySpan.YEAR):
        return heading_of(LEVELS[span], period_of(LEVELS[span], on), w)
    week_start = readings[0].tree.week_start if readings else 0
    week = period_of(Level.WEEKLY, on, week_start)
    return w.t("{first} to {last}", first=w.date(week.start), last=w.date(week.end))


def _goal_line(standing: Standing, reading: Reading, title: int, w: Words) -> str:
    """A goal with its bar, then its progress and its need."""
    percent = w.t("{percent}%", percent=standing.percent)
    name = padded(cut(standing.node.title, title), title)
    return f"{MARKS[standing.status]} {name} {bar(standing.percent)} {percent:>4}\n     {_needs(standing, reading, w)}"


def _needs(standing: Standing, reading: Reading, w: Words) -> str:
    lines = [status_word(standing.status, w)]
    missing = to_make_up(reading.tree, standing, reading.on)
    if standing.status in (Status.BEHIND, Status.AT_RISK) and missing is not None:
        lines = [w.t("{status}: {amount} to make up", status=lines[0], amount=quantity(missing, standing.node.unit, w))]
    if standing.target is not None:
        lines.insert(0, how_far(standing.node, standing.value, standing.target, w))
    return " · ".join(lines)
