"""The base of the API's shapes: names, ids, days and numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from core.errors import InvalidValue
from core.text import cleaned
from core.values import parse_number


def title(shape: type[Any]) -> str:
    """A shape's name in the API's document. The suffix "Shape" only avoids a namesake in `core`, and is removed."""
    return shape.__name__.removesuffix("Shape")


class Shape(BaseModel):
    """A JSON object, or the parameters of a request: names in camelCase, unknown names refused."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True, model_title_generator=title)


_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_CHAT = re.compile(r"-?[1-9][0-9]{0,17}", re.ASCII)
_DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _id_of(given: Any) -> int:
    return _whole(given, _ID, "an id is digits in quotes")


def _chat_of(given: Any) -> int:
    return _whole(given, _CHAT, "the id of a chat is digits in quotes")


def _whole(given: Any, pattern: re.Pattern[str], says: str) -> int:
    if isinstance(given, str) and pattern.fullmatch(given):
        return int(given)
    raise PydanticCustomError("id", says)


def _day_of(given: Any) -> date:
    if isinstance(given, str) and _DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise PydanticCustomError("day", "a day is written as 2026-11-23, from 1900 to 2199")


def _number_of(given: Any) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise PydanticCustomError("number", "this is not a number")
    try:
        return parse_number(given)
    except InvalidValue:
        raise PydanticCustomError("number", "a number is at most a billion and has at most six decimals") from None


def _text(pattern: re.Pattern[str], **more: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$", **more})


Id = Annotated[int, BeforeValidator(_id_of), _text(_ID)]
ChatId = Annotated[int, BeforeValidator(_chat_of), _text(_CHAT)]
Day = Annotated[date, BeforeValidator(_day_of), _text(_DAY, format="date")]
Number = Annotated[
    Decimal, BeforeValidator(_number_of), WithJsonSchema({"type": "number", "minimum": -1e9, "maximum": 1e9})
]
Said = Annotated[str, AfterValidator(cleaned)]
"""A person's words, without invisible characters (`core.text`)."""
Text = Annotated[Said, StringConstraints(max_length=1000)]


class OfCaller(Shape):
    """Parameters of a request about the caller, in whatever chat."""


class OfOwner(Shape):
    """Parameters of a request about the trees of one chat."""

    owner: ChatId | None = None
    """The chat whose trees are meant; by default the caller's own."""


class OfGoal(OfOwner):
    """Parameters of a request about one goal."""

    goal_id: Id


class OfGoalOn(OfGoal):
    """Parameters of a request about one goal on a day, by default the owner's today."""

    on: Day | None = None
