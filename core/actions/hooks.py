"""Logging by the name of a goal, for phones and smart homes that know no ids and cannot answer questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from core.actions.log import log
from core.actions.logged import CheckOff, How, Log
from core.actions.read import read_owner, read_trees, today_of
from core.caps import CAPS, Caps
from core.errors import NotFound, RequestRefused
from core.goals.model import Node
from core.goals.reading import Reading
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.planning.names import match
from core.planning.titles import same_title
from core.ports.store import Store
from core.records import record

_MOST = 5
"""The most candidates that are named."""


@record
class NamedLog:
    """A log by the name of a goal; see `Log`. `on` is None for today."""

    name: str
    on: date | None = None
    how: How = How.ADD
    value: Decimal | None = None
    note: str | None = None
    source_key: str | None = None


@record
class _Known:
    """A goal that can be logged, with its names: its key, its title, and its path of titles."""

    tree: Tree
    node: Node

    @property
    def path(self) -> str:
        """The titles from the vision down."""
        return " / ".join([*reversed([one.title for one in self.tree.ancestors(self.node)]), self.node.title])

    def is_called(self, name: str) -> bool:
        """Whether a name is exactly this goal's."""
        return name == self.node.key or same_title(name, self.node.title) or same_title(name, self.path)


async def log_named(store: Store, actor: Actor, wanted: NamedLog, now: datetime, caps: Caps = CAPS) -> CheckOff:
    """Logs on the actor's goal with exactly this title, key or path. Raises `NotFound` if there is none and
    `RequestRefused` if there are several, each with the candidates, and what `log` raises."""
    today = today_of(await read_owner(store, actor), now)
    known = _loggable(await read_trees(store, actor, today))
    one = _meant(known, wanted.name)
    on = wanted.on or today
    fact = Log(one.node.id, on, wanted.how, wanted.value, wanted.note, wanted.source_key)
    return await log(store, actor, fact, now, caps)


def _meant(known: Sequence[_Known], called: str) -> _Known:
    meant = [one for one in known if one.is_called(called)]
    name = called[:100]
    if len(meant) > 1:
        raise RequestRefused("goal_ambiguous", name=name, candidates=[one.path for one in meant[:_MOST]])
    if meant:
        return meant[0]
    if nearest := _nearest(known, name):
        raise NotFound("goal_not_called", name=name, candidates=nearest[:_MOST])
    raise NotFound("goal_unnamed", name=name)


def _nearest(known: Sequence[_Known], name: str) -> list[str]:
    """The paths of the goals with similar names."""
    near = match(name, [(one.node.id, one.node.title) for one in known])
    return [one.path for one in known if one.node.id in (near.exact or near.nearest)]


def _loggable(readings: Sequence[Reading]) -> list[_Known]:
    return [_Known(reading.tree, node) for reading in readings for node in reading.tree.leaves()]
