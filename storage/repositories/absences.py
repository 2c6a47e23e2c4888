"""When members are away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, update

from core.group.records import Absence
from storage.people_tables import AbsenceRow
from storage.sql import Sql, Statement

_ABSENCE = "a.id, a.member_id, a.first, a.last"
_OF_MEMBER = Statement(f"""
    SELECT {_ABSENCE} FROM absences a WHERE a.member_id = $1 AND a.last >= $2 ORDER BY a.first, a.id""")
_OF_OWNER = Statement(f"""
    SELECT {_ABSENCE} FROM members m JOIN absences a ON a.member_id = m.id
    WHERE m.owner_id = $1 AND a.last >= $2 AND a.first <= $3 ORDER BY a.first, a.id""")


class SqlAbsences:
    """See `core.ports.members.Absences`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def add(self, member_id: int, first: date, last: date) -> Absence:
        new = insert(AbsenceRow).values(member_id=member_id, first=first, last=last).returning(AbsenceRow.id)
        return Absence(self._sql.connection.execute(new).scalar_one(), member_id, first, last)

    def save(self, absence: Absence) -> None:
        row = update(AbsenceRow).where(AbsenceRow.id == absence.id)
        self._sql.connection.execute(row.values(first=absence.first, last=absence.last))

    def remove(self, absence_id: int) -> None:
        self._sql.connection.execute(delete(AbsenceRow).where(AbsenceRow.id == absence_id))

    def of_member(self, member_id: int, first: date) -> list[Absence]:
        return self._absences(self._sql.rows(_OF_MEMBER, member_id, self._sql.values.day(first)))

    def of_owner(self, owner_id: int, first: date, last: date) -> list[Absence]:
        day = self._sql.values.day
        return self._absences(self._sql.rows(_OF_OWNER, owner_id, day(first), day(last)))

    def _absences(self, rows: Sequence[Any]) -> list[Absence]:
        day_of = self._sql.values.day_of
        return [Absence(own_id, member_id, day_of(first), day_of(last)) for own_id, member_id, first, last in rows]
