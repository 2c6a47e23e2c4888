"""The marks of trees: random numbers, drawn again at each change, so that no value ever comes back.

`visions.revision` stands for the entries, cells and runs of a tree, `visions.shape` for its nodes and terms, its
owner's settings and pauses, and the members of the group. A check-off is computed on what was read, and written only if
the marks are still the same. On SQLite there is only one writer, so the revision is neither used nor changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from secrets import randbits

from storage.sql import Sql, Statement

_BITS = 62
_SHAPE = """
    UPDATE visions SET shape = $2 WHERE id = ANY(
        ARRAY(SELECT v.id FROM visions v WHERE v.owner_id {whose} ORDER BY v.id FOR NO KEY UPDATE))"""
_SHAPE_ON_SQLITE = "UPDATE visions SET shape = $2 WHERE owner_id {whose}"


def _shape_of(whose: str) -> Statement:
    return Statement(_SHAPE.format(whose=whose), sqlite=_SHAPE_ON_SQLITE.format(whose=whose))


_OF_OWNER = _shape_of("= $1")
_OF_MEMBER = _shape_of("= (SELECT m.owner_id FROM members m WHERE m.id = $1)")


_REVISION = Statement(
    _SHAPE.format(whose="= ANY($1::bigint[])").replace("shape", "revision"),
    sqlite="UPDATE visions SET revision = $2 WHERE owner_id IN (SELECT value FROM json_each($1))",
)


def drawn() -> int:
    """A new mark."""
    return randbits(_BITS)


def revise_owners(sql: Sql, owner_ids: Sequence[int]) -> None:
    """Gives all trees of several owners a new revision, after a change that did not lock them."""
    sql.run(_REVISION, sql.many(owner_ids), drawn())


def reshape_owner(sql: Sql, owner_id: int) -> None:
    """Gives all trees of an owner a new shape, in the order of their ids."""
    sql.run(_OF_OWNER, owner_id, drawn())


def reshape_group(sql: Sql, member_id: int) -> None:
    """The same for the group that somebody is a member of."""
    sql.run(_OF_MEMBER, member_id, drawn())
