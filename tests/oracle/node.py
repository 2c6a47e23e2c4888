"""A node as seen on a day: its status, its streak, and its shown figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor

from tests.oracle.calendar import DAY, Span, days
from tests.oracle.reckoning import ReckonedNode
from tests.oracle.said import Json, exact


class OracleNode(ReckonedNode):
    """A node of one vision."""

    def status(self, today: date) -> str:
        period = self.period(today)
        if not self.is_active(today):
            return "inactive"
        if self.is_paused(today) or not self.counts(period):
            return "off"
        progress = self.progress(period)
        if progress is None:
            return "tracked"
        if progress == 0 and not self.expects(period):
            return "off"
        open_days = self.open_days(period)
        if self.is_limit and self.is_leaf:
            return self._limit_status(period, open_days, today)
        if progress == 1:
            return "done"
        ended = sum(1 for day in open_days if day < today)
        pace = Fraction(ended, len(open_days)) if open_days else Fraction(0)
        if progress >= pace:
            return "on_track"
        return "at_risk" if progress >= Fraction(7, 10) * pace else "behind"

    def expects(self, window: Span) -> bool:
        """Whether a parent of rates has a weighted child with a counting period there, skipped or not."""
        weighed = [child for child in self.children if exact(child.terms_on(window[1])["weight"]) > 0]
        if not weighed or self.strategy == "sum":
            return True
        return any(child.is_due_in(window) for child in weighed)

    def is_due_in(self, window: Span) -> bool:
        """Whether a period of the node within a window counts, skipped or not."""
        periods = {self.period(day) for day in (*days(window), window[0] - DAY, window[1] + DAY)}
        belonging = [(period, day) for period in periods if (day := self.day_of_belonging(period))]
        return any(window[0] <= day <= window[1] and self._is_due(period) for period, day in belonging)

    def _is_due(self, period: Span) -> bool:
        if self.is_tracked(period) or (self.level == "daily" and not self.is_scheduled(period[0])):
            return False
        if self.each:
            return any(child._is_due(period) for child in self.children) and self._has_open(period)
        return self._has_open(period)

    def _has_open(self, period: Span) -> bool:
        return any(not self.is_paused(day) for day in self.active_days(period))

    def _limit_status(self, period: Span, open_days: list[date], today: date) -> str:
        value, target = self.value(period), self.target(period)
        if target is None:
            target = Fraction(1)
        if value is not None and value > target:
            return "behind"
        if value is not None and not any(day > today for day in open_days):
            return "done"
        so_far = sum(1 for day in open_days if day <= today)
        allowed = target * Fraction(so_far, len(open_days)) if open_days else target
        return "on_track" if (value or Fraction(0)) <= allowed else "at_risk"

    def has_streak(self, today: date) -> bool:
        return self.is_leaf and self.level != "range" and not self.is_tracked(self.period(today))

    def streak(self, today: date) -> tuple[int, int]:
        """(current, best) in the node's own periods up to the one that contains today."""
        starts = max(self.lasts[0], min((entry.on for entry in self.entries), default=today))
        series: list[bool] = []
        for period in sorted({self.period(day) for day in days((min(starts, self.period(starts)[0]), today))}):
            progress = self.progress(period)
            if not self.counts(period) or progress is None:
                continue
            if progress == 1 or not period[0] <= today <= period[1]:
                series.append(progress == 1)
        best = run = 0
        for complete in series:
            run = run + 1 if complete else 0
            best = max(best, run)
        return run, best

    def seen(self, today: date) -> Json:
        """The figures of the worked cases and of `tree --json`."""
        period = self.period(today)
        seen: Json = {
            "level": self.level,
            "periodStart": period[0].isoformat(),
            "periodEnd": period[1].isoformat(),
            "currentValue": self.value(period),
            "targetValue": self.expected(period),
            "progressPercentage": floor(100 * (self.progress(period) or 0)),
            "status": self.status(today),
        }
        if self.has_streak(today):
            current, best = self.streak(today)
            seen["streak"] = {"current": current, "best": best}
        return seen
