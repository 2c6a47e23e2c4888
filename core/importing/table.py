"""A sheet as CSV: detects the encoding and the separator, and reads row by row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter

from core.errors import ImportRefused
from core.importing.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from core.importing.reading import refuse_too_many_values
from core.records import record

_SEPARATORS = ",;\t|"
_LONGEST_LINE = 1_000_000
"""Characters; a row of separators becomes as many cells."""
MOST_ABOVE = 10
"""The number of rows in which the header is looked for, since a title may precede it."""
_PIECE = 2**16
_ALIKE = 20_000
"""The most distinct cells that are shared, since most cells repeat."""
_SOUND_UTF_8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ASCII = bytes(range(128))
_SHAPES = b" " * 128 + b"x" * 128
_SIGNS = "€…‘’‚“”„‹›«»–—•§°·²³½¼¾×±№©®™¿¡£\xa0"
_SEPARATOR_LINE = "sep="
"""Excel writes a first line that names the separator."""


@record
class Table:
    """A sheet. `header` is its first row, as it is written."""

    raw: bytes
    encoding: str
    separator: str
    header: tuple[str, ...]
    skipped_lines: int = 0
    guessed: int = 0
    """How many letters beyond ASCII a file has that is not UTF-8."""

    def below(self) -> Table | None:
        """The sheet with the next row as its header, since this header is a title; None at the end."""
        rows = self.all_rows()
        line, _ = next(rows, (0, []))
        _, header = next(rows, (0, []))
        return replace(self, header=tuple(header), skipped_lines=line) if header else None

    @property
    def names(self) -> tuple[str, ...]:
        """The lower-case names of the columns."""
        return tuple(name.strip().lower() for name in self.header)

    def has(self, *names: str) -> bool:
        """Whether there are columns of these names."""
        return set(names) <= set(self.names)

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every non-empty row with its line number, the header included. Raises ImportRefused for a sheet that is
        broken or too long."""
        text = io.TextIOWrapper(io.BytesIO(self.raw), self.encoding, newline="")
        for _ in range(self.skipped_lines):
            text.readline()
        reader = csv.reader(_sound(text, self.skipped_lines), delimiter=self.separator, strict=True)
        cells = 0
        try:
            for count, row in enumerate(reader):
                cells += len(row)
                if count > MOST_ROWS:
                    raise ImportRefused("file_too_many_rows", most=MOST_ROWS)
                if cells > MOST_CELLS:
                    raise ImportRefused("file_too_many_rows", most=MOST_CELLS)
                if any(row):
                    yield reader.line_num + self.skipped_lines, row
        except csv.Error:
            raise ImportRefused("csv_broken", line=max(reader.line_num + self.skipped_lines, 1)) from None
        except UnicodeError:
            raise ImportRefused("file_not_text") from None

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header, padded to its width. Raises ImportRefused for a row that is too long."""
        width = len(self.header)
        rows = self.all_rows()
        next(rows, None)
        for line, row in rows:
            if any(row[width:]):
                raise ImportRefused("row_too_long", line=line, count=len(row), columns=width)
            yield line, row[:width] + [""] * (width - len(row))

    def picked(
        self, names: Sequence[str], optional: Sequence[str] = (), *, as_written: bool = False
    ) -> Iterator[tuple[int, list[str]]]:
        """The cells of the named columns, row by row, stripped unless `as_written`; a missing optional column is empty.
        Raises ImportRefused for a duplicate column, and for a row that ends before a required column."""
        columns = self.names
        wanted = [*names, *optional]
        refuse_twice(name for name in columns if name in wanted)
        width = len(columns)
        # A column that is missing, or has no name, is the empty one after all others.
        places = {name: columns.index(name) for name in filter(None, wanted) if name in columns}
        cells_of, padding = itemgetter(*(places.get(name, width) for name in wanted)), [""] * (width + 1)
        last = max((places.get(name, 0) for name in names), default=0)
        once = lru_cache(_ALIKE)(str if as_written else str.strip)
        rows = self.all_rows()
        next(rows, None)
        for line, row in rows:
            if len(row) <= last:
                raise ImportRefused("row_cut_off", line=line, count=len(row), columns=width)
            cells = cells_of(row[:width] + padding)
            yield line, list(map(once, cells))


def refuse_twice(names: Iterable[str]) -> None:
    """Raises ImportRefused if two columns have the same non-empty name."""
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            raise ImportRefused("column_twice", name=name[:40])


def stripped(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with a column for each habit, stripped. Raises ImportRefused for too many values."""
    values = 0
    for line, row in rows:
        cells = [cell.strip() for cell in row]
        values += len(cells) - cells.count("") - 1  # but for the date
        refuse_too_many_values(values)
        yield line, cells


