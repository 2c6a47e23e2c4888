"""Check-offs in any number of trees on PostgreSQL, with one statement to read and one to write.

Lists are sent as text that is cast to arrays, since the driver's encoding of single values takes longer than everything
else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product

from core.goals.crowd import Crowd
from core.goals.engine import CALCULATION_VERSION
from core.goals.model import Entry, Owner, OwnerType
from core.goals.progress import Cell, Sums
from core.goals.streaks import Run
from core.ports.check_offs import Needs, Route
from core.ports.entries import NewEntry
from core.records import record
from storage.repositories.cache import CROWD, RUN_COLUMNS, UPSERT_CELLS, UPSERT_RUNS
from storage.repositories.cache_rows import cell_of, crowd_of, run_of
from storage.repositories.entries import entry_of
from storage.repositories.living import THEIRS
from storage.sql import Sql, Statement
from storage.types import to_millionths, to_utc_text

CellPlace = tuple[int, date]
"""A node and the start of one of its periods."""

_CELLS, _SUMS, _CROWDS, _LEAVES, _ENTRIES, _VISIONS = range(6)

_READ = Statement(f"""
    SELECT {_CELLS}, c.node_id, c.value, c.progress, NULL::bigint, c.counts, c.excused, c.known, c.extra,
        c.period_start, NULL::date, NULL::date, NULL::text, NULL::text, NULL::timestamptz
    FROM unnest($1::text::bigint[], $2::text::date[]) AS w(node_id, period_start)
    JOIN cells c ON c.node_id = w.node_id AND c.period_start = w.period_start
    UNION ALL
    SELECT {_SUMS}, s.node_id,
        coalesce(sum(c.progress) FILTER (WHERE c.counts AND c.period_start <= s.last), 0)::bigint,
        count(*) FILTER (WHERE c.excused AND c.period_start <= s.last),
        count(*) FILTER (WHERE c.extra AND c.period_start <= s.last),
        NULL, NULL, NULL, NULL, s.first, s.last, max(c.period_start), NULL, NULL, NULL
    FROM unnest($3::text::bigint[], $4::text::date[], $5::text::date[]) AS s(node_id, first, last)
    JOIN cells c ON c.node_id = s.node_id AND c.period_start >= s.first
    GROUP BY s.node_id, s.first, s.last
    UNION ALL
    SELECT {_LEAVES}, l.node_id, coalesce(r.length, 0), coalesce(r.best, 0), NULL, NULL, NULL, NULL, NULL,
        r.through, r.missed, (SELECT max(e.on_date) FROM entries e WHERE e.node_id = l.node_id), NULL, NULL, NULL
    FROM unnest($6::text::bigint[]) AS l(node_id) LEFT JOIN runs r ON r.node_id = l.node_id
    UNION ALL
    SELECT {_ENTRIES}, e.id, e.value, e.author_id, e.node_id, e.skipped, e.known_ahead, NULL, NULL,
        e.on_date, NULL, NULL, e.note, e.source_key, e.created_at
    FROM unnest($6::text::bigint[], $7::text::date[], $8::text::date[]) AS l(node_id, first, last)
    JOIN entries e ON e.node_id = l.node_id AND e.on_date BETWEEN l.first AND l.last AND e.voided_at IS NULL
    UNION ALL
    SELECT {_VISIONS}, v.id, v.revision, v.shape, NULL, v.stale OR v.calculation_version <> {CALCULATION_VERSION},
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM unnest($9::text::bigint[]) AS w(id) JOIN visions v ON v.id = w.id
    UNION ALL
    SELECT {_CROWDS}, w.each_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, w.first, NULL, NULL,
        json_build_array(o.cells, o.total, o.least, o.most, o.done, o.excused, o.extra)::text, NULL, NULL
    FROM unnest($10::text::bigint[], $11::text::date[]) AS w(each_id, first)
    CROSS JOIN LATERAL ({CROWD.format(each="w.each_id", start="w.first")})
        AS o(cells, total, least, most, done, excused, extra)""")

_CELL_ROWS = """
    SELECT c.node_id, c.period_start, c.value, c.progress,
        c.flags & 1 <> 0, c.flags & 2 <> 0, c.flags & 4 <> 0, c.flags & 8 <> 0
    FROM seized s JOIN unnest(
        $18::text::bigint[], $19::text::bigint[], $20::text::date[], $21::text::bigint[], $22::text::bigint[],
        $23::text::int[]
    ) AS c(vision_id, node_id, period_start, value, progress, flags) ON c.vision_id = s.id"""
_RUN_ROWS = f"""
    SELECT r.node_id, {", ".join(f"r.{name}" for name in RUN_COLUMNS)} FROM seized s JOIN unnest(
        $24::text::bigint[], $25::text::bigint[], $26::text::bigint[], $27::text::bigint[], $28::text::date[],
        $29::text::date[]) AS r(vision_id, node_id, {", ".join(RUN_COLUMNS)}) ON r.vision_id = s.id"""

# A vision that is locked is skipped, since others in the batch should not wait. So is one that is not as it was read.
# Living messages: see `core.actions.living`; OFFSET 0 keeps the planner from starting with all of them, whose number it
# underestimates if they are recent.
WRITE = Statement(f"""
    WITH seized AS (
        UPDATE visions SET revision = $4::text::bigint WHERE id = ANY(ARRAY(
            SELECT v.id
            FROM unnest($1::text::bigint[], $2::text::bigint[], $3::text::bigint[]) AS w(id, revision, shape)
            JOIN visions v ON v.id = w.id AND v.revision = w.revision AND v.shape = w.shape
            ORDER BY v.id FOR NO KEY UPDATE OF v SKIP LOCKED)) RETURNING id),
    item AS (
        SELECT i.* FROM unnest(
            $5::text::bigint[], $6::text::bigint[], $7::text::date[], $8::text::bigint[], $9::text::bool[],
            $10::text::text[], $11::text::bigint[], $12::text::text[], $13::text::timestamptz[],
            $14::text::bigint[], $15::text::bigint[], $16::text::date[], $17::text::timestamptz[]
        ) AS i(vision_id, node_id, on_date, value, skipped, note, author_id, source_key, created_at,
            chat_id, owner_id, since, closed_by)
        JOIN seized s ON s.id = i.vision_id),
    entry AS (
        INSERT INTO entries (vision_id, node_id, on_date, value, skipped, note, author_id, source_key, created_at)
        SELECT vision_id, node_id, on_date, value, skipped, note, author_id, source_key, created_at FROM item
        RETURNING id, node_id),
    cell AS ({UPSERT_CELLS.format(rows=_CELL_ROWS)}),
    run AS ({UPSERT_RUNS.format(rows=_RUN_ROWS)}),
    heard AS (
        UPDATE owners SET unanswered = 0 WHERE unanswered <> 0 AND id = ANY(ARRAY(SELECT i.owner_id FROM item i))),
    shown AS (
        UPDATE outbox SET changes = changes + 1 WHERE id = ANY(ARRAY(
            SELECT s.id FROM item i CROSS JOIN LATERAL ({
    THEIRS.format(chat="i.chat_id", owner="i.owner_id", since="i.since", on="i.on_date", closed_by="i.closed_by")
} OFFSET 0) s ORDER BY s.id)))
    SELECT node_id, id FROM entry""")

_NEVER = "-infinity"
_NULL = "NULL"
_FLAGS = {flags: str(sum(flag << at for at, flag in enumerate(flags))) for flags in product((False, True), repeat=4)}
"""The flags of a cell as bits: counts, excused, known, extra."""


@dataclass(slots=True)
class BatchReading:
    """What was read, as of one moment."""

    cells: dict[CellPlace, Cell] = field(default_factory=dict)
    sums: dict[tuple[int, date, date], Sums] = field(default_factory=dict)
    """By node, and first and last start of a span."""
    last_cells: dict[int, date] = field(default_factory=dict)
    """The start of a node's last cell, for nodes with any cell in a span or after it."""
    crowds: dict[CellPlace, Crowd] = field(default_factory=dict)
    """By *each* node and start of its period, for all leaves below it."""
    runs: dict[int, tuple[Run, date]] = field(default_factory=dict)
    """By leaf, with the last day that has an entry, void or not."""
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Revision and shape of each vision whose cache is not stale."""


@record
class BatchEntry:
    """An entry to write."""

    vision_id: int
    owner: Owner
    route: Route
    entry: NewEntry
    now: datetime


def read(
    sql: Sql, vision_ids: Iterable[int], needs: Sequence[Needs], known: Collection[CellPlace] = ()
) -> BatchReading:
    """Reads everything that is needed, as of one moment, except for the `known` crowds."""
    reading = BatchReading()
    rows = sql.rows(_READ, *_wanted(needs), _numbers(dict.fromkeys(vision_ids)), *_places(_crowds(needs, known)))
    day_of = sql.values.day_of
    for part, at, first, second, third, *flags, on, missed, last, note, source_key, created_at in rows:
        if part == _CELLS:
            reading.cells[at, on] = cell_of(first, second, *flags)
        elif part == _SUMS:
            reading.sums[at, on, missed] = Sums(first, second, third)
            reading.last_cells[at] = max(last, reading.last_cells.get(at, last))
        elif part == _CROWDS:
            reading.crowds[at, on] = crowd_of(json.loads(note))
        elif part == _LEAVES:
            reading.runs[at] = run_of(first, second, on, missed, day_of), last or date.min
        elif part == _ENTRIES:
            columns = at, third, on, first, flags[0], note, second, source_key, created_at, flags[1]
            reading.entries.setdefault(third, []).append(entry_of(sql, columns))
        elif not flags[0]:
            reading.marks[at] = first, second
    for entries in reading.entries.values():
        entries.sort(key=lambda entry: (entry.on, entry.id))
    return reading


def _wanted(needs: Sequence[Needs]) -> tuple[str, ...]:
    """The needed cells, spans and leaves, as a list for each column."""
    places = dict.fromkeys(place for need in needs for place in need.cells)
    spans = dict.fromkeys((span.node_id, span.first, span.last) for need in needs for span in need.spans)
    return (
        *_places(places),
        *_arrays(3, [(str(node_id), _day(first), _day(last)) for node_id, first, last in spans]),
        *_arrays(3, [(str(need.leaf_id), _day(need.period.start), _day(need.period.end)) for need in needs]),
    )


def _crowds(needs: Sequence[Needs], known: Collection[CellPlace]) -> Iterable[CellPlace]:
    return dict.fromkeys(need.crowd for need in needs if need.crowd is not None and need.crowd not in known)


def _places(places: Iterable[CellPlace]) -> list[str]:
    return _arrays(2, [(str(node_id), _day(start)) for node_id, start in places])


def to_write(
    marks: Mapping[int, tuple[int, int]],
    revision: int,
    items: Sequence[BatchEntry],
    cells: Mapping[CellPlace, tuple[int, Cell]],
    runs: Mapping[int, tuple[int, Run]],
) -> list[str]:
    """The parameters of `WRITE`: entries with the cells and runs that follow from them, each with its vision's id.

    Only visions that still have these marks (revision and shape) are written; they get the new revision. The statement
    returns the leaf and id of each written entry; each leaf has at most one. If a source key exists already it fails,
    and nothing is written.
    """
    return [
        *_arrays(3, [(str(vision_id), str(was), str(shape)) for vision_id, (was, shape) in marks.items()]),
        str(revision),
        *_arrays(13, [_item_columns(item) for item in items]),
        *_arrays(6, [_cell_columns(place, *cell) for place, cell in cells.items()]),
        *_arrays(6, [_run_columns(leaf_id, *run) for leaf_id, run in runs.items()]),
    ]


def _cell_columns(place: CellPlace, vision_id: int, cell: Cell) -> tuple[str, ...]:
    return (
        str(vision_id),
        str(place[0]),
        _day(place[1]),
        "0" if cell.value is None else str(to_millionths(cell.value)),
        str(cell.progress),
        _FLAGS[cell.counts, cell.excused, cell.value is not None, cell.extra],
    )


def _run_columns(leaf_id: int, vision_id: int, run: Run) -> tuple[str, ...]:
    return str(vision_id), str(leaf_id), str(run.length), str(run.best), _day(run.through), _day(run.missed)


def _item_columns(item: BatchEntry) -> tuple[str, ...]:
    entry, owner, now = item.entry, item.owner, to_utc_text(item.now)
    return (
        str(item.vision_id),
        str(entry.node_id),
        _day(entry.on),
        _NULL if entry.value is None else str(to_millionths(entry.value)),
        "t" if entry.skipped else "f",
        _quoted(entry.note),
        _NULL if entry.author_id is None else str(entry.author_id),
        _quoted(entry.source_key),
        now,
        str(owner.chat_id),
        str(owner.id),
        _day(item.route.shown_since),
        # A person's prompts are never closed.
        now if owner.type is OwnerType.GROUP else _NEVER,
    )


def _quoted(text: str | None) -> str:
    """A text quoted for an array."""
    return _NULL if text is None else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _numbers(values: Iterable[int]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _day(on: date | None) -> str:
    """A date as the driver would send it: the minimum and maximum date stand for infinity."""
    if on is None:
        return _NULL
    return _NEVER if on == date.min else "infinity" if on == date.max else on.isoformat()


def _arrays(width: int, rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as one array for each column."""
    columns = rows[0] if len(rows) == 1 else map(",".join, zip(*rows, strict=True))
    return [f"{{{column}}}" for column in columns] if rows else ["{}"] * width
