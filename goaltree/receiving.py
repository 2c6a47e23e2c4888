"""Receiving updates: Telegram posts them to the webhook, or one process polls for them."""

from __future__ import annotations

from bot.application import GoaltreeBot
from goaltree.settings import Settings


class Receiving:
    """The way in which a process receives updates. `alone`: no other process handles updates at the same time."""

    def __init__(self, settings: Settings, bot: GoaltreeBot, *, alone: bool) -> None:
        self._webhook = settings.webhook
        self._bot = bot
        self.is_for_one = alone or self._webhook is None
        """Whether only the leading process may start it: Telegram lets one process poll, not two."""

    async def start(self) -> None:
        """Start to handle and to receive."""
        await self._bot.begin_handling()
        if self._webhook:
            await self._bot.begin_webhook(self._webhook.url, self._webhook.secret)
        else:
            await self._bot.begin_polling()

    async def stop(self) -> None:
        """Stop polling. Updates received so far are still handled."""
        await self._bot.stop_polling()
