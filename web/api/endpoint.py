"""What an endpoint is: where it is, what it takes and gives, and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from core.caps import Caps
from core.group.permissions import Actor
from core.ports.store import Store
from core.sources import api_key
from core.tokens import Scope
from web.api.shapes import Shape

Q = TypeVar("Q", bound=Shape)
B = TypeVar("B", bound=Shape)


class Nothing(Shape):
    """The body of a request that has none."""


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request, read and permitted: by whom, of which owner, with which parameters and which body.

    `key` is its `Idempotency-Key`, `known` the ETag of an answer that the caller has already.
    """

    store: Store
    actor: Actor
    now: datetime
    caps: Caps
    query: Q
    body: B
    key: str | None = None
    known: str | None = None

    @property
    def source_key(self) -> str | None:
        """The source key of what the request writes; None for a request without an `Idempotency-Key`."""
        return None if self.key is None else api_key(self.actor.chat_id or 0, self.actor.user_id, self.key)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: `content` as JSON, or nothing (None) but the status."""

    content: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path. The parameters of the path are fields of `query`, too."""

    method: str
    path: str
    scope: Scope
    answer: Callable[[Call[Any, Any]], Awaitable[Answer]]
    query: type[Shape]
    gives: type[Shape] | None
    body: type[Shape] = Nothing
    status: int = 200

    @property
    def path_names(self) -> list[str]:
        """The names of the parameters in the path."""
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def summary(self) -> str:
        """The first line of what the function says of itself."""
        return (self.answer.__doc__ or "").strip().partition("\n")[0]
