"""The trees of the benchmarks, and check-offs that change everything from the leaf to the vision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from core.actions.log import log
from core.actions.logged import CheckOff, Log, LogOutcome
from core.actions.owners import change_settings, welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import Node, OwnerType
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store, Transaction

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
FIRST = date(2014, 1, 1)
DAY = timedelta(days=1)

BALANCED = """\
Live well (from 2014-01-01)
  Q: Be fit
    M: Train every month
      W: A full week
        W: Sport
          D: Run = 5 km
          D: Stretch
          D: Strength = 30 min
          D: Swim = 1 km
        W: Rest
          D: Sleep = 8 h
          D: Lights out by eleven
          D: No screens after ten
          D: Nap
      W: Eat well
        D: Vegetables = 5 portions
        D: Water = 2 l
    M: Health
      W: Weigh in = 1 times
      D: Vitamins
  Q: Learn
    M: Spanish
      D: Vocabulary = 20 words
      W: Conversation = 2 times
    M: Read a book
      D: Read = 20 pages
  P: A home that works
    M: Tidy up min
      W: Kitchen = 3 times
      W: Garden = 1 times
    M: Save = 300 eur
    W: Call the family = 2 times
"""
"""Some thirty nodes; eight leaves have five ancestors, nearly all of which have several children."""

PATH = 6


def broad(leaves: int) -> str:
    """The outline of a tree with that many leaves that have five ancestors, four per week."""
    lines = ["Live well (from 2014-01-01)", "  Q: Be fit", "    M: Train every month", "      W: A full week"]
    for week in range(leaves // 4):
        lines.append(f"        W: Part {week}")
        lines += [f"          D: Habit {week}.{day} = {day} km" for day in range(1, 5)]
    return "\n".join(lines)


def grown(nodes: int) -> str:
    """The outline of a tree of that many nodes in six levels, with as few children per node as possible."""
    fan = next(fan for fan in count(2) if sum(fan**depth for depth in range(PATH)) >= nodes)
    lines = ["Live well (from 2014-01-01)"]

    def add(depth: int, name: str) -> None:
        for number in range(1, fan + 1):
            if len(lines) < nodes:
                path = f"{name}{number}"
                target = f" = {number} km" if depth == PATH - 1 else ""
                lines.append(f"{'  ' * depth}{'★QMWWD'[depth]}: Part {path}{target}")
                if depth < PATH - 1:
                    add(depth + 1, f"{path}.")

    add(1, "")
    return "\n".join(lines)


def two_hundred() -> str:
    """The outline of a tree of 200 nodes in five levels."""
    lines = ["Live well (from 2014-01-01)"]
    for quarter in range(1, 5):
        lines.append(f"  Q: Area {quarter}")
        for month in range(1, 4):
            lines.append(f"    M: Aim {quarter}.{month}")
            for week in range(1, 4):
                lines.append(f"      W: Week {quarter}.{month}.{week}")
                lines += [f"        D: Habit {quarter}.{month}.{week}.{day} = {day} km" for day in range(1, 5)]
    lines += [f"  D: Extra {extra}" for extra in range(1, 4)]
    return "\n".join(lines)


async def check_offs_in(store: Store, chat_id: int) -> CheckOffs:
    """The check-offs of a new chat with a new balanced tree."""
    return CheckOffs(store, chat_id, deep_leaves(await planted(store, chat_id)))


async def planted(store: Store, chat_id: int, outline: str = BALANCED) -> Tree:
    """Plant a tree in a new chat."""
    await welcome(store, Actor.host(chat_id), OwnerType.PRIVATE, "Anna", "en", NOW)
    await change_settings(store, Actor.host(chat_id), NOW, timezone="Europe/Berlin")
    [made] = await plant(store, Actor.host(chat_id), parse_outline(outline, TODAY), TODAY, NOW)
    return made.tree


async def tree_of_chat(store: Store, chat_id: int) -> Tree:
    """The chat's tree."""
    [reading] = await read_trees(store, Actor.host(chat_id), TODAY)
    return reading.tree


async def ask_at(store: Store, chat_id: int, instant: datetime) -> None:
    """A check-in that is due in the minute of an instant."""
    minute = instant.replace(second=0, microsecond=0)

    def add(tx: Transaction) -> None:
        owner = tx.owners.by_chat(chat_id)
        assert owner
        at = minute.astimezone(ZoneInfo(owner.timezone)).time()
        reminder = Reminder(0, owner.id, MessageKind.CHECK_IN, Schedule(at), next_due=minute)
        tx.reminders.add(reminder, minute)

    await store.write(add)


def deep_leaves(tree: Tree) -> list[Node]:
    """The leaves that have five ancestors."""
    return [leaf for leaf in tree.leaves() if len(tree.ancestors(leaf)) == PATH - 1]


class CheckOffs:
    """One person's check-offs: each completes a new day of a leaf with five ancestors, in chronological order.

    So each writes an entry, the leaf, all of its ancestors and the streak; `next` raises if one did not.
    """

    def __init__(self, store: Store, chat_id: int, leaves: Sequence[Node], first: date = FIRST) -> None:
        self._store = store
        self._chat_id = chat_id
        self._coming = ((leaf, first + n * DAY) for leaf in leaves for n in range((TODAY - first).days + 1))

    async def next(self) -> CheckOff:
        """Check off the next day; after a leaf's last day, go on with the next leaf."""
        leaf, on = next(self._coming)
        source = f"{self._chat_id}:{leaf.id}-{on}:0"
        wanted = Log(leaf.id, on, value=leaf.target, source_key=source)
        result = await log(self._store, Actor.alone(self._chat_id), wanted, NOW)
        touched = sum(step.touched for step in result.steps)
        if result.outcome is not LogOutcome.LOGGED or touched != PATH or not result.steps[0].standing.streak:
            raise AssertionError(f"not a whole check-off: {result.outcome}, {touched} nodes touched")
        return result
