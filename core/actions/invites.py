"""The invitation link of a group: whoever follows it may join."""

from __future__ import annotations

import secrets
from dataclasses import replace

from core.actions.access import check_everywhere, enter
from core.errors import NotFound
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction


async def invite(store: Store, actor: Actor, token: str, *, renew: bool = False) -> str:
    """The token in the invitation link of the actor's group. The given `token` becomes it if there was none, or if
    `renew`: links with the old one then lead nowhere. Raises `NotFound` where there is no such group, and `Refused`."""

    def work(tx: Transaction) -> str:
        owner = enter(tx, actor, Act.SETTINGS, lock=True).owner
        if owner.type is not OwnerType.GROUP:
            raise NotFound("chat_unknown", chat_id=actor.chat_id)
        if owner.invite is not None and not renew:
            return owner.invite
        tx.owners.save(replace(owner, invite=token))
        return token

    return await store.write(work)


async def invited_to(store: Store, actor: Actor, token: str) -> Owner | None:
    """The group that a link leads a person to; None for an unknown or outdated token."""
    check_everywhere(actor, Act.OWN_AFFAIRS)
    owner = await store.read(lambda tx: tx.owners.by_invite(token)) if token else None
    if owner is None or owner.invite is None or not secrets.compare_digest(owner.invite.encode(), token.encode()):
        return None
    return owner
