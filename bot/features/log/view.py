"""The reply to a check-off: its effect, all the way up (design.md §5)."""

from __future__ import annotations

from decimal import Decimal

from bot.columns import bar, cut, level_letter, padded, width
from bot.common.terms import days_word, how_far, in_period, quantity, status_word, streak_words
from bot.telegram.html import bold, esc, pre
from core.actions.logged import CheckOff, LogOutcome, LogStep
from core.goals.model import Aggregate, Entry, Kind, Level, Measure, Node, Status
from core.goals.progress import ONE, percent
from core.goals.reading import to_make_up
from core.records import record
from language.i18n import Words
from language.lexicon import lexicon
from language.parsing.joined import may_name_another

MILESTONES = frozenset({7, 30, 100, 365})
_TITLE = 16
"""Columns of a title in the ancestors' lines, so that a line without its status fits a phone held upright."""


@record
class RollUpRow:
    """One line of the roll-up."""

    letter: str
    title: str
    bar: str
    percent: str
    gain: str
    status: str


def check_off(done: CheckOff, w: Words, *, corrected: bool = False, alone: bool = True) -> str:
    """The whole reply (HTML): a headline, cheers if there is a reason, and a line for every ancestor. Not `alone`:
    something else was changed with it."""
    parts = [headline(done, w, corrected=corrected, alone=alone)]
    if done.entry is not None and done.entry.note and done.outcome is LogOutcome.LOGGED:
        parts.append(_note(done.entry.note, w))
    parts += cheers(done, w)
    if block := roll_up(done, w, gains=not corrected and done.outcome is not LogOutcome.REPEATED):
        parts.append(pre(block))
    return "\n".join(parts)


def headline(done: CheckOff, w: Words, *, corrected: bool = False, alone: bool = True) -> str:
    """The first line: "✅ Run  5 km · today done · 🔥 12 days"."""
    title = bold(cut(done.tree.called(done.leaf), 60))
    if done.outcome is LogOutcome.REPEATED:
        return w.t("☑ {title} was logged with this message before. Nothing was changed.", title=title)
    if done.outcome is LogOutcome.UNCHANGED:
        text = _unchanged(done, title, w)
        return text + " " + w.t("Nothing was changed.") if alone else text
    if done.outcome is LogOutcome.UNDONE:
        text = w.t("↩ Taken back: {what}", what=_what(done, title, w))
        return " · ".join([text, *_day(done, w), *_standing(done, w)])
    if done.is_skip:
        return _skipped(done, title, w)
    sign = "✏️" if corrected else _sign(done)
    return " · ".join([f"{sign} {_what(done, title, w)}", *_day(done, w), *_standing(done, w), *_streak(done, w)])


def _sign(done: CheckOff) -> str:
    if _taken_away(done) or _is_nothing(done):
        return "⬜"
    return "🔸" if _is_over(done) else "✅"


def _note(text: str, w: Words) -> str:
    note = f"<i>{esc(cut(text, 200))}</i>"
    if may_name_another(text, lexicon(w.locale)):
        return w.t("{note} – kept as a note: no goal is called that", note=note)
    return note


def _unchanged(done: CheckOff, title: str, w: Words) -> str:
    if not done.tree.is_due(done.leaf, done.steps[0].standing.period):
        return w.t("☑ {title} is not asked for {day}.", title=title, day=days_word(done, w))
    if done.steps[0].standing.status is Status.OFF and done.steps[0].standing.progress < ONE:
        return w.t("☑ {title} is skipped {day} already.", title=title, day=_when(done, w))
    if done.tree.measure(done.leaf) is Measure.CHECK and done.steps[0].standing.value == 0:
        return w.t("☑ {title} is not done {day} anyway.", title=title, day=days_word(done, w))
    return w.t(
        "☑ {title} is already done {day}.",
        title=title,
        day=_when(done, w) if done.steps[0].standing.progress >= ONE else days_word(done, w),
    )


