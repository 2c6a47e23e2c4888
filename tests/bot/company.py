"""Five people in a group, and how each of them speaks there."""

from __future__ import annotations

from core.goals.model import Member
from core.ports.store import Transaction
from sandbox.objects import Chat, author_id
from tests.bot.conftest import Said, Stage, text_of

NAMES = ("Anna", "Ben", "Cleo", "Dan", "Eve")
PLAN = "Together (from 2026-10-01)\n  D: Run = 5 km\n  D: Gym\n"


class Company:
    """Anna made the group; Ben, Cleo, Dan and Eve are in it. Each test decides who joins the bot's round."""

    def __init__(self, stage: Stage, title: str = "Friends") -> None:
        self.stage = stage
        self.talks = [stage.group(title, name) for name in NAMES]
        self.anna, self.ben, self.cleo, self.dan, self.eve = self.talks
        self.chat: Chat = self.anna.chat

    async def settled(self) -> Company:
        """Wait until everybody is there and the bot has said hello."""
        await self.stage.quiet()
        return self

    @property
    def bots(self) -> list[str]:
        """All messages of the bot in the group."""
        return [text_of(m) for m in self.chat.messages.values() if author_id(m) == 1]

    async def as_group(self, text: str) -> list[Said]:
        """Anna writes in the name of the group."""
        return await self.anna._after(lambda: self.stage.world.say("Anna", self.chat, text, sender_chat=self.chat))

    async def members(self) -> list[Member]:
        """The members, in the order of joining."""

        def joined(tx: Transaction) -> list[Member]:
            owner = tx.owners.by_chat(self.chat.id)
            return tx.members.of_owner(owner.id) if owner else []

        return await self.stage.store.read(joined)
