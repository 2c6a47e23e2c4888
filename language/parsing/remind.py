"""Reminders in words: "21:00", "weekdays 8:30", "gym mon wed 7:00", "every day at 9pm", in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import time
from enum import Enum, auto

from core.planning.names import longest_name_prefix, match
from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.clock import clock
from language.parsing.errors import Misread
from language.parsing.weekdays import between, weekdays
from language.tokens import bare, shortened

MOST_WORDS = 20
"""A longer text is no request for a reminder."""

_FILLERS = (
    Meaning.FILLER, Meaning.A, Meaning.AND, Meaning.AT, Meaning.EACH, Meaning.EVERY, Meaning.FOR, Meaning.FROM,
    Meaning.IN, Meaning.MY, Meaning.OF, Meaning.ON, Meaning.THE, Meaning.TO, Meaning.DASH, Meaning.ROUGHLY,
)  # fmt: skip
_TO = (Meaning.TO, Meaning.UNTIL, Meaning.THROUGH, Meaning.DASH)
_HALVES = (Meaning.AM, Meaning.PM)
_TIMES_OF_DAY = {Meaning.MORNING: Meaning.AM, Meaning.AFTERNOON: Meaning.PM, Meaning.EVENING: Meaning.PM}
_LED = (Meaning.EVERY, Meaning.EACH, Meaning.THE, Meaning.IN)
"""Words before "evening" that make it a time of day; elsewhere it is part of a name."""
_RHYTHMS = (
    Meaning.HOURLY, Meaning.WEEKLY, Meaning.MONTHLY, Meaning.YEARLY, Meaning.DAYS, Meaning.WEEK, Meaning.FORTNIGHT,
    Meaning.MONTH, Meaning.YEAR, Meaning.OTHER, Meaning.TONIGHT, Meaning.ONCE,
)  # fmt: skip
"""Periods by which there are no reminders."""
_SHORT_UNITS = frozenset({"h", "min", "s"})
_BARE = re.compile(r"[0-9]{1,2}")
_FOUR = re.compile(r"([0-9]{2})([0-9]{2})")
_OF_MONTH = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)")
_LIKE_A_TIME = re.compile(r"[0-9]+(?:[:.h][0-9]*)*(?:[ap]\.?m\.?)?")


@record
class Wanted:
    """The requested reminder. `at` and `weekdays` are None if not given; `name` are the words that name a goal, `goals`
    the ids of those it may mean, `nearest` those it resembles. `bare`: an hour alone, which may be in the evening."""

    at: time | None = None
    weekdays: frozenset[int] | None = None
    name: str = ""
    goals: tuple[int, ...] = ()
    nearest: tuple[int, ...] = ()
    bare: bool = False


class _Kind(Enum):
    """The possible kinds of one or several words. Of the four kinds of time, the first that occurs is meant."""

    CLEAR = auto()
    """A time by its form: "7:00", "9pm"."""
    BARE = auto()
    """An hour alone: "8"."""
    PLAIN = auto()
    """A time without a separator: "2100"."""
    UNFIT = auto()
    """The form of a time, but none: "25:00"."""
    DAYS = auto()
    HALF = auto()
    FILLER = auto()
    REST = auto()


_TIMES = (_Kind.CLEAR, _Kind.BARE, _Kind.PLAIN, _Kind.UNFIT)


@record
class _Piece:
    """One or several words from `at` on. `said` is the time as typed, `days` the weekdays."""

    kind: _Kind
    at: int
    said: str = ""
    days: frozenset[int] = frozenset()
    words: int = 1


def read(text: str, titles: Sequence[tuple[int, str]], lexicon: Lexicon) -> Wanted:
    """The requested reminder, given the goals as (id, title). Raises `Misread`.

    An exact name beats any other meaning of its words: in "sun salutation 7:00", "sun" is no day if a goal has that
    title. A mere resemblance comes last.
    """
    words = text.split()
    if len(words) > MOST_WORDS:
        raise Misread("too_many_words")
    start, count, goals = _name_within(words, titles, lexicon)
    wanted, rest = _when(words, lexicon, range(start, start + count))
    if not rest:
        return wanted
    name = " ".join(words[at] for at in rest)
    if len(rest) == count:
        return replace(wanted, name=name, goals=goals, nearest=goals)
    matched = match(name, titles)
    if not matched.exact and any(_is_rhythm(bare(words[at]), lexicon) for at in rest):
        raise Misread("no_such_rhythm")
    return replace(wanted, name=name, goals=matched.exact, nearest=goals or matched.nearest)


def read_when(text: str, lexicon: Lexicon) -> Wanted | None:
    """The time and days in an answer; None if it says anything else. Raises `Misread`."""
    words = text.split()
    if len(words) > MOST_WORDS:
        return None
    wanted, rest = _when(words, lexicon)
    return None if rest or (wanted.at is None and wanted.weekdays is None) else wanted


def _is_rhythm(word: str, lexicon: Lexicon) -> bool:
    if _OF_MONTH.fullmatch(word):
        return True
    return lexicon.means(word, *_RHYTHMS) or lexicon.units.get(word) in _SHORT_UNITS or lexicon.days.get(word) in (0, 1)


def _name_within(
    words: Sequence[str], titles: Sequence[tuple[int, str]], lexicon: Lexicon
) -> tuple[int, int, tuple[int, ...]]:
    """(the name's position, its number of words, the goals): a whole title, or else the longest name."""
    best: tuple[bool, int, int, tuple[int, ...]] = (False, 0, 0, ())
    whole = {" ".join(title.split()).casefold() for _, title in titles}
    for start in range(len(words)):
        count, matched = longest_name_prefix(words[start:], titles, alike_too=False)
        name = words[start : start + count]
        is_whole = " ".join(name).casefold() in whole
        if count and (is_whole, count) > best[:2] and not _is_when(name, lexicon):
            best = (is_whole, count, start, matched.exact)
    return best[2], best[1], best[3]


def _is_when(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words say nothing but a time and days."""
    try:
        return not _when(words, lexicon)[1]
    except Misread:
        return False


def _when(words: Sequence[str], lexicon: Lexicon, name: range = range(0)) -> tuple[Wanted, list[int]]:
    """(the time and days, the positions of all other words). `name` is the known position of a goal's name."""
    pieces = list(_pieces([bare(word) for word in words], lexicon, name))
    told = next((kind for kind in _TIMES if _of_kind(pieces, kind)), _Kind.UNFIT)
    at = _in_half(_time_of(_of_kind(pieces, told), lexicon), pieces)
    days = frozenset[int]().union(*(piece.days for piece in pieces))
    rest = _of_kind(pieces, *({_Kind.REST, *_TIMES} - {told}))
    is_bare = told is _Kind.BARE and not _of_kind(pieces, _Kind.HALF)
    return Wanted(at, days or None, bare=is_bare), sorted([*name, *(piece.at for piece in rest)])


def _of_kind(pieces: Sequence[_Piece], *kinds: _Kind) -> list[_Piece]:
    return [piece for piece in pieces if piece.kind in kinds]


def _in_half(at: time | None, pieces: Sequence[_Piece]) -> time | None:
    """The time in the half of the day that was named last: 8 with "evening" is 20:00."""
    halves = [piece.said for piece in _of_kind(pieces, _Kind.HALF)]
    if at is None or at.hour >= 12 or Meaning.PM not in halves[-1:]:
        return at
    return at.replace(hour=at.hour + 12)


def _time_of(times: Sequence[_Piece], lexicon: Lexicon) -> time | None:
    """The time, if one was given. Raises `Misread`."""
    if not times:
        return None
    if len(times) > 1 and times[0].kind is not _Kind.UNFIT:
        raise Misread("several_times")
    at = clock(times[0].said, lexicon)
    if at is None:
        raise Misread("no_such_time", said=shortened(times[0].said, 20))
    return at


def _pieces(words: Sequence[str], lexicon: Lexicon, name: range) -> Iterator[_Piece]:
    """The words outside the name, classified."""
    at = 0
    while at < len(words):
        if at in name:
            at += 1
            continue
        piece = _span(words, at, lexicon) or _piece(words, at, lexicon)
        yield piece
        at += piece.words


def _span(words: Sequence[str], at: int, lexicon: Lexicon) -> _Piece | None:
    """ "mon to fri" in three words."""
    if at + 2 >= len(words) or not lexicon.means(words[at + 1], *_TO):
        return None
    first, last = lexicon.weekday(words[at]), lexicon.weekday(words[at + 2])
    if first is None or last is None:
        return None
    return _Piece(_Kind.DAYS, at, days=between(first, last), words=3)


def _piece(words: Sequence[str], at: int, lexicon: Lexicon) -> _Piece:
    word, meaning = words[at], lexicon.words.get(words[at], Meaning.I)
    if word[:1].isdigit():
        return _time_at(words, at, lexicon)
    if meaning in _FILLERS:
        return _Piece(_Kind.FILLER, at)
    if meaning in _TIMES_OF_DAY and at and lexicon.means(words[at - 1], *_LED):
        return _Piece(_Kind.HALF, at, _TIMES_OF_DAY[meaning])
    if clock(word, lexicon) is not None:
        return _Piece(_Kind.CLEAR, at, word)
    days = weekdays(word, lexicon)
    return _Piece(_Kind.DAYS, at, days=days) if days else _Piece(_Kind.REST, at)


def _time_at(words: Sequence[str], at: int, lexicon: Lexicon) -> _Piece:
    """A word that begins with a digit, perhaps with "pm" behind it."""
    word, used = words[at], 1
    if at + 1 < len(words) and lexicon.means(words[at + 1], *_HALVES):
        word, used = word + words[at + 1], 2
    if _BARE.fullmatch(word):
        return _Piece(_Kind.BARE, at, word, words=used)
    if clock(word, lexicon) is not None:
        return _Piece(_Kind.CLEAR, at, word, words=used)
    if matched := _FOUR.fullmatch(word):
        return _Piece(_Kind.PLAIN, at, f"{matched[1]}:{matched[2]}", words=used)
    return _Piece(_Kind.UNFIT if _LIKE_A_TIME.fullmatch(word) else _Kind.REST, at, word, words=used)
