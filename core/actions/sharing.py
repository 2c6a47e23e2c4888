"""Sharing one's own goals with a group: starting, showing and ending it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.actions.access import check_everywhere, enter, user_of
from core.actions.read import find_node, on_snapshot, today_of, trees_of
from core.errors import CapReached, NotFound, Refused
from core.goals.model import Member, Owner, OwnerType
from core.goals.reading import Reading
from core.group.permissions import Act, Actor, Role, check
from core.group.records import Share
from core.group.sharing import MOST, SHOWN_AFTER_END, SharedLine, SharedView, lines_of
from core.ports.store import Store, Transaction
from core.records import record


@record
class Own:
    """A share as its owner sees it: the goal's title, and the group."""

    share: Share
    title: str
    group: Owner


async def groups_to_share_with(store: Store, actor: Actor) -> list[Owner]:
    """The groups that a person is a member of."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    memberships = await store.read(lambda tx: tx.members.of_user(user_of(actor)))
    return [owner for _, owner in memberships if owner.type is OwnerType.GROUP]


async def preview(store: Store, actor: Actor, node_id: int, now: datetime, *, whole: bool) -> tuple[SharedLine, ...]:
    """The lines that others would see of one of the actor's goals. `NotFound` for any other, `Refused` for one that has
    ended."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    reading, node = find_node(await _trees_of_person(store, user_of(actor), now), node_id)
    if reading.tree.active(node).end < reading.on:
        raise Refused("ended_goal")
    return lines_of(reading, node, whole=whole)


async def share(
    store: Store, actor: Actor, group_id: int, node_id: int, now: datetime, *, whole: bool
) -> tuple[Share, Owner]:
    """Shows a goal of the actor's private chat to a group that they are a member of. Sharing it again changes how much
    is shown.

    `group_id` is the id of the group's owner. `NotFound` for a goal or a group that is not there, `Refused` for
    somebody who is no member, another's goal and one that has ended, `CapReached` for too many.
    """

    def work(tx: Transaction) -> tuple[Share, Owner]:
        member, group = _membership(tx, user_id, group_id)
        vision = tx.trees.path(user_id, node_id)
        roles = ({Role.MEMBER} if member else set()) | ({Role.SHARER} if vision else set())
        check(Act.SHARE, roles)
        assert member is not None, "who may share is a member"
        there = tx.shares.of_member(member.id)
        if len(there) >= MOST and all(one.node_id != node_id for one in there):
            raise CapReached("shares_full", count=len(there))
        return tx.shares.put(node_id, group.id, member.id, whole, now), group

    user_id = user_of(actor)
    await preview(store, actor, node_id, now, whole=whole)
    return await store.write(work)


def _membership(tx: Transaction, user_id: int, group_id: int) -> tuple[Member | None, Owner]:
    for member, owner in tx.members.of_user(user_id):
        if owner.id == group_id and owner.type is OwnerType.GROUP:
            locked = tx.owners.by_chat(owner.chat_id, lock=True)  # nobody leaves meanwhile
            now_in = tx.members.by_id(member.id)
            return (now_in if now_in and now_in.present else None), locked or owner
    raise Refused("not_here")


async def own_shares(store: Store, actor: Actor) -> list[Own]:
    """The actor's shares, in the order of sharing."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)

    def work(tx: Transaction) -> list[Own]:
        shares = tx.shares.of_user(user_id)
        private = tx.owners.by_chat(user_id)
        if not shares or private is None:
            return []
        groups = {owner.id: owner for _, owner in tx.members.of_user(user_id, left_too=True)}
        titles = {node.id: node.title for vision in tx.trees.visions_of(private.id) for node in vision.nodes}
        return [
            Own(one, titles[one.node_id], groups[one.owner_id])
            for one in shares
            if one.node_id in titles and one.owner_id in groups
        ]

    return await store.read(work)


async def unshare(store: Store, actor: Actor, share_id: int) -> Own:
    """Ends one of the actor's shares at once. `NotFound` for any other."""
    own = next((one for one in await own_shares(store, actor) if one.share.id == share_id), None)
    if own is None:
        raise NotFound("share_gone")
    await store.write(lambda tx: tx.shares.remove([share_id]))
    return own


async def shown_in(
    store: Store, actor: Actor, now: datetime, *, page: int, size: int
) -> tuple[list[SharedView], int, int]:
    """(one page of the goals that a group sees, in the order of sharing; the number of that page; the number of pages).
    A page behind the last is the last one. The trees below the goals are not included."""
    seen = await _seen(store, actor, now)
    pages = max(1, -(-len(seen) // size))
    page = min(page, pages - 1)
    return await _shown(store, seen[page * size : (page + 1) * size], now, whole=False), page, pages


async def shown_tree(store: Store, actor: Actor, share_id: int, now: datetime) -> SharedView:
    """One goal that a group sees, with the tree below it if that is shared. `NotFound` if they do not see it."""
    seen = [(one, member) for one, member in await _seen(store, actor, now) if one.id == share_id]
    views = await _shown(store, seen, now, whole=True)
    if not views:
        raise NotFound("share_gone")
    return views[0]


async def _seen(store: Store, actor: Actor, now: datetime) -> list[tuple[Share, Member]]:
    def look(tx: Transaction) -> list[tuple[Share, Member]]:
        group = enter(tx, actor, Act.SEE_SHARE).owner
        return tx.shares.seen_by(group.id, today_of(group, now) - SHOWN_AFTER_END)

    return await store.read(look)


async def _shown(store: Store, seen: Sequence[tuple[Share, Member]], now: datetime, *, whole: bool) -> list[SharedView]:
    """The visible shares. Each sharer's trees are read once, on their own today; a goal that is not in them is left
    out."""
    trees: dict[int, Sequence[Reading]] = {}
    views = []
    for one, member in seen:
        if member.user_id not in trees:
            trees[member.user_id] = await _trees_of_person(store, member.user_id, now)
        try:
            reading, node = find_node(trees[member.user_id], one.node_id)
        except NotFound:
            continue
        views.append(SharedView(one, member, lines_of(reading, node, whole=whole and one.whole)))
    return views


async def _trees_of_person(store: Store, user_id: int, now: datetime) -> list[Reading]:
    """The trees of a person's private chat, whose id is the person's. The person is the actor or shares some of
    them."""

    def look(tx: Transaction) -> list[Reading]:
        private = tx.owners.by_chat(user_id)
        if private is None or private.type is not OwnerType.PRIVATE:
            return []
        return trees_of(tx, user_id, today_of(private, now))

    return await on_snapshot(store, look)
