"""What someone wants to set: "zone Berlin", "day 04:00", "week sunday", "language en"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.i18n import Words, parse_locale

_NAMES = {
    "zone": "zone",
    "timezone": "zone",
    "time": "zone",
    "tz": "zone",
    "day": "day",
    "week": "week",
    "language": "language",
    "lang": "language",
}
_FILLERS = frozenset({"zone", "start", "starts", "at", "on", "is", "=", "to", "in"})
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Wish:
    """A setting (zone, day, week or language) and what it is to be; the latter may be empty."""

    setting: str
    value: str


def wish(text: str) -> Wish | None:
    """What is to be set; None if it is none of the settings."""
    name, *rest = text.split()
    setting = _NAMES.get(name.lower().rstrip(":"))
    if setting is None:
        return None
    while rest and rest[0].lower() in _FILLERS:
        rest = rest[1:]
    return Wish(setting, " ".join(rest))


def day_start(text: str) -> time | None:
    """A time such as "04:00", "4" or "4am"."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def weekday(text: str, w: Words) -> int | None:
    """The number of a weekday named in English or the person's language, or by its beginning."""
    name = text.strip().casefold()
    if len(name) < 2:
        return None
    for number, english in enumerate(_ENGLISH_DAYS):
        if english.startswith(name) or w.weekday(number).casefold().startswith(name):
            return number
    return None


def language(text: str) -> str | None:
    """A locale such as "en", "de" or "pt-BR"; None if there is none."""
    found = parse_locale(text) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?", text.strip()) else None
    return text.strip().replace("_", "-") if found else None
