"""The contents of a goaltree/1 document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import timedelta

from core.goals.model import QuietHours
from core.planning.plan import PlanEntry, PlanNode, PlanPause, PlanReminder
from core.records import record

FORMAT = "goaltree/1"


@record
class Document:
    """The contents of a document. `owner` holds the settings that it names, as written there. `reminders` replace all
    existing ones; None: the document does not mention them."""

    owner: Mapping[str, str] = field(default_factory=dict)
    visions: tuple[PlanNode, ...] = ()
    entries: tuple[PlanEntry, ...] = ()
    pauses: tuple[PlanPause, ...] = ()
    quiet: QuietHours | None = None
    nudge_after: timedelta | None = None
    reminders: tuple[PlanReminder, ...] | None = None
