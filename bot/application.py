"""The running bot: inbox, lanes, dispatcher and poller around one connection to Telegram."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import cast

from telegram import ChatMember
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

from bot.faces import Faces
from bot.features import features
from bot.menus import tell_menus
from bot.options import BotOptions
from bot.pictures.painter import Painter
from bot.telegram.beginnings import Beginnings
from bot.telegram.calls import NotNow, reason_of
from bot.telegram.connections import Connections, certificates, single
from bot.telegram.dispatch import UNREADABLE, Dispatcher
from bot.telegram.gathering import Gathering
from bot.telegram.inbox import Inbox
from bot.telegram.lanes import Lanes
from bot.telegram.limited_bot import LimitedBot
from bot.telegram.limiter import Limiter
from bot.telegram.limits import SPARE
from bot.telegram.live_messages import LiveMessages
from bot.telegram.messenger import TelegramMessenger, rewrite
from bot.telegram.parsed import parsed
from bot.telegram.poller import ALLOWED_UPDATES, BAD_TOKEN, LONGEST_PAUSE, BotRefused, Poller
from bot.telegram.presence import is_in, membership_in
from bot.telegram.services import Services
from bot.telegram.setbacks import Setbacks
from bot.telegram.shown import Shown
from bot.telegram.updates import Json, chat_of, sent
from core.group.permissions import Role
from core.observing import AT_WORK, AtWork
from core.ports.store import Store, StoreUnavailable
from core.text import all_cleaned

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 100
"""How many updates Telegram may post to the webhook at once: the most that it allows. Each spends most of its time
waiting."""
PATIENCE_AT_STOP = 8.0


class GoaltreeBot:
    """The bot of one token on one store."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], token: str, options: BotOptions = BotOptions()
    ) -> None:
        server = options.base_url.rstrip("/")
        limits = options.limits
        trusted = certificates()
        limiter = Limiter(limits, options.observer) if limits else None
        self._gathering = Gathering(limiter.room, limits.per_group_minute) if limiter and limits else Gathering()
        self.bot = LimitedBot(
            limiter,
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=Connections(trusted),
            get_updates_request=single(trusted),  # never used: the poller has its own
        )
        self._painter = options.painter or Painter()
        self._shown = Shown(store)
        self._lanes: Lanes[Json] = Lanes(self._handle, sent)
        self._setbacks = Setbacks()
        self._live = LiveMessages(
            self._shown,
            Faces(store, clock, options.catalogues).of,
            partial(rewrite, self.bot),
            1 / limits.per_chat + SPARE if limits else 0.0,
            lambda chat_id: chat_id > 0 and self._lanes.is_busy(chat_id),
        )
        self.services = Services(
            store,
            clock,
            self._shown,
            Beginnings(store),
            options.allowed,
            options.catalogues,
            self._painter,
            options.observer,
            options.allowance,
            options.caps,
            gathering=self._gathering,
            has_api=options.has_api,
            app_url=options.app_url,
            address=options.address,
        )
        self.messenger = TelegramMessenger(
            self.services, self.bot, features().letters, limits.overall if limits else 0.0
        )
        self._dispatcher = Dispatcher(self.services, self.bot, features())
        self._inbox = Inbox(store, clock, self._lanes, self._live, options.locks)
        self._poller = Poller(partial(single, trusted), self.bot.base_url, self.receive)
        self._task: asyncio.Task[None] | None = None
        self._handling = False
        self._refused = asyncio.Event()

    @property
    def has_room(self) -> bool:
        """Whether it accepts updates: it handles them, is not stopping, and does not hold too many."""
        return self._handling and self._lanes.has_room

    @property
    def is_deaf(self) -> bool:
        """Whether it polls Telegram but has had no answer for two polls."""
        return self._poller.is_deaf

    @property
    def failed(self) -> bool:
        """Whether an unexpected error happened."""
        return self._dispatcher.failed or self._live.failed or self.services.asides.failed

    async def start(self) -> None:
        """Connects, handles updates and polls, all in this process. Raises `BotRefused`."""
        await self.connect()
        await self.begin_handling()
        await self.begin_polling()

    async def connect(self) -> None:
        """Connects to Telegram, waiting as long as it takes. Sending needs nothing else. Raises `BotRefused`."""
        await self._once_reachable(self.bot.initialize)

    async def begin_handling(self) -> None:
        """Begins to handle received updates, and those that an earlier run left. Idempotent."""
        if not self._handling:
            await self._inbox.resume()
            self._handling = True
            # In the background, so that people who wrote while the bot was down do not wait for it.
            self.services.asides.say(tell_menus(self.bot, self.services))

    async def roles_in(self, chat_id: int, user_id: int) -> frozenset[Role]:
        """The roles of a user in a chat according to Telegram; none if Telegram does not say."""
        try:
            member = await membership_in(self.bot, chat_id, user_id)
        except TelegramError as error:
            logger.warning("could not learn what user %s is in chat %s: %s", user_id, chat_id, reason_of(error))
            return frozenset()
        if member is None or not is_in(member):
            return frozenset()
        is_admin = member.status in (ChatMember.OWNER, ChatMember.ADMINISTRATOR)
        return frozenset({Role.OUTSIDER, Role.ADMIN} if is_admin else {Role.OUTSIDER})

    async def receive(self, updates: Sequence[Json]) -> None:
        """Takes updates as raw JSON; returns once they are stored and may be confirmed."""
        await self._inbox.take(updates)

    async def begin_polling(self) -> None:
        """Removes the webhook and polls Telegram from now on."""
        await self._once_reachable(self.bot.delete_webhook)
        self._task = asyncio.create_task(self._poll())

    async def begin_webhook(self, url: str, secret: str) -> None:
        """Has Telegram post updates to `url`, with the secret. The webhook stays set when this process ends, for
        another process or the next run."""
        await self._once_reachable(
            lambda: self.bot.set_webhook(
                url, secret_token=secret, max_connections=MOST_AT_ONCE, allowed_updates=ALLOWED_UPDATES
            )
        )

    async def stop_polling(self) -> None:
        """Stops polling. Updates received so far are stored."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def ended(self) -> None:
        """Waits until polling ends by itself, which happens only with `BotRefused`."""
        await self._refused.wait()
        if self._task:
            await self._task

    async def settle(self) -> None:
        """Waits until every received update is handled, answered and marked."""
        await self._idle()
        await self._inbox.flush()
        await self._shown.flush()

    async def stop(self) -> None:
        """Stops receiving and finishes the updates in hand; those that take too long are left to the next run."""
        self._handling = False
        await self.stop_polling()
        self._inbox.wind_down()
        try:
            async with asyncio.timeout(PATIENCE_AT_STOP):
                await self._idle()
        except TimeoutError:
            logger.warning("leaving %s updates to the next run", self._lanes.held)
            await self._lanes.cancel()
        await self._gathering.close()
        await self.services.asides.cancel()
        await self._live.close()
        await self._shown.close()
        await self._inbox.close()
        await self._painter.close()
        await self.bot.shutdown()

    async def _poll(self) -> None:
        try:
            await self._poller.run()
        except BotRefused:
            self._refused.set()
            raise

    async def _handle(self, update: Json) -> float | None:
        """Handles an update. Returns the seconds until it should be handled again if the store or Telegram was away."""
        begun, result, update_id = time.perf_counter(), UNREADABLE, int(update["update_id"])
        AT_WORK.set(AtWork(update_id, chat_of(update) or None))
        try:
            heard = parsed(cast(Json, all_cleaned(update)), self.bot)
        except Exception as error:
            logger.error("could not parse update %s: %s", update.get("update_id"), type(error).__name__)
        else:
            if (query := heard.callback_query) and query.message:
                self._live.tapped(query.message.chat.id, query.message.message_id)
            try:
                result = await self._dispatcher.handle(heard, is_repeated=self._setbacks.has(update_id))
            except (StoreUnavailable, NotNow) as error:
                pause = self._setbacks.pause_after(update_id, error)
                if pause is not None:
                    return pause
                result = await self._dispatcher.give_up(heard)
        self._setbacks.forget(update_id)
        self._gathering.once_said(update_id, partial(self._inbox.handled, update))
        kind = next((kind for kind in ALLOWED_UPDATES if kind in update), "other")
        self.services.observer.handled(kind, result, time.perf_counter() - begun)
        return None

    async def _idle(self) -> None:
        await self._lanes.idle()
        await self.services.asides.idle()
        await self._live.idle()

    async def _once_reachable(self, call: Callable[[], Awaitable[object]]) -> None:
        pause = 1.0
        while True:
            try:
                await call()
                return
            except InvalidToken as error:
                raise BotRefused(BAD_TOKEN) from error
            except NetworkError as error:
                if isinstance(error, BadRequest):
                    raise
                logger.warning("could not reach Telegram (%s), trying again in %s s", reason_of(error), pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
