"""Request bodies: read within limits, and parsed into the endpoint's shape."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from core.errors import RequestRefused
from web.api.endpoint import JSON, Endpoint, Nothing
from web.api.shapes import Shape

LARGEST = 64_000
"""The largest body in bytes, unless it is a file."""
PATIENCE = 10.0
"""Seconds within which a body must arrive."""
PATIENCE_FOR_FILES = 6
"""The factor for the body of a file."""
FIELDS = 20
"""The most fields of a form."""
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"


async def read_body(request: Request, endpoint: Endpoint, patience: float) -> bytes:
    """The request's body; empty if the endpoint takes none. Raises `RequestRefused`."""
    if endpoint.takes_file is not None:
        return await _read(request, endpoint.takes_file, patience * PATIENCE_FOR_FILES)
    if endpoint.body is Nothing:
        return b""
    kind = kind_of(request)
    if endpoint.takes_form and kind not in (JSON, FORM, PARTS):
        raise RequestRefused("not_json_nor_form")
    if not endpoint.takes_form and kind != JSON:
        raise RequestRefused("not_json")
    return await _read(request, LARGEST, patience)


async def body_of(request: Request, endpoint: Endpoint, raw: bytes) -> Shape:
    """The body as the endpoint's shape. Raises `RequestRefused`, or `ValidationError` if it does not fit."""
    if endpoint.body is Nothing:
        return Nothing()
    if kind_of(request) == JSON:
        return endpoint.body.model_validate_json(raw)
    return endpoint.body.model_validate(await _fields(request, raw))


def kind_of(request: Request) -> str:
    """The media type of the body."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def _read(request: Request, most: int, patience: float) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    raise RequestRefused("body_too_large", most=most)
    except (TimeoutError, ClientDisconnect):
        raise RequestRefused("body_late") from None
    return bytes(body)


async def _fields(request: Request, raw: bytes) -> dict[str, str]:
    """The fields of a form, without empty ones."""

    async def stream() -> AsyncGenerator[bytes, None]:
        yield raw
        yield b""

    try:
        if kind_of(request) == FORM:
            form = await FormParser(request.headers, stream()).parse()
        else:
            parts = MultiPartParser(request.headers, stream(), max_files=0, max_fields=FIELDS)
            form = await parts.parse()
    except (MultiPartException, KeyError, UnicodeError):
        raise RequestRefused("form_unfit") from None
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    if len(fields) != len(form.multi_items()) or len(fields) > FIELDS:  # A repeated field, or a file
        raise RequestRefused("form_unfit")
    return {name: value for name, value in fields.items() if value.strip()}
