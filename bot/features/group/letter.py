"""A nudge from a group, to one of its members who has spoken to the bot."""

from __future__ import annotations

from datetime import datetime

from bot.features.group import nudge_view as view
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.day.circle import read_circle
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.goals.model import Member, Owner
from core.group.permissions import Actor
from core.group.round import MemberState
from core.ports.store import Transaction
from language import i18n


async def nudge(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """What is open in the group still; nothing, where nothing is, or who was meant is not in any more."""

    def look(tx: Transaction) -> tuple[Member, Owner] | None:
        found = tx.members.of_user(message.chat_id)
        return next(((member, group) for member, group in found if member.id in message.nodes), None)

    found = await services.store.read(look)
    if found is None or not found[0].nudges:
        return NotNeeded("they are not in any more, or allow no nudges")
    member, group = found
    circle = await read_circle(services.store, Actor.host(group.chat_id), message.on)
    left = [
        ask.node.title
        for ask in circle.round.asks
        for part in ask.parts
        if part.member.id == member.id and part.state is MemberState.OPEN
    ]
    if not left:
        return NotNeeded("nothing is open")
    return Letter(view.privately(group.title, left, i18n.words(owner.locale, services.catalogues)))


FEATURE = Feature(letters={MessageKind.NUDGE_MEMBER: nudge})