def table_of(raw: bytes) -> Table:
    """The sheet in some bytes. Raises ImportRefused if they are no text, or no sheet with several columns."""
    # Counted before they are read: a line is a row, except within a quoted note.
    if raw.count(b"\n") > MOST_ROWS:
        raise ImportRefused("file_too_many_rows", most=MOST_ROWS)
    encoding, guessed = encoding_of(raw), 0
    if encoding == "utf-8-sig":
        encoding, guessed = _legacy(raw) or (encoding, 0)
    beginning = _beginning(raw, encoding)
    skipped_lines = 0
    separator = None
    if beginning.lower().startswith(_SEPARATOR_LINE):
        separator = beginning[len(_SEPARATOR_LINE) :][:1]
        skipped_lines = 1
        beginning = beginning.partition("\n")[2]
    if separator not in tuple(_SEPARATORS):
        separator = _separator(beginning)
    return _with_header(Table(raw, encoding, separator, (), skipped_lines, guessed))


def _with_header(table: Table) -> Table:
    """The sheet with its first row of several names as its header; rows above are skipped."""
    above = table.skipped_lines
    for _, (line, row) in zip(range(MOST_ABOVE), table.all_rows(), strict=False):
        if len(row) > MOST_COLUMNS:
            raise ImportRefused("too_many_columns", count=len(row), most=MOST_COLUMNS)
        if len([name for name in row if name.strip()]) > 1:
            return replace(table, header=tuple(row), skipped_lines=above)
        above = line
    raise ImportRefused("file_empty" if above == table.skipped_lines else "one_column")


def encoding_of(raw: bytes) -> str:
    """The encoding of a text: UTF-8 or UTF-16, with or without a BOM."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a BOM: in Latin text every second byte is NUL, and hardly any other.
    head = raw[:400]
    firsts, seconds = head[::2].count(b"\0") * 10, head[1::2].count(b"\0") * 10
    if max(firsts, seconds) > 3 * len(head) and min(firsts, seconds) == 0:
        return "utf-16-be" if firsts > seconds else "utf-16-le"
    return "utf-8-sig"


def _legacy(raw: bytes) -> tuple[str, int] | None:
    """(encoding, number of letters beyond ASCII) of a text in an old encoding, as Excel writes it. None for UTF-8, even
    if damaged, and for anything that is no written text."""
    beyond = raw.translate(None, _ASCII)
    if not beyond or b"\xff" in beyond or _was_utf_8(raw):
        return None
    # Words in another script have no Latin letters; Latin ones have few other letters.
    words = (b" " + raw).translate(_SHAPES).count(b" x")
    encoding = "cp1251" if len(beyond) > 2 * words else "cp1252"
    return (encoding, len(beyond)) if _are_letters(bytes(set(beyond)), encoding) else None


def _was_utf_8(raw: bytes) -> bool:
    """Whether a text is UTF-8, or damaged UTF-8."""
    try:
        for _ in codecs.iterdecode((raw[at : at + _PIECE] for at in range(0, len(raw), _PIECE)), "utf-8"):
            pass
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" or _SOUND_UTF_8.search(raw) is not None
    return True


def _are_letters(raw: bytes, encoding: str) -> bool:
    try:
        return all(letter.isalpha() or letter in _SIGNS for letter in raw.decode(encoding))
    except UnicodeDecodeError:
        return False


def _beginning(raw: bytes, encoding: str) -> str:
    return raw[:20_000].decode(encoding, "replace").lstrip("\r\n")


def _separator(beginning: str) -> str:
    """The most frequent separator in the first line with one outside quotes; a comma if there is none."""
    lines = "".join(beginning.split('"')[::2]).splitlines()[:MOST_ABOVE]
    line = next((line for line in lines if any(sign in line for sign in _SEPARATORS)), "")
    return max(_SEPARATORS, key=line.count)


def _sound(lines: Iterator[str], before: int) -> Iterator[str]:
    for number, line in enumerate(lines, before + 1):
        if "\0" in line:
            raise ImportRefused("file_not_text")
        if len(line) > _LONGEST_LINE:
            raise ImportRefused("csv_broken", line=number)
        yield line
