"""Refusals as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from pydantic.alias_generators import to_camel
from starlette.responses import JSONResponse, Response

from core import errors
from core.errors import GoaltreeError, InvalidPlan, RequestRefused
from language.i18n import Words
from language.refusals import refusal, worded
from web.json.values import number

STATUS: Mapping[type[GoaltreeError], int] = {
    errors.NotSignedIn: 401,
    errors.Refused: 403,
    errors.NotFound: 404,
    errors.NothingToUndo: 404,
    errors.EntryGone: 409,
    errors.CapReached: 409,
    errors.NotSure: 409,
    errors.UndoRefused: 409,
}
"""HTTP statuses of refusals; 422 for all others."""
STATUS_OF_CODE = {
    "unknown_path": 404,
    "unknown_method": 405,
    "body_late": 408,
    "body_too_large": 413,
    "not_json": 415,
    "not_json_nor_form": 415,
    "key_unanswered": 409,
    "too_many_requests": 429,
    "request_failed": 500,
    "store_away": 503,
}

_IDS = frozenset({"chat_id", "leaves"})
"""Values of refusals that are ids."""


def problem(error: GoaltreeError, w: Words, headers: Mapping[str, str]) -> Response:
    """The answer to a refused request."""
    status = STATUS_OF_CODE.get(error.code) or STATUS.get(type(error), 422)
    faults = error.faults if isinstance(error, InvalidPlan) else ()
    placed = [{"place": one.place, "code": one.code, "detail": worded(one.code, one.values, w)} for one in faults]
    return _answer(status, error.code, refusal(error, w), _plain(error.values), placed, headers)


def invalid(error: ValidationError, w: Words, headers: Mapping[str, str]) -> Response:
    """The answer to a request whose parameters or body do not fit their shape."""
    faults = [
        {
            "place": ".".join(map(str, one["loc"])),
            "code": one["type"],
            "detail": one["msg"].removeprefix("Value error, "),
        }
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    refused = RequestRefused("request_invalid", count=len(faults))
    return _answer(422, refused.code, refusal(refused, w), refused.values, faults, headers)


def _answer(
    status: int,
    code: str,
    detail: str,
    values: Mapping[str, Any],
    faults: list[dict[str, str]],
    headers: Mapping[str, str],
) -> Response:
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "values": values,
        "faults": faults,
    }
    return JSONResponse(content, status, headers, media_type="application/problem+json")


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    """A refusal's values in the API's form: camelCase names, and ids as strings of digits."""
    return {to_camel(name): _value(_as_text(value) if name in _IDS else value) for name, value in values.items()}


def _as_text(ids: object) -> object:
    if isinstance(ids, Sequence):
        return [str(one) for one in ids]
    return None if ids is None else str(ids)


def _value(value: object) -> object:
    match value:
        case None | str() | bool() | int():
            return value
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return [_value(one) for one in value]
    return str(value)
