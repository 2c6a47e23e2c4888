"""The link that invites to a group: whoever comes by it may join."""

from __future__ import annotations

import secrets
from dataclasses import replace

from core.errors import NotFound
from core.model import Owner, OwnerType
from core.ports.store import Store, Transaction


async def invite(store: Store, chat_id: int, token: str, *, anew: bool = False) -> str:
    """The word in a group's link: the given `token` if there was none, or if it is to be `anew`; links with the old one
    lead nowhere then. Raises `NotFound` where there is no such group."""

    def work(tx: Transaction) -> str:
        owner = tx.owners.by_chat(chat_id, lock=True)
        if owner is None or owner.type is not OwnerType.GROUP:
            raise NotFound("chat_unknown", chat_id=chat_id)
        if owner.invite is not None and not anew:
            return owner.invite
        tx.owners.save(replace(owner, invite=token))
        return token

    return await store.write(work)


async def invited_to(store: Store, token: str) -> Owner | None:
    """The group that a link leads to; None for a word that is no group's, or no longer."""
    found = await store.read(lambda tx: tx.owners.by_invite(token)) if token else None
    if found is None or found.invite is None or not secrets.compare_digest(found.invite.encode(), token.encode()):
        return None
    return found
