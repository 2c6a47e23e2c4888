"""Buddies: one member confirms what another checks off. Check-offs count without it; the group sees which were
confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum

from core.actions.access import enter
from core.actions.cache import tree_of
from core.actions.living import note_change
from core.errors import NotFound, Refused
from core.goals.model import Entry, Member, Owner
from core.group.permissions import Act, Actor, Role, check
from core.group.records import Confirmation
from core.ports.store import Store, Transaction
from core.records import record


class AskResult(Enum):
    """The result of asking somebody to be one's buddy."""

    ASKED = "asked"
    ONESELF = "oneself"
    ALREADY = "already"


@record
class Pair:
    """A member and the buddy in question; None if there is none."""

    member: Member
    buddy: Member | None
    asked: AskResult = AskResult.ASKED


def confirming(
    members: Iterable[Member],
    leaves: Mapping[int, int | None],
    entries: Mapping[int, Sequence[Entry]],
    known: Mapping[int, Confirmation],
) -> tuple[dict[int, Member], frozenset[int]]:
    """(for each member the buddy who has not confirmed their day yet; the members whose day is confirmed). `leaves`
    maps each leaf to the member who owns it (None: everyone)."""
    by_id = {member.id: member for member in members}
    waits: dict[int, Member] = {}
    confirmed = set()
    for member in by_id.values():
        buddy = by_id.get(member.buddy_id or 0)
        own = done_by(member, leaves, entries) if buddy else []
        if buddy and own:
            if all(entry.id in known for entry in own):
                confirmed.add(member.id)
            else:
                waits[member.id] = buddy
    return waits, frozenset(confirmed)


def done_by(member: Member, leaves: Mapping[int, int | None], entries: Mapping[int, Sequence[Entry]]) -> list[Entry]:
    """The entries of a day by which a member says that they did something: on their own leaves and on shared ones."""
    return [
        entry
        for leaf, whose in leaves.items()
        if whose in (None, member.id)
        for entry in entries.get(leaf, ())
        if entry.author_id == member.user_id and entry.value and not entry.skipped
    ]


async def read_buddy(store: Store, actor: Actor) -> Pair:
    """The actor and their buddy. `Refused` for an actor who did not join."""

    def work(tx: Transaction) -> Pair:
        _, member = _member(tx, actor)
        return Pair(member, None if member.buddy_id is None else tx.members.by_id(member.buddy_id))

    return await store.read(work)


async def ask_buddy(store: Store, actor: Actor, buddy_id: int) -> Pair:
    """Asks a member to be the actor's buddy. They have to accept, and only one member is asked at a time. `Refused` for
    an actor who did not join, `NotFound` for a buddy who is not a present member."""

    def work(tx: Transaction) -> Pair:
        owner, member = _member(tx, actor)
        buddy = _present(tx, owner, buddy_id)
        if buddy.id == member.id:
            return Pair(member, buddy, AskResult.ONESELF)
        if member.buddy_id == buddy.id:
            return Pair(member, buddy, AskResult.ALREADY)
        tx.members.save(replace(member, asked_buddy_id=buddy.id))
        return Pair(member, buddy, AskResult.ASKED)

    return await store.write(work)


async def answer_buddy(store: Store, actor: Actor, member_id: int, now: datetime, *, accepts: bool) -> Pair:
    """Accepts or declines a request to be somebody's buddy; a refusal is not kept. `buddy` is the actor. `Refused` for
    anybody who was not asked, or is not asked any more."""

    def work(tx: Transaction) -> Pair:
        owner, buddy = _member(tx, actor)
        member = _present(tx, owner, member_id)
        if member.asked_buddy_id != buddy.id:
            raise Refused("buddy_not_asked")
        tx.members.save(replace(member, asked_buddy_id=None, buddy_id=buddy.id if accepts else member.buddy_id))
        if accepts:
            note_change(tx, owner, now)
        return Pair(member, buddy)

    return await store.write(work)


async def end_buddy(store: Store, actor: Actor, now: datetime) -> Pair:
    """Removes the actor's buddy. Returns who it was."""

    def work(tx: Transaction) -> Pair:
        owner, member = _member(tx, actor)
        buddy = None if member.buddy_id is None else tx.members.by_id(member.buddy_id)
        tx.members.save(replace(member, buddy_id=None, asked_buddy_id=None))
        note_change(tx, owner, now)
        return Pair(member, buddy)

    return await store.write(work)


@record
class Confirmed:
    """Whose entries were confirmed, and how many."""

    member: Member
    count: int


async def confirm(store: Store, actor: Actor, member_id: int, on: date, now: datetime) -> Confirmed:
    """Confirms, as their buddy, what a member did on a day. Raises `Refused` for anybody else."""

    def work(tx: Transaction) -> Confirmed:
        owner, buddy = _member(tx, actor)
        member = _present(tx, owner, member_id)
        check(Act.CONFIRM, {Role.MEMBER, Role.BUDDY} if member.buddy_id == buddy.id else {Role.MEMBER})
        trees = [tree_of(vision) for vision in tx.trees.visions_of(owner.id)]
        leaves = {leaf.id: leaf.member_id for tree in trees for leaf in tree.leaves() if on in tree.active(leaf)}
        mine = [leaf for leaf, whose in leaves.items() if whose in (None, member.id)]
        entries = tx.entries.of_leaves(mine, on, on) if mine else {}
        done = done_by(member, leaves, entries)
        note_change(tx, owner, now, on)
        return Confirmed(member, sum(tx.confirmations.add(entry.id, buddy.id, now) for entry in done))

    return await store.write(work)


def _member(tx: Transaction, actor: Actor) -> tuple[Owner, Member]:
    access = enter(tx, actor, Act.LOG)
    return access.owner, access.require_member()


def _present(tx: Transaction, owner: Owner, member_id: int) -> Member:
    member = tx.members.by_id(member_id)
    if member is None or member.owner_id != owner.id or not member.present:
        raise NotFound("member_gone")
    return member


def ids_of(entries: Mapping[int, Sequence[Entry]], members: Collection[Member]) -> list[int]:
    """The entries that may need a buddy's confirmation; none if nobody has a buddy."""
    if not any(member.buddy_id for member in members):
        return []
    return [entry.id for day in entries.values() for entry in day]
