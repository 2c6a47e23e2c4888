"""Reminders, quiet hours and the second prompt in a goaltree/1 document. Faults are added to the given list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import timedelta

from core.asking.reminders import LATEST_NUDGE, SOONEST_NUDGE, MessageKind
from core.asking.schedule import Schedule
from core.errors import Fault
from core.goals.model import Level, QuietHours
from core.goals.terms import ALL_WEEK
from core.planning.document.schema import OwnerFields, ReminderFields, read_object
from core.planning.plan import PlanReminder

_LAST_DAYS = (Level.MONTHLY, Level.QUARTERLY, Level.YEARLY)
"""The levels whose digests come at the end of their period."""


def quiet_hours(owner: OwnerFields | None, faults: list[Fault]) -> QuietHours | None:
    """The quiet hours of a document's owner."""
    hours = owner.quiet_hours if owner else None
    if hours is None:
        return None
    if hours.start == hours.end:
        faults.append(Fault("owner.quiet_hours", "no_quiet_hours"))
    return QuietHours(hours.start, hours.end)


def nudge_after(owner: OwnerFields | None, faults: list[Fault]) -> timedelta | None:
    """How long after a prompt the second one comes."""
    minutes = owner.nudge_after_minutes if owner else None
    if minutes is None:
        return None
    least, most = (limit // timedelta(minutes=1) for limit in (SOONEST_NUDGE, LATEST_NUDGE))
    if not least <= minutes <= most:
        faults.append(Fault("owner.nudge_after_minutes", "nudge_unfit", least=least, most=most))
        return None
    return timedelta(minutes=minutes)


def read_reminder(raw: object, place: str, nodes: Container[str], faults: list[Fault]) -> PlanReminder | None:
    """One reminder; `nodes` are the keys in the document. None if it cannot be read."""
    fields = read_object(ReminderFields, raw, place, faults)
    if fields is None:
        return None
    if fields.node is not None and fields.node not in nodes:
        faults.append(Fault(f"{place}.node", "unknown_node", key=fields.node[:100]))
    level = fields.kind.digest_of
    if level is not None and fields.node is not None:
        faults.append(Fault(f"{place}.node", "node_on_digest"))
    weekdays = _weekdays(fields, level, f"{place}.weekdays", faults)
    schedule = Schedule(fields.at, weekdays, level if level in _LAST_DAYS else None)
    return PlanReminder(fields.kind, schedule, fields.node, fields.paused)


def _weekdays(fields: ReminderFields, level: Level | None, place: str, faults: list[Fault]) -> frozenset[int]:
    weekdays = ALL_WEEK if fields.weekdays is None else frozenset(fields.weekdays)
    if level is Level.WEEKLY and len(weekdays) != 1:
        faults.append(Fault(place, "no_single_weekday"))
    elif level in _LAST_DAYS and fields.weekdays is not None:
        faults.append(Fault(place, "weekdays_on_last_day", level=level))
    elif not weekdays:
        faults.append(Fault(place, "reminder_without_weekdays"))
    return weekdays


def check_together(reminders: Sequence[PlanReminder | None], most: int, faults: list[Fault]) -> None:
    """Checks the rules about several reminders: one digest of each kind, and at most `most` of any other."""
    seen: Counter[MessageKind] = Counter()
    for at, reminder in enumerate(reminders):
        if reminder is None:
            continue
        seen[reminder.kind] += 1
        if reminder.kind.digest_of is not None and seen[reminder.kind] == 2:
            faults.append(Fault(f"reminders[{at}]", "second_digest", level=reminder.kind.digest_of))
        elif seen[reminder.kind] == most + 1:
            faults.append(Fault(f"reminders[{at}]", "too_many_check_ins", most=most))
