"""design.md §2 computed again, slowly and plainly, straight from a document (goaltree/1) and its entries.

Nothing of `core` is used, so that the engine and its cache can be held against it. Fractions throughout: no rounding.
Where the page is silent, this is what is meant:

- terms say all that is asked from their day on: what they leave out is the default (no target, weight 1, every day,
  active). But a field that none of a node's terms names holds throughout as the node itself says it, and terms that
  end a goal keep the target, weight and schedule before them;
- a check counts a day once: the last tick of the day decides, and the value 0 takes it back;
- a sum holds every entry dated inside the period, skipped or not, active or not, of every leaf that adds to it and
  whose path up to there has only weights above 0 at the period's end;
- a vision without a start or an end is seen by the quarter, or by the year;
- a parent none of whose children has a rate stands at 0;
- a period of a parent all of whose days are paused counts if it has any progress;
- a limit holds in full in every period, also in one that is not wholly open; of a period whose days are all paused, an
  entry proves all;
- nothing expected is reached by anything above zero;
- what each one does ("each") has the periods in which one of the leaves below counts, skipped where all of these are;
  its target is one person's: of a sum it is taken as often as there are leaves with a rate, and of a count all are
  wanted.
"""

from __future__ import annotations

from tests.oracle.calendar import Span, calendar_period, days
from tests.oracle.document import Oracle
from tests.oracle.node import OracleNode
from tests.oracle.said import exact

__all__ = ["Oracle", "OracleNode", "Span", "calendar_period", "days", "exact"]
