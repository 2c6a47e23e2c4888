"""Visions and their nodes."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update

from core.goals.engine import CALCULATION_VERSION
from core.goals.model import Level, Node
from core.goals.periods import period_of
from core.goals.structure import Hidden, Presence
from core.goals.tree import BEGINNING
from core.planning.edits import Rows
from core.ports.trees import StoredVision, TreesMark, TreeView, VisionPath
from storage.repositories import node_fields, removed, tree_rows, view_rows
from storage.repositories.living import IS_SHOWN
from storage.repositories.marks import drawn
from storage.repositories.members import MEMBER, member_of
from storage.repositories.members import WIDTH as WIDTH_OF_MEMBER
from storage.repositories.owners import OWNER, owner_of
from storage.sql import Sql, Statement
from storage.tables import NodeRow, NodeTargetRow, VisionRow

_TREE = f"""
    SELECT {tree_rows.columns()}
    FROM visions v
    LEFT JOIN nodes n ON n.vision_id = v.id
    LEFT JOIN node_targets t ON t.node_id = n.id
    WHERE """
_OF_OWNER = Statement(_TREE + "v.owner_id = $1")
_BY_ID = Statement(_TREE + "v.id = $1")

_HAS_YEARLY = "EXISTS (SELECT 1 FROM nodes y WHERE y.vision_id = v.id AND y.level = 'yearly')"
_VIEW_TEXT = f"""
    SELECT {tree_rows.columns(tree_rows.LATEST)}, {view_rows.COLUMNS}
    FROM {{visions}}
    LEFT JOIN nodes n ON n.vision_id = v.id
    LEFT JOIN node_targets t ON t.node_id = n.id
    LEFT JOIN cells c ON c.node_id = n.id AND c.period_start = CASE n.level
        WHEN 'daily' THEN $2::date WHEN 'weekly' THEN {{week}} WHEN 'monthly' THEN $4::date
        WHEN 'quarterly' THEN $5::date WHEN 'yearly' THEN $6::date
        WHEN 'range' THEN coalesce(
            CASE WHEN n.member_id IS NULL THEN n.starts_on
                ELSE (SELECT e.starts_on FROM nodes e WHERE e.id = n.parent_id) END,
            (SELECT r.starts_on FROM nodes r WHERE r.vision_id = v.id AND r.parent_id IS NULL), $7::date)
        ELSE CASE WHEN n.starts_on IS NOT NULL AND n.ends_on IS NOT NULL THEN n.starts_on
            WHEN {_HAS_YEARLY} THEN $6::date ELSE $5::date END END
    LEFT JOIN runs r ON r.node_id = n.id
    WHERE {{whose}}"""
_VIEW = Statement(_VIEW_TEXT.format(visions="visions v", week="$3::date", whose="v.owner_id = $1"))
_OF_CHAT = "owners whose JOIN visions v ON v.owner_id = whose.id"
_VIEW_OF_CHAT = Statement(
    _VIEW_TEXT.format(visions=_OF_CHAT, week="($3::date[])[whose.week_start + 1]", whose="whose.chat_id = $1"),
    sqlite=_VIEW_TEXT.format(visions=_OF_CHAT, week="$3 ->> whose.week_start", whose="whose.chat_id = $1"),
)

_IDS = Statement("SELECT v.id FROM visions v WHERE $1::bigint IS NULL OR v.owner_id = $1 ORDER BY v.id")

# Where a path begins: at the user's own leaf instead of the *each* node. CROSS JOIN keeps SQLite from starting with the
# leaves, of which there may be hundreds.
_BEGINNING = """
    SELECT CASE WHEN n.each IS NULL THEN n.id ELSE coalesce((
        SELECT own.id FROM members m CROSS JOIN nodes own
        WHERE m.owner_id = n.owner_id AND m.user_id = $3::bigint AND own.member_id = m.id AND own.parent_id = n.id
        ORDER BY CASE WHEN $4::date BETWEEN coalesce(own.starts_on, $4) AND coalesce(own.ends_on, $4) THEN 0 ELSE 1 END,
            own.starts_on DESC LIMIT 1), n.id) END
    FROM nodes n JOIN owners o ON o.id = n.owner_id WHERE n.id = $2 AND o.chat_id = $1"""

# The root and the children of every node from the root to the requested one; below an *each* node only the child on the
# path. UNION (not UNION ALL) ends even on a cycle, which the core never writes.
_PATH_TEXT = f"""
    WITH RECURSIVE
    path(id, parent_id, is_each) AS (
        SELECT n.id, n.parent_id, n.each IS NOT NULL FROM nodes n WHERE n.id = ({_BEGINNING})
        UNION SELECT n.id, n.parent_id, n.each IS NOT NULL FROM path p JOIN nodes n ON n.id = p.parent_id),
    wanted(id) AS (
        SELECT p.id FROM path p WHERE p.parent_id IS NULL
        UNION ALL SELECT n.id FROM path p JOIN nodes n ON n.parent_id = p.id WHERE NOT p.is_each
        UNION ALL SELECT p.id FROM path p JOIN path above ON above.id = p.parent_id WHERE above.is_each)
    SELECT {{columns}}
    FROM wanted w
    JOIN nodes n ON n.id = w.id
    JOIN visions v ON v.id = n.vision_id
    LEFT JOIN node_targets t ON t.node_id = n.id"""
# The number of leaves below an *each* node, by their own dates.
_PRESENCE = """
    CASE WHEN n.each IS NOT NULL THEN (
        SELECT json_agg(json_build_array(l.starts_on, l.ends_on, l.count))::text
        FROM (SELECT c.starts_on, c.ends_on, count(*) AS count FROM nodes c
            WHERE c.parent_id = n.id GROUP BY c.starts_on, c.ends_on) l) END"""
_MEMBER = "(SELECT m.id FROM members m WHERE m.owner_id = o.id AND m.user_id = $3::bigint AND m.left_at IS NULL)"
_IS_SHOWN = IS_SHOWN.format(days="(m.on_date >= $5::date OR m.on_date = $4::date)")
_PATH_COLUMNS = (
    f"{tree_rows.columns(f'json_build_array({_MEMBER}, {_IS_SHOWN}, {_HAS_YEARLY})')}, {_PRESENCE}, n.adds_ticks"
)
_PATH = Statement(_PATH_TEXT.format(columns=_PATH_COLUMNS + ", v.shape"))

# Keeps out other writers of the vision, but not the foreign key checks of rows that refer to it. Everybody who locks it
# changes its entries, cells or runs, so the revision is changed here.
_LOCK = Statement("UPDATE visions SET revision = $2 WHERE id = $1 RETURNING shape")

# The greatest entry id shows new entries, the version all other changes: so a check-off writes nothing for this.
_MARK = Statement(
    f"""SELECT {MEMBER}, {OWNER}, (
        SELECT json_agg(json_build_array(v.id, v.position, v.version, v.calculation_version, (
            SELECT max(e.id) FROM entries e WHERE e.vision_id = v.id)))
        FROM visions v WHERE v.owner_id = o.id)::text
    FROM owners o LEFT JOIN members m ON m.owner_id = o.id AND m.user_id = $2 WHERE o.chat_id = $1"""
)
_COUNT_CHANGE = Statement("UPDATE visions SET version = version + 1, shape = $2 WHERE owner_id = $1")

_OUTDATED = Statement(
    "SELECT id FROM visions WHERE id > $1 AND (stale OR calculation_version <> $2) ORDER BY id LIMIT $3"
)
_NOTE_TICKED = Statement(
    """UPDATE nodes SET adds_ticks = NOT adds_ticks
    WHERE vision_id = $1 AND adds_ticks <> (id = ANY($2::bigint[]))""",
    sqlite="""UPDATE nodes SET adds_ticks = NOT adds_ticks
    WHERE vision_id = $1 AND adds_ticks <> (id IN (SELECT value FROM json_each($2)))""",
)
# Ids of nodes that an edit removed are not reused: it may be taken back, and buttons in chats still name them.
_LAST_NODE_ID = Statement(
    "SELECT max(coalesce((SELECT max(id) FROM nodes), 0), coalesce((SELECT max(last_node_id) FROM edits), 0))"
)
_NEXT_NODE_IDS = Statement("SELECT nextval(pg_get_serial_sequence('nodes', 'id')) FROM generate_series(1, $1::int)")


class SqlTrees:
    """See `core.ports.trees.Trees`. On SQLite a writing transaction is the only one: there is nothing to lock."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._last_node_id = 0

    def vision_ids(self, owner_id: int | None = None) -> list[int]:
        return [row[0] for row in self._sql.rows(_IDS, owner_id)]

    def outdated(self, after: int, limit: int) -> list[int]:
        return [row[0] for row in self._sql.rows(_OUTDATED, after, CALCULATION_VERSION, limit)]

    def visions_of(self, owner_id: int) -> list[StoredVision]:
        return tree_rows.visions_of(self._sql, self._sql.rows(_OF_OWNER, owner_id))

    def vision(self, vision_id: int, *, lock: bool = False) -> StoredVision | None:
        if lock:
            self.lock_vision(vision_id)
        return next(iter(tree_rows.visions_of(self._sql, self._sql.rows(_BY_ID, vision_id))), None)

    def lock_vision(self, vision_id: int) -> None:
        """Locks a vision until the end of the transaction."""
        if not self._sql.sqlite:
            self._sql.rows(_LOCK, vision_id, drawn())

    def path(
        self,
        chat_id: int,
        node_id: int,
        user_id: int | None = None,
        on: date | None = None,
        shown_since: date | None = None,
    ) -> VisionPath | None:
        day = self._sql.values.day
        rows = self._sql.rows(_PATH, chat_id, node_id, user_id, day(on or date.max), day(shown_since or date.max))
        if not rows:
            return None
        [(vision, (member_id, is_shown, has_yearly))] = tree_rows.visions_with(self._sql, rows)
        presence: dict[int, Presence] = {}
        ticked = set()
        for row in rows:
            if row[tree_rows.WIDTH]:
                presence[row[tree_rows.NODE_ID]] = tree_rows.presence_of(row[tree_rows.WIDTH])
            if row[tree_rows.WIDTH + 1]:
                ticked.add(row[tree_rows.NODE_ID])
        return VisionPath(
            vision.id,
            vision.owner,
            vision.nodes,
            vision.stale,
            vision.pauses,
            Hidden(presence, bool(has_yearly), frozenset(ticked)),
            member_id,
            rows[0][tree_rows.WIDTH + 2],
            bool(is_shown),
        )

    def lock(self, path: VisionPath) -> bool:
        if self._sql.sqlite:
            return True
        locked = self._sql.rows(_LOCK, path.id, drawn())
        return bool(locked) and bool(locked[0][0] == path.shape)

    def lock_path(self, chat_id: int, node_id: int) -> VisionPath | None:
        path = self.path(chat_id, node_id)
        return path if path is None or self.lock(path) else self.path(chat_id, node_id)

    def add_vision(self, owner_id: int, now: datetime) -> int:
        last = select(func.coalesce(func.max(VisionRow.position) + 1, 0)).where(VisionRow.owner_id == owner_id)
        new = insert(VisionRow).values(
            owner_id=owner_id,
            position=last.scalar_subquery(),
            stale=True,
            calculation_version=0,
            revision=drawn(),
            shape=drawn(),
            created_at=now,
        )
        return self._sql.connection.execute(new.returning(VisionRow.id)).scalar_one()

    def new_node_ids(self, count: int) -> Sequence[int]:
        if not self._sql.sqlite:
            return [row[0] for row in self._sql.rows(_NEXT_NODE_IDS, count)]
        # Ids that this transaction was given and has not used yet are not given again.
        first = max(self._last_node_id, self._sql.rows(_LAST_NODE_ID)[0][0]) + 1
        self._last_node_id = first + count - 1
        return range(first, first + count)

    def add_nodes(self, vision_id: int, nodes: Sequence[Node]) -> None:
        if not nodes:
            return
        owner_id = select(VisionRow.owner_id).where(VisionRow.id == vision_id)
        of = {"owner_id": self._sql.connection.execute(owner_id).scalar_one(), "vision_id": vision_id}
        self._sql.connection.execute(insert(NodeRow), [node_fields.fields_of(node) | of for node in nodes])
        self._add_terms(nodes)

    def remove_nodes(self, node_ids: Sequence[int]) -> None:
        self._sql.connection.execute(delete(NodeRow).where(NodeRow.id.in_(node_ids)))

    def rows_of(self, node_ids: Sequence[int]) -> tuple[Rows, ...]:
        return removed.rows_of(self._sql, node_ids)

    def put_back(self, vision_id: int, rows: Sequence[Rows]) -> None:
        removed.put_back(self._sql, vision_id, rows)

    def remove_vision(self, vision_id: int) -> None:
        self._sql.connection.execute(delete(VisionRow).where(VisionRow.id == vision_id))

    def save_nodes(self, nodes: Sequence[Node]) -> None:
        for node in nodes:
            self._sql.connection.execute(
                update(NodeRow).where(NodeRow.id == node.id).values(node_fields.fields_of(node))
            )
            self._sql.connection.execute(delete(NodeTargetRow).where(NodeTargetRow.node_id == node.id))
        self._add_terms(nodes)

    def _add_terms(self, nodes: Sequence[Node]) -> None:
        rows = [row for node in nodes for row in node_fields.terms_of(node)]
        if rows:
            self._sql.connection.execute(insert(NodeTargetRow), rows)

    def note_ticked(self, vision_id: int, ticked: Collection[int]) -> None:
        self._sql.run(_NOTE_TICKED, vision_id, self._sql.many(sorted(ticked)))

    def mark_stale(self, vision_id: int) -> None:
        changed = {"stale": True, "version": VisionRow.version + 1, "shape": drawn()}
        self._sql.connection.execute(update(VisionRow).where(VisionRow.id == vision_id).values(changed))

    def mark_of_chat(self, chat_id: int, user_id: int | None) -> TreesMark | None:
        rows = self._sql.rows(_MARK, chat_id, user_id)
        if not rows:
            return None
        *both, visions = rows[0]
        member, owner = both[:WIDTH_OF_MEMBER], both[WIDTH_OF_MEMBER:]
        state = json.dumps(sorted(json.loads(visions or "[]")))
        return TreesMark(owner_of(owner), state, None if member[0] is None else member_of(self._sql, member))

    def count_change(self, owner_id: int) -> None:
        self._sql.run(_COUNT_CHANGE, owner_id, drawn())

    def view(self, owner_id: int, on: date, week_start: int) -> list[TreeView]:
        day, week, *longer = self._starts(on, week_start)
        return view_rows.views_of(self._sql, self._sql.rows(_VIEW, owner_id, day, week, *longer))

    def view_of_chat(self, chat_id: int, on: date) -> list[TreeView]:
        day, _, *longer = self._starts(on, 0)
        weeks: object = [self._starts(on, week_start)[1] for week_start in range(7)]
        if self._sql.sqlite:
            weeks = json.dumps(weeks)
        return view_rows.views_of(self._sql, self._sql.rows(_VIEW_OF_CHAT, chat_id, day, weeks, *longer))

    def _starts(self, on: date, week_start: int) -> list[object]:
        """The starts of the day, week, month, quarter and year of a date, and the value for periods without a start."""
        levels = (Level.DAILY, Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, Level.YEARLY)
        starts = [period_of(level, on, week_start).start for level in levels]
        return [self._sql.values.day(start) for start in (*starts, BEGINNING)]
