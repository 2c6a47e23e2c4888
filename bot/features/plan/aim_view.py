"""A proposal: the tree, the amounts it needs, and how it can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.features.plan.aim_buttons import ChangeAim, ChangePart, DropAim, PlantAim, ProposalPart
from bot.telegram.callback import Callback
from bot.telegram.html import bold, code, esc, pre
from bot.telegram.keyboard import Button, Keyboard, rows
from core.goals.model import WEEKDAY_NAMES, Direction, Level
from core.goals.terms import ALL_WEEK, EVERY_DAY, DaySchedule
from core.planning.generate import Aim, PeriodPart, Proposal, usual
from core.planning.outline import print_plan
from core.values import plain_text
from language.aims import quantity
from language.i18n import Words
from language.parsing.aims import Heard
from language.parsing.until import in_months
from language.tokens import shortened

SHOWN_PARTS = 6
_RAMPS = (0, 2, 5, 10)
_SOME = Decimal(80)


def proposal(proposed: Proposal, heard: Heard, w: Words) -> tuple[str, Keyboard]:
    """The proposed tree, with remarks."""
    plan = proposed.plan if proposed.aim.starts_on else replace(proposed.plan, starts_on=None)
    lines = [w.t("🌱 This is the tree that I propose:"), pre(print_plan(plan.mapped(usual)))]
    lines += [line for line in (_needs(proposed, w), _parts(proposed, w), *_remarks(proposed, heard, w)) if line]
    lines.append(
        w.t("Plant it, or change it: tap, or just say it, such as {examples}.", examples=_examples(proposed.aim, w))
    )
    return "\n".join(lines), _keyboard(proposed, heard, w)


def _needs(proposed: Proposal, w: Words) -> str:
    """The amount needed each day and week."""
    aim = proposed.aim
    if not aim.is_total or proposed.a_day is None or (aim.ramp and not proposed.is_a_lot):
        return ""
    a_day = quantity(proposed.a_day, aim.unit, w)
    if aim.schedule == EVERY_DAY:
        text = w.t("That is about {amount} a day.", amount=bold(a_day))
    else:
        text = w.t("That is about {amount} on each of your days.", amount=bold(a_day))
    if proposed.is_a_lot:
        return f"{text} {w.t('⚠️ That is a lot: move the date or the number?')}"
    return text


def _parts(proposed: Proposal, w: Words) -> str:
    """The shares of a level's first periods, if the amount is split."""
    parts = proposed.parts
    if Level.WEEKLY in parts and (proposed.aim.ramp or Level.MONTHLY not in parts):
        return w.t("Week by week: {amounts}.", amounts=_listed(parts[Level.WEEKLY], w, dated=False))
    if Level.MONTHLY in parts:
        return w.t("Month by month: {amounts}.", amounts=_listed(parts[Level.MONTHLY], w, dated=True))
    if Level.QUARTERLY in parts:
        return w.t("Quarter by quarter: {amounts}.", amounts=_listed(parts[Level.QUARTERLY], w, dated=False))
    return ""


def _listed(parts: Sequence[PeriodPart], w: Words, *, dated: bool) -> str:
    names = [
        f"{w.month(part.days.start)} {w.number(part.amount)}" if dated else w.number(part.amount)
        for part in parts[:SHOWN_PARTS]
    ]
    if len(parts) > SHOWN_PARTS:
        last = parts[-1]
        names += ["…", f"{w.month(last.days.start)} {w.number(last.amount)}" if dated else w.number(last.amount)]
    return " · ".join(names)


def _remarks(proposed: Proposal, heard: Heard, w: Words) -> list[str]:
    """The assumptions, so that people notice a mistake."""
    lines = []
    if proposed.assumed_end and proposed.plan.ends_on is not None:
        lines.append(
            w.t("You did not say until when, so I took {date}.", date=w.date(proposed.plan.ends_on, year=True))
        )
    if heard.under is not None and proposed.aim.amount is not None:
        lines.append(_of_limit(heard.under, proposed.aim.amount, proposed.aim.unit, w))
    lines += _in_vain(heard.aim, w)
    if heard.each_time is not None and proposed.aim.amount is not None:
        each, total = (quantity(one, proposed.aim.unit, w) for one in (heard.each_time, proposed.aim.amount))
        lines.append(w.t("{each} each time makes {total} in all.", each=esc(each), total=esc(total)))
    if heard.assumed_each and proposed.aim.amount is not None:
        lines.append(_of_what(proposed.aim.each, esc(quantity(proposed.aim.amount, proposed.aim.unit, w)), w))
    return lines


