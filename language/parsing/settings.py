"""Settings in words: "zone Berlin", "day 04:00", "week sunday", "quiet 22-7", "nudge 2h", "weekly off"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal

from core.goals.model import Level, QuietHours
from core.records import record
from language.i18n import parse_locale
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.clock import clock
from language.tokens import bare, plain

DIGESTS = {"weekly": Level.WEEKLY, "monthly": Level.MONTHLY, "quarterly": Level.QUARTERLY, "yearly": Level.YEARLY}
_NAMES = {
    Meaning.ZONE: "zone",
    Meaning.TIME: "zone",
    Meaning.DAY: "day",
    Meaning.WEEK: "week",
    Meaning.LANGUAGE: "language",
    Meaning.QUIET: "quiet",
    Meaning.NUDGE: "nudge",
    Meaning.TOPIC: "topic",
    Meaning.DIGEST: "digests",
    Meaning.ROUND: "round",
    Meaning.DEADLINE: "deadline",
    Meaning.BOARD: "board",
    Meaning.PLAN: "plan",
    Meaning.WEEKLY: "weekly",
    Meaning.MONTHLY: "monthly",
    Meaning.QUARTERLY: "quarterly",
    Meaning.YEARLY: "yearly",
}
_FILLERS = (
    Meaning.ZONE, Meaning.START, Meaning.AT, Meaning.ON, Meaning.IS, Meaning.TO, Meaning.IN, Meaning.REMINDER,
    Meaning.DIGEST,
)  # fmt: skip
ORDERED = (Meaning.ORDERED, Meaning.ON, Meaning.YES, Meaning.WEEK)
UNORDERED = (Meaning.UNORDERED, Meaning.OFF, Meaning.NO)
MEMBERS = (Meaning.MEMBERS, Meaning.ALL, Meaning.ON, Meaning.YES)
ADMINS = (Meaning.ADMINS, Meaning.OFF, Meaning.NO)
_OFF = (Meaning.OFF, Meaning.NO, Meaning.NONE, Meaning.NEVER)
_ON = (Meaning.ON, Meaning.YES)
_TO = (Meaning.DASH, Meaning.TO, Meaning.UNTIL)
_LONGEST_SPAN = 40
"""The longest text for two times."""
_LENGTH = re.compile(r"(?:([0-9]{1,4}(?:[.,][0-9]{1,2})?)\s*([^\W\d]+))\s*")


@record
class SettingWish:
    """A setting (zone, day, week, language, quiet, nudge, digests or a digest's level; in a group round, deadline,
    board, plan and topic) and its new value, which may be empty."""

    setting: str
    value: str


def wish(text: str, lexicon: Lexicon) -> SettingWish | None:
    """The setting and its value; None if it is no setting."""
    name, *rest = text.split()
    setting = _setting(bare(name), lexicon)
    if setting is None:
        return None
    # The last word is the value: "monthly on".
    while rest and _is_filler(rest[0], lexicon) and (len(rest) > 1 or not is_on(rest[0], lexicon)):
        rest = rest[1:]
    if setting == "digests" and rest and _setting(bare(rest[0]), lexicon) in DIGESTS:
        return wish(" ".join(rest), lexicon)
    return SettingWish(setting, " ".join(rest))


def _setting(name: str, lexicon: Lexicon) -> str | None:
    """The setting that a word names. "Nudge 2h" begins with a word for a unit of time."""
    return "nudge" if name == "second" else _NAMES.get(lexicon.words.get(name, Meaning.A))


def _is_filler(text: str, lexicon: Lexicon) -> bool:
    word = plain(text)
    return lexicon.means(word, *_FILLERS) or lexicon.units.get(word) == "h"


def quiet_hours(text: str, lexicon: Lexicon) -> QuietHours | None:
    """Hours such as "22:00-7:00", "10pm to 7am" or "22 7"; None if there are none, or if they end when they begin."""
    said = _plain(text)
    first, _, rest = said.partition(" ")
    said = rest if lexicon.means(first, Meaning.FROM) else said
    for start, end in _parted(said[:_LONGEST_SPAN], lexicon):
        quiet = QuietHours(start, end) if start is not None and end is not None and start != end else None
        if quiet is not None:
            return quiet
    return None


def _parted(said: str, lexicon: Lexicon) -> Iterator[tuple[time | None, time | None]]:
    """The possible pairs of times in a text, split at "to" or at each blank."""
    parts = re.split(rf"\s*{lexicon.any_of(*_TO)}\s*", said)
    words = said.split()
    ways = [parts] if len(parts) == 2 else []
    ways += [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return ((clock(start, lexicon), clock(end, lexicon)) for start, end in ways)


def pause(text: str, lexicon: Lexicon) -> timedelta | None:
    """A duration such as "2h", "90 min", "1.5 hours" or "1h 30m"; None for anything else."""
    said = _plain(text)
    first, _, rest = said.partition(" ")
    said = rest if lexicon.means(first, Meaning.AFTER) else said
    parts = [(Decimal(number.replace(",", ".")), _minutes(unit, lexicon)) for number, unit in _LENGTH.findall(said)]
    lengths = [each for _, each in parts]
    if not parts or _LENGTH.sub("", said) or None in lengths or lengths not in ([60], [1], [60, 1]):
        return None
    return timedelta(minutes=int(sum(number * each for number, each in parts if each)))


def _minutes(unit: str, lexicon: Lexicon) -> int | None:
    """The minutes in a unit; here "m" means minutes."""
    return 1 if unit == "m" else {"h": 60, "min": 1}.get(lexicon.units.get(unit, ""))


def _plain(text: str) -> str:
    """The text with single blanks, so that no pattern backtracks over many."""
    return " ".join(plain(text).split())


def is_here(value: str, lexicon: Lexicon) -> bool | None:
    """Whether messages are to come to this topic (True) or to the whole chat (False); None for other words."""
    said = _plain(value)
    if lexicon.means(said, Meaning.HERE, Meaning.THIS):
        return True
    return False if is_off(said, lexicon) or lexicon.means(said, Meaning.GENERAL) else None


def is_off(text: str, lexicon: Lexicon) -> bool:
    """Whether the words turn a setting off."""
    said = plain(text)
    return said == "0" or lexicon.means(said, *_OFF)


def is_on(text: str, lexicon: Lexicon) -> bool:
    """Whether the words turn a setting on, as it was or by default."""
    return lexicon.means(plain(text), *_ON)


def choice(text: str, yes: tuple[Meaning, ...], no: tuple[Meaning, ...], lexicon: Lexicon) -> bool | None:
    """The one of two choices that a word means, or None."""
    said = plain(text)
    return True if lexicon.means(said, *yes) else False if lexicon.means(said, *no) else None


def language(text: str) -> str | None:
    """A locale such as "en", "de" or "pt-BR"; None if there is none."""
    locale = parse_locale(text) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?", text.strip()) else None
    return text.strip().replace("_", "-") if locale else None
