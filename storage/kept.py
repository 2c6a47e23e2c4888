"""A process's cache of paths from earlier check-offs.

Each path has a shape, and a user must check, where it reads or writes, that the vision still has that shape. So nothing
has to be invalidated when a tree changes, here or in another process.
"""

from __future__ import annotations

from typing import Any

from core.goals.model import Owner
from core.memory import Memory
from core.ports.check_offs import Route
from core.ports.store import Work
from core.ports.trees import VisionPath
from core.records import record

MOST = 16_384
"""The most nodes in the cache, about a kilobyte each: the paths of some thousand people."""


class NotDone(Exception):
    """A check-off could not be done on a cached path, and has to be done by `core.ports.store.Work.slowly`."""


@record
class KeptPath:
    """A path that `core.ports.store.Work.prepare` made from a vision with this shape, and its leaf."""

    vision_id: int
    leaf_id: int
    owner: Owner
    shape: int
    path: Any
    weight: int

    @classmethod
    def of(cls, vision: VisionPath, work: Work[Any, Any]) -> KeptPath:
        """Makes it from what was read for a check-off."""
        path = work.prepare(vision)
        return cls(vision.id, work.leaf_id(path), vision.owner, vision.shape, path, _weight_of(vision))


def _weight_of(vision: VisionPath) -> int:
    """A group's path also holds its members' presence: eight of these records weigh as much as a node."""
    return len(vision.nodes) + sum(map(len, vision.hidden.presence.values())) // 8


_Key = tuple[int, int, int | None]


def _key_of(route: Route) -> _Key:
    return route.chat_id, route.node_id, route.user_id


class KeptPaths:
    """The most recently used paths."""

    def __init__(self, most: int = MOST) -> None:
        self._paths: Memory[_Key, KeptPath] = Memory(most)

    def get(self, route: Route) -> KeptPath | None:
        """The remembered path, if any."""
        return self._paths.get(_key_of(route))

    def keep(self, route: Route, known: KeptPath) -> None:
        """Remembers a path, and forgets the least recently used ones."""
        self._paths.keep(_key_of(route), known, known.weight)

    def forget(self, route: Route) -> None:
        """Forgets a path."""
        self._paths.forget(_key_of(route))

    def clear(self) -> None:
        """Forgets all."""
        self._paths.clear()
