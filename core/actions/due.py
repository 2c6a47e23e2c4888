"""What has become due: reminders make messages, each occasion one, in the same transaction in which they move on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.access import check_everywhere
from core.actions.publish import copies
from core.actions.reminders import next_due_of
from core.model import Owner
from core.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.reminders import PROMPTS, Message, NewMessage, Reminder, message_for
from core.schedule import out_of_quiet, past_and_next_due

logger = logging.getLogger(__name__)

LONGEST_OUTAGE = timedelta(days=100)
"""What was due longer ago is not gone through one by one."""
LATE = timedelta(minutes=5)
"""A prompt that is due for longer was held up by an outage."""
PUT_OFF = timedelta(hours=1)
"""For so long, what cannot be worked out is left alone."""

STALE = "was of no use any more when its turn came"
MISSED = "nobody was there to send it"
MERGED = "asked together with a later one"


async def make_due(store: Store, actor: Actor, now: datetime, limit: int) -> int:
    """Makes the messages of reminders that are due, and moves them on; gives how many there were: at most so many, but
    all of a person's at once.

    After an outage each gives its latest message that is still of use; a person gets one prompt for all that they
    would have been asked meanwhile. Those of no use any more are recorded as dropped, and so is how many earlier ones
    each reminder missed.
    """
    check_everywhere(actor, Act.OPERATE)
    return await store.write(lambda tx: _make_due(tx, now, limit))


async def something_is_due(store: Store, actor: Actor, now: datetime) -> bool:
    """Whether a reminder is due: by an index, without a lock."""
    check_everywhere(actor, Act.OPERATE)
    due = await store.read(lambda tx: tx.reminders.next_due())
    return due is not None and due <= now


async def move_on_all(store: Store, actor: Actor, now: datetime, batch: int = 1000) -> int:
    """Works out anew when every reminder is due next, after the clock or the rules of a zone have changed; gives how
    many moved. What is overdue stays so."""
    check_everywhere(actor, Act.OPERATE)
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
            logger.exception("when reminder %s is due next cannot be worked out", reminder.id)
            continue
        if due != reminder.next_due:
            changes[reminder.id] = due
    tx.reminders.advance(changes)
    return (found[-1][0].id, len(changes)) if found else None


def _make_due(tx: Transaction, now: datetime, limit: int) -> int:
    found = tx.reminders.due(now, limit)
    if not found:
        return 0
    occasions: dict[int, tuple[_Occasions, Owner]] = {}
    moved: dict[int, datetime | None] = {}
    for reminder, owner in found:
        try:
            made, moved[reminder.id] = _occasions(reminder, owner, now)
        except Exception:
            # Such as a zone that is not there any more: one person's must not keep everyone else's waiting.
            logger.exception("reminder %s is put off: what is due cannot be worked out", reminder.id)
            made, moved[reminder.id] = None, now + PUT_OFF
        if made is not None:
            occasions[reminder.id] = made, owner
    tx.reminders.advance(moved)
    known = tx.outbox.known([message.key for each, _ in occasions.values() for message in each.messages])
    fresh = [
        (message, owner)
        for reminder_id, (each, owner) in occasions.items()
        for message in each.fresh(reminder_id, known)
    ]
    # Of those that are due together the earlier day's is asked first: a chat's are sent in the order of their making.
    fresh.sort(key=lambda each: each[0].on)
    in_channels = copies(tx, [each for each in fresh if each[0].kind.digest_of and each[0].dropped is None])
    tx.outbox.add([*_one_prompt_each(tx, [message for message, _ in fresh], now), *in_channels], now)
    return len(found)


@dataclass(frozen=True, slots=True)
class _Occasions:
    """The messages of all of a reminder's occasions up to now, in order. `cut_off`: there were earlier ones, in an
    outage that is not gone through."""

    messages: Sequence[NewMessage]
    cut_off: bool = False

    def fresh(self, reminder_id: int, known: set[str]) -> list[NewMessage]:
        """The latest's, unless it is there already; before it one record of all that were missed."""
        *missed, latest = self.messages
        missed = [message for message in missed if message.key not in known]
        record = []
        if missed:
            first, last = missed[0], missed[-1]
            count = f"more than {len(missed)}" if self.cut_off else f"{len(missed)}"
            reason = f"{MISSED}: {count}, from {first.on} to {last.on}"
            record = [replace(last, key=f"missed:{reminder_id}:{first.key}", dropped=reason)]
        return record if latest.key in known else [*record, latest]


def _occasions(reminder: Reminder, owner: Owner, now: datetime) -> tuple[_Occasions | None, datetime | None]:
    """(what a reminder's occasions up to now would say, if there are any; when it is due next)."""
    zone, first = ZoneInfo(owner.timezone), reminder.next_due or now
    since = max(first, now - LONGEST_OUTAGE)
    past, following = past_and_next_due(reminder.schedule, zone, since, now, owner.quiet)
    after = None if following is None else following.at
    if not past:
        return None, after
    *missed, last = (message_for(reminder, owner, due) for due in past)
    # What is late, after an outage, must not come in quiet hours either.
    at = out_of_quiet(now, zone, owner.quiet)
    latest = replace(last, due_at=at if at > now else last.due_at, dropped=STALE if last.useful_until <= at else None)
    return _Occasions([*missed, latest], cut_off=first < since), after


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
