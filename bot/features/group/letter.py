"""A nudge to a group's member who has a private chat with the bot."""

from __future__ import annotations

from datetime import datetime

from bot.features.group import nudge_view as view
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.day.circle import read_circle
from core.actions.members import memberships
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.goals.model import Owner
from core.group.permissions import Actor, Via
from language import i18n


async def nudge(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """The member's open goals in the group; not needed if none are open or they have left."""
    groups = await memberships(services.store, Actor.alone(message.chat_id, Via.SCHEDULER))
    member, group = next((pair for pair in groups if pair[0].id in message.nodes), (None, None))
    if member is None or group is None or not member.nudges:
        return NotNeeded("they are not in any more, or allow no nudges")
    circle = await read_circle(services.store, Actor.host(group.chat_id), message.on)
    left = [ask.node.title for ask in circle.round.asks if ask.is_open_for(member)]
    if not left:
        return NotNeeded("nothing is open")
    return Letter(view.privately(group.title, left, i18n.words(owner.locale, services.catalogues)))


FEATURE = Feature(letters={MessageKind.NUDGE_MEMBER: nudge})
