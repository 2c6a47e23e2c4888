"""The rows as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.harness import Row, Unit

_HEAD = ("work", "median", "floor beside it", "", "ratio", "hold", "")
_RIGHT = {1, 3, 4, 5}
_DECIMALS: dict[Unit, int] = {"ms": 3, "/s": 0, "s": 2, "MB": 0, "%": 1, "rows": 0, "MB/h": 1, "/h": 1, "h": 1, "": 0}


def printed(rows: Sequence[Row]) -> str:
    """A line per row, in columns."""
    lines = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (
        cell.rjust(width) if column in _RIGHT else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.work,
        _figure(row.figure, row.unit),
        row.beside,
        "" if row.floor is None else _figure(row.floor, row.unit),
        "" if row.ratio is None else f"{row.ratio:.2f}",
        _hold(row),
        "" if row.met is None else "ok" if row.met else "MISSED",
    )


def _figure(value: float, unit: Unit) -> str:
    number = f"{value:,.{_DECIMALS[unit]}f}"
    return number + unit if unit.startswith("/") else f"{number} {unit}".rstrip()


def _hold(row: Row) -> str:
    if row.hold is None:
        return ""
    unit = f" {row.unit}" if row.absolute or row.ratio is None else "×"
    return f"{row.hold.sign} {row.hold.limit:g}{unit}"
