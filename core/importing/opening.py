"""Recognising the kind of a file by its bytes alone: a zip, a SQLite file, JSON or a sheet."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from core.errors import ImportRefused
from core.importing import archive, database
from core.importing.archive import Archive, archive_of
from core.importing.database import Database, database_of
from core.importing.limits import MOST_BYTES, MOST_JSON_PARTS
from core.importing.table import Table, encoding_of, table_of
from core.planning.document.json_text import ALIKE
from core.records import record

_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""The beginnings of web pages and pictures, which people send by mistake."""
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
"""Files inside a spreadsheet of Excel or LibreOffice."""
_BEGINNING = 8_000
"""The number of first bytes in which a text has no NUL, unless it is UTF-16."""


@record
class Json:
    """The value of a JSON text."""

    value: Any


@record
class Broken:
    """A text that begins like JSON and is not valid: the reader of documents says where."""


Content: TypeAlias = Archive | Database | Json | Broken | Table


def opened(raw: bytes) -> Content:
    """The content of a file. A zip with a single file stands for that file. Raises ImportRefused if it is empty, too
    large, damaged, or of another kind."""
    content = _opened(raw)
    if isinstance(content, Archive) and any(name in content.names for name in _WORKBOOKS):
        raise ImportRefused("file_is_workbook")
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
    if raw.startswith(_OLD_WORKBOOK):
        raise ImportRefused("file_is_workbook")
    if raw.startswith(archive.MAGIC):
        return archive_of(raw)
    if raw.startswith(database.MAGIC):
        return database_of(raw)
    encoding = encoding_of(raw)
    if raw.startswith(_PICTURES) or (encoding == "utf-8-sig" and b"\0" in raw[:_BEGINNING]):
        raise ImportRefused("file_unknown")
    if raw[:2_000].decode(encoding, "ignore").lstrip()[:1] in ("{", "["):
        return json_of(raw)
    return table_of(raw)


def json_of(raw: bytes) -> Json | Broken:
    """The value of a JSON text. Raises ImportRefused if it is too large or no text."""
    if len(raw) > MOST_BYTES:
        raise ImportRefused("file_too_large", size=len(raw), most=MOST_BYTES)
    if sum(map(raw.count, (b",", b"[", b"{"))) > MOST_JSON_PARTS:
        raise ImportRefused("file_too_many_rows", most=MOST_JSON_PARTS)
    try:
        text = raw.decode(encoding_of(raw))
        return Json(json.loads(text, parse_float=lru_cache(ALIKE)(Decimal), parse_constant=Decimal))
    except UnicodeDecodeError:
        raise ImportRefused("file_not_text") from None
    except (ValueError, ArithmeticError, RecursionError):
        return Broken()
