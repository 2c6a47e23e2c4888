"""The contents of a group's round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from operator import attrgetter

from core.actions.access import enter
from core.actions.buddies import confirming, ids_of
from core.actions.day.circle import Circle, circle_of, logged_for, logged_on
from core.actions.read import on_snapshot, today_of
from core.asking.amounts import usual_amounts
from core.asking.reminders import Message
from core.goals.model import Entry, Member, Node
from core.group.notes import readable_by
from core.group.permissions import Act, Actor
from core.group.round import MemberPart, MemberState, Round, RoundAsk, narrowed, offers_of
from core.ports.store import Store, Transaction
from core.records import record


@record
class SaidNote:
    """A note that a member wrote on what they logged."""

    member: Member
    title: str
    note: str


@record
class RoundSheet:
    """The contents of a round.

    `offers` are the totals that a number goal's buttons set; `waits` maps members to the buddies who have still to
    confirm what they did, `confirmed` holds the members whose buddies did. `is_over`: it has ended; `goes_on`: a later
    round of the day asks for the same. `notes` are what members wrote on the day, as far as the group may read it; only
    for a round that is over.
    """

    asked: Message
    round: Round
    today: date
    offers: Mapping[int, tuple[Decimal, ...]]
    waits: Mapping[int, Member]
    confirmed: frozenset[int]
    notes: tuple[SaidNote, ...] = ()
    is_over: bool = False
    goes_on: bool = False

    @property
    def on(self) -> date:
        """The day that it is about."""
        return self.asked.on

    @property
    def waiting(self) -> list[Member]:
        """The members whose buddies have still to confirm what they did."""
        by_id = {part.member.id: part.member for part in self.round.members}
        return [by_id[member_id] for member_id in self.waits if member_id in by_id]


def round_sheet(tx: Transaction, asked: Message, now: datetime, *, is_over: bool = False) -> RoundSheet:
    """The current contents of a round; `is_over`: it ends now. Raises `NotFound` and `CacheStale`."""
    is_over = is_over or now >= asked.useful_until
    circle = circle_of(tx, asked.chat_id, asked.on, is_over=is_over)
    asked_round = narrowed(circle.round, circle.readings, asked.nodes)
    logged = logged_for(tx, circle, asked_round.asks)
    waits, confirmed = _confirming(tx, circle)
    later = [one for one in tx.outbox.rounds(asked.chat_id, asked.on) if one.id > asked.id and one.on == asked.on]
    return RoundSheet(
        asked,
        asked_round,
        today_of(circle.owner, now),
        {
            ask.node.id: offers_of(ask, asked.on, logged[ask.node.id])
            for ask in asked_round.asks
            if ask.node.id in logged
        },
        waits,
        confirmed,
        _notes(circle, asked_round) if is_over else (),
        is_over,
        gives_way(asked, later),
    )


@record
class OwnPart:
    """A goal of a round that is open for a member. `usual` is their usual total for a day; None if there is none above
    what they have."""

    node: Node
    is_check: bool
    usual: Decimal | None

    @property
    def at_once(self) -> Decimal | None:
        """The amount to which "all done" sets it; None without a usual amount, and for a limit, whose value only they
        know."""
        return None if self.node.is_limit else Decimal(1) if self.is_check else self.usual


async def read_own_parts(store: Store, actor: Actor, message: Message) -> list[OwnPart]:
    """The *each* goals of a round that are open for the actor. Raises `NotFound` and `Refused`."""

    def work(tx: Transaction) -> list[OwnPart]:
        circle = circle_of(tx, enter(tx, actor, Act.LOG).owner.chat_id, message.on)
        asked_round = narrowed(circle.round, circle.readings, message.nodes)
        own = [(ask, part) for ask in asked_round.asks for part in ask.parts if _is_open_with(actor, ask, part)]
        leaves = {
            child.parent_id: child.id
            for ask, part in own
            for child in circle.reading_of(ask.node).tree.children(ask.node)
            if child.member_id == part.member.id
        }
        logged = logged_on(tx, leaves.values(), message.on) if leaves else {}
        return [_own_part(ask, part, logged.get(leaves.get(ask.node.id, 0), ()), message.on) for ask, part in own]

    return await on_snapshot(store, work)


def _is_open_with(actor: Actor, ask: RoundAsk, part: MemberPart) -> bool:
    return not ask.is_shared and part.member.user_id == actor.user_id and part.state is MemberState.OPEN


def _own_part(ask: RoundAsk, part: MemberPart, logged: Sequence[Entry], on: date) -> OwnPart:
    usual = next(iter(usual_amounts(entry for entry in logged if entry.on < on)), Decimal(0))
    return OwnPart(ask.node, ask.is_check, usual if usual > part.amount else None)


def _notes(circle: Circle, asked_round: Round) -> tuple[SaidNote, ...]:
    """The notes of members on the goals of a round, in the order of logging."""
    members = [part.member for part in asked_round.members]
    by_user = {member.user_id: member for member in members}
    asked = {ask.node.id: ask.node.title for ask in asked_round.asks}
    of_all = sorted(chain.from_iterable(circle.entries.values()), key=attrgetter("id"))
    said = []
    for entry in readable_by(of_all, members, None):
        node = circle.node_of(entry.node_id)
        title = asked.get(node.id) or asked.get(node.parent_id or 0)
        if entry.note and title and entry.author_id in by_user:
            said.append(SaidNote(by_user[entry.author_id], title, entry.note))
    return tuple(said)


def gives_way(earlier: Message, later: Iterable[Message]) -> bool:
    """Whether one of the later rounds of the day asks for everything that an earlier one does."""
    return any(not one.nodes or (earlier.nodes and set(earlier.nodes) <= set(one.nodes)) for one in later)


def _confirming(tx: Transaction, circle: Circle) -> tuple[Mapping[int, Member], frozenset[int]]:
    members = [part.member for part in circle.round.members]
    ids = ids_of(circle.entries, members)
    return confirming(members, circle.leaves(), circle.entries, tx.confirmations.of_entries(ids) if ids else {})
