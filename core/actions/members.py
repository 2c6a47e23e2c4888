"""Joining a group and leaving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.actions.absences import end_absences
from core.actions.access import Access, check_everywhere, enter, user_of
from core.actions.each import settle
from core.actions.living import note_change
from core.actions.read import today_of
from core.errors import NotFound
from core.goals.model import Member, Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record


@record
class Joined:
    """A present member; `new` is False if they were in already. `each` are the titles of the *each* goals that they do
    now."""

    member: Member
    new: bool
    each: tuple[str, ...]


async def read_members(store: Store, actor: Actor) -> list[Member]:
    """The members of the actor's group, in the order of joining. Raises `Refused`."""
    return await store.read(lambda tx: tx.members.of_owner(enter(tx, actor, Act.SEE).owner.id))


async def read_member(store: Store, actor: Actor) -> Member:
    """The actor as a member of their group. `Refused` for somebody who did not join."""
    return await store.read(lambda tx: enter(tx, actor, Act.LOG).require_member())


async def memberships(store: Store, actor: Actor) -> list[tuple[Member, Owner]]:
    """The membership of a person in each of their groups."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    return await store.read(lambda tx: tx.members.of_user(user_id))


async def join(store: Store, actor: Actor, name: str, now: datetime) -> Joined:
    """Makes the actor a member of the group, with a leaf of their own below every *each* node from today on. Somebody
    who comes back gets their earlier leaves. Raises `NotFound` where there is no such group, and `Refused`."""
    user_id = user_of(actor)
    return await store.write(lambda tx: _join(tx, _group(tx, actor, Act.JOIN).owner, user_id, name, now))


def _join(tx: Transaction, owner: Owner, user_id: int, name: str, now: datetime) -> Joined:
    before = tx.members.by_user(owner.id, user_id)
    member = tx.members.join(owner.id, user_id, name, now)
    if before is None or not before.present or before.name != name:
        settle(tx, owner, today_of(owner, now), now)
    today = today_of(owner, now)
    each = [
        node.title
        for vision in tx.trees.visions_of(owner.id)
        for node in vision.nodes
        if node.each is not None and (node.ends_on is None or node.ends_on >= today)
    ]
    note_change(tx, owner, now)
    return Joined(member, before is None or not before.present, tuple(each))


async def leave(store: Store, actor: Actor, now: datetime) -> Member:
    """Ends the actor's membership with their shares and own leaves: with today if something was logged today, else with
    yesterday. Their entries stay. `Refused` for somebody who is no present member."""

    def work(tx: Transaction) -> Member:
        access = _group(tx, actor, Act.LEAVE)
        member = access.require_member()
        let_out(tx, access.owner, member, now)
        return member

    return await store.write(work)


def let_out(tx: Transaction, owner: Owner, member: Member, now: datetime) -> None:
    """Ends a membership of a locked group. Their shares end for good, even if they come back."""
    note_change(tx, owner, now)  # while they are in, so that their own prompt loses the group's tasks
    end_absences(tx, owner, member, today_of(owner, now), now)
    tx.shares.remove([share.id for share in tx.shares.of_member(member.id)])
    tx.members.leave(member.id, now)
    settle(tx, owner, today_of(owner, now), now)


async def renamed(store: Store, actor: Actor, name: str, now: datetime) -> None:
    """Changes a person's name in all of their groups, and on their leaves there."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)

    def work(tx: Transaction) -> None:
        groups = [owner for member, owner in tx.members.of_user(user_id) if member.name != name]
        tx.members.rename(user_id, name)
        for owner in groups:
            settle(tx, owner, today_of(owner, now), now)
            note_change(tx, owner, now)

    await store.write(work)


async def allow_name(store: Store, actor: Actor, allowed: bool) -> Member:
    """Sets whether sheets that leave the group may hold the actor's name. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> Member:
        changed = replace(enter(tx, actor, Act.LOG).require_member(), named=allowed)
        tx.members.save(changed)
        return changed

    return await store.write(work)


async def show_notes(
    store: Store, actor: Actor, allowed: bool, now: datetime, *, also_the_last: bool = False
) -> Member:
    """Sets whether the group may read the notes that the actor writes elsewhere, from now on; `also_the_last`:
    including the note that they were asked about. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> Member:
        member = enter(tx, actor, Act.LOG).require_member()
        since = (member.notes_asked_at or now) if also_the_last else now
        if allowed:
            changed = replace(member, notes_since=member.notes_since or since)
        else:
            changed = replace(member, notes_since=None, notes_asked_at=now)
        tx.members.save(changed)
        return changed

    return await store.write(work)


async def ask_about_notes(store: Store, actor: Actor, now: datetime) -> tuple[Member, bool]:
    """(the member who writes a note outside the group, whether to ask them if the group may read it). They are asked
    once, and again only for the same note, which is repeated if its reply did not get through. `Refused` for somebody
    who did not join."""

    def work(tx: Transaction) -> tuple[Member, bool]:
        member = enter(tx, actor, Act.LOG).require_member()
        if member.notes_since is not None:
            return member, False
        tx.members.save(replace(member, notes_asked_at=now))
        return member, member.notes_asked_at in (None, now)

    return await store.write(work)


def take_in(tx: Transaction, old: Owner, new: Owner, now: datetime) -> None:
    """Makes the members of one group members of another, which turned out to be the same group."""
    for member in tx.members.of_owner(old.id):
        _join(tx, new, member.user_id, member.name, now)


def _group(tx: Transaction, actor: Actor, act: Act) -> Access:
    # Locked, so that people who join at once get their leaves one after the other.
    access = enter(tx, actor, act, lock=True)
    if access.owner.type is not OwnerType.GROUP:
        raise NotFound("chat_unknown", chat_id=actor.chat_id)
    return access