def _of_what(each: Level | None, amount: str, w: Words) -> str:
    """Whether an amount was taken as one period's or as the total."""
    if each is Level.DAILY:
        return w.t("I took {amount} for every day.", amount=amount)
    return w.t("I took {amount} for all of it together.", amount=amount)


def _of_limit(under: Decimal, most: Decimal, unit: str | None, w: Words) -> str:
    """The limit that "less than" was read as."""
    if most < under:
        return w.t("Fewer than {number} is {most} at most.", number=w.number(under), most=w.number(most))
    return w.t("Just {amount} is still within the limit.", amount=esc(quantity(most, unit, w)))


def _in_vain(aim: Aim, w: Words) -> list[str]:
    """Words that have no effect here, and where they would have one."""
    lines = []
    if aim.ramp and not aim.takes_ramp:
        lines.append(_no_ramp(aim, w))
    if aim.done and not aim.is_total:
        lines.append(w.t("“Already” counts towards an amount in all, such as “write 50,000 words by June”, not here."))
    if aim.schedule != EVERY_DAY and aim.needs_end and not aim.is_total:
        lines.append(w.t("The days make no difference here: what counts is the value on the last day."))
    return lines


def _no_ramp(aim: Aim, w: Words) -> str:
    if aim.direction is Direction.AT_MOST:
        return w.t("A limit does not grow by the week: for another one, type its number.")
    if aim.needs_end:
        return w.t("“More each week” needs an amount a week or a day, such as “20 km a week”: here the end counts.")
    if aim.amount is None:
        return w.t("There is no number here that could grow each week: say one, such as “20 min a day”.")
    return w.t("Only what a day or a week asks for can grow each week, such as “20 km a week”.")


def _examples(aim: Aim, w: Words) -> str:
    """Two examples of changes to this very proposal."""
    said = [w.t("by 30 June")] if aim.needs_end or aim.is_open else []
    if aim.is_total:
        said += [w.t("on weekdays"), w.t("5% more each week")]
    elif aim.each is Level.DAILY and aim.schedule == EVERY_DAY:
        said += [w.t("on weekdays"), w.t("until the end of March")]
    else:
        said += [w.t("until the end of March")]
    return w.listed([f"“{text}”" for text in said[:3]], choice=True)


def _keyboard(proposed: Proposal, heard: Heard, w: Words) -> Keyboard:
    aim = proposed.aim
    changes = [Button(w.t("📅 Date"), ChangePart(ProposalPart.UNTIL))]
    if aim.amount is not None:
        changes.append(Button(w.t("🔢 Number"), ChangePart(ProposalPart.AMOUNT)))
    if (aim.is_total or aim.each is Level.DAILY) and not aim.schedule.every and not aim.schedule.month_days:
        changes.append(Button(w.t("🗓 Days"), ChangePart(ProposalPart.DAYS)))
    if aim.is_total:
        changes.append(Button(w.t("📈 More each week"), ChangePart(ProposalPart.RAMP)))
        changes.append(Button(w.t("✔️ Some is done"), ChangePart(ProposalPart.DONE)))
    return (
        (Button(w.t("🌳 Plant it"), PlantAim()),),
        *((_each(aim, w),) if heard.assumed_each else ()),
        *rows(changes, width=3),
        (Button(w.t("Cancel"), DropAim()),),
    )


def _each(aim: Aim, w: Words) -> tuple[Button, ...]:
    """Buttons for the other two readings of a number without a period."""
    readings = [
        (Level.DAILY, Button(w.t("That is a day"), ChangeAim("a day"))),
        (Level.WEEKLY, Button(w.t("That is a week"), ChangeAim("a week"))),
        (None, Button(w.t("That is in all"), ChangeAim("in all"))),
    ]
    return tuple(button for level, button in readings if level is not aim.each)


