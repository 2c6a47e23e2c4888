"""Trees for conversations, planted without the /plan dialogue."""

from __future__ import annotations

from datetime import date

from core.actions.members import join
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.goals.model import Node, OwnerType
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from tests.bot.conftest import Talk

STARTED = date(2026, 10, 1)
MARATHON = """Run a marathon (from 2026-10-01 until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
Feel strong (from 2026-10-01)
  W: Strength
    D: Gym
    D: Stretch [mon wed fri] x2
  W: Read 20 pages = 3 times
"""


async def planted(talk: Talk, outline: str = MARATHON, *, language: str = "en") -> dict[str, Node]:
    """Plant an outline in the chat with its settings; returns its nodes by title. In a group the person joins."""
    store, now = talk.stage.store, talk.stage.clock()
    kind = OwnerType.PRIVATE if talk.chat.type == "private" else OwnerType.GROUP
    await welcome(store, Actor.host(talk.chat_id), kind, "", language, now)
    await change_settings(store, Actor.host(talk.chat_id), now, timezone="UTC")
    made = await plant(store, Actor.host(talk.chat_id), parse_outline(outline, STARTED), STARTED, now)
    if kind is OwnerType.GROUP:
        await join(store, Actor.in_group(talk.chat_id, talk.person.id), talk.person.first_name, now)
    return {node.title: node for one in made for node in Tree(one.tree.nodes.values()).nodes.values()}
