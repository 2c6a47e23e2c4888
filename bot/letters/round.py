"""A group's round and its round-up: read as things stand, sent once, and kept up to date by the editor."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot import i18n
from bot.editor import Face, NotYet
from bot.letters import Letter, Shown
from bot.turn import Services
from bot.views.round import Sheet, message
from core.actions.buddies import confirming, ids_of
from core.actions.read import today_of
from core.actions.round import Circle, read_round
from core.asking import target_and_half, usual_amounts
from core.delivery import NotNeeded
from core.model import Entry, Owner, OwnerType
from core.periods import DAY
from core.ports.store import Store, Transaction
from core.progress import contribution
from core.reminders import Message, MessageState
from core.round import Ask, narrowed

LOOK_BACK = timedelta(days=14)
"""How far back the amounts that people log are looked for; in big groups only the day's own."""
_BIG = 50
_OFFERED = 3
NOTHING = "nothing is asked of anybody"


async def check_in(services: Services, owner: Owner, asked: Message, now: datetime) -> Letter | NotNeeded:
    """The round of a day; none where nothing is to be done. Earlier rounds of the day that ask for no more give way."""
    sheet = await sheet_of(services.store, owner, asked, now)
    if not sheet.round.asks:
        return NotNeeded(NOTHING)
    for earlier in await services.store.read(lambda tx: tx.outbox.rounds(asked.chat_id, asked.on)):
        if earlier.id < asked.id and earlier.on == asked.on and gives_way(earlier, [asked]):
            touch(services, earlier)
    return Letter(*message(sheet, i18n.words(owner.locale, services.catalogues)))


async def round_up(services: Services, owner: Owner, due: Message, now: datetime) -> Letter | Shown | NotNeeded:
    """The round becomes the round-up; where it cannot be changed any more, the round-up is a message of its own."""
    after = due.after or 0
    asked = await services.store.read(lambda tx: tx.outbox.by_id(after, due.chat_id))
    if asked is None:
        return NotNeeded("its round is not remembered")
    sheet = await sheet_of(services.store, owner, asked, now, is_over=True)
    if sheet.goes_on or not sheet.round.asks:
        return NotNeeded("a later round ends the day" if sheet.goes_on else NOTHING)
    if asked.message_id is not None and await touch(services, asked):
        return Shown(asked.message_id)
    return Letter(*message(sheet, i18n.words(owner.locale, services.catalogues)))


def gives_way(earlier: Message, later: Iterable[Message]) -> bool:
    """Whether one of the later rounds of the day asks for all that an earlier one does."""
    return any(not one.nodes or (earlier.nodes and set(earlier.nodes) <= set(one.nodes)) for one in later)


async def sheet_of(
    store: Store, owner: Owner, asked: Message, now: datetime, *, stamp: int = 0, is_over: bool = False
) -> Sheet:
    """What a round shows as things stand now."""
    circle = await read_round(store, owner.chat_id, asked.on)
    found = narrowed(circle.round, circle.readings, asked.nodes)
    of_day = await store.read(
        lambda tx: [one for one in tx.outbox.rounds(owner.chat_id, asked.on) if one.on == asked.on]
    )
    later = [one for one in of_day if one.id > asked.id]
    members, leaves = [part.member for part in circle.round.members], leaves_of(circle)
    known = {}
    if ids := ids_of(circle.entries, members):
        known = await store.read(lambda tx: tx.confirmations.of_entries(ids))
    waits, confirmed = confirming(members, leaves, circle.entries, known)
    return Sheet(
        asked,
        found,
        today_of(owner, now),
        await _offers(store, circle, [ask for ask in found.asks if ask.is_open and not ask.is_check]),
        waits,
        confirmed,
        is_over or now >= asked.useful_until,
        gives_way(asked, later),
        stamp,
    )


