"""What someone wants to set: "zone Berlin", "day 04:00", "week sunday", "quiet 22-7", "nudge 2h", "weekly off"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.parsing.clock import clock
from core.model import Level, QuietHours
from language.i18n import parse_locale

DIGESTS = {"weekly": Level.WEEKLY, "monthly": Level.MONTHLY, "quarterly": Level.QUARTERLY}
_NAMES = {
    "zone": "zone",
    "timezone": "zone",
    "time": "zone",
    "tz": "zone",
    "day": "day",
    "week": "week",
    "language": "language",
    "lang": "language",
    "quiet": "quiet",
    "silent": "quiet",
    "nudge": "nudge",
    "second": "nudge",
    "topic": "topic",
    "digest": "digests",
    "digests": "digests",
    "round": "round",
    "rounds": "round",
    "checkin": "round",
    "check-in": "round",
    "deadline": "deadline",
    "board": "board",
    "plan": "plan",
    "planning": "plan",
    **{name: name for name in DIGESTS},
}
_FILLERS = frozenset({"zone", "start", "starts", "at", "on", "is", "=", "to", "in", "hours", "reminder", "digest"})
ORDERED = frozenset({"ordered", "order", "ranked", "on", "yes", "week"})
UNORDERED = frozenset({"unordered", "unranked", "name", "names", "off", "no"})
MEMBERS = frozenset({"members", "everyone", "all", "on", "yes"})
ADMINS = frozenset({"admins", "admin", "off", "no"})
_OFF = frozenset({"off", "no", "none", "never", "stop", "0"})
_ON = frozenset({"on", "yes"})
_CLOCK = r"[0-9]{1,2}(?:[:.h][0-9]{2})?h?\s*(?:[ap]\.?m\.?)?|noon|midnight"
_SPAN = re.compile(rf"({_CLOCK})\s*(?:[-–—]|\bto\b|\buntil\b|\btill\b|\s)\s*({_CLOCK})")
_PAUSE = re.compile(
    r"(?:(?P<h>[0-9]{1,2}(?:[.,][0-9]{1,2})?)\s*(?:h|hrs?|hours?))?\s*(?:(?P<m>[0-9]{1,4})\s*(?:m|mins?|minutes?))?"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A setting (zone, day, week, language, quiet, nudge, digests or a digest's level; of a group round, deadline,
    board, plan and topic) and what it is to be; the latter may be empty."""

    setting: str
    value: str


def wish(text: str) -> Wish | None:
    """What is to be set; None if it is none of the settings."""
    name, *rest = text.split()
    setting = _NAMES.get(name.lower().rstrip(":"))
    if setting is None:
        return None
    # The last word is what is meant: "monthly on".
    while rest and rest[0].lower() in _FILLERS and (len(rest) > 1 or rest[0].lower() not in _ON):
        rest = rest[1:]
    if setting == "digests" and rest and rest[0].lower() in DIGESTS:
        return wish(" ".join(rest))
    return Wish(setting, " ".join(rest))


def quiet_hours(text: str) -> QuietHours | None:
    """Hours such as "22:00-7:00", "10pm to 7am" or "22 7"; None if they are none, or end when they begin."""
    found = _SPAN.fullmatch(_plain(text).removeprefix("from "))
    start, end = (clock(found[1]), clock(found[2])) if found else (None, None)
    return None if start is None or end is None or start == end else QuietHours(start, end)


def pause(text: str) -> timedelta | None:
    """A length of time such as "2h", "90 min", "1.5 hours" or "1h 30m"; None if it is none."""
    found = _PAUSE.fullmatch(_plain(text).removeprefix("after "))
    if found is None or not text.strip():
        return None
    hours, minutes = (Decimal(part.replace(",", ".")) if part else Decimal(0) for part in found.group("h", "m"))
    return timedelta(minutes=int(hours * 60 + minutes))


def _plain(text: str) -> str:
    """With single blanks: those that may stand between everything must not be tried in every way."""
    return " ".join(text.casefold().split())


def is_here(value: str) -> bool | None:
    """Whether what comes by itself is to come here (True) or to the whole chat (False); None for other words."""
    said = _plain(value)
    if said in ("here", "this", "this one"):
        return True
    return False if said in _OFF or said in ("general", "chat") else None


def is_off(text: str) -> bool:
    """Whether a setting is to be none."""
    return text.strip().casefold() in _OFF


def is_on(text: str) -> bool:
    """Whether a setting is to be there, as it was or by default."""
    return text.strip().casefold() in _ON


def choice(text: str, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    """Which of two is meant by a word; None if neither is."""
    word = text.strip().casefold()
    return True if word in yes else False if word in no else None


def language(text: str) -> str | None:
    """A locale such as "en", "de" or "pt-BR"; None if there is none."""
    found = parse_locale(text) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?", text.strip()) else None
    return text.strip().replace("_", "-") if found else None
