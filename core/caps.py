"""How much one chat may have. The host of the bot sets it (`goaltree.settings`)."""

from __future__ import annotations

from core.records import record


@record
class Caps:
    """Limits for one chat. Data from before a cap was lowered stays; only more of it is refused."""

    trees: int = 100
    nodes: int = 10_000
    """In all its trees together."""
    nodes_in_tree: int = 2_000
    depth: int = 20
    """Levels of nesting, the vision included."""
    entries_a_day: int = 1_000
    """Dated on one day, void ones included."""
    reminders: int = 20
    """Check-ins; there is one digest of each kind anyway."""
    pauses: int = 1_000
    """Past ones included."""
    outline: int = 1_000_000
    """Characters."""
    document: int = 5_000_000
    """Bytes that are read; twenty years of daily entries need fewer."""
    document_entries: int = 100_000
    export: int = 50_000_000
    """Bytes that are sent."""


CAPS = Caps()
"""The defaults."""
_ANY = 2**62
UNCAPPED = Caps(_ANY, _ANY, _ANY, CAPS.depth, _ANY, _ANY, _ANY, _ANY, _ANY, _ANY, _ANY)
"""For the host, and for existing data. The depth stays limited, since deeper trees cannot be shown."""
