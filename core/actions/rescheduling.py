"""When an owner's reminders are due next, also after their zone, day start or quiet hours changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from core.asking.reminders import Reminder, message_for
from core.asking.schedule import Due, dues_from, next_due, out_of_quiet
from core.goals.model import Owner, OwnerType
from core.ports.store import Transaction


def next_due_of(reminder: Reminder, owner: Owner, now: datetime) -> datetime | None:
    """When a reminder is due next; None while it is paused, or its owner cannot be reached or has no chat."""
    due = next_of(reminder, owner, now)
    return None if due is None else due.at


def next_of(reminder: Reminder, owner: Owner, now: datetime) -> Due | None:
    """The same with the day that it is for."""
    if reminder.paused or owner.unreachable_since is not None or owner.type is OwnerType.LOCAL:
        return None
    return next_due(reminder.schedule, owner, now)


def reschedule(tx: Transaction, owner: Owner, now: datetime, before: Owner | None = None) -> None:
    """Recomputes when each of an owner's reminders is due, because their zone, day start or quiet hours changed.
    `before` is the owner with the earlier settings: a reminder that a traveller's clock jumps over is due at once."""
    coming = {reminder: _after_change(reminder, owner, now, before) for reminder in tx.reminders.of_owner(owner.id)}
    # Overdue reminders are still asked after an outage, unless they rest.
    tx.reminders.advance(
        {
            reminder.id: due
            for reminder, due in without_repeats(tx, owner, coming, now).items()
            if due is None or reminder.next_due is None or reminder.next_due > now
        }
    )


def _after_change(reminder: Reminder, owner: Owner, now: datetime, before: Owner | None) -> Due | None:
    """When a reminder is due next after a change of zone.

    The occasion that was coming keeps its day, even if its hour has passed in the new zone, unless the message would be
    of no use there any more because the day itself is over.
    """
    due = next_of(reminder, owner, now)
    # A correction of a guessed zone is no journey.
    if due is None or reminder.next_due is None or before is None or not before.zone_chosen:
        return due
    here = ZoneInfo(owner.timezone)
    coming = next_due(reminder.schedule, before, now)
    if coming is None:
        return due
    on_its_day = next(dues_from(reminder.schedule, owner, coming.on), None)
    if on_its_day is None or on_its_day.at >= due.at:
        return due
    useful = message_for(reminder, owner, on_its_day).useful_until > out_of_quiet(now, here, owner.quiet)
    return on_its_day if useful else due


def without_repeats(
    tx: Transaction, owner: Owner, coming: Mapping[Reminder, Due | None], now: datetime
) -> dict[Reminder, datetime | None]:
    """When each reminder is due, skipping an occasion whose message was made already: the same hour comes again for
    somebody who flies west, or who moves a digest to later on its day."""
    keys = {reminder: message_for(reminder, owner, due).key for reminder, due in coming.items() if due is not None}
    known = tx.outbox.existing_keys(list(keys.values())) if keys else set()

    def due_at(reminder: Reminder, due: Due | None) -> datetime | None:
        if due is not None and keys[reminder] in known:
            due = next_due(reminder.schedule, owner, max(due.at, now))
        return None if due is None else due.at

    return {reminder: due_at(reminder, due) for reminder, due in coming.items()}
