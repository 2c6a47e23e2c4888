"""The settings as they are, and what they may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bot import zones
from bot.html import bold, esc
from bot.i18n import Words, parse_locale
from bot.keyboard import Button, Keyboard, rows
from core.model import Owner

SETTINGS = ("day", "week", "language")
_DAY_STARTS = (0, 2, 3, 4, 5, 6)
_WEEK_STARTS = (("monday", 0), ("saturday", 5), ("sunday", 6))


def overview(
    owner: Owner, now: datetime, languages: Sequence[str], w: Words, *, changed: bool = False
) -> tuple[str, Keyboard]:
    """All settings, each with a button to change it."""
    clock = zones.clock_at(owner.timezone, now)
    lines = [
        bold(w.t("Settings saved") if changed else w.t("Settings")),
        w.t("Time zone: {zone}, where it is {time}", zone=esc(owner.timezone), time=w.time(clock)),
        w.t("The day starts at {time}", time=w.time(owner.day_start)),
        w.t("The week starts on {weekday}", weekday=w.weekday(owner.week_start)),
        w.t("Language and numbers: {language}", language=esc(_language(owner.locale))),
    ]
    if owner.day_start != time(0):
        lines.append(w.t("<i>What you log before {time} counts for the day before.</i>", time=w.time(owner.day_start)))
    buttons = [
        Button(w.t("Time zone"), "set:zone"),
        Button(w.t("Day start"), "set:day"),
        Button(w.t("Week start"), "set:week"),
    ]
    if len(languages) > 1:
        buttons.append(Button(w.t("Language"), "set:language"))
    return "\n".join(lines), rows(buttons, width=3)


def choices(setting: str, languages: Sequence[str], w: Words, *, misread: str = "") -> tuple[str, Keyboard]:
    """What a setting may be. `misread` is what could not be understood."""
    sorry = w.t("“{value}” makes no sense to me here. ", value=esc(misread[:40])) if misread else ""
    if setting == "day":
        question = w.t("When does your day start? Late hours before it still count for the day before.")
        buttons = [Button(w.time(time(hour)), f"set:day:{hour:02}:00") for hour in _DAY_STARTS]
    elif setting == "week":
        question = w.t("On which day does your week start?")
        buttons = [Button(w.weekday(number), f"set:week:{name}") for name, number in _WEEK_STARTS]
    elif setting == "language":
        question = w.t("Which language? It also decides how numbers and dates look.")
        buttons = [Button(_language(name), f"set:language:{name}") for name in languages]
    else:
        question = w.t("Where are you? Type <code>/settings zone Lisbon</code>, or tap:")
        buttons = [Button(w.t("Time zone"), "set:zone")]
    return sorry + question, (*rows(buttons, width=3), (Button(w.t("« Back"), "set:back"),))


def how(w: Words) -> tuple[str, Keyboard]:
    """What can be typed."""
    said = w.t(
        "I can set these: <code>/settings zone Lisbon</code>, <code>/settings day 04:00</code>, "
        "<code>/settings week sunday</code>, <code>/settings language en</code>."
    )
    return said, ()


def _language(name: str) -> str:
    locale = parse_locale(name)
    return str(locale.get_display_name()) if locale and "-" in name else str(locale and locale.get_language_name())
