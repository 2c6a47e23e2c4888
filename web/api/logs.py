"""Entries: logging, changing, undoing, and listing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from core.actions.entries import PAGE, read_entries
from core.actions.log import change_entry, log, take_back_entry
from core.actions.logged import CheckOff, EntryChange, How, Log, LogOutcome
from core.goals.model import Entry
from core.goals.periods import Period
from core.group.permissions import Actor
from core.planning.rules import FIRST_DATE, LAST_DATE
from core.tokens import Scope
from web.api import answers
from web.api.cursors import cursor_of, entry_place
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Id, Number, OfOwner, Shape, Text
from web.json.tree import standing_json
from web.json.values import number


class KpiQuery(OfOwner):
    kpi_id: Id


class LogQuery(OfOwner):
    log_id: Id


class EntriesQuery(KpiQuery):
    from_: Annotated[Day, Field(alias="from")] = FIRST_DATE
    to: Day = LAST_DATE
    limit: Annotated[int, Field(ge=1, le=500)] = PAGE
    cursor: Annotated[str, Field(max_length=80)] | None = None


class SaidShape(Shape):
    """What an entry says: a value, `completed` or not, or a skip."""

    value: Number | None = None
    is_completed: bool | None = None
    skipped: bool | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if self.skipped and (self.value is not None or self.is_completed):
            raise ValueError("what is skipped has no value and is not completed")
        if self.is_completed is False and self.value:
            raise ValueError("what is not completed has no value")
        return self

    @property
    def amount(self) -> Decimal | None:
        """The value; None for a tick or a skip."""
        return Decimal(0) if self.value is None and self.is_completed is False else self.value


class LogBody(SaidShape):
    date: Day


class ChangeBody(SaidShape):
    date: Day | None = None


async def log_kpi(call: Call[KpiQuery, LogBody]) -> Answer:
    """Log a value or a tick, mark a KPI as not completed, or skip it."""
    said = call.body
    how = How.SKIP if said.skipped else How.SET if said.is_completed is False else How.ADD
    wanted = Log(call.query.kpi_id, said.date, how, said.amount, said.note, call.source_key)
    done = await log(call.store, call.actor, wanted, call.now, call.caps)
    return logged_json(call.actor, [done])


async def change_log(call: Call[LogQuery, ChangeBody]) -> Answer:
    """Change an entry: a new entry replaces it, which keeps every field that is not given."""
    said = call.body
    is_same = said.value is None and said.is_completed is None and said.skipped is None
    change = EntryChange(said.amount, bool(said.skipped), said.date, said.note, call.source_key, is_same)
    done = await change_entry(call.store, call.actor, call.query.log_id, change, call.now, call.caps)
    return logged_json(call.actor, done)


async def take_back_log(call: Call[LogQuery, Nothing]) -> Answer:
    """Undo an entry."""
    done = await take_back_entry(call.store, call.actor, call.query.log_id, call.now, call.source_key)
    return logged_json(call.actor, [done])


async def list_logs(call: Call[EntriesQuery, Nothing]) -> Answer:
    """The entries of a KPI, latest first."""
    query = call.query
    before = None if query.cursor is None else entry_place(query.cursor)
    dates = Period(query.from_, query.to)
    page = await read_entries(call.store, call.actor, query.kpi_id, dates, before, query.limit)
    following = None if page.next is None else cursor_of(*page.next)
    return Answer({"logs": [_entry(one, call.actor) for one in page.entries], "nextCursor": following})


def logged_json(actor: Actor, done: Sequence[CheckOff]) -> Answer:
    """The results of check-offs. If several touched the same period of a node, the last one counts."""
    first = done[0]
    progress: dict[tuple[int, object], dict[str, object]] = {}
    for check_off in reversed(done):
        for step in check_off.steps:
            standing = step.standing
            progress[standing.node.id, standing.period.start] = {
                "kpiId": str(standing.node.id),
                "title": standing.node.title,
                "level": standing.node.level.value,
                "progress": standing.percent,
                **standing_json(standing),
            }
    is_there = first.entry is not None and first.outcome is not LogOutcome.UNDONE
    return Answer(
        {
            "outcome": first.outcome.value,
            "log": _entry(first.entry, actor) if is_there and first.entry else None,
            "updatedProgress": list(progress.values()),
        }
    )


def _entry(entry: Entry, actor: Actor) -> dict[str, object]:
    return {
        "id": str(entry.id),
        "kpiId": str(entry.node_id),
        "date": entry.on.isoformat(),
        "value": number(entry.value),
        "isCompleted": not entry.skipped and bool(entry.value),
        "skipped": entry.skipped,
        "note": entry.note,
        "createdAt": entry.created_at and entry.created_at.isoformat(timespec="seconds"),
        "isMine": entry.author_id in (actor.user_id, None),
    }


ENDPOINTS = (
    Endpoint("POST", "/kpi-logs/{kpiId}/log", Scope.LOG, log_kpi, KpiQuery, answers.Logged, LogBody, is_sourced=True),
    Endpoint("GET", "/kpi-logs", Scope.READ, list_logs, EntriesQuery, answers.EntriesShape),
    Endpoint(
        "PATCH", "/kpi-logs/{logId}", Scope.LOG, change_log, LogQuery, answers.Logged, ChangeBody, is_sourced=True
    ),
    Endpoint("DELETE", "/kpi-logs/{logId}", Scope.LOG, take_back_log, LogQuery, answers.Logged, is_sourced=True),
)
