"""The digest as a message: read, painted, worded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.features.digest import view
from bot.features.digest.picture import picture
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.digest import read_digest
from core.actions.farewell import Farewell, ended_within, take_leave
from core.asking.delivery import NotNeeded
from core.asking.reminders import DIGEST_OF_LEVEL, Message, MessageKind
from core.digest import Digest, period_for
from core.goals.model import Level, Owner, OwnerType
from core.goals.periods import Period
from core.group.permissions import Actor
from language import i18n

INVITED_EVERY = timedelta(days=28)
"""A chat without goals is invited to plant some, but not week after week."""


async def digest(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """Words a scheduled digest as of the day it was due, also when it comes late. Where there are no goals it is an
    invitation, unless a digest (or an invitation) came in the four weeks before. It takes leave of a vision that has
    ended, once."""
    level = message.kind.digest_of
    if level is None:
        raise ValueError(f"{message.kind} is no digest")
    period = period_for(level, message.on, owner.week_start)
    if await _is_told(services, message, level, period, owner.week_start):
        return NotNeeded("that period was told already")
    found = await read_digest(services.store, Actor.host(owner.chat_id), level, period, message.on)
    in_channel = message.chat_id != owner.chat_id
    ended = await take_leave(services.store, Actor.host(), message, now)
    if found.is_empty and not ended and (in_channel or await _came_lately(services, message)):
        return NotNeeded("no goals, and the invitation came lately")
    return await _letter(services, owner, found, ended, invites=True, talks=not in_channel)


async def digest_of(services: Services, actor: Actor, owner: Owner, level: Level, period: Period, on: date) -> Letter:
    """A digest on an actor's demand, as of a day."""
    found = await read_digest(services.store, actor, level, period, on)
    ended = await ended_within(services.store, actor, period, on)
    return await _letter(services, owner, found, ended, invites=not found.is_over)  # perhaps there are goals since


async def _letter(
    services: Services, owner: Owner, found: Digest, ended: Sequence[Farewell], *, invites: bool, talks: bool = True
) -> Letter:
    w = i18n.words(owner.locale, services.catalogues)
    whose = whose_title(owner)
    letter = Letter(*view.digest(found, w, view.Shown(whose, invites, ended=ended, talks=talks)))
    if found.is_empty or view.nothing_logged(found) or services.painter is None:
        return letter  # a picture of empty days is no encouragement
    return replace(letter, picture=await services.painter.paint(picture(found, w, whose, owner.week_start)))


def whose_title(owner: Owner) -> str:
    """A group's title; nobody needs to be told their own name."""
    return owner.title if owner.type is OwnerType.GROUP else ""


async def _came_lately(services: Services, message: Message) -> bool:
    on = await _last_sent(services, message, DIGEST_OF_LEVEL.values())
    return on is not None and message.on - on < INVITED_EVERY


async def _is_told(services: Services, message: Message, level: Level, period: Period, week_start: int) -> bool:
    """Whether a digest said how the whole period went, as where it was moved to a later day since."""
    on = await _last_sent(services, message, [message.kind])
    return on is not None and period.end <= on < message.on and period_for(level, on, week_start) == period


async def _last_sent(services: Services, message: Message, kinds: Iterable[MessageKind]) -> date | None:
    return await services.store.read(lambda tx: tx.outbox.last_sent(message.chat_id, kinds))


FEATURE = Feature(letters=dict.fromkeys(DIGEST_OF_LEVEL.values(), digest))
