"""The goals of this chat as a handler looks them up: what is not among them is not there, whatever a button says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.i18n import Words
from bot.parsing.log_text import Goal
from bot.turn import Turn
from core.actions.read import read_trees
from core.errors import NotFound, Refused
from core.model import Measure, Node
from core.reading import Reading


async def readings_on(turn: Turn, on: date | None = None) -> list[Reading]:
    """This chat's trees on a day (default its today)."""
    return await read_trees(turn.store, turn.chat_id, on or turn.today)


def goals_of(readings: Iterable[Reading]) -> list[Goal]:
    """Every node as the words of a log may name it, in the order of the trees. What each one does is named as one:
    nobody is a goal."""
    return [
        _goal(reading, node)
        for reading in readings
        for _, node in reading.tree.walk()
        if node.parent_id is None or reading.tree.nodes[node.parent_id].each is None
    ]


def leaves_below(readings: Iterable[Reading], node_id: int) -> list[Goal]:
    """The leaves below a node that are active."""
    reading, node = find(readings, node_id)
    found = [_goal(reading, leaf) for leaf in reading.tree.loggable(node)]
    return [goal for goal in found if not goal.ended]


def find(readings: Iterable[Reading], node_id: int) -> tuple[Reading, Node]:
    """A node of this chat with its tree; raises `NotFound`."""
    for reading in readings:
        if node := reading.tree.nodes.get(node_id):
            return reading, node
    raise NotFound("That goal is not here (any more).")


def goal_of(readings: Iterable[Reading], node_id: int) -> Goal:
    """A node of this chat by its id; raises `NotFound`."""
    return _goal(*find(readings, node_id))


async def own_leaf(turn: Turn, readings: Iterable[Reading], node_id: int) -> tuple[Reading, Node]:
    """The leaf that whoever acts logs by this node: of what each one does, their own. Raises `NotFound`, and `Refused`
    for who did not join."""
    reading, node = find(readings, node_id)
    if node.each is None:
        return reading, node
    user_id, owner_id = turn.user_id, turn.owner.id
    member = None if user_id is None else await turn.store.read(lambda tx: tx.members.by_user(owner_id, user_id))
    if member is None or not member.present:
        raise Refused("anonymous" if user_id is None else "join_first")
    own = [child for child in reading.tree.children(node) if child.member_id == member.id]
    if not own:
        raise NotFound("That goal is not here (any more).")
    return reading, max(own, key=lambda leaf: (reading.on in reading.tree.active(leaf), leaf.starts_on or date.min))


def decimal_comma(w: Words) -> bool:
    """Whether a single comma parts decimals where the person lives."""
    symbols = w.locale.number_symbols
    return bool(symbols.get("latn", symbols).get("decimal") == ",")


def _goal(reading: Reading, node: Node) -> Goal:
    tree = reading.tree
    return Goal(
        id=node.id,
        title=node.title,
        leaf=node.each is not None or tree.is_leaf(node),
        number=(node.each.measure if node.each else node.measure) is Measure.NUMBER,
        unit=node.unit,
        ended=reading.on not in tree.active(node),
        under=tree.nodes[node.parent_id].title if node.parent_id is not None else "",
    )
