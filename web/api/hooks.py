"""Incoming hooks: a phone or a smart home logs through a secret address."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from core.actions.hooks import NamedLog, log_named
from core.actions.logged import How
from core.errors import InvalidValue, RequestRefused
from core.sources import api_key
from core.tokens import Scope
from core.values import parse_number
from web.api import answers
from web.api.endpoint import Answer, Call, Endpoint
from web.api.logs import logged_json
from web.api.shapes import Day, Said, Shape, Text


def _amount_of(given: Any) -> Decimal | None:
    """A number, possibly quoted as phones send it. True, 1 for a goal without a number, or nothing is a tick."""
    if (
        given is None
        or given is True
        or (isinstance(given, str) and given.strip().lower() in ("", "true", "yes", "on"))
    ):
        return None
    if given is False or (isinstance(given, str) and given.strip().lower() in ("false", "no", "off")):
        return Decimal(0)
    if isinstance(given, str | int | float):
        try:
            return parse_number(given)
        except InvalidValue:
            pass
    raise PydanticCustomError("number", "this is neither a number nor a word for done")


def _flag_of(given: Any) -> Any:
    return given.strip().lower() if isinstance(given, str) else given


_ANY_AMOUNT = {"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 60}, {"type": "boolean"}]}
Amount = Annotated[Decimal | None, BeforeValidator(_amount_of), WithJsonSchema(_ANY_AMOUNT)]


class HookQuery(Shape):
    secret: Annotated[str, Field(max_length=256)]


class HookBody(Shape):
    """`goal` is a goal's title, key or path. Without a value it is a tick. `id` is chosen by the caller and works like
    an `Idempotency-Key`: a repeated one changes nothing."""

    goal: Annotated[Said, Field(min_length=1, max_length=2_000)]
    value: Amount = None
    skipped: Annotated[bool, BeforeValidator(_flag_of)] = False
    note: Text | None = None
    date: Day | None = None
    id: Annotated[str, Field(pattern="^[!-~]{1,100}$")] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.skipped and self.value is not None:
            raise ValueError("what is skipped has no value")
        return self


async def hook(call: Call[HookQuery, HookBody]) -> Answer:
    """Log on a goal by name through a secret address, with JSON or a form."""
    said = call.body
    if call.key is not None and said.id is not None and call.key != said.id:
        raise RequestRefused("two_keys")
    key = call.key or said.id
    source = None if key is None else api_key(call.actor.chat_id or 0, call.actor.user_id, key)
    how = How.SKIP if said.skipped else How.SET if said.value == 0 else How.ADD
    wanted = NamedLog(said.goal, said.date, how, said.value, said.note, source)
    return logged_json(call.actor, [await log_named(call.store, call.actor, wanted, call.now, call.caps)])


ENDPOINTS: Sequence[Endpoint] = (
    Endpoint(
        "POST", "/hooks/{secret}", Scope.HOOK, hook, HookQuery, answers.Logged, HookBody, takes_form=True,
        is_sourced=True,
    ),
)  # fmt: skip