def _when(done: CheckOff, w: Words) -> str:
    """The leaf's period within a sentence: "today", "this week", "in November"."""
    level, period = done.leaf.level, done.steps[0].standing.period
    if level is Level.DAILY:
        return days_word(done, w)
    named = in_period(level, period, done.today, w)
    return named if done.today in period else w.t("({period})", period=named)


def _skipped(done: CheckOff, title: str, w: Words) -> str:
    if done.streak_current:
        text = w.t("⏭ {title} skipped {day} — your streak is safe", title=title, day=_when(done, w))
    else:
        text = w.t("⏭ {title} skipped {day}", title=title, day=_when(done, w))
    return " · ".join([text, *_streak(done, w)])


def taken_away(node: Node, entry: Entry, is_check: bool, w: Words) -> str:
    """The line about an entry that an edit removed."""
    title = bold(cut(node.title, 60))
    if entry.skipped:
        what = w.t("{title}  skip", title=title)
    else:
        what = title if is_check else f"{title}  {esc(quantity(entry.value or Decimal(0), node.unit, w))}"
    what = f"{what} · " + w.t("for {day}", day=w.date(entry.on))
    return w.t("↩ Taken back: {what}", what=what)


def _taken_away(done: CheckOff) -> bool:
    return done.entry is not None and done.entry.value == 0 and done.tree.measure(done.leaf) is Measure.CHECK


def _is_nothing(done: CheckOff) -> bool:
    """Whether a day that needs an amount was set to zero, which is good news only for a limit."""
    is_number = done.entry is not None and done.entry.value == 0 and done.tree.aggregate(done.leaf) is Aggregate.SUM
    return is_number and not done.leaf.is_limit and done.steps[0].standing.value == 0


def _is_over(done: CheckOff) -> bool:
    """Whether a limit is broken."""
    standing = done.steps[0].standing
    if not done.leaf.is_limit or standing.value is None or standing.target is None:
        return False
    return standing.value > standing.target


def _what(done: CheckOff, title: str, w: Words) -> str:
    """The leaf and what was logged on it: "Run  5 km"; a tick alone needs no number."""
    entry = done.entry
    if entry is None:
        return title
    if entry.skipped:
        return w.t("{title}  skip", title=title)
    if done.tree.measure(done.leaf) is Measure.CHECK:
        said_undone = _taken_away(done) and done.outcome is LogOutcome.LOGGED
        return w.t("{title} is not done", title=title) if said_undone else title
    return f"{title}  {esc(quantity(entry.value or Decimal(0), done.leaf.unit, w))}"


def _day(done: CheckOff, w: Words) -> list[str]:
    return [] if done.on == done.today else [w.t("for {day}", day=w.date(done.on))]


def _standing(done: CheckOff, w: Words) -> list[str]:
    """The progress of the leaf's period: "today done" or "3 of 5 km today"."""
    standing, leaf = done.steps[0].standing, done.leaf
    # The day is named already when it is not today.
    named = leaf.level is Level.DAILY and done.on != done.today
    when = "" if named else in_period(leaf.level, standing.period, done.today, w)
    if standing.status is Status.TRACKED:
        return _in_all(done, w)
    if standing.progress >= ONE:
        return [*_in_all(done, w), w.t("{period} done", period=when).strip()]
    if standing.status is Status.OFF:
        skipped = done.tree.is_due(leaf, standing.period)
        return [w.t("{period} skipped", period=when).strip()] if skipped else []
    return _so_far(done, when, w)


def _so_far(done: CheckOff, when: str, w: Words) -> list[str]:
    """The leaf's progress within a period; for a single tick that is taken back, only that it is open."""
    standing, leaf = done.steps[0].standing, done.leaf
    target = standing.target if standing.target is not None else Decimal(1)
    if done.tree.measure(leaf) is Measure.CHECK and target == 1:
        return [w.t("{period} open", period=when).strip()] if done.outcome is LogOutcome.UNDONE else []
    return [esc(f"{how_far(leaf, standing.value, target, w)} {when}".rstrip())]


