"""goaltree/1, the document that export writes and import reads, lossless both ways (design.md §5).

A JSON object: `format`; `owner` with any of `timezone`, `day_start` ("HH:MM"), `week_start` ("monday"), `locale`,
`quiet_hours` (`{"from": "22:00", "to": "07:00"}`) and `nudge_after_minutes`; `visions`, nested nodes; `entries`; and
`reminders`, once any were set up. A node with `let_go` was ended by hand, and nobody is asked about it any more. A node
without `kind` is a vision at the top and a KPI below; `level` may be left out where the kind fixes it. `targets` is the
history of a target that was changed: `[{"from": null, "target": 5}, {"from": "2026-11-01", "target": 6}]`, with
`target` the last of it. Numbers are exact decimals. A reminder is `{"kind": "check_in", "at": "20:00", "weekdays":
["mon"], "node": key, "paused": true}`: on every day without `weekdays`, about all goals without `node`; or of kind
weekly_digest (with its one weekday), monthly_digest, quarterly_digest or yearly_digest.
"""

from __future__ import annotations

from collections.abc import Mapping

from core.caps import CAPS, Caps
from core.planning.document.content import Document
from core.planning.document.dumping import dump_document, dump_own_entries

__all__ = ["Document", "dump_document", "dump_own_entries", "parse_document"]


def parse_document(said: bytes | str | Mapping[str, object], caps: Caps = CAPS) -> Document:
    """Parses a document, from text or parsed JSON, and checks it by `planning.rules` as well. Raises InvalidPlan with
    its faults (at most 20). A document that exceeds the caps is refused before it is read any further."""
    from core.planning.document.parsing import parsed  # its schema, which most processes never need

    return parsed(said, caps)
