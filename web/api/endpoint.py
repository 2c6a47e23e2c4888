"""An endpoint: its place, what it takes and gives, and the function that answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic_core import to_json

from core.caps import Caps
from core.group.permissions import Actor
from core.ports.store import Store
from core.ports.trees import TreesMark
from core.sources import api_key
from core.tokens import Scope
from language.i18n import SOURCE, Words, words
from web.api.kept import Kept
from web.api.shapes import Shape

JSON = "application/json"
COST_OF_FILE = 20
"""Reading a large file takes a second and a hundred megabytes."""

Q = TypeVar("Q", bound=Shape)
B = TypeVar("B", bound=Shape)


class Nothing(Shape):
    """The body of a request that has none."""


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """One request, read and permitted: by whom, of which owner, with which parameters and which body.

    `key` is its `Idempotency-Key`, `known` the ETag of an answer that the caller has already, `raw` the body as it
    came (the file where the endpoint takes one), `words` the voice of the caller's language, `kept` what was answered
    to others, `mark` the state of the trees where it was read already.
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
        """The source key of what the request writes; None for a request without an `Idempotency-Key`."""
        return None if self.key is None else api_key(self.actor.chat_id or 0, self.actor.user_id, self.key)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `content` as JSON, as it is where it is bytes, or nothing (None) but the status. `repeated` is the
    content for who asks again with the same key, where that is another."""

    content: object
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = JSON
    repeated: object = None

    @property
    def body(self) -> bytes:
        """The content as it is sent."""
        return self._sent(self.content)

    @property
    def body_repeated(self) -> bytes:
        """The content for who asks again."""
        return self._sent(self.content if self.repeated is None else self.repeated)

    def _sent(self, content: object) -> bytes:
        if isinstance(content, bytes):
            return content
        return b"" if content is None else to_json(content)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one path. The parameters of the path are fields of `query`, too; one that is called `secret` says
    who calls. `files` are the media types that it answers with where it `gives` no shape. `takes_file`: its body is a
    file of any type, of at most so many bytes; `takes_form`: it may be a form as well. `is_sourced`: what it writes
    carries the key itself (`Call.source_key`), so that the same key again says what has become of it. `is_tagged`: its
    answers have an ETag."""

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
        """How many requests it weighs as much as."""
        return 1 if self.takes_file is None else COST_OF_FILE

    @property
    def path_names(self) -> list[str]:
        """The names of the parameters in the path."""
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def summary(self) -> str:
        """The first line of what the function says of itself."""
        return (self.answer.__doc__ or "").strip().partition("\n")[0]
