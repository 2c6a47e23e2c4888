"""What kind of content bytes are, by the bytes alone: a zip, a SQLite file, JSON or a sheet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from core.errors import ImportRefused
from core.importing import archive, database
from core.importing.archive import Archive, archive_of
from core.importing.database import Database, database_of
from core.importing.limits import MOST_BYTES, MOST_JSON_PARTS
from core.importing.table import Table, encoding_of, table_of

_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How pages and pictures begin, which are sent by mistake."""
_BEGINNING = 8_000
"""Bytes of the beginning in which a text has no NUL, unless it is UTF-16."""


@dataclass(frozen=True, slots=True)
class Json:
    """The value of a JSON text."""

    value: Any


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that begins like JSON and is none: what reads documents says where."""


Content: TypeAlias = Archive | Database | Json | Broken | Table


def opened(raw: bytes) -> Content:
    """The content of a file. A zip that holds a single file stands for that file.

    Raises ImportRefused for what is empty, too large, damaged, or none of these.
    """
    content = _opened(raw)
    if isinstance(content, Archive) and len(content.names) == 1:
        inner = content.read(content.names[0])
        if not inner.startswith(archive.MAGIC):
            return _opened(inner)
    return content


def _opened(raw: bytes) -> Content:
    if len(raw) > MOST_BYTES:
        raise ImportRefused("file_too_large", size=len(raw), most=MOST_BYTES)
    if not raw.strip():
        raise ImportRefused("file_empty")
    if raw.startswith(archive.MAGIC):
        return archive_of(raw)
    if raw.startswith(database.MAGIC):
        return database_of(raw)
    encoding = encoding_of(raw)
    if raw.startswith(_PICTURES) or (encoding == "utf-8-sig" and b"\0" in raw[:_BEGINNING]):
        raise ImportRefused("file_unknown")
    if raw[:2_000].decode(encoding, "ignore").lstrip()[:1] in ("{", "["):
        return _json(raw, encoding)
    return table_of(raw)


def _json(raw: bytes, encoding: str) -> Json | Broken:
    if sum(map(raw.count, (b",", b"[", b"{"))) > MOST_JSON_PARTS:
        raise ImportRefused("file_too_many_rows", most=MOST_JSON_PARTS)
    try:
        return Json(json.loads(raw.decode(encoding), parse_float=Decimal, parse_constant=Decimal))
    except UnicodeDecodeError:
        raise ImportRefused("file_not_text") from None
    except (ValueError, ArithmeticError, RecursionError):
        return Broken()
