"""The goals that a handler can look up in a chat: any other id does not exist, whatever a button says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.telegram.acts import permit
from bot.telegram.turn import Turn
from core.actions.reach import TreesInReach, read_trees_in_reach
from core.actions.read import read_trees, today_of
from core.errors import NotFound
from core.goals.model import Measure, Node, Owner
from core.goals.reading import Reading, TreeOnDay
from core.group.permissions import Act
from language.parsing.amounts import read_amount
from language.parsing.line import Context, KnownGoal, KnownGoals

S = TypeVar("S", bound=TreeOnDay)


async def readings_on(turn: Turn, on: date | None = None) -> list[Reading]:
    """This chat's trees on a day (default: its today)."""
    return await read_trees(turn.store, turn.actor, on or turn.today)


@dataclass(frozen=True)
class Reach:
    """The trees that a person's words in a chat may mean: the chat's own and, in a private chat, those of their
    groups."""

    own: Sequence[TreeOnDay]
    groups: Sequence[tuple[Owner, Sequence[TreeOnDay]]] = ()

    @cached_property
    def trees(self) -> list[TreeOnDay]:
        return [*self.own, *(tree for _, trees in self.groups for tree in trees)]

    @cached_property
    def goals(self) -> KnownGoals:
        """Every node by name; a group's nodes come under its title. Cached, since a message is read in several ways."""
        of_groups = [
            goal._replace(under=f"👥 {group.title}".strip()) for group, trees in self.groups for goal in goals_of(trees)
        ]
        return KnownGoals([*goals_of(self.own), *of_groups])

    def group_of(self, node_id: int) -> Owner | None:
        """The group that a node belongs to; None if it is the chat's own, or nowhere."""
        for group, trees in self.groups:
            if any(node_id in each.tree.nodes for each in trees):
                return group
        return None

    def chat_of(self, turn: Turn, node_id: int) -> int:
        """The chat in which a node is logged."""
        group = self.group_of(node_id)
        return group.chat_id if group else turn.chat_id

    def day_of(self, turn: Turn, node_id: int, on: date) -> date:
        """The day that a log without a day is about: the group's own today if the words are about today."""
        group = self.group_of(node_id)
        return today_of(group, turn.now) if group and on == turn.today else on


class KnownReach:
    """The trees in reach of a person, valid while `trees.shapes` is unchanged. Keeps the reach of the last day asked
    for."""

    def __init__(self, trees: TreesInReach) -> None:
        self.trees = trees
        self._reach: tuple[date, Reach] | None = None

    def on(self, on: date) -> Reach:
        """The reach of words on a day."""
        if self._reach is None or self._reach[0] != on:
            groups = [(group, [TreeOnDay(tree, on) for tree in trees]) for group, trees in self.trees.groups]
            self._reach = on, Reach([TreeOnDay(tree, on) for tree in self.trees.own], groups)
        return self._reach[1]


async def reach_on(turn: Turn, on: date | None = None) -> Reach:
    """The trees that words may mean on a day (default: the chat's today). They are read again only when one has
    changed. Raises `Refused`."""
    await permit(turn, Act.SEE)
    memory = turn.services.goals
    known: KnownReach | None = memory.get(turn.chat_id)
    if known is None or known.trees.shapes != turn.shapes:
        known = KnownReach(await read_trees_in_reach(turn.store, turn.actor))
        memory.keep(turn.chat_id, known, known.trees.nodes)
    return known.on(on or turn.today)


def goals_of(trees: Iterable[TreeOnDay]) -> list[KnownGoal]:
    """Every node that a log can name, in the order of the trees. The members' parts of an *each* goal are left out: one
    names the goal itself."""
    return [
        _goal(seen, node)
        for seen in trees
        for _, node in seen.tree.walk()
        if node.parent_id is None or seen.tree.nodes[node.parent_id].each is None
    ]


def leaves_below(trees: Iterable[TreeOnDay], node_id: int) -> list[KnownGoal]:
    """The active leaves below a node."""
    seen, node = find(trees, node_id)
    leaves = [_goal(seen, leaf) for leaf in seen.tree.loggable(node)]
    return [goal for goal in leaves if not goal.ended]


def find(trees: Iterable[S], node_id: int) -> tuple[S, Node]:
    """A node of this chat with its tree; raises `NotFound`."""
    for seen in trees:
        if node := seen.tree.nodes.get(node_id):
            return seen, node
    raise NotFound("goal_gone")


def goal_of(trees: Iterable[TreeOnDay], node_id: int) -> KnownGoal:
    """A node of this chat by its id; raises `NotFound`."""
    return _goal(*find(trees, node_id))


def amount_in(turn: Turn, goal: KnownGoal) -> Decimal:
    """The message, read as an amount of a goal. Raises `InvalidValue`."""
    return read_amount(turn.text, goal, context_of(turn))


def context_of(turn: Turn, about: date | None = None) -> Context:
    """The context in which words are read; `about` is the day that is meant where they name none."""
    w = turn.words
    clock = turn.sent_at.astimezone(ZoneInfo(turn.owner.timezone)).time()
    return Context(turn.written_on, turn.lexicon, about, w.decimal_comma, w.spaced_thousands, clock)


def _goal(seen: TreeOnDay, node: Node) -> KnownGoal:
    tree = seen.tree
    return KnownGoal(
        id=node.id,
        title=node.title,
        leaf=node.each is not None or tree.is_leaf(node),
        number=(node.each.measure if node.each else node.measure) is Measure.NUMBER,
        unit=node.unit,
        ended=seen.on not in tree.active(node),
        over=seen.on > tree.active(node).end,
        under=tree.nodes[node.parent_id].title if node.parent_id is not None else "",
    )
