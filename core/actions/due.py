"""What has become due: reminders make messages, each occasion one, in the same transaction in which they move on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.publish import copies
from core.actions.reminders import next_due_of
from core.model import Owner
from core.ports import Store, Transaction
from core.reminders import PROMPTS, Message, NewMessage, Reminder, message_for
from core.schedule import last_and_next_due, out_of_quiet

log = logging.getLogger(__name__)

LONGEST_OUTAGE = timedelta(days=100)
"""What was due longer ago is not gone through one by one."""
LATE = timedelta(minutes=5)
"""A prompt that is due for longer was held up by an outage."""
PUT_OFF = timedelta(hours=1)
"""For so long, what cannot be worked out is left alone."""

STALE = "was of no use any more when its turn came"
MERGED = "asked together with a later one"


async def make_due(store: Store, now: datetime, limit: int) -> int:
    """Makes the messages of reminders that are due, and moves them on; gives how many there were: at most so many, but
    all of a person's at once.

    After an outage each gives its latest message that is still of use; a person gets one prompt for all that they
    would have been asked meanwhile. Those of no use any more are recorded as dropped.
    """
    return await store.write(lambda tx: _make_due(tx, now, limit))


async def something_is_due(store: Store, now: datetime) -> bool:
    """Whether a reminder is due: by an index, without a lock."""
    due = await store.read(lambda tx: tx.reminders.next_due())
    return due is not None and due <= now


async def move_on_all(store: Store, now: datetime, batch: int = 1000) -> int:
    """Works out anew when every reminder is due next, after the clock or the rules of a zone have changed; gives how
    many moved. What is overdue stays so."""
    moved, last = 0, 0
    while True:
        found = await store.write(lambda tx, last=last: _move_on(tx, now, last, batch))  # type: ignore[misc]
        if found is None:
            return moved
        last, moved = found[0], moved + found[1]


def _move_on(tx: Transaction, now: datetime, behind: int, batch: int) -> tuple[int, int] | None:
    """(id of the last of a batch, how many moved); None behind the last of all."""
    found = tx.reminders.after(behind, batch)
    changes = {}
    for reminder, owner in found:
        if reminder.next_due is not None and reminder.next_due <= now:
            continue
        try:
            due = next_due_of(reminder, owner, now)
        except Exception:
            log.exception("when reminder %s is due next cannot be worked out", reminder.id)
            continue
        if due != reminder.next_due:
            changes[reminder.id] = due
    tx.reminders.advance(changes)
    return (found[-1][0].id, len(changes)) if found else None


def _make_due(tx: Transaction, now: datetime, limit: int) -> int:
    found = tx.reminders.due(now, limit)
    if not found:
        return 0
    messages: list[tuple[NewMessage, Owner]] = []
    moved: dict[int, datetime | None] = {}
    for reminder, owner in found:
        try:
            message, moved[reminder.id] = _occasion(reminder, owner, now)
        except Exception:
            # Such as a zone that is not there any more: one person's must not keep everyone else's waiting.
            log.exception("reminder %s is put off: what is due cannot be worked out", reminder.id)
            message, moved[reminder.id] = None, now + PUT_OFF
        if message is not None:
            messages.append((message, owner))
    tx.reminders.advance(moved)
    known = tx.outbox.known([message.key for message, _ in messages])
    fresh = [(message, owner) for message, owner in messages if message.key not in known]
    in_channels = copies(tx, [(message, owner) for message, owner in fresh if message.kind.digest_of])
    tx.outbox.add([*_one_prompt_each(tx, [message for message, _ in fresh], now), *in_channels], now)
    return len(found)


def _occasion(reminder: Reminder, owner: Owner, now: datetime) -> tuple[NewMessage | None, datetime | None]:
    """(the message of a reminder's latest occasion up to now, when it is due next)."""
    since = max(reminder.next_due or now, now - LONGEST_OUTAGE)
    last, following = last_and_next_due(reminder.schedule, ZoneInfo(owner.timezone), since, now, owner.quiet)
    message = None if last is None else message_for(reminder, owner, last)
    if message is not None:
        # What is late, after an outage, must not come in quiet hours either.
        at = out_of_quiet(now, ZoneInfo(owner.timezone), owner.quiet)
        message = replace(
            message, due_at=at if at > now else message.due_at, dropped=STALE if message.useful_until <= at else None
        )
    return message, None if following is None else following.at


def _one_prompt_each(tx: Transaction, messages: Sequence[NewMessage], now: datetime) -> list[NewMessage]:
    """Of several prompts to one chat about a day only the latest is sent, and asks for what the others would have.

    One about another day is a question of its own (put off by quiet hours, or snoozed), unless it is late: after an
    outage nobody is asked more than once.
    """
    prompts: dict[int, list[NewMessage]] = {}
    for message in messages:
        if message.kind in PROMPTS and message.dropped is None:
            prompts.setdefault(message.chat_id, []).append(message)
    waiting: dict[int, list[Message]] = {}
    latest_day = {chat_id: max(message.on for message in of_chat) for chat_id, of_chat in prompts.items()}
    for unsent in tx.outbox.waiting_prompts(list(prompts), now) if prompts else ():
        if unsent.on == latest_day[unsent.chat_id] or unsent.after is None:
            waiting.setdefault(unsent.chat_id, []).append(unsent)
    tx.outbox.over([unsent for of_chat in waiting.values() for unsent in of_chat], MERGED, now)
    replaced: dict[str, NewMessage] = {}
    for chat_id, of_chat in prompts.items():
        *earlier, latest = sorted(of_chat, key=lambda message: (message.on, message.due_at))
        same_day = [message.nodes for message in (*earlier, *waiting.get(chat_id, ())) if message.on == latest.on]
        replaced[latest.key] = replace(latest, nodes=_all_of([latest.nodes, *same_day]))
        replaced |= {
            message.key: replace(message, dropped=MERGED)
            for message in earlier
            if message.on == latest.on or message.due_at < now - LATE
        }
    return [replaced.get(message.key, message) for message in messages]


def _all_of(branches: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The branches of several prompts; empty (all leaves) if one of them asks for all."""
    together = list(branches)
    return tuple(sorted({node for nodes in together for node in nodes})) if all(together) else ()
