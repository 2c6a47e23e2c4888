"""Reading the title of a line and everything after it."""

from __future__ import annotations

import re
from collections.abc import Callable

from core.goals.model import Kind
from core.planning.outline import phrases
from core.planning.outline.days import DaysReading
from core.planning.outline.line import OutlineLine
from core.planning.outline.phrases import ReadDay
from core.planning.outline.reading import skip
from core.planning.outline.targets import WEIGHT, Targets
from core.planning.outline.words import EACH, KEYWORDS, QUOTED, unquoted

_EACH = re.compile(rf"{EACH}(?![^\s=\[(])", re.IGNORECASE)
_KEYWORD = re.compile(rf"(?:{'|'.join(sorted(KEYWORDS))})(?![^\s=\[(])", re.IGNORECASE)


def read_line(line: OutlineLine, text: str, start: int, decimal_comma: bool, read_day: ReadDay) -> None:
    """Reads the title and all that follows, from a place in the text on, into the line."""
    tail = Tail(line, text, decimal_comma, read_day)
    start = skip(text, start)
    if text.startswith('"', start):
        at = _quoted_title(line, text, start)
    else:
        at = tail.spec_start(start)
        title = " ".join(text[start:at].split())
        line.title = title if at == len(text) else title.rstrip(",;:")
    tail.read(at)
    if not line.title.strip() and not line.faults:
        line.fault(start + 1, "no_title")


def _quoted_title(line: OutlineLine, text: str, start: int) -> int:
    match = QUOTED.match(text, start)
    title = unquoted(match[0]) if match else None
    line.title_is_quoted = True
    if match is None or title is None:
        line.fault(start + 1, "open_quotes")
        return len(text) if match is None else match.end()
    line.title = title
    return match.end()


class Tail(Targets, DaysReading):
    """Reads the text after a title, clause by clause."""

    def read(self, at: int) -> None:
        """Reads all from a place on."""
        while (at := skip(self.text, at)) < len(self.text):
            at = self.clause(at)(at)

    def clause(self, at: int) -> Callable[[int], int]:
        """The reader of the clause at a place."""
        match self.text[at]:
            case "=":
                return self.target
            case "[":
                return self.weekdays
            case "(" if not phrases.IN_PARENTHESES.match(self.text, at):
                return self.dates
            case "," | ";":
                return self._comma
        return self._phrase(at) or self._short(at)

    def _short(self, at: int) -> Callable[[int], int]:
        """The reader of a clause of one word."""
        if WEIGHT.match(self.text, at):
            return self._weight
        if _EACH.match(self.text, at):
            return self._each
        return self._word if _KEYWORD.match(self.text, at) else self._leftover

    def _phrase(self, at: int) -> Callable[[int], int] | None:
        """The reader of the phrase at a place."""
        known = self.line.scope(self.read_day).phrases
        readers: dict[re.Pattern[str], Callable[[int], int]] = {
            phrases.LATER: self._later,
            phrases.LIMIT: self.limit,
            phrases.AT_LEAST: self.at_least,
            phrases.OFTEN: self.often,
            phrases.WAY: self.way,
            phrases.EXCEPT: self.except_days,
            phrases.EVERY: self.every,
            phrases.OTHER_WEEKS: self.other_weeks,
            phrases.ON_DAYS: self.on_days,
            phrases.ON_DATES: self.on_days,
            phrases.IN_PARENTHESES: self.on_days,
        }
        if match := next((readers[p] for p in (phrases.LATER, *known, phrases.LIMIT) if p.match(self.text, at)), None):
            return match
        if phrases.PERIOD.match(self.text, at) and self.has_target and self.line.kind is Kind.KPI:
            return self.period
        end = phrases.END.match(self.text, at)
        return self.end if end and self.read_day(end["day"]) is not None else None

    def begins_phrase(self, at: int) -> bool:
        """Whether a phrase begins here."""
        return self._phrase(at) is not None

    def _comma(self, at: int) -> int:
        return at + 1

    def _later(self, at: int) -> int:
        self.fault(at, "change_on_its_own_line", said=self.text[at : at + 60].strip())
        return len(self.text)

    def _leftover(self, at: int) -> int:
        end = max(self.spec_start(at + 1), at + 1)
        self.fault(at, "leftover_words", words=self.text[at:end].strip()[:40])
        return end

    def _word(self, at: int) -> int:
        match = _KEYWORD.match(self.text, at)
        assert match  # what led here
        self.once(self.line.word is not None, at, "second_word")
        self.line.word, self.line.word_column = match[0].casefold(), at + 1
        return match.end()

    def _each(self, at: int) -> int:
        self.once(self.line.each, at, "second_each")
        # Words about one person's part come before it, words about all of them after.
        self.line.each, self.line.each_word, self.line.word = True, self.line.word, None
        return at + len(EACH)

    def _weight(self, at: int) -> int:
        match = WEIGHT.match(self.text, at)
        assert match  # what led here
        self.once(self.line.weight is not None, at, "second_weight")
        self.line.weight = self.number(match[1], at + 1)
        return match.end()
