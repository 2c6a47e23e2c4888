"""Forgetting a person: their own data is erased, and only the figures stay that count for others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from core.actions.access import check_everywhere, user_of
from core.actions.cache import tree_of
from core.actions.members import let_out
from core.goals.model import Entry, Owner
from core.group.permissions import Act, Actor
from core.planning.document import dump_own_entries
from core.ports.store import Store, Transaction


async def groups_of(store: Store, actor: Actor) -> list[Owner]:
    """The groups that hold data of a person: those they are in, and those they have left."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)
    return [owner for _, owner in await store.read(lambda tx: tx.members.of_user(user_id, left_too=True))]


async def logged_in_groups(store: Store, actor: Actor) -> str | None:
    """Everything that a person logged in groups, with notes, as JSON for them to keep; None if they are in none."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)

    def work(tx: Transaction) -> list[tuple[str, list[tuple[str, Entry]]]]:
        with_logs = []
        for _, owner in tx.members.of_user(user_id, left_too=True):
            theirs: list[tuple[str, Entry]] = []
            for vision in tx.trees.visions_of(owner.id):
                tree = tree_of(vision)
                entries = [entry for entry in tx.entries.of_vision(vision.id) if entry.author_id == user_id]
                theirs += [(tree.called(tree.nodes[entry.node_id]), entry) for entry in entries]
            with_logs.append((owner.title, theirs))
        return with_logs

    groups = await store.read(work)
    return dump_own_entries(groups) if groups else None


async def forget(store: Store, actor: Actor, nobody: Callable[[Owner], str], now: datetime) -> None:
    """Erases a person everywhere, in one transaction. Their private chat goes with all that is in it. In groups their
    membership ends and is removed. Their own leaves keep figures and dates under the title that `nobody` gives, so that
    the group's sums and history stay true; their entries on shared goals lose their author. Nothing happens if the
    person is not known."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    user_id = user_of(actor)

    def work(tx: Transaction) -> None:
        known = tx.members.of_user(user_id, left_too=True)
        for member, owner in sorted(known, key=lambda one: one[1].id):
            group = tx.owners.by_chat(owner.chat_id, lock=True) or owner
            if member.present:
                let_out(tx, group, member, now)
        tx.entries.forget(user_id, sorted(owner.id for _, owner in known))
        tx.edits.forget(sorted(owner.id for _, owner in known))
        for member, owner in known:
            tx.members.remove(member.id, nobody(owner))
            tx.trees.count_change(owner.id)
        tx.publications.forget(user_id)
        tx.conversations.forget(user_id)
        tx.plan_messages.forget(user_id)
        tx.tokens.remove(user_id)
        tx.requests.forget(user_id)
        tx.outbox.forget(user_id)
        if private := tx.owners.by_chat(user_id, lock=True):
            tx.owners.remove(private.id)

    await store.write(work)