def _in_all(done: CheckOff, w: Words) -> list[str]:
    """The period's number, if it differs from what was just logged."""
    value, logged = done.steps[0].standing.value, done.entry.value if done.entry else None
    if done.tree.measure(done.leaf) is Measure.CHECK or value == logged:
        return []
    amount = esc(quantity(value, done.leaf.unit, w))
    if done.tree.aggregate(done.leaf) is not Aggregate.SUM:  # the last or the highest value: it does not add up
        return [amount] if done.steps[0].standing.status is Status.TRACKED else []
    return [w.t("{amount} in all", amount=amount)]


def _streak(done: CheckOff, w: Words) -> list[str]:
    current = done.streak_current
    return [f"🔥 {streak_words(current, done.leaf.level, w)}"] if current > 0 else []


def cheers(done: CheckOff, w: Words) -> list[str]:
    """Short lines for a streak of 7, 30, 100 or 365, and for every goal above that has just been reached. A skip
    reaches nothing: it only lowers what is asked for."""
    if done.outcome is not LogOutcome.LOGGED or done.is_skip:
        return []
    lines = []
    leaf = done.steps[0]
    if leaf.before < ONE <= leaf.standing.progress and done.streak_current in MILESTONES:
        lines.append(w.t("🎉 {streak} in a row!", streak=streak_words(done.streak_current, done.leaf.level, w)))
    for step in done.steps[1:]:
        node = step.standing.node
        if step.before < ONE <= step.standing.progress and step.standing.status is not Status.OFF:
            title = bold(cut(node.title, 60))
            if node.kind is Kind.VISION and node.ends_on is None:  # it starts again with the next quarter or year
                title += f" ({in_period(node.level, step.standing.period, done.today, w)})"
            lines.append(" ".join([w.t("🏆 {title}: reached!", title=title), *_short(step, w)]))
    return lines


def _short(step: LogStep, w: Words) -> list[str]:
    """The expected amount of a period that expects less than the whole target."""
    full, expected = step.standing.node.target_for(step.standing.period.end), step.standing.target
    if full is None or expected is None or expected >= full or step.standing.node.each is not None:
        return []
    whole = esc(quantity(full, step.standing.node.unit, w))
    return [w.t("This period is short: {expected} of {target}.", expected=w.number(expected), target=whole)]


def roll_up(done: CheckOff, w: Words, *, gains: bool = True) -> str:
    """The ancestors, one aligned line each (plain text for a monospaced block)."""
    rows = [_row(done, step, w, gains=gains) for step in done.steps[1:]]
    if not rows:
        return ""
    title = min(_TITLE, max(width(row.title) for row in rows))
    gain = max(width(row.gain) for row in rows)
    return "\n".join(_line(row, title, gain) for row in rows)


def _line(row: RollUpRow, title: int, gain: int) -> str:
    cells = [row.letter, padded(row.title, title), f"{row.bar:<10} {row.percent:>4}"]
    if gain:
        cells.append(row.gain.rjust(gain))
    return ("  ".join(cells) + "   " + row.status).rstrip()


def _row(done: CheckOff, step: LogStep, w: Words, *, gains: bool) -> RollUpRow:
    standing = step.standing
    node = standing.node
    shown = standing.percent
    gain = shown - percent(step.before)
    is_vision = node.kind is Kind.VISION
    return RollUpRow(
        level_letter(node),
        " ".join(node.title.split()),
        "" if is_vision else bar(shown),
        w.t("{percent}%", percent=shown),
        f"{gain:+d}" if gain and gains else "",
        "" if is_vision else _state(done, step, node, w),
    )


def _state(done: CheckOff, step: LogStep, node: Node, w: Words) -> str:
    standing = step.standing
    if done.today not in standing.period:
        return in_period(node.level, standing.period, done.today, w)
    if standing.status is Status.BEHIND:
        missing = to_make_up(done.tree, standing, done.today)
        if missing is not None:
            return w.t("behind: {amount} to make up", amount=quantity(missing, node.unit, w))
    return status_word(standing.status, w)
