"""design.md §2 computed again, slowly and plainly, straight from a document (goaltree/1) and its entries.

It uses nothing of `core`, so that the engine and its cache can be compared with it. All numbers are fractions: no
rounding. Where the page is silent, these rules hold:

- terms hold everything from their day on: a field that they leave out has its default (no target, weight 1, every
  day, active). But a field that none of a node's terms names holds throughout as on the node itself, and terms that
  end a goal keep the target, weight and schedule before them;
- a check counts a day once: the last tick of the day decides, and the value 0 undoes it;
- a sum holds every entry dated inside the period, skipped or not, active or not, of every leaf that adds to it and
  whose path up to there has only weights above 0 at the period's end;
- a vision without a start or an end is seen by the quarter, or by the year;
- a parent none of whose children has a rate stands at 0;
- a period of a parent all of whose days are paused counts if it has any progress;
- a limit holds in full in every period, even one that is only partly open; if all days of a period are paused, a
  single entry proves the limit for all of it;
- anything above zero meets an expectation of zero;
- a goal that each member does ("each") has the periods in which any leaf below it counts, skipped if all of these are
  skipped; its target is per person: a sum multiplies it by the number of leaves with a rate, a count wants all.
"""

from __future__ import annotations

from tests.oracle.calendar import Span, calendar_period, days
from tests.oracle.document import Oracle
from tests.oracle.node import OracleNode
from tests.oracle.said import exact

__all__ = ["Oracle", "OracleNode", "Span", "calendar_period", "days", "exact"]
