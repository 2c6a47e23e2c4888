"""A group on a day: what there is to do, how far everyone is, and the amounts that the buttons of each goal offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from core.actions.access import enter
from core.actions.read import find_node, on_snapshot, owner_in, trees_of
from core.asking.amounts import looked_back_to
from core.goals.model import Entry, Member, Node, Owner
from core.goals.periods import local_date
from core.goals.reading import Reading
from core.group.permissions import Act, Actor
from core.group.round import LOOK_BACK, People, Round, RoundAsk, daily_each, round_of, streak_of
from core.ports.store import Store, Transaction
from core.records import record

MOST_LOOKED_AT = 50
"""The most leaves that are read for usual amounts, so that a goal with five hundred members is not read for all."""


@record
class Circle:
    """A group on a day, and how its members do. `entries` are those of the day, by leaf."""

    owner: Owner
    readings: tuple[Reading, ...]
    round: Round
    entries: Mapping[int, Sequence[Entry]]

    def leaves(self) -> dict[int, int | None]:
        """The leaves that are active on the day, each with the member who owns it (None: everyone)."""
        return {leaf.id: leaf.member_id for leaf in _active(self.readings)}

    def node_of(self, node_id: int) -> Node:
        """A node of one of the trees."""
        return find_node(self.readings, node_id)[1]

    def reading_of(self, node: Node) -> Reading:
        """The reading of the tree that a node is in."""
        return find_node(self.readings, node.id)[0]


async def read_circle(store: Store, actor: Actor, on: date) -> Circle:
    """The actor's group on a day. Raises `NotFound` and `Refused`."""
    return await on_snapshot(store, lambda tx: circle_of(tx, enter(tx, actor, Act.SEE).owner.chat_id, on))


def circle_of(tx: Transaction, chat_id: int, on: date, *, is_over: bool = False) -> Circle:
    """The same within a transaction; `is_over`: whatever is still open counts as missed. Raises `NotFound` and
    `CacheStale`."""
    owner, readings = owner_in(tx, chat_id), trees_of(tx, chat_id, on)
    trees = [reading.tree for reading in readings]
    leaves = [leaf.id for leaf in _active(readings)]
    watched = [node.id for _, node in daily_each(trees)]
    days = tx.cache.done_by_day(watched, on - LOOK_BACK, on) if watched else {}
    entries = tx.entries.of_leaves(leaves, on, on) if leaves else {}
    group_round = round_of(
        readings, _people(tx, owner, readings, on), entries, streak_of(trees, days, on, is_over=is_over), on
    )
    return Circle(owner, tuple(readings), group_round, entries)


def _people(tx: Transaction, owner: Owner, readings: Sequence[Reading], on: date) -> People:
    """The members on a day, and who joined on it: everyone who had joined and not left by then, and everyone with an
    own leaf on that day. So leaving and coming back change no past day."""
    own: dict[int | None, list[Node]] = defaultdict(list)
    for leaf in _active(readings):
        own[leaf.member_id].append(leaf)
    zone = ZoneInfo(owner.timezone)

    def day(instant: datetime) -> date:
        return local_date(instant, zone, owner.day_start)

    def was_in(member: Member) -> bool:
        if member.id in own:
            return True
        return day(member.joined_at) <= on and (member.left_at is None or on < day(member.left_at))

    def is_new(member: Member) -> bool:
        joined = day(member.joined_at)
        # Somebody who came back later counts as joined on the day that their first leaf begins.
        return joined == on or (joined > on and all(leaf.starts_on == on for leaf in own[member.id]))

    members = [member for member in tx.members.of_owner(owner.id, left_too=True) if was_in(member)]
    return People(
        members,
        frozenset(absence.member_id for absence in tx.absences.of_owner(owner.id, on, on)),
        frozenset(member.id for member in members if is_new(member)),
    )


def _active(readings: Iterable[Reading]) -> list[Node]:
    return [leaf for one in readings for leaf in one.tree.leaves() if one.on in one.tree.active(leaf)]


def logged_for(tx: Transaction, circle: Circle, asks: Iterable[RoundAsk]) -> Mapping[int, Sequence[Entry]]:
    """Recent entries on number goals, by goal: at most one statement."""
    alike = {ask.node.id: leaves_for_amounts(circle.reading_of(ask.node), ask.node) for ask in asks if not ask.is_check}
    leaves = {leaf for of_goal in alike.values() for leaf in of_goal}
    logged = logged_on(tx, leaves, circle.round.on) if leaves else {}
    return {goal: merged_entries(logged, of_goal) for goal, of_goal in alike.items()}


def leaves_for_amounts(reading: Reading, node: Node) -> list[int]:
    """The leaves whose entries give a goal's usual amounts: itself or, for an *each* goal, the members' own."""
    if node.each is None:
        return [node.id]
    active = (leaf.id for leaf in reading.tree.children(node) if reading.on in reading.tree.active(leaf))
    return list(islice(active, MOST_LOOKED_AT))


def logged_on(tx: Transaction, leaves: Collection[int], on: date) -> Mapping[int, Sequence[Entry]]:
    """Entries on leaves up to a day, by leaf, as far back as usual amounts are looked for."""
    return tx.entries.of_leaves(sorted(leaves), looked_back_to(on), on)


def merged_entries(logged: Mapping[int, Sequence[Entry]], leaves: Iterable[int]) -> list[Entry]:
    """Entries on several leaves, in the order of date, then logging."""
    return sorted((entry for leaf in leaves for entry in logged.get(leaf, ())), key=lambda entry: (entry.on, entry.id))
