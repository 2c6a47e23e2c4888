"""Five people in a group, and its round."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from core.actions.owners import welcome
from core.actions.reminders import set_round
from core.goals.model import OwnerType
from core.group.permissions import Actor
from sandbox.objects import Chat, Json
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted

NAMES = ("Ann", "Ben", "Cleo", "Dan", "Eve")
PLAN = """\
Read more (from 2026-10-01)
  D: Read = 20 pages each
  D: Gym each
  D: Run = 5 km
"""
ROUND = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
NEXT = ROUND + timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


class Circle:
    """Five people in a group; the named ones have joined."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.talks = {name: stage.group("Friends", name) for name in NAMES}
        self.chat: Chat = self.talks["Ann"].chat

    def __getitem__(self, name: str) -> Talk:
        return self.talks[name]

    async def begin(self, *joined: str, plan: str = PLAN) -> Circle:
        await welcome(self.stage.store, Actor.host(self.chat.id), OwnerType.GROUP, "Friends", "en", self.stage.clock())
        await planted(self["Ann"], plan)
        for name in joined:
            await self[name].say("/join")
        await set_round(self.stage.store, Actor.host(self.chat.id), time(20), self.stage.clock())
        return self

    async def round(self, at: datetime = ROUND) -> Said:
        return (await self["Ann"].until(at))[-1]

    @property
    def shown(self) -> str:
        """The newest round as the chat shows it."""
        return str(self._last["text"])

    @property
    def buttons(self) -> list[str]:
        rows = self._last.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def _last(self) -> Json:
        answer = [m for m in self.chat.messages.values() if str(m.get("text", "")).startswith(("🔔", "🏁", "⤵️"))]
        return answer[-1]
