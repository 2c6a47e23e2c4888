"""A process's memory of the trees that it has checked something off in.

Whatever is remembered is told apart by its shape: who uses it makes sure, where it reads or writes, that the vision
still has that shape. So nothing has to be taken out when a tree changes, here or in another process.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.goals.model import Owner
from core.memory import Memory
from core.ports.check_offs import Route
from core.ports.store import Work
from core.ports.trees import VisionPath

MOST = 16_384
"""Nodes that are remembered, about a kilobyte each: the paths of some thousand people."""


@dataclass(frozen=True, slots=True)
class KeptPath:
    """A path as `core.ports.store.Work.prepare` made it of a vision of this shape."""

    vision_id: int
    owner: Owner
    shape: int
    path: Any
    weight: int

    @classmethod
    def of(cls, vision: VisionPath, work: Work[Any, Any]) -> KeptPath:
        """From what was read for a check-off."""
        return cls(vision.id, vision.owner, vision.shape, work.prepare(vision), _weight_of(vision))


def _weight_of(vision: VisionPath) -> int:
    """A group's path also holds who was there when: eight of these weigh as much as a node."""
    return len(vision.nodes) + sum(map(len, vision.hidden.presence.values())) // 8


_Key = tuple[int, int, int | None]


def _key_of(route: Route) -> _Key:
    return route.chat_id, route.node_id, route.user_id


class KeptPaths:
    """The paths that were used last."""

    def __init__(self, most: int = MOST) -> None:
        self._paths: Memory[_Key, KeptPath] = Memory(most)

    def get(self, route: Route) -> KeptPath | None:
        """The remembered path, if any."""
        return self._paths.get(_key_of(route))

    def keep(self, route: Route, known: KeptPath) -> None:
        """Remembers a path, and forgets those that were not used for longest."""
        self._paths.keep(_key_of(route), known, known.weight)

    def forget(self, route: Route) -> None:
        """Forgets a path."""
        self._paths.forget(_key_of(route))

    def clear(self) -> None:
        """Forgets all."""
        self._paths.clear()
