"""Recognises the app of a file, by its content and never by its name, and reads the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from core.errors import ImportRefused
from core.importing.archive import Archive
from core.importing.database import Database
from core.importing.document import document_of
from core.importing.format import Format
from core.importing.formats import (
    beaverhabits,
    beeminder,
    csv_matrix,
    csv_tidy,
    daylio,
    habitbull,
    habitica,
    habitkit,
    habittrove,
    loop_csv,
    loop_db,
    loop_sheets,
    rewire,
    streaks_backup,
    streaks_csv,
    tickmate,
)
from core.importing.opening import Broken, Content, Json, opened
from core.importing.options import Options
from core.importing.reading import FileReading
from core.importing.table import MOST_ABOVE, Table
from core.importing.understood import OWN, Understood
from core.planning.document.content import FORMAT

T = TypeVar("T")

ARCHIVES: Sequence[Format[Archive]] = (loop_csv.FORMAT, habittrove.ZIP)
DATABASES: Sequence[Format[Database]] = (loop_db.FORMAT, tickmate.FORMAT, rewire.FORMAT)
JSONS: Sequence[Format[Json]] = (
    habitkit.FORMAT,
    beaverhabits.FORMAT,
    habittrove.JSON,
    streaks_backup.FORMAT,
    habitica.JSON,
    beeminder.FORMAT,
)
TABLES: Sequence[Format[Table]] = (
    habitbull.FORMAT,
    streaks_csv.FORMAT,
    daylio.FORMAT,
    habitica.HISTORY,
    loop_sheets.FORMAT,
    csv_tidy.PERIODS,
    csv_tidy.FORMAT,
    csv_matrix.FORMAT,
)
"""The formats of each kind of content, in the order in which they are tried: general ones come last."""

_ENCODINGS = {"cp1252": "Windows-1252", "cp1251": "Windows-1251"}
_BEGINNING = 200


def recognised(raw: bytes, options: Options) -> Understood:
    """See `core.importing.understand`."""
    # The import has its own caps, and refusals with places.
    if raw[:1] == b"{" and f'"{FORMAT}"'.encode() in raw[:_BEGINNING]:
        return Understood(OWN, raw)
    content = opened(raw)
    if isinstance(content, Broken) or (isinstance(content, Json) and _is_own(content)):
        return Understood(OWN, raw)
    read = _read(content, options)
    if read is None:
        raise ImportRefused("file_unknown")
    form_key, title, reading = read
    document = document_of(reading, form_key, title)
    return Understood(title, document, reading.remarks)


def _is_own(json: Json) -> bool:
    return isinstance(json.value, dict) and "format" in json.value


def _read(content: Content, options: Options) -> tuple[str, str, FileReading] | None:
    match content:
        case Archive():
            return _first(ARCHIVES, content, options)
        case Database():
            return _first(DATABASES, content, options)
        case Json():
            return _first(JSONS, content, options)
        case Table():
            return _of_table(content, options)
    return None


def _of_table(table: Table, options: Options) -> tuple[str, str, FileReading] | None:
    """A sheet recognised by its header, which may follow a title."""
    for _ in range(MOST_ABOVE):
        read = _first(TABLES, table, options)
        if read is not None:
            read[2].remark("encoding_guessed", table.guessed, encoding=_ENCODINGS.get(table.encoding, ""))
            return read
        below = table.below()
        if below is None:
            return None
        table = below
    return None


def _first(formats: Sequence[Format[T]], content: T, options: Options) -> tuple[str, str, FileReading] | None:
    for form in formats:
        if form.recognises(content):
            return form.key, form.title, form.read(content, options)
    return None
