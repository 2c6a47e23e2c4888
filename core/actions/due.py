"""Due reminders: each occasion becomes one message, in the transaction that moves the reminder on."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.actions.access import check_everywhere
from core.actions.publish import copies
from core.actions.rescheduling import next_due_of
from core.asking.reminders import PROMPTS, Message, MessageKind, NewMessage, Reminder, message_for, still_there
from core.asking.schedule import out_of_quiet, past_and_next_due
from core.asking.silence import ASKED_WHETHER, MOST_UNANSWERED
from core.goals.model import Level, Owner
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record

logger = logging.getLogger(__name__)

LONGEST_OUTAGE = timedelta(days=100)
"""How far back missed occasions are counted one by one."""
LATE = timedelta(minutes=5)
"""A prompt that has been due for longer was delayed by an outage."""
PUT_OFF = timedelta(hours=1)
"""How long a reminder is put off if its occasions could not be computed."""

STALE = "was of no use any more when its turn came"
MISSED = "nobody was there to send it"
TOLD = "told together with that of a longer period"
UNHEARD = "waits until something is heard of the person"
MERGED = "asked together with a later one"


async def make_due(store: Store, actor: Actor, now: datetime, limit: int) -> int:
    """Makes the messages of due reminders, and moves the reminders on; returns how many there were: at most `limit`,
    but all of a person's at once.

    After an outage each reminder makes only its latest message that is still of use, and a person gets one prompt for
    everything that they would have been asked. Messages of no use any more are recorded as dropped, with the number of
    earlier ones that each reminder missed.
    """
    check_everywhere(actor, Act.OPERATE)
    return await store.write(lambda tx: _make_due(tx, now, limit))


async def something_is_due(store: Store, actor: Actor, now: datetime) -> bool:
    """Whether a reminder is due: by an index, without a lock."""
    check_everywhere(actor, Act.OPERATE)
    due = await store.read(lambda tx: tx.reminders.next_due())
    return due is not None and due <= now


async def move_on_all(store: Store, actor: Actor, now: datetime, batch: int = 1000) -> int:
    """Recomputes when every reminder is due next, after the clock or the rules of a zone have changed; returns how many
    moved. Overdue reminders stay overdue."""
    check_everywhere(actor, Act.OPERATE)
    moved, last = 0, 0
    while True:
        done = await store.write(lambda tx, last=last: _move_on(tx, now, last, batch))  # type: ignore[misc]
        if done is None:
            return moved
        last, moved = done[0], moved + done[1]


def _move_on(tx: Transaction, now: datetime, behind: int, batch: int) -> tuple[int, int] | None:
    """(id of the last reminder of a batch, how many moved); None once there are no more."""
    reminders = tx.reminders.page_after(behind, batch)
    changes = {}
    for reminder, owner in reminders:
        if reminder.next_due is not None and reminder.next_due <= now:
            continue
        try:
            due = next_due_of(reminder, owner, now)
        except Exception:
            logger.exception("could not work out when reminder %s is due next", reminder.id)
            continue
        if due != reminder.next_due:
            changes[reminder.id] = due
    tx.reminders.advance(changes)
    return (reminders[-1][0].id, len(changes)) if reminders else None


def _make_due(tx: Transaction, now: datetime, limit: int) -> int:
    due = tx.reminders.due(now, limit)
    if not due:
        return 0
    occasions: dict[int, tuple[_Occasions, Owner]] = {}
    moved: dict[int, datetime | None] = {}
    for reminder, owner in due:
        made, moved[reminder.id] = _occasions_or_put_off(reminder, owner, now)
        if made is not None:
            occasions[reminder.id] = made, owner
    tx.reminders.advance(moved)
    fresh = _fresh(tx, occasions)
    fresh = _longest_digests(_without_unanswered(tx, fresh))
    in_channels = copies(tx, [each for each in fresh if each[0].kind.digest_of and each[0].dropped is None])
    tx.outbox.add([*_one_prompt_each(tx, [message for message, _ in fresh], now), *in_channels], now)
    return len(due)


def _fresh(tx: Transaction, occasions: Mapping[int, tuple[_Occasions, Owner]]) -> list[tuple[NewMessage, Owner]]:
    """The messages that are not in the outbox yet, earlier days first: a chat's messages are sent in this order."""
    known = tx.outbox.existing_keys([message.key for each, _ in occasions.values() for message in each.messages])
    fresh = [
        (message, owner)
        for reminder_id, (each, owner) in occasions.items()
        for message in each.fresh(reminder_id, known)
    ]
    return sorted(fresh, key=lambda each: each[0].on)


def _without_unanswered(tx: Transaction, fresh: Sequence[tuple[NewMessage, Owner]]) -> list[tuple[NewMessage, Owner]]:
    """The messages without the prompts of people who have not answered for several evenings: they are asked once
    whether to go on, and then not at all."""
    kept, asked = list[tuple[NewMessage, Owner]](), set[int]()
    for message, owner in fresh:
        if message.kind is not MessageKind.CHECK_IN or message.dropped or owner.unanswered < MOST_UNANSWERED:
            kept.append((message, owner))
            continue
        kept.append((replace(message, dropped=UNHEARD), owner))
        if owner.unanswered == MOST_UNANSWERED and owner.id not in asked:
            asked.add(owner.id)
            tx.owners.count_unanswered(owner.id, ASKED_WHETHER)
            kept.append((still_there(message), owner))
    return kept