def asked(part: ProposalPart, heard: Heard, today: date, w: Words) -> tuple[str, Keyboard]:
    """The question for one part of a proposal."""
    title, back = bold(heard.aim.title), (Button(w.t("← Back"), ChangePart(ProposalPart.NONE)),)
    match part:
        case ProposalPart.NOW:
            unit = heard.aim.unit
            if unit:
                text = w.t("{title}: how many {unit} is it now? Type the number.", title=title, unit=esc(unit))
            else:
                text = w.t("{title}: how much is it now? Type the number.", title=title)
            return text, ((Button(w.t("Cancel"), DropAim()),),)
        case ProposalPart.UNTIL if heard.needs_end:
            text = w.t("“{end}”: which day is that? Tap, or type a date.", end=esc(heard.unknown_end))
            return text, (*_dates(today, w), (Button(w.t("Cancel"), DropAim()),))
        case ProposalPart.UNTIL:
            return w.t("{title}: until when? Tap, or type a date.", title=title), (*_dates(today, w), back)
        case ProposalPart.AMOUNT:
            return w.t("{title}: how much instead? Type the number.", title=title), (back,)
        case ProposalPart.DONE:
            return w.t("{title}: how much of it is done already? Type the number.", title=title), (back,)
        case ProposalPart.RAMP:
            ramps = [Button(_ramp(percent, w), ChangeAim(f"{percent}% more each week")) for percent in _RAMPS]
            return w.t("{title}: how much more shall each week bring?", title=title), (*rows(ramps), back)
        case _:
            return w.t("{title}: on which days?", title=title), (*days(heard.aim.schedule, ChangeAim, w), back)


def _ramp(percent: int, w: Words) -> str:
    return w.t("+{percent}% a week", percent=percent) if percent else w.t("The same each week")


def _dates(today: date, w: Words) -> Keyboard:
    year_end = date(today.year if today.month < 12 else today.year + 1, 12, 31)
    return rows(
        [
            Button(w.t("End of {year}", year=year_end.year), ChangeAim(year_end.isoformat())),
            Button(w.t("In 6 months"), ChangeAim(in_months(today, 6).isoformat())),
            Button(w.t("In a year"), ChangeAim(in_months(today, 12).isoformat())),
        ],
        width=3,
    )


def days(schedule: DaySchedule, saying: Callable[[str], Callback], w: Words) -> Keyboard:
    """A button for each weekday, which adds or removes it; `saying` gives the button for words."""
    chosen = schedule.weekdays
    weekdays = []
    for day in range(7):
        others = chosen ^ {day}
        mark = "✓ " if day in chosen and chosen != ALL_WEEK else ""
        wanted = frozenset({day}) if chosen == ALL_WEEK else others or ALL_WEEK
        weekdays.append(Button(f"{mark}{w.weekday(day, short=True)}", saying(_on(wanted))))
    groups = [Button(w.t("Every day"), saying("every day")), Button(w.t("Monday to Friday"), saying("on weekdays"))]
    return (*rows(weekdays, width=4), *rows(groups))


def _on(days: frozenset[int]) -> str:
    return "every day" if days == ALL_WEEK else f"on {','.join(WEEKDAY_NAMES[day] for day in sorted(days))}"


def one_by_one(sentences: Sequence[str], w: Words) -> str:
    """The refusal of several aims in one sentence."""
    text = w.n("I hear {count} goal in that.", "I hear {count} goals in that.", len(sentences))
    lines = "\n".join(code(sentence) for sentence in sentences)
    return f"{text} {w.t('Tell me one, and the next when it is planted:')}\n{lines}"


def more_goals(w: Words) -> str:
    """The line above the proposal about further lines that are no part of it."""
    return w.t("Plant this tree first. More goals come below it with <code>/add Swim = 1 km</code>.")


def not_understood(w: Words) -> str:
    """The line above the proposal after words that change nothing."""
    return w.t("I do not know what to change by that.")


def number_needed(said: str, heard: Heard, w: Words) -> tuple[str, Keyboard]:
    """The answer to words where a number was asked for."""
    amount = heard.aim.amount or _SOME
    example = esc(" ".join([plain_text(amount), *([heard.aim.unit] if heard.aim.unit else [])]))
    text = w.t(
        "I cannot read “{said}” as a number. Write it in figures, such as <code>{example}</code>.",
        said=esc(shortened(said)), example=example,
    )  # fmt: skip
    return text, ((Button(w.t("Cancel"), DropAim()),),)


def goes_on(w: Words) -> str:
    """The line above an open proposal that a bare /plan shows again."""
    return w.t("Your plan is still open; /cancel leaves it.")


def what_will_you_do(rhythm: str, w: Words) -> str:
    """The answer to words that say only how often."""
    return w.t(
        "“{rhythm}”: what will you do then? Say both, such as <i>Gym {example}</i>.",
        rhythm=esc(rhythm),
        example=esc(rhythm),
    )
