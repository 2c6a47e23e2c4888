"""Members who are away, and those who are back."""

from __future__ import annotations

from datetime import date

from bot.columns import cut
from bot.common.names import shown_name
from bot.telegram.html import esc
from core.actions.absences import Away
from language.i18n import Words


def gone(done: Away, today: date, w: Words, *, open_end: bool) -> str:
    """The days of an absence, and the consequences."""
    name = shown_name(done.member, w)
    first, last = (done.absence.first, done.absence.last) if done.absence else (today, today)
    if first > today:
        return w.t("🏖 {name} will be away: {days}. Nothing is missed then, and no streak breaks. /back takes it back.",
                   name=name, days=w.date(first) if first == last else w.span(first, last))  # fmt: skip
    if open_end:
        return w.t(
            "🏖 {name} is away. Nothing is missed meanwhile, and no streak breaks. /back ends it; without that, "
            "{day} is the last day.",
            name=name,
            day=w.date(last),
        )
    if last == today:
        return w.t("🏖 {name} is away today. Nothing is missed, and no streak breaks.", name=name)
    return w.t(
        "🏖 {name} is away until the end of {day}. Nothing is missed meanwhile, and no streak breaks. /back ends it "
        "sooner.",
        name=name,
        day=w.date(last),
    )


def back(done: Away, w: Words) -> str:
    """The member is back."""
    name = shown_name(done.member, w)
    if done.absence is None:
        return w.t("{name} was not away. Good to have you here!", name=name)
    return w.t("👋 Welcome back, {name}! From today on your goals count again.", name=name)


def how(said: str, w: Words) -> str:
    """The answer to words that name no day."""
    return w.t(
        "I cannot tell until when that is: “{said}”. Try <code>/away 3 days</code>, <code>/away until friday</code> "
        "or <code>/away until 12 Dec</code>; /away alone lasts until you say /back.",
        said=esc(cut(said, 40)),
    )
