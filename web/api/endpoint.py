"""An endpoint: its path, its input and output, and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic_core import to_json

from core.caps import Caps
from core.group.permissions import Actor
from core.ports.store import Store
from core.ports.trees import TreesMark
from core.records import record
from core.sources import api_key
from core.tokens import Scope
from language.i18n import SOURCE, Words, words
from web.api.kept import Kept
from web.api.shapes import Shape

JSON = "application/json"
COST_OF_FILE = 20
"""How many ordinary requests a file counts as: reading a large one takes a second and a hundred megabytes."""

Q = TypeVar("Q", bound=Shape)
B = TypeVar("B", bound=Shape)


class Nothing(Shape):
    """An empty body."""


@record
class Call(Generic[Q, B]):
    """A request that was parsed and permitted.

    `key` is its `Idempotency-Key`, `known` the ETag of an answer that the caller has, `raw` the body's bytes (the file,
    if the endpoint takes one), `words` the caller's language, `kept` the cache of answers, and `mark` the state of the
    trees, if it was read already.
    """

    store: Store
    actor: Actor
    now: datetime
    caps: Caps
    query: Q
    body: B
    key: str | None = None
    known: str | None = None
    raw: bytes = b""
    words: Words = field(default_factory=lambda: words(SOURCE))
    kept: Kept = field(default_factory=Kept)
    mark: TreesMark | None = None

    @property
    def source_key(self) -> str | None:
        """The source key for what the request writes; None without an `Idempotency-Key`."""
        return None if self.key is None else api_key(self.actor.chat_id or 0, self.actor.user_id, self.key)


@record
class Answer:
    """The result of a request. `content` is sent as JSON, or unchanged if it is bytes; None sends only the status.
    `repeated`, if not None, replaces the content when the request is repeated with the same key."""

    content: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON
    repeated: object = None

    @property
    def body(self) -> bytes:
        """The bytes to send."""
        return self._sent(self.content)

    @property
    def body_repeated(self) -> bytes:
        """The bytes to send when the request is repeated."""
        return self._sent(self.content if self.repeated is None else self.repeated)

    def _sent(self, content: object) -> bytes:
        if isinstance(content, bytes):
            return content
        return b"" if content is None else to_json(content)


@record
class Endpoint:
    """One method of one path. The path's parameters are fields of `query`, too; one named `secret` identifies the
    caller. `files` are the media types of its answers if it does not give a shape. `takes_file`: its body is a file of
    any type, up to this many bytes; `takes_form`: it accepts a form as well. `is_sourced`: its entries carry the
    idempotency key (`Call.source_key`), so a repeated request reports the current state. `is_tagged`: its answers have
    an ETag."""

    method: str
    path: str
    scope: Scope
    answer: Callable[[Call[Any, Any]], Awaitable[Answer]]
    query: type[Shape]
    gives: type[Shape] | None
    body: type[Shape] = Nothing
    status: int = 200
    files: tuple[str, ...] = ()
    takes_file: int | None = None
    takes_form: bool = False
    is_sourced: bool = False
    is_tagged: bool = False

    @property
    def cost(self) -> int:
        """How many ordinary requests it counts as for the rate limit."""
        return 1 if self.takes_file is None else COST_OF_FILE

    @property
    def path_names(self) -> list[str]:
        """The names of the parameters in the path."""
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def summary(self) -> str:
        """The first line of the function's docstring."""
        return (self.answer.__doc__ or "").strip().partition("\n")[0]
