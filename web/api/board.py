"""A group's board: who has done their part today and this week, and who contributed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from core.actions.charts import PersonDays, read_board_chart
from core.actions.day.board import Board, read_board
from core.actions.read import read_owner
from core.errors import NotFound
from core.goals.model import Member, OwnerType
from core.goals.progress import percent
from core.group.board import BoardRow
from core.group.brought import Brought
from core.group.permissions import Actor
from core.group.round import MemberState
from core.tokens import Scope
from web.api.answers import Percent
from web.api.charts import MarkedDay, marked_json
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.shapes import Day, Id, Number, OfOwner, Shape
from web.api.trees import unless_known
from web.json.values import number

_GONE = "Deleted Account"


class BoardPerson(Shape):
    """A member on the day. `name` is null if Telegram gave none. `done` of `asked` counts the member's own goals;
    `week` is null if nothing was due this week. `days` are the days of the week."""

    name: str | None
    is_me: bool
    state: Literal["done", "open", "skipped", "away", "free"]
    done: int
    asked: int
    week: Percent | None
    streak: int
    days: list[MarkedDay]


class BroughtPart(Shape):
    name: str | None
    is_me: bool
    amount: Number


class SharedGoal(Shape):
    """The contributions to a shared goal this week. `total` is null if amounts do not add up; for a goal that is
    ticked, amounts are days."""

    goal_id: Id
    title: str
    unit: str | None
    is_check: bool
    total: Number | None
    parts: list[BroughtPart]


class BoardAnswer(Shape):
    """`isOrdered`: members are sorted by their week, as the group has chosen. `streak`: consecutive days on which
    nothing was missed."""

    date: Day
    week_start: Day
    is_ordered: bool
    streak: int
    people: list[BoardPerson]
    shared: list[SharedGoal]


async def board(call: Call[OfOwner, Nothing]) -> Answer:
    """The board of a group: its members today and this week, and the contributions to shared goals."""
    if (await read_owner(call.store, call.actor)).type is OwnerType.PRIVATE:
        raise NotFound("no_group")

    async def content(on: date) -> object:
        sheet = await read_board(call.store, call.actor, on)
        chart = await read_board_chart(call.store, call.actor, on)
        return _board(sheet, chart.people, chart.week.start, call.actor)

    return await unless_known(call, None, content)


def _board(sheet: Board, people: Sequence[PersonDays], week_start: date, actor: Actor) -> Mapping[str, Any]:
    days = {one.member.id: marked_json(one.days) for one in people}
    states = {part.member.id: part.state for part in sheet.circle.round.members}
    return {
        "date": sheet.circle.round.on.isoformat(),
        "weekStart": week_start.isoformat(),
        "isOrdered": sheet.circle.owner.board_ordered,
        "streak": sheet.circle.round.streak,
        "people": [
            _person(row, states.get(row.member.id, MemberState.FREE), days.get(row.member.id, []), actor)
            for row in sheet.rows
        ],
        "shared": [_shared(one, actor) for one in sheet.brought],
    }


def _person(row: BoardRow, state: MemberState, days: Sequence[Mapping[str, Any]], actor: Actor) -> Mapping[str, Any]:
    return {
        **_named(row.member, actor),
        "state": state.value,
        "done": row.done,
        "asked": row.asked,
        "week": None if row.week is None else percent(row.week),
        "streak": row.streak,
        "days": days,
    }


def _shared(one: Brought, actor: Actor) -> Mapping[str, Any]:
    return {
        "goalId": str(one.node.id),
        "title": one.node.title,
        "unit": one.node.unit,
        "isCheck": one.is_check,
        "total": number(one.total),
        "parts": [{**_named(member, actor), "amount": number(amount)} for member, amount in one.parts],
    }


def _named(member: Member, actor: Actor) -> Mapping[str, Any]:
    is_known = bool(member.name.strip()) and member.name != _GONE
    return {"name": member.name if is_known else None, "isMe": member.user_id == actor.user_id}


ENDPOINTS = (Endpoint("GET", "/board", Scope.READ, board, OfOwner, BoardAnswer, is_tagged=True),)
