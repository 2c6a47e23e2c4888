"""An independent reading of the Bot API: aiogram's types, generated from Telegram's own page.

The local Telegram's answers and our bot's requests are compared with them, so that the two cannot agree on a mistake.
"""

from __future__ import annotations

import json
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin
from unittest.mock import patch

from pydantic import BaseModel, TypeAdapter

# The import builds hundreds of models, for seconds, in each process of the tests, which need a few: see `_built`.
with patch.object(BaseModel, "model_rebuild"):
    from aiogram import methods, types
    from aiogram.types import BufferedInputFile, Message, TelegramObject, Update

M = TypeVar("M", bound=BaseModel)

METHODS = {
    name.lower(): method
    for name, method in vars(methods).items()
    if isinstance(method, type) and issubclass(method, methods.TelegramMethod) and method is not methods.TelegramMethod
}
NAMES = vars(types) | vars(methods)


def assert_valid_update(update: dict[str, Any]) -> Update:
    """Assert that Telegram could send this update: complete, of the right types, without unknown fields."""
    model = _built(Update).model_validate(update)
    assert len(update) == 2, "an update carries its id and exactly one thing"
    assert_nothing_unknown(model)
    return model


def assert_valid_message(message: dict[str, Any]) -> Message:
    """Assert the same for a message."""
    model = _built(Message).model_validate(message)
    assert_nothing_unknown(model)
    return model


def assert_valid_result(method: str, result: Any) -> Any:
    """Assert that the result has the method's type."""
    adapter = TypeAdapter(METHODS[method.lower()].__returning__)
    adapter.rebuild(_types_namespace=NAMES)
    checked = adapter.validate_python(result)
    assert_nothing_unknown(checked)
    return checked


def assert_valid_request(method: str, params: dict[str, Any]) -> None:
    """Assert that the method exists and takes these parameters, written as in `LocalTelegram.requests`."""
    model = _built(METHODS[method.lower()])
    unknown = params.keys() - model.model_fields.keys()
    assert not unknown, f"{method} has no parameters {sorted(unknown)}"
    read = {name: _read(value, model.model_fields[name].annotation) for name, value in params.items()}
    assert_nothing_unknown(model.model_validate(read))


def assert_nothing_unknown(value: Any, place: str = "") -> None:
    """aiogram keeps unknown fields: assert that there are none, at any depth."""
    if isinstance(value, TelegramObject):
        assert not value.model_extra, f"unknown fields in {place or type(value).__name__}: {value.model_extra}"
    if isinstance(value, BaseModel):
        for name, inner in value:
            assert_nothing_unknown(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            assert_nothing_unknown(inner, f"{place}[]")


def _built(model: type[M]) -> type[M]:
    if not model.__pydantic_complete__:
        model.model_rebuild(_types_namespace=NAMES)
    return model


def _read(value: Any, annotation: Any) -> Any:
    if isinstance(value, dict) and value.keys() == {"file"}:
        return BufferedInputFile(b"content", str(value["file"]))
    if isinstance(value, str) and not _takes_text(annotation):
        return json.loads(value)
    return value


def _takes_text(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, UnionType):
        return any(_takes_text(choice) for choice in get_args(annotation))
    return annotation is str