def _longest_digests(fresh: Sequence[tuple[NewMessage, Owner]]) -> list[tuple[NewMessage, Owner]]:
    """The messages with one digest at most per chat and day, weekly ones aside: the one of the longest period is sent,
    and mentions the others."""
    longest: dict[tuple[int, date], int] = {}
    for message, _ in fresh:
        level = message.kind.digest_of
        if level is not None and message.dropped is None:
            place = message.chat_id, message.on
            longest[place] = max(level.rank, longest.get(place, 0))

    def is_mentioned(message: NewMessage) -> bool:
        level, most = message.kind.digest_of, longest.get((message.chat_id, message.on), 0)
        return level is not None and message.dropped is None and Level.WEEKLY.rank < level.rank < most

    return [(replace(one, dropped=TOLD) if is_mentioned(one) else one, owner) for one, owner in fresh]


def _occasions_or_put_off(reminder: Reminder, owner: Owner, now: datetime) -> tuple[_Occasions | None, datetime | None]:
    """Calls `_occasions`, and puts the reminder off if it fails: a zone that no longer exists, say, must not keep
    everyone else waiting."""
    try:
        return _occasions(reminder, owner, now)
    except Exception:
        logger.exception("could not work out reminder %s, putting it off", reminder.id)
        return None, now + PUT_OFF


@record
class _Occasions:
    """The messages of all of a reminder's occasions up to now, in order. `cut_off`: an outage was so long that earlier
    occasions were not looked at."""

    messages: Sequence[NewMessage]
    cut_off: bool = False

    def fresh(self, reminder_id: int, known: set[str]) -> list[NewMessage]:
        """The latest message, unless it was made already, after one record for all that were missed."""
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
    """(a reminder's occasions up to now, if there are any; when it is due next)."""
    zone, first = ZoneInfo(owner.timezone), reminder.next_due or now
    since = max(first, now - LONGEST_OUTAGE)
    past, following = past_and_next_due(reminder.schedule, owner, since, now)
    after = None if following is None else following.at
    if not past:
        return None, after
    *missed, last = (message_for(reminder, owner, due) for due in past)
    # Messages that are late after an outage must not come in quiet hours either.
    at = out_of_quiet(now, zone, owner.quiet)
    latest = replace(last, due_at=at if at > now else last.due_at, dropped=STALE if last.useful_until <= at else None)
    return _Occasions([*missed, latest], cut_off=first < since), after


def _one_prompt_each(tx: Transaction, messages: Sequence[NewMessage], now: datetime) -> list[NewMessage]:
    """Merges several prompts to one chat about one day into the latest, which asks for all of them.

    A prompt about another day (put off by quiet hours, or snoozed) stays separate, unless it is late: after an outage
    nobody is asked more than once.
    """
    prompts: dict[int, list[NewMessage]] = {}
    for message in messages:
        if message.kind in PROMPTS and message.dropped is None:
            prompts.setdefault(message.chat_id, []).append(message)
    waiting = _merged_waiting(tx, prompts, now)
    changed: dict[str, NewMessage] = {}
    for chat_id, of_chat in prompts.items():
        changed |= {message.key: message for message in _merged(of_chat, waiting.get(chat_id, []), now)}
    return [changed.get(message.key, message) for message in messages]


def _merged_waiting(
    tx: Transaction, prompts: Mapping[int, Sequence[NewMessage]], now: datetime
) -> dict[int, list[Message]]:
    """Drops waiting prompts that a new one replaces, and returns them by chat."""
    if not prompts:
        return {}
    latest_day = {chat_id: max(message.on for message in of_chat) for chat_id, of_chat in prompts.items()}
    waiting: dict[int, list[Message]] = {}
    for unsent in tx.outbox.waiting_prompts(list(prompts), now):
        if unsent.on == latest_day[unsent.chat_id] or unsent.after is None:
            waiting.setdefault(unsent.chat_id, []).append(unsent)
    tx.outbox.mark_over([unsent for of_chat in waiting.values() for unsent in of_chat], MERGED, now)
    return waiting


def _merged(of_chat: Sequence[NewMessage], waiting: Sequence[Message], now: datetime) -> Iterator[NewMessage]:
    """A chat's new prompts, as far as they change: the latest asks for everything, earlier ones are dropped."""
    *earlier, latest = sorted(of_chat, key=lambda message: (message.on, message.due_at))
    before: list[NewMessage | Message] = [*earlier, *waiting]
    same_day = [message.nodes for message in before if message.on == latest.on]
    yield replace(latest, nodes=_all_of([latest.nodes, *same_day]))
    for message in earlier:
        if message.on == latest.on or message.due_at < now - LATE:
            yield replace(message, dropped=MERGED)


def _all_of(branches: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    """The branches of several prompts; empty (all leaves) if one of them asks for all."""
    together = list(branches)
    return tuple(sorted({node for nodes in together for node in nodes})) if all(together) else ()
