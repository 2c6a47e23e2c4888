"""The welcome, and what to do first."""

from __future__ import annotations

from datetime import date, datetime

from bot.features.plan.buttons import NewPlan
from bot.features.start import zones
from bot.features.start.buttons import ShowExample
from bot.features.start.zone_view import common
from bot.telegram.html import esc, pre
from bot.telegram.keyboard import Button, Keyboard, rows
from core.goals.model import Owner
from language.i18n import Words


def welcome(name: str, is_private: bool, w: Words) -> tuple[str, Keyboard]:
    """Hello, and the question for the time zone."""
    what = w.t(
        "Hello, {name}! 🌳 I keep your goals as a tree. You tick off small things day by day, and every tick counts "
        "all the way up to the vision at the top.",
        name=esc(name),
    )
    if is_private:
        where = w.t(
            "First: where are you, so that your days begin and end when they should? Type a city such as "
            "<i>Lisbon</i>, or the time on your clock such as <i>it is 21:40 here</i>, or pick one:"
        )
    else:
        where = w.t("First: where is this group at home? Reply to this message with a city, or pick one:")
    return f"{what}\n\n{where}", common()


def again(owner: Owner, now: datetime, w: Words) -> tuple[str, Keyboard]:
    """The welcome to a known person."""
    clock = w.time(zones.clock_at(owner.timezone, now))
    hello = w.t("Good to see you. It is {time} in {city}.", time=clock, city=esc(zones.city_of(owner.timezone)))
    return f"{hello}\n\n{w.t('/log ticks off today, /tree shows your goals, /help the rest.')}", first_steps(w)


def first_goal(w: Words, *, is_private: bool) -> str:
    """The question for a first goal, after the zone. In a private chat people answer by typing."""
    if is_private:
        return w.t("Now the first goal: type what you want to become true, such as <i>Run a marathon</i>, or tap:")
    return w.t("Now the first goal: I ask you three questions, or you send a whole tree at once.")


def first_steps(w: Words) -> Keyboard:
    """The buttons with a beginner's first steps."""
    return rows(
        [Button(w.t("🌱 Plan my first goal"), NewPlan()), Button(w.t("Show me an example"), ShowExample())], width=1
    )


def example(today: date, w: Words, *, is_private: bool) -> str:
    """A whole tree in one message."""
    return _own_example(today, w) if is_private else _groups_example(today, w)


def _groups_example(today: date, w: Words) -> str:
    outline = w.t(
        "/plan Read and run together (until {until})\n"
        "  M: 300 km a month = 300 km sum\n"
        "    D: Run = 10 km\n"
        "  D: Read = 20 pages each\n"
        "  W: Gym = 2 times each",
        until=_year_end(today),
    )
    how = w.t(
        "Copy this, change it and send it. Each line stands under the one it belongs to; M, W and D say how often it "
        "begins anew: every month, week or day. With <i>each</i> everyone who joins does it alone; without it all do "
        "it together. Then <code>/log run 5</code> logs five kilometres."
    )
    return f"{pre(outline)}\n{how}"


def _own_example(today: date, w: Words) -> str:
    outline = w.t(
        "/plan Run a marathon (until {until})\n"
        "  Q: 600 km a quarter = 600 km sum\n"
        "    M: 200 km a month = 200 km sum\n"
        "      W: 50 km a week = 50 km sum\n"
        "        D: Run = 5 km\n"
        "        D: Stretch [mon wed fri] x2",
        until=_year_end(today),
    )
    how = w.t(
        "Copy this, change it and send it. Each line stands under the one it belongs to; Q, M, W and D say how often "
        "it begins anew: every quarter, month, week or day. Then <code>run 5</code> logs five kilometres."
    )
    return f"{pre(outline)}\n{how}"


def _year_end(today: date) -> str:
    """The end of this year, or of the next one if this one is half over."""
    return date(today.year + (today.month > 6), 12, 31).isoformat()


def turned_away(w: Words) -> str:
    """The answer to people whom this bot does not serve."""
    return w.t("Hello! This bot is kept for a few people, and you are not on its list. Its host can add you.")
