"""The message to a group whose digests can no longer go to a channel."""

from __future__ import annotations

from datetime import datetime

from bot.features.share import publish_view as view
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.publish import list_publications
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.goals.model import Owner
from core.group.permissions import Actor
from language import i18n


async def unpublished(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """Names the channel; not needed if the group has stopped it itself."""
    there = await list_publications(services.store, Actor.host(owner.chat_id))
    ended = next((one for one in there if one.id in message.nodes), None)
    if ended is None:
        return NotNeeded("the group ended it itself")
    return Letter(view.shut_out(ended.title, i18n.words(owner.locale, services.catalogues)))


FEATURE = Feature(letters={MessageKind.UNPUBLISHED: unpublished})
