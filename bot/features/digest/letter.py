"""The digest as a message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.features.digest import view
from bot.features.digest.picture import picture
from bot.pictures.model import Picture
from bot.pictures.painter import NotPainted
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from bot.telegram.turn import Turn
from core.actions.digest import read_digest
from core.actions.farewell import ended_within, take_leave
from core.actions.sent import last_sent, read_sent_as, shorter_beside
from core.asking.delivery import NotNeeded
from core.asking.reminders import DIGEST_OF_LEVEL, Message, MessageKind
from core.asking.silence import ASKED_WHETHER
from core.digest.model import Digest
from core.digest.when import period_for
from core.goals.model import Level, Owner, OwnerType
from core.goals.periods import Period
from core.group.permissions import Actor
from language import i18n

INVITED_EVERY = timedelta(days=28)
"""A chat without goals is invited to plant some, at most this often."""


async def digest(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """Words a scheduled digest as of the day it was due, even if it is late. Without goals it is an invitation, unless
    a digest or an invitation was sent in the four weeks before. A period before the first goal gets no digest. Says
    farewell to a vision that has ended, once."""
    level = message.kind.digest_of
    if level is None:
        raise ValueError(f"{message.kind} is no digest")
    period = period_for(level, message.on, owner.week_start)
    if await _is_covered(services, message, level, period, owner.week_start):
        return NotNeeded("that period was told already")
    figures = await read_digest(services.store, Actor.host(owner.chat_id), level, period, message.on)
    in_channel = message.chat_id != owner.chat_id
    ended = await take_leave(services.store, Actor.host(), message)
    if not ended and (idle := await _idle(services, owner, message, figures)):
        return idle
    shorter = await _shorter(services, owner, level, message.on)
    shown = view.ShownBeside(owner_title(owner), ended=ended, talks=not in_channel, shorter=shorter)
    painter = services.painter

    async def paint(asked: Picture) -> bytes | None:
        if painter is None or message.words_first:
            raise NotPainted
        return await painter.paint_in_time(asked)

    return await _letter(services, owner, figures, shown, paint if painter else None)


async def late_picture(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """The picture of a digest whose text was sent before, as a reply to it. Raises `NotPainted`."""
    words = await services.store.read(lambda tx: tx.outbox.by_id(message.after or 0, message.chat_id))
    level = None if words is None else words.kind.digest_of
    painter = services.painter
    if words is None or level is None or painter is None:
        return NotNeeded("there is nothing to draw")
    period = period_for(level, message.on, owner.week_start)
    figures = await read_digest(services.store, Actor.host(owner.chat_id), level, period, message.on)
    w = i18n.words(owner.locale, services.catalogues)
    painted = await painter.paint_in_time(picture(figures, w, owner_title(owner), owner.week_start))
    if painted is None:
        return NotNeeded("the picture cannot be drawn")
    return Letter("", picture=painted, reply_to=words.message_id, silent=True)


async def digest_of(services: Services, actor: Actor, owner: Owner, level: Level, period: Period, on: date) -> Letter:
    """A digest that an actor asked for, as of a day."""
    figures = await read_digest(services.store, actor, level, period, on)
    ended = await ended_within(services.store, actor, period, on)
    invites = not figures.is_over  # perhaps there have been goals since
    painter = services.painter
    shown = view.ShownBeside(owner_title(owner), invites, ended=ended)
    return await _letter(services, owner, figures, shown, painter.paint if painter else None)


async def included_digests(services: Services, owner: Owner, level: Level, message_id: int) -> list[Digest]:
    """The digests of shorter periods that were included in a scheduled digest, found by Telegram's id of its message;
    empty for a digest that somebody asked for."""
    sent = await read_sent_as(services.store, Actor.host(owner.chat_id), message_id)
    if sent is None or sent.kind.digest_of is not level:
        return []
    return await _shorter(services, owner, level, sent.on)


async def _idle(services: Services, owner: Owner, message: Message, figures: Digest) -> NotNeeded | None:
    """The reason to send no digest of a period in which nothing was logged; None to send it."""
    if owner.unanswered >= ASKED_WHETHER and view.nothing_logged(figures):
        return NotNeeded("they were asked whether to go on, and have not answered")
    if figures.is_empty:
        return await _without_goals(services, owner, message, figures)
    return await _unchanged(services, owner, figures, message.on) if view.nothing_logged(figures) else None


async def _without_goals(services: Services, owner: Owner, message: Message, figures: Digest) -> NotNeeded | None:
    """The reason not to invite people to plant a goal; None to invite them."""
    if figures.begins_on is not None:
        return NotNeeded("the goals began after that period")
    if message.chat_id != owner.chat_id or await _came_lately(services, message):
        return NotNeeded("no goals, and the invitation came lately")
    return None


async def _unchanged(services: Services, owner: Owner, figures: Digest, on: date) -> NotNeeded | None:
    """The reason to send no digest of empty days: everything was paused, or the period before was empty too."""
    if view.all_paused(figures):
        return NotNeeded("everything was paused")
    before = period_for(figures.level, figures.period.start, owner.week_start)
    earlier = await read_digest(services.store, Actor.host(owner.chat_id), figures.level, before, on)
    is_same = not earlier.is_empty and view.nothing_logged(earlier)
    return NotNeeded("nothing was logged, as in the period before") if is_same else None


async def _shorter(services: Services, owner: Owner, level: Level, on: date) -> list[Digest]:
    """The digests of shorter periods, from months up, that were due on the same day and are included in this one."""
    actor, shorter = Actor.host(owner.chat_id), []
    for kind in await shorter_beside(services.store, actor, level, on):
        if kind.digest_of is not None:
            period = period_for(kind.digest_of, on, owner.week_start)
            shorter.append(await read_digest(services.store, actor, kind.digest_of, period, on))
    return shorter


async def _letter(
    services: Services,
    owner: Owner,
    figures: Digest,
    shown: view.ShownBeside,
    paint: Callable[[Picture], Awaitable[bytes | None]] | None,
) -> Letter:
    w = i18n.words(owner.locale, services.catalogues)
    letter = Letter(*view.digest(figures, w, shown))
    if figures.is_empty or view.nothing_logged(figures) or paint is None:
        return letter  # a picture of empty days encourages nobody
    try:
        painted = await paint(picture(figures, w, shown.whose, owner.week_start))
    except NotPainted:
        return replace(letter, owes_picture=True)
    if painted is None and shown.talks:
        return replace(letter, keyboard=(*letter.keyboard, (view.draw_button(figures, w),)))
    return replace(letter, picture=painted)


async def picture_of(turn: Turn, level: Level, period: Period) -> bytes | None:
    """The picture of a digest that came without one; None if it cannot be drawn now either."""
    figures = await read_digest(turn.store, turn.actor, level, period, turn.today)
    painter, owner = turn.services.painter, turn.owner
    if figures.is_empty or painter is None:
        return None
    return await painter.paint(picture(figures, turn.words, owner_title(owner), owner.week_start))


def owner_title(owner: Owner) -> str:
    """A group's title; empty for a person, who knows their own name."""
    return owner.title if owner.type is OwnerType.GROUP else ""


async def _came_lately(services: Services, message: Message) -> bool:
    on = await _last_sent(services, message, DIGEST_OF_LEVEL.values())
    return on is not None and message.on - on < INVITED_EVERY


async def _is_covered(services: Services, message: Message, level: Level, period: Period, week_start: int) -> bool:
    """Whether an earlier digest covered the whole period, as when the digest was moved to a later day since."""
    on = await _last_sent(services, message, [message.kind])
    return on is not None and period.end <= on < message.on and period_for(level, on, week_start) == period


async def _last_sent(services: Services, message: Message, kinds: Iterable[MessageKind]) -> date | None:
    return await last_sent(services.store, Actor.host(), message.chat_id, kinds)


FEATURE = Feature(letters=dict.fromkeys(DIGEST_OF_LEVEL.values(), digest) | {MessageKind.PICTURE: late_picture})
