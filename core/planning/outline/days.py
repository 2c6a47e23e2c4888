"""The schedule and the dates in a line."""

from __future__ import annotations

import re
from datetime import date

from core.goals.terms import ALL_WEEK, EVERY_DAY, DaySchedule
from core.planning.outline import phrases
from core.planning.outline.reading import LineReading
from core.planning.outline.words import rhythm_of, weekdays_of
from core.planning.term_rules import MOST_DAYS_APART

_BETWEEN = {"[": re.compile(r"\[([^\[\]]*)\]"), "(": re.compile(r"\(([^()]*)\)")}
_RHYTHM = re.compile(r"\bevery\s+(?:\d+|other)\s+days?\b|\b\d+(?:st|nd|rd|th)\b|\blast\s+day\b", re.IGNORECASE)
"""Words in a list of days that are no weekday."""
_EVERY_SOME_DAYS = re.compile(r"\bevery\b.*\bdays?\b", re.IGNORECASE)
_DATE_WORDS = {"from": "from", "until": "until", "till": "until", "by": "until", "to": "until", "on": "on"}
_DATED = (("on",), ("from",), ("until",), ("from", "until"))
"""The dates between parentheses, in this order."""


class DaysReading(LineReading):
    """Reads the days of a line."""

    def _between(self, at: int, closing: str) -> tuple[str, int]:
        match = _BETWEEN[self.text[at]].match(self.text, at)
        if match:
            return match[1], match.end()
        self.fault(at, "not_closed", opening=self.text[at], closing=closing)
        return "", max(self.spec_start(at + 1), at + 1)

    def _scheduled(self, at: int, schedule: DaySchedule | None) -> None:
        said = self.line.schedule
        if said is not None:
            self.fault(at, "second_weekdays" if schedule and _are_weekdays(said, schedule) else "two_schedules")
        self.line.schedule = schedule

    def every(self, at: int) -> int:
        match = phrases.EVERY.match(self.text, at)
        assert match  # what led here
        schedule = phrases.every_of(match)
        self._scheduled(at, EVERY_DAY if schedule.every == 1 else schedule)
        return match.end()

    def except_days(self, at: int) -> int:
        match = phrases.EXCEPT.match(self.text, at)
        assert match  # what led here
        days = ALL_WEEK - phrases.days_of(match["days"]).weekdays
        if not days:
            self.fault(at, "no_weekday_named")
        self._scheduled(at, DaySchedule(days) if days else None)
        return match.end()

    def other_weeks(self, at: int) -> int:
        match = phrases.OTHER_WEEKS.match(self.text, at)
        assert match  # what led here
        self.fault(at, "other_weeks", said=match[0][:40])
        return match.end()

    def on_days(self, at: int) -> int:
        known = (phrases.ON_DAYS, phrases.ON_DATES, phrases.IN_PARENTHESES)
        match = next((match for pattern in known if (match := pattern.match(self.text, at))), None)
        assert match  # what led here
        self._scheduled(at, phrases.days_of(match["days"]))
        return match.end()

    def weekdays(self, at: int) -> int:
        count = len(self.line.faults)
        inside, end = self._between(at, "]")
        if len(self.line.faults) > count:
            return end
        if rhythm := rhythm_of(inside):
            self._scheduled(at, rhythm)
            return end
        if phrases.OTHER_WEEKS.fullmatch(inside.strip()):
            self.fault(at, "other_weeks", said=inside.strip()[:40])
            return end
        if _RHYTHM.search(inside):
            self.fault(at, "two_schedules")
            return end
        if _EVERY_SOME_DAYS.search(inside):
            self.fault(at, "every_days_unfit", most=MOST_DAYS_APART)
            return end
        days: set[int] = set()
        for match in re.finditer(r"[^\s,;&+]+", inside):
            named = _weekdays_named(match[0])
            if named is None:
                self.fault(at + 1 + match.start(), "bad_weekday", word=match[0][:40])
                return end
            days |= named
        if not days:
            self.fault(at, "no_weekday_named")
        self._scheduled(at, DaySchedule(frozenset(days)) if days else None)
        return end

    def end(self, at: int) -> int:
        self.once(self.line.dates is not None, at, "second_dates")
        match = phrases.END.match(self.text, at)
        assert match  # what led here
        self.line.dates = (None, self.read_day(match["day"]))
        return match.end()

    def dates(self, at: int) -> int:
        self.once(self.line.dates is not None, at, "second_dates")
        inside, end = self._between(at, ")")
        if not inside:
            return end
        dates: dict[str, date] = {}
        # Each word is followed by a date; anything else is refused like a bad date.
        parts = re.split(r"\b(from|until|till|by|to|on)\b", inside, flags=re.IGNORECASE)
        words = [*parts[1::2]] if not parts[0].strip() else [parts[0]]
        column = at + 1 + len(parts[0])
        for word, said in zip(words, parts[2::2] or [""], strict=False):
            name = _DATE_WORDS.get(word.casefold(), "")
            day = self.read_day(said.strip(" ,"))
            if (*dates, name) not in _DATED or name in dates or day is None:
                self.fault(column, "bad_date")
                return end
            dates[name] = day
            column += len(word) + len(said)
        on = dates.get("on")
        self.line.dates = (dates.get("from", on), dates.get("until", on))
        return end


def _are_weekdays(*schedules: DaySchedule) -> bool:
    return all(schedule.every is None and not schedule.month_days for schedule in schedules)


def _weekdays_named(text: str) -> frozenset[int] | None:
    if (named := weekdays_of(text)) is not None:
        return named
    first, _, last = text.replace("–", "-").partition("-")
    begin, end = weekdays_of(first), weekdays_of(last or first)
    if begin is None or end is None or len(begin) != 1 or len(end) != 1:
        return None
    [start], [stop] = begin, end
    return frozenset((start + offset) % 7 for offset in range((stop - start) % 7 + 1))
