"""A sheet as CSV: its encoding and its separator are found out, and its rows are read one by one."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import ImportRefused
from core.importing.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS

_SEPARATORS = ",;\t"
_LONGEST_LINE = 1_000_000
"""Characters; a row of separators alone becomes as many cells."""
_SEPARATOR_LINE = "sep="
"""Excel writes a first line that names the separator."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `header` is its first row, as it is written."""

    raw: bytes
    encoding: str
    separator: str
    header: tuple[str, ...]
    skipped_lines: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in small letters."""
        return tuple(name.strip().lower() for name in self.header)

    def has(self, *names: str) -> bool:
        """Whether there are columns of these names."""
        return set(names) <= set(self.names)

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Every row with its line, the header too; empty ones are left out. Raises ImportRefused for a sheet that is
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
        """The rows below the header, filled up to its width. Raises ImportRefused for a row that is too long."""
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
        """The cells of the named columns, row by row, without the blanks around them unless they are wanted
        `as_written`; an optional column that is missing is empty. Raises ImportRefused for a column that is there
        twice, and for a row that ends before a column that is needed."""
        columns = self.names
        wanted = [*names, *optional]
        for name, times in Counter(columns).items():
            if times > 1 and name in wanted:
                raise ImportRefused("column_twice", name=name)
        places = [columns.index(name) if name in columns else None for name in wanted]
        last = max((place for place in places[: len(names)] if place is not None), default=0)
        rows = self.all_rows()
        next(rows, None)
        for line, row in rows:
            if len(row) <= last:
                raise ImportRefused("row_cut_off", line=line, count=len(row), columns=len(columns))
            cells = [row[place] if place is not None and place < len(row) else "" for place in places]
            yield line, cells if as_written else [cell.strip() for cell in cells]


def table_of(raw: bytes) -> Table:
    """The sheet that bytes hold. Raises ImportRefused if they are no text, or no sheet of several columns."""
    # Counted before they are read: a line is a row, but for those within a quoted note.
    if raw.count(b"\n") > MOST_ROWS:
        raise ImportRefused("file_too_many_rows", most=MOST_ROWS)
    encoding = encoding_of(raw)
    beginning = _beginning(raw, encoding)
    skipped_lines = 0
    separator = None
    if beginning.lower().startswith(_SEPARATOR_LINE):
        separator = beginning[len(_SEPARATOR_LINE) :][:1]
        skipped_lines = 1
        beginning = beginning.partition("\n")[2]
    if separator not in tuple(_SEPARATORS):
        separator = _separator(beginning)
    table = Table(raw, encoding, separator, (), skipped_lines)
    _, header = next(table.all_rows(), (0, []))
    if not header:
        raise ImportRefused("file_empty")
    if len(header) > MOST_COLUMNS:
        raise ImportRefused("too_many_columns", count=len(header), most=MOST_COLUMNS)
    if len([name for name in header if name.strip()]) < 2:
        raise ImportRefused("one_column")
    return Table(raw, encoding, separator, tuple(header), skipped_lines)


def encoding_of(raw: bytes) -> str:
    """The encoding of a text: UTF-8 or UTF-16, with or without a mark at its beginning."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: every second byte of Latin text is NUL, and hardly any other.
    head = raw[:400]
    firsts, seconds = head[::2].count(b"\0") * 10, head[1::2].count(b"\0") * 10
    if max(firsts, seconds) > 3 * len(head) and min(firsts, seconds) == 0:
        return "utf-16-be" if firsts > seconds else "utf-16-le"
    return "utf-8-sig"


def _beginning(raw: bytes, encoding: str) -> str:
    return raw[:20_000].decode(encoding, "replace").lstrip("\r\n")


def _separator(beginning: str) -> str:
    """The separator that stands most often in the first line, outside quotes; a comma if none does."""
    line = "".join(beginning.split('"')[::2]).partition("\n")[0]
    return max(_SEPARATORS, key=line.count)


def _sound(lines: Iterator[str], before: int) -> Iterator[str]:
    for number, line in enumerate(lines, before + 1):
        if "\0" in line:
            raise ImportRefused("file_not_text")
        if len(line) > _LONGEST_LINE:
            raise ImportRefused("csv_broken", line=number)
        yield line