def leaves_of(circle: Circle) -> dict[int, int | None]:
    """Whose each leaf is that is active on the day; None: everyone's."""
    on = circle.round.on
    return {
        leaf.id: leaf.member_id
        for reading in circle.readings
        for leaf in reading.tree.leaves()
        if on in reading.tree.active(leaf)
    }


async def _offers(store: Store, circle: Circle, asks: Sequence[Ask]) -> Mapping[int, Sequence[Decimal]]:
    """What the buttons of number goals set a person's day to: the target, half of it, and what people log most."""
    leaves = {ask.node.id: _leaves(circle, ask) for ask in asks}
    wanted = [leaf for of_ask in leaves.values() for leaf in of_ask]
    logged: Mapping[int, Sequence[Entry]] = circle.entries
    if 0 < len(wanted) <= _BIG:
        on = circle.round.on
        first = on - LOOK_BACK if on > date.min + LOOK_BACK else date.min
        logged = await store.read(lambda tx: tx.entries.of_leaves(wanted, first, on))
    found = {}
    for ask in asks:
        entries = sorted((e for leaf in leaves[ask.node.id] for e in logged.get(leaf, ())), key=lambda e: (e.on, e.id))
        found[ask.node.id] = _amounts(circle, ask, entries)
    return found


def _leaves(circle: Circle, ask: Ask) -> list[int]:
    if ask.is_shared:
        return [ask.node.id]
    trees = [reading.tree for reading in circle.readings if ask.node.id in reading.tree.nodes]
    return [child.id for tree in trees for child in tree.children(ask.node) if circle.round.on in tree.active(child)]


def _amounts(circle: Circle, ask: Ask, entries: Sequence[Entry]) -> list[Decimal]:
    usual = usual_amounts(entries)
    if ask.is_shared:
        on = circle.round.on
        day = [entry for entry in entries if entry.on == on]
        tree = next(reading.tree for reading in circle.readings if ask.node.id in reading.tree.nodes)
        targets = target_and_half(ask.standing, contribution(tree.measure(ask.node), day)) if not usual else []
        offered = [*usual, *targets]
    else:
        target = ask.node.target_for(ask.standing.period.end)
        offered = [*([] if target is None else [target]), *usual, *([] if target is None else [target / 2])]
        offered = [
            value for value in offered if value == value.to_integral_value() or value in usual or value == target
        ]
    return list(dict.fromkeys(value for value in offered if value > 0))[:_OFFERED]


# --- keeping it up to date ---


def touch(services: Services, asked: Message, update_id: int = 0, message_id: int | None = None) -> Awaitable[bool]:
    """Has a round's message show how things stand. `message_id` is its number, where that is known already."""

    async def render(stamp: int) -> Face | None:
        owner, found = await services.store.read(
            lambda tx: (tx.owners.by_chat(asked.chat_id), tx.outbox.by_id(asked.id, asked.chat_id))
        )
        if owner is None or found is None:
            return None
        number = found.message_id or message_id
        if number is None and found.state is MessageState.SENDING:
            raise NotYet
        if number is None:
            return None
        sheet = await sheet_of(services.store, owner, found, services.clock(), stamp=stamp)
        return Face(asked.chat_id, number, *message(sheet, i18n.words(owner.locale, services.catalogues)))

    return services.editor.touch(("round", asked.id), render, update_id)


async def follow(services: Services, chat_id: int, now: datetime, update_id: int = 0) -> None:
    """The rounds of a group that are about today or yesterday show what has changed. Nothing, where there are none."""

    def look(tx: Transaction) -> list[Message]:
        owner = tx.owners.by_chat(chat_id)
        if owner is None or owner.type is not OwnerType.GROUP:
            return []
        return tx.outbox.rounds(chat_id, today_of(owner, now) - DAY)

    rounds = await services.store.read(look)
    for asked in rounds:
        later = [one for one in rounds if one.id > asked.id and one.on == asked.on]
        if not gives_way(asked, later):
            touch(services, asked, update_id)
