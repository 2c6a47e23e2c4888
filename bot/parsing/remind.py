"""What is to be asked when: "21:00", "weekdays 8:30", "gym mon wed 7:00", "every day at 9pm", in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import TypeAlias

from bot.parsing.clock import clock
from bot.parsing.weekdays import between, weekday, weekdays
from core.names import longest_name_prefix, match
from language.i18n import Words

MOST_WORDS = 20
"""More are no wish for a reminder."""

_FILLERS = frozenset({
    "a", "about", "and", "at", "each", "every", "for", "from", "in", "me", "my", "o'clock", "of", "on", "please",
    "remind", "the", "to", "um", "uhr", "&", "-", "–", "—",
})  # fmt: skip
_TO = frozenset({"to", "till", "until", "through", "thru", "-", "–", "—", "bis"})
_HALVES = {"am": "am", "a.m.": "am", "a.m": "am", "pm": "pm", "p.m.": "pm", "p.m": "pm"}
_TIMES_OF_DAY = {"morning": "am", "mornings": "am", "afternoon": "pm", "afternoons": "pm", "evening": "pm",
                 "evenings": "pm"}  # fmt: skip
_LED = frozenset({"every", "each", "the", "in"})
"""Behind these "evening" is a time of day, elsewhere part of a name."""
_RHYTHMS = frozenset({
    "hourly", "weekly", "monthly", "yearly", "hour", "hours", "minute", "minutes", "min", "days", "week", "weeks",
    "fortnight", "month", "year", "other", "second", "today", "tonight", "tomorrow", "once",
})  # fmt: skip
"""What no reminder goes by."""
_BARE = re.compile(r"[0-9]{1,2}")
_FOUR = re.compile(r"([0-9]{2})([0-9]{2})")
_LIKE_A_TIME = re.compile(r"[0-9]+(?:[:.h][0-9]*)*(?:[ap]\.?m\.?)?", re.IGNORECASE)

_Found: TypeAlias = list[tuple[int, str]]


class Misread(ValueError):
    """What cannot be meant. `why`: "time" (`said` is none), "times" (several), "rhythm" (not a day of the week) or
    "long" (too many words)."""

    def __init__(self, why: str, said: str = "") -> None:
        self.why, self.said = why, said
        super().__init__(f"{why}: {said}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was said. `at` and `weekdays` are None where nothing was; `name` is what names a goal, `goals` are the ids
    of those that it may mean and `nearest` of those it resembles. `bare`: an hour alone, which may be meant for the
    evening."""

    at: time | None = None
    weekdays: frozenset[int] | None = None
    name: str = ""
    goals: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()
    bare: bool = False


def read(text: str, titles: Sequence[tuple[int, str]], w: Words) -> Wanted:
    """What is wanted, with the goals (id, title) that there are. Raises `Misread`.

    A name that is written as it is in a title goes before what else its words may mean: of "sun salutation 7:00", "sun"
    is no day if there is a goal of that name. What is only alike comes last.
    """
    words = text.split()
    if len(words) > MOST_WORDS:
        raise Misread("long")
    start, count, goals = _name_within(words, titles, w)
    wanted, rest = _when(words, w, range(start, start + count))
    if not rest:
        return wanted
    name = " ".join(words[at] for at in rest)
    if len(rest) == count:
        return replace(wanted, name=name, goals=goals, nearest=goals)
    found = match(name, titles)
    if not found.exact and any(words[at].casefold() in _RHYTHMS for at in rest):
        raise Misread("rhythm", name)
    return replace(wanted, name=name, goals=found.exact, nearest=goals or found.nearest)


def read_when(text: str, w: Words) -> Wanted | None:
    """The time and the days alone, as an answer; None if it says something else. Raises `Misread`."""
    words = text.split()
    if len(words) > MOST_WORDS:
        return None
    wanted, rest = _when(words, w)
    return None if rest or (wanted.at is None and wanted.weekdays is None) else wanted


def _name_within(words: Sequence[str], titles: Sequence[tuple[int, str]], w: Words) -> tuple[int, int, tuple[int, ...]]:
    """(where a name begins, how many words it has, whom it names): a whole title, or else the longest."""
    best: tuple[bool, int, int, tuple[int, ...]] = (False, 0, 0, ())
    whole = {" ".join(title.split()).casefold() for _, title in titles}
    for start in range(len(words)):
        count, found = longest_name_prefix(words[start:], titles, alike_too=False)
        name = words[start : start + count]
        is_whole = " ".join(name).casefold() in whole
        if count and (is_whole, count) > best[:2] and not _is_when(name, w):
            best = (is_whole, count, start, found.exact)
    return best[2], best[1], best[3]


def _is_when(words: Sequence[str], w: Words) -> bool:
    """Whether the words say nothing but a time and days."""
    try:
        return not _when(words, w)[1]
    except Misread:
        return False


def _when(words: Sequence[str], w: Words, name: range = range(0)) -> tuple[Wanted, list[int]]:
    """(the time and the days that the words say, where the words stand that say something else). `name` is where a
    goal's name is known to stand."""
    days: set[int] = set()
    half = ""
    clear, bare, plain, unfit = _Found(), _Found(), _Found(), _Found()
    rest = list(name)
    at = 0
    while at < len(words):
        if at in name:
            at += 1
            continue
        word, behind = _bare_word(words[at]), [_bare_word(other) for other in words[at + 1 : at + 3]]
        led = at > 0 and _bare_word(words[at - 1]) in _LED
        used = 1
        if behind and behind[0] in _HALVES and word[:1].isdigit():
            word, used = word + behind[0], 2
        if span := _span(word, behind, w):
            days |= span
            used = 3
        elif word in _FILLERS:
            pass
        elif word in _TIMES_OF_DAY and led:
            half = _TIMES_OF_DAY[word]
        elif _BARE.fullmatch(word):
            bare.append((at, word))
        elif clock(word) is not None:
            clear.append((at, word))
        elif found := _FOUR.fullmatch(word):
            plain.append((at, f"{found[1]}:{found[2]}"))
        elif _LIKE_A_TIME.fullmatch(word):
            unfit.append((at, word))
        elif named := weekdays(word, w):
            days |= named
        else:
            rest.append(at)
        at += used
    told = clear or bare or plain or unfit
    if len(told) > 1 and told is not unfit:
        raise Misread("times")
    hour = clock(told[0][1]) if told else None
    if told and hour is None:
        raise Misread("time", told[0][1])
    rest += [at for other in (clear, bare, plain, unfit) if other is not told for at, _ in other]
    if hour is not None and half == "pm" and hour.hour < 12:
        hour = hour.replace(hour=hour.hour + 12)
    is_bare = told is bare and bool(bare) and not half
    return Wanted(hour, frozenset(days) or None, bare=is_bare), sorted(rest)


def _span(word: str, behind: Sequence[str], w: Words) -> frozenset[int] | None:
    """ "mon to fri", in three words."""
    if len(behind) < 2 or behind[0] not in _TO:
        return None
    first, last = weekday(word, w), weekday(behind[1], w)
    return None if first is None or last is None else between(first, last)


def _bare_word(word: str) -> str:
    bare = word.casefold().strip(",;")
    return bare if bare.endswith("m.") else bare.rstrip(".!?")
