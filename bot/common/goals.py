"""The goals of this chat as a handler looks them up: what is not among them is not there, whatever a button says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.telegram.turn import Turn
from core.actions.members import memberships
from core.actions.read import read_trees, today_of
from core.errors import NotFound
from core.goals.model import Measure, Node, Owner
from core.goals.reading import Reading
from language.parsing.amounts import read_amount
from language.parsing.line import Context, KnownGoal


async def readings_on(turn: Turn, on: date | None = None) -> list[Reading]:
    """This chat's trees on a day (default its today)."""
    return await read_trees(turn.store, turn.actor, on or turn.today)


@dataclass(frozen=True)
class Reach:
    """The trees that somebody's words in a chat may mean: the chat's own and, in a private chat, those of the groups
    that they are in."""

    own: Sequence[Reading]
    groups: Sequence[tuple[Owner, Sequence[Reading]]] = ()

    @property
    def readings(self) -> list[Reading]:
        """All of them."""
        return [*self.own, *(reading for _, readings in self.groups for reading in readings)]

    @cached_property
    def goals(self) -> list[KnownGoal]:
        """Every node by name; a group's stand under its title. A message is read by them in several ways."""
        of_groups = [
            goal._replace(under=f"👥 {group.title}".strip())
            for group, readings in self.groups
            for goal in goals_of(readings)
        ]
        return [*goals_of(self.own), *of_groups]

    def group_of(self, node_id: int) -> Owner | None:
        """The group that a node belongs to; None if it is the chat's own, or nowhere."""
        for group, readings in self.groups:
            if any(node_id in reading.tree.nodes for reading in readings):
                return group
        return None

    def chat_of(self, turn: Turn, node_id: int) -> int:
        """The chat in which a node is logged."""
        group = self.group_of(node_id)
        return group.chat_id if group else turn.chat_id

    def day_of(self, turn: Turn, node_id: int, on: date) -> date:
        """The day that a log without a day is about: a group's own today, where the words are of today."""
        group = self.group_of(node_id)
        return today_of(group, turn.now) if group and on == turn.today else on


async def reach_on(turn: Turn, on: date | None = None) -> Reach:
    """What words mean on a day (default the chat's today)."""
    own = await readings_on(turn, on)
    if not turn.is_private or turn.user_id is None:
        return Reach(own)
    groups = [group for _, group in await memberships(turn.store, turn.actor)]
    return Reach(
        own, [(group, await read_trees(turn.store, turn.actor_in(group.chat_id), on or turn.today)) for group in groups]
    )


def goals_of(readings: Iterable[Reading]) -> list[KnownGoal]:
    """Every node as the words of a log may name it, in the order of the trees. What each one does is named as one:
    nobody is a goal."""
    return [
        _goal(reading, node)
        for reading in readings
        for _, node in reading.tree.walk()
        if node.parent_id is None or reading.tree.nodes[node.parent_id].each is None
    ]


def leaves_below(readings: Iterable[Reading], node_id: int) -> list[KnownGoal]:
    """The leaves below a node that are active."""
    reading, node = find(readings, node_id)
    found = [_goal(reading, leaf) for leaf in reading.tree.loggable(node)]
    return [goal for goal in found if not goal.ended]


def find(readings: Iterable[Reading], node_id: int) -> tuple[Reading, Node]:
    """A node of this chat with its tree; raises `NotFound`."""
    for reading in readings:
        if node := reading.tree.nodes.get(node_id):
            return reading, node
    raise NotFound("goal_gone")


def goal_of(readings: Iterable[Reading], node_id: int) -> KnownGoal:
    """A node of this chat by its id; raises `NotFound`."""
    return _goal(*find(readings, node_id))


def amount_in(turn: Turn, goal: KnownGoal) -> Decimal:
    """The message as an amount of a goal. Raises `InvalidValue`."""
    return read_amount(turn.text, goal, context_of(turn))


def context_of(turn: Turn, about: date | None = None) -> Context:
    """What somebody's words are read with; `about`: the day that is meant where they name none."""
    w = turn.words
    clock = turn.sent_at.astimezone(ZoneInfo(turn.owner.timezone)).time()
    return Context(turn.written_on, turn.lexicon, about, w.decimal_comma, w.spaced_thousands, clock)


def _goal(reading: Reading, node: Node) -> KnownGoal:
    tree = reading.tree
    return KnownGoal(
        id=node.id,
        title=node.title,
        leaf=node.each is not None or tree.is_leaf(node),
        number=(node.each.measure if node.each else node.measure) is Measure.NUMBER,
        unit=node.unit,
        ended=reading.on not in tree.active(node),
        under=tree.nodes[node.parent_id].title if node.parent_id is not None else "",
    )
