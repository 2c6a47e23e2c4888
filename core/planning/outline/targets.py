"""Reads the target of a line: an amount, a limit, a way from one value to another, or how often."""

from __future__ import annotations

import re
from decimal import Decimal

from core.planning.outline import amounts, phrases
from core.planning.outline.reading import LineReading, skip
from core.planning.outline.words import NO_UNITS, QUOTED, TRACK, unquoted

WEIGHT = re.compile(r"[x×](-?\d[\d.,]*)(?![^\s=\[(])", re.IGNORECASE)
_EQUALS = re.compile(r"=\s*")
_TRACK = re.compile(rf"{TRACK}(?![^\s=\[(])", re.IGNORECASE)
_WORD = re.compile(r'[^\s"=\[\]()]+')
_OF = re.compile(r"of\s+", re.IGNORECASE)


class Targets(LineReading):
    """Reads the target of a line."""

    @property
    def has_target(self) -> bool:
        return self.line.target is not None or self.line.is_tracked

    def limit(self, at: int) -> int:
        match = phrases.LIMIT.match(self.text, at)
        assert match  # what led here
        self.once(self.has_target, at, "second_target")
        self.line.is_limit = True
        return self._titled(self._amount(match.end()))

    def at_least(self, at: int) -> int:
        match = phrases.AT_LEAST.match(self.text, at)
        assert match  # what led here
        self.once(self.has_target, at, "second_target")
        return self._titled(self._amount(match.end()))

    def begins_phrase(self, at: int) -> bool:
        """Whether the words after a number are a phrase and no unit: "a week", "on mondays", "by 30 June"."""
        raise NotImplementedError

    def _titled(self, at: int) -> int:
        """ "At most 2 coffees" or "at most 2 h of screen time", with the title after the number."""
        line = self.line
        if line.title.strip() or line.title_is_quoted or line.faults:
            return at
        start = skip(self.text, at)
        if of := _OF.match(self.text, start):
            at = self.spec_start(of.end())
            line.title = " ".join(self.text[of.end() : at].split())
        else:
            line.title = line.unit or ""
        line.title = line.title[:1].upper() + line.title[1:]
        return at

    def target(self, at: int) -> int:
        self.once(self.has_target, at, "second_target")
        match = _EQUALS.match(self.text, at)
        at = match.end() if match else at + 1
        if match := _TRACK.match(self.text, at):
            self.line.is_tracked = True
            return self._unit(match.end())
        if limit := phrases.LIMIT.match(self.text, at):
            self.line.is_limit = True
            return self._amount(limit.end())
        if least := phrases.AT_LEAST.match(self.text, at):
            return self._amount(least.end())
        return self.way(at) if self._is_way(at) else self._amount(at)

    def _is_way(self, at: int) -> bool:
        return any(pattern.match(self.text, at) for pattern in (phrases.WAY, amounts.ARROW, amounts.TO))

    def way(self, at: int) -> int:
        """ "86 -> 78 kg", "from 86 to 78 kg", "from page 120 to 480"."""
        match = next(
            (match for p in (phrases.WAY, amounts.ARROW, amounts.TO) if (match := p.match(self.text, at))), None
        )
        assert match  # what led here
        self.once(self.has_target, at, "second_target")
        self.line.baseline = self.number(match["begin"], at)
        unit = match["unit"] or (match.groupdict().get("before") or "").strip() or None
        at = self._amount(match.end())
        if self.line.unit is None and not self.line.unit_is_quoted:
            self.line.unit = unit
        return at

    def _amount(self, at: int) -> int:
        """A number with its unit."""
        if product := amounts.PRODUCT.match(self.text, at):
            self.fault(at, "product_of_numbers", said=product[0], product=int(product[1]) * int(product[2]))
            return product.end()
        if clock := amounts.CLOCK.match(self.text, at):
            self.line.target, self.line.unit = amounts.duration(clock)
            return clock.end()
        if times := amounts.TIMES.match(self.text, at):
            self.line.target, self.line.unit = amounts.times(times), "times"
            return times.end()
        match = amounts.AMOUNT.match(self.text, at)
        if not match:
            word = _WORD.match(self.text, at)
            self.fault(at, "bad_number", word=word[0][:40] if word else None)
            return max(self.spec_start(at + 1), at + 1)
        value = self.number(match["number"], at)
        self.line.target = value * 1000 if match["thousand"] and value is not None else value
        if sign := match["sign"]:
            self.line.unit = sign
            return match.end()
        return self._unit(match.end())

    def _unit(self, at: int) -> int:
        at = skip(self.text, at)
        match = QUOTED.match(self.text, at)
        if match:
            self.line.unit, self.line.unit_is_quoted = unquoted(match[0]) or None, True
            return match.end()
        match = _WORD.match(self.text, at)
        # "min" right after the number is minutes; every other keyword says how it adds up.
        if (
            not match
            or WEIGHT.match(self.text, at)
            or (match[0].casefold() in NO_UNITS and match[0].casefold() != "min")
            or self.begins_phrase(at)
        ):
            return at
        self.line.unit = match[0].rstrip(",;") or None
        return at + len(match[0].rstrip(",;"))

    def often(self, at: int) -> int:
        """ "3 times a week": a goal of that period; "once a week" is a tick in each."""
        match = phrases.OFTEN.match(self.text, at)
        assert match  # what led here
        self.once(self.has_target, at, "second_target")
        count = phrases.count_of(match["count"] or match["once"]) or 1
        self._of_period(match["period"])
        if count > 1:
            self.line.target, self.line.unit = Decimal(count), "times"
        return match.end()

    def period(self, at: int) -> int:
        match = phrases.PERIOD.match(self.text, at)
        assert match  # what led here
        self._of_period(match["period"] or match["sign"] or match["word"])
        return match.end()

    def _of_period(self, word: str) -> None:
        self.line.level = phrases.level_of(word)
