"""A digest in words: short enough for the caption of its picture, and sent alone without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from bot.columns import MARKS, level_letter
from bot.common.terms import goals_of_level, heading_of, how_far, in_period, quantity, streak_words
from bot.features.digest import closing_view as closing
from bot.features.digest import company
from bot.features.digest.buttons import DrawDigest, Verb
from bot.features.digest.farewell import NAMED, farewells
from bot.features.digest.needs import need_line, urgent
from bot.features.digest.terms import DIGEST_PHRASES, earlier_period_name, most_moved, reached, short_title
from bot.features.plan.buttons import NewPlan
from bot.features.summary.buttons import AllGoals
from bot.features.why.buttons import AskWhy
from bot.features.why.view import cut_line
from bot.telegram.html import CAPTION_LIMIT, bold, esc, plain, units
from bot.telegram.keyboard import Button, Keyboard
from core.actions.farewell import Farewell
from core.digest.days_off import DigestPause
from core.digest.model import Branch, Digest, LeafStreak, LevelLine, Mark, Reached, RollUp
from core.goals.model import Level, Status
from core.goals.periods import DAY
from core.records import record
from language.i18n import Words
from language.parsing.digest import DigestWish, NotMade

MOST_REACHED, MOST_ROLL_UPS, MOST_STREAKS, MOST_PAUSES = 4, 4, 3, 2


@record
class ShownBeside:
    """The context of a digest: a group's title (`whose`), an invitation if there are no goals (`invites`), the page of
    goals to be closed and earlier answers about them, visions that have `ended`, and `shorter` digests that end on the
    same day. Without `talks`, as in a channel, there are no questions and no buttons."""

    whose: str = ""
    invites: bool = True
    page: int = 0
    answers: Mapping[int, Verb] = field(default_factory=dict)
    ended: Sequence[Farewell] = ()
    talks: bool = True
    shorter: Sequence[Digest] = ()


def digest(figures: Digest, w: Words, shown: ShownBeside = ShownBeside()) -> tuple[str, Keyboard]:
    """The text (HTML, fits a caption) and its buttons."""
    if figures.is_empty:
        return _nothing_there(figures, w, shown)
    closed: list[str] = []
    keyboard: Keyboard = ()
    if closes(figures):
        closed, keyboard = closing.section(figures, shown.page, shown.answers, w, asks=shown.talks)
    if not closed and shown.talks:
        span = DIGEST_PHRASES[figures.level].span
        keyboard = ((Button(w.t("All goals"), AllGoals(span)), Button(w.t("Why?"), AskWhy(0))),)
    if shown.ended:
        keyboard = (*keyboard, (_plan_button(w),)) if shown.talks else keyboard
        leave = farewells(shown.ended, figures.on, w, most=1 if closed else NAMED, asks=shown.talks)
        closed = [*leave, "", *closed] if closed else leave
    head = _head(figures, w, shown)
    if nothing_logged(figures):
        return _joined([[head, _kindly(figures, w, shown)], closed]), keyboard
    return _fitting(head, closed, figures, w, shown), keyboard


def draw_button(figures: Digest, w: Words) -> Button:
    """The button below a digest whose picture could not be drawn, to try again."""
    return Button(w.t("🖼 Picture"), DrawDigest(figures.level, figures.period.start))


def cannot_draw(w: Words) -> str:
    """The answer to a tap on it if drawing fails again."""
    return w.t("The picture cannot be drawn just now. Try again in a minute.")


def _plan_button(w: Words) -> Button:
    return Button(w.t("🌱 Plan a goal"), NewPlan())


def closes(figures: Digest) -> bool:
    """Whether the digest closes its quarter or year, on the last day."""
    return figures.closing is not None and figures.on >= figures.period.end


def nothing_logged(figures: Digest) -> bool:
    """Whether nothing was logged on any day of the period."""
    marks = {day.mark for strip in figures.strips for day in strip.days}
    return not figures.roll_ups and not marks & {Mark.DONE, Mark.PARTIAL, Mark.SKIPPED}


def all_paused(figures: Digest) -> bool:
    """Whether everything was paused on all days of the period."""
    whole, pauses = figures.period, figures.pauses
    return any(off.node is None and off.days.start <= whole.start and whole.end <= off.days.end for off in pauses)


def not_made(why: NotMade, w: Words) -> str:
    """The refusal for a level without digests, with the alternative."""
    match why:
        case NotMade.DAY:
            return w.t(
                "A digest is of a week or longer: <code>/summary</code> shows today, <code>/digest</code> the week."
            )
        case NotMade.UNKNOWN:
            return w.t(
                "I make digests of a week, a month, a quarter or a year: <code>/digest week</code>, "
                "<code>/digest last month</code>, <code>/digest q3</code>, <code>/digest 2026</code>."
            )


def not_begun(wanted: DigestWish, w: Words) -> str:
    """The refusal for a period that is still to come."""
    return w.t("{period} has not begun yet: there is nothing to report.",
               period=bold(heading_of(wanted.level, wanted.period, w)))  # fmt: skip


def _head(figures: Digest, w: Words, shown: ShownBeside) -> str:
    name = bold(heading_of(figures.level, figures.period, w))
    if not figures.is_over and figures.on < figures.period.end:
        name = w.t("{period}, so far", period=name)
    return f"📊 {name} · {esc(short_title(shown.whose))}" if shown.whose else f"📊 {name}"


def _nothing_there(figures: Digest, w: Words, shown: ShownBeside) -> tuple[str, Keyboard]:
    head = _head(figures, w, shown)
    plan = ((_plan_button(w),),)
    if shown.ended:
        return "\n".join([head, *farewells(shown.ended, figures.on, w, asks=shown.talks)]), plan if shown.talks else ()
    if figures.begins_on is not None and figures.begins_on > figures.on:
        begins = w.date(figures.begins_on)
        return f"{head}\n" + w.t("Your goals begin on {day}: there is nothing to report before.", day=begins), ()
    if not shown.invites or figures.begins_on is not None:  # there have been goals since
        return f"{head}\n" + w.t("There was no goal at that time, so there is nothing to report."), ()
    if figures.ended_on is not None:
        ended = w.t(
            "Your goals have ended, the last one on {day}. To go on, name one again in /plan with a later end, or "
            "plant a new one.",
            day=w.date(figures.ended_on),
        )
        return f"{head}\n{ended}", plan
    invitation = w.t(
        "There is no goal to report on yet. Plant one with /plan: it takes two minutes, and the next digest shows how "
        "far you came."
    )
    return f"{head}\n{invitation}", plan


def _kindly(figures: Digest, w: Words, shown: ShownBeside) -> str:
    if not shown.talks:
        return w.t("Nothing was logged this time.")
    if not figures.is_over and figures.on < figures.period.end:
        return w.t("Nothing is logged yet. One small thing today is a good start: /log")
    return w.t("Nothing was logged this time. That happens; one small thing makes a fresh start: /log")


def _fitting(head: str, closed: list[str], figures: Digest, w: Words, shown: ShownBeside) -> str:
    """All sections that fit, without the least important lines. A channel, read by strangers, shows no names."""
    shorter = [_shorter_line(one, w) for one in shown.shorter if one.lines]
    top = [head, *(_level(line, figures, w) for line in figures.lines)]
    reached = _reached(figures, w)
    rolled = [_roll_up(line, w) for line in _worth_telling(figures)]
    branches = _branches(figures.best, figures.weakest, w)
    streaks = _streaks(figures.streaks, w)
    needs = [need_line(need, figures, w) for need in urgent(figures)]
    off = [_days_off(one, w) for one in figures.pauses[:MOST_PAUSES]]
    together = company.lines(figures.company, w, names=shown.talks)
    sections = [top, shorter, closed, off, together, reached, rolled, branches, streaks, needs]
    for least in (rolled, streaks, needs, branches, reached, together, top):
        while least[least is top :] and _too_long(sections):
            least.pop()
    return _joined(sections)


def _days_off(off: DigestPause, w: Words) -> str:
    span = w.span(off.days.start, off.days.end)
    if off.node is None:
        return "⏸ " + w.t("Paused: everything, {days}", days=span)
    return "⏸ " + w.t("Paused: {goal}, {days}", goal=esc(short_title(off.node.title)), days=span)


def _shorter_line(shorter: Digest, w: Words) -> str:
    """A shorter period that ended on the same day, in one line: "December 2026: Daily goals 71% · Weekly goals 60%"."""
    lines = [line for line in shorter.lines if line.level.rank <= shorter.level.rank]
    figures = [f"{goals_of_level(line.level, w)} {bold(w.t('{percent}%', percent=line.percent))}" for line in lines]
    return f"{bold(heading_of(shorter.level, shorter.period, w))}: {' · '.join(figures)}"


def _too_long(sections: Iterable[list[str]]) -> bool:
    return units(plain(_joined(sections))) > CAPTION_LIMIT


def _joined(sections: Iterable[list[str]]) -> str:
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _level(line: LevelLine, figures: Digest, w: Words) -> str:
    lines = [f"{MARKS[line.status]} {goals_of_level(line.level, w)} {bold(w.t('{percent}%', percent=line.percent))}"]
    if line.status is Status.ON_TRACK:
        lines.append(w.t("on pace"))
    elif line.status is not Status.DONE and line.pace < 1:
        lines.append(w.t("on pace would be {percent}%", percent=line.pace_percent))
    if line.previous_percent is not None:
        lines.append(
            w.t("{when} {percent}%", when=earlier_period_name(line, figures, w), percent=line.previous_percent)
        )
    return " · ".join(lines)


def _worth_telling(figures: Digest) -> list[RollUp]:
    """The parents to report. Goals to be closed have lines of their own."""
    lines = [line for line in figures.roll_ups if line.points or line.target]
    if closes(figures):
        lines = [line for line in lines if line.node.level is not figures.level]
    return most_moved(lines, figures.level, MOST_ROLL_UPS)


def _roll_up(line: RollUp, w: Words) -> str:
    name = f"{level_letter(line.node)} {esc(short_title(line.node.title))}"
    how_far = w.t("{percent}%", percent=line.percent)
    if line.target is not None:
        how_far = f"{reached(line, w)}, {how_far}"
    text = f"{name}: {esc(how_far)}"
    if line.value_before or line.progress_before:
        gain = f"{line.points:+d}" if line.points or line.target is None else _signed(line, w)
        text += f" ({esc(gain.replace('-', '−'))})"
    return text if line.cut is None else f"{text}\n{cut_line(line.cut, line.node, w)}"


def _signed(line: RollUp, w: Words) -> str:
    gained = quantity(line.gained, line.node.unit, w)
    return gained if line.gained < 0 else f"+{gained}"


def _reached(figures: Digest, w: Words) -> list[str]:
    """The goals reached in the period. Goals to be closed have lines of their own."""
    lines = [line for line in figures.reached if not (closes(figures) and line.node.level is figures.level)]
    if not lines:
        return []
    names = " · ".join(_reached_one(line, w) for line in lines[:MOST_REACHED])
    if len(lines) > MOST_REACHED:
        names += " · " + w.n("… and {count} more", "… and {count} more", len(lines) - MOST_REACHED)
    return ["🎉 " + w.t("Reached: {goals}", goals=names)]


def _reached_one(line: Reached, w: Words) -> str:
    name = f"{level_letter(line.node)} {esc(short_title(line.node.title))}"
    begins_anew = line.node.level is Level.VISION and line.node.ends_on is None
    if not begins_anew and (line.is_current or line.node.level is Level.VISION):
        return name
    seen = line.period.end if line.is_current else line.period.end + DAY
    return f"{name} ({esc(in_period(line.node.level, line.period, seen, w))})"


def _branches(best: Branch | None, weakest: Branch | None, w: Words) -> list[str]:
    lines = []
    if best is not None and (best.done or not best.periods):  # half a day done deserves no praise
        text, leaf = esc(short_title(best.node.title)), _leaf(best, w)
        if best.leaf.id == best.node.id:
            lines.append(w.t("💪 Strongest: {branch} ({figure})", branch=text, figure=leaf))
        else:
            name = esc(short_title(best.leaf.title))
            lines.append(
                w.t("💪 Strongest: {branch}, thanks to {leaf} ({figure})", branch=text, leaf=name, figure=leaf)
            )
    if weakest is not None:
        text, leaf = esc(short_title(weakest.node.title)), _leaf(weakest, w)
        if weakest.leaf.id == weakest.node.id:
            lines.append(w.t("🌱 Needs care: {branch} ({figure})", branch=text, figure=leaf))
        else:
            name = esc(short_title(weakest.leaf.title))
            lines.append(w.t("🌱 Needs care: {branch}, mostly {leaf} ({figure})", branch=text, leaf=name, figure=leaf))
    return lines


def _leaf(branch: Branch, w: Words) -> str:
    """The progress of a branch's leaf: in days or weeks done, or as it stands in its own period."""
    if branch.periods:
        return w.t("{done} of {periods}", done=w.number(branch.done),
                   periods=streak_words(branch.periods, branch.leaf.level, w))  # fmt: skip
    if branch.value is None or branch.target is None:
        return w.t("{percent}%", percent=branch.percent)
    return esc(how_far(branch.leaf, branch.value, branch.target, w))


def _streaks(streaks: Iterable[LeafStreak], w: Words) -> list[str]:
    worth = [streak for streak in streaks if streak.current > 1 or streak.record][:MOST_STREAKS]
    return ["🔥 " + " · ".join(_streak(streak, w) for streak in worth)] if worth else []


def _streak(streak: LeafStreak, w: Words) -> str:
    name, level = esc(short_title(streak.leaf.title)), streak.leaf.level
    if streak.record and streak.current < streak.best:
        return w.t("{goal}: {streak} was a record 🏆", goal=name, streak=streak_words(streak.best, level, w))
    text = f"{name} {streak_words(streak.current, level, w)}"
    return w.t("{streak}, a record 🏆", streak=text) if streak.record else text
