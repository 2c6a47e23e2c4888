"""Two chats with one of everything, on which forged buttons are tried, and all of their rows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path
from typing import Any

from core.actions.edit.pauses import pause
from core.actions.reminders import add_check_in
from core.actions.tokens import make_token
from core.asking.schedule import Schedule
from core.goals.model import Pause
from core.group.permissions import Actor
from core.tokens import Scope
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import STARTED, planted

GROUPS, HERS = "xj", "zq"
"""The beginning of every title and note of the group, and of Zoe's own chat."""
GROUP_PLAN = "Xjplan (from 2026-10-01)\n  W: Xjweek\n    D: Xjrun = 5 km\n  D: Xjread = 20 pages each\n"
HER_PLAN = "Zqplan (from 2026-10-01)\n  W: Zqweek\n    D: Zqrun = 5 km\n"
SHEET = b"date,Xjswim\n2026-11-21,x\n2026-11-22,x\n"
EVENING = time(22)

NOT_LOOKED_AT = ("inbox", "alembic_version", "cells", "runs")
"""Tables of incoming updates, and of derived values."""

DbRow = tuple[str, tuple[tuple[str, object], ...]]


@dataclass(frozen=True)
class ChatIds:
    """One of each thing that buttons name. `member` asked `buddy` to be their buddy; `word` identifies an open
    question."""

    node: int
    vision: int
    member: int
    buddy: int
    owner: int
    reminder: int
    pause: int
    prompt: int
    share: int
    token: int
    message: int
    word: str


@dataclass
class Victims:
    """A group of Anna, its admin, and Ben; and Zoe, alone. `annas` are the group's ids with Anna's own leaf."""

    file: Path
    anna: Talk
    zoe: Talk
    group: ChatIds
    annas: ChatIds
    alone: ChatIds

    def rows(self, *of: ChatIds, but: frozenset[int] = frozenset()) -> set[DbRow]:
        """All rows of these chats, except those that belong to other people alone."""
        result, owners = all_rows(self.file), {ids.owner for ids in of}
        about = {"owner_id": owners}
        for name, table in (("vision_id", "visions"), ("node_id", "nodes"), ("member_id", "members")):
            about[name] = {row["id"] for row in result[table] if row["owner_id"] in owners}
        about["chat_id"] = {row["chat_id"] for row in result["owners"] if row["id"] in owners}
        tokens = {ids.token for ids in of}
        return {
            (table, tuple(row.items()))
            for table, rows in result.items()
            for row in rows
            if any(row.get(name) in ids for name, ids in about.items())
            or (table == "api_tokens" and row["id"] in tokens)
            if row.get("user_id", row.get("author_id")) not in but
        }


def all_rows(file: Path) -> dict[str, list[dict[str, Any]]]:
    """The contents of a database, by table."""
    with closing(sqlite3.connect(file)) as opened:
        opened.row_factory = sqlite3.Row
        names = [row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in opened.execute(f'SELECT * FROM "{name}"')]
            for name in names
            if name not in NOT_LOOKED_AT
        }


async def settled(stage: Stage, file: Path) -> Victims:
    """Both chats, with one of everything."""
    anna, ben = (stage.group("Xjgroup", name) for name in ("Anna", "Ben"))
    await stage.quiet()
    await planted(anna, GROUP_PLAN)
    for line in ("/join", "/log xjread 20 xjnote", "/log xjrun 2"):
        await ben.say(line)
    for line in ("/log xjread 10 xjnote", "/buddy ben"):
        await anna.say(line)
    bens = stage.talk("Ben")
    await planted(bens, "Xjown (from 2026-10-01)\n  D: Xjshared\n")
    await bens.say("/share xjown")
    await bens.tap("Share")
    zoe = stage.talk("Zoe")
    await planted(zoe, HER_PLAN)
    await zoe.say("zqrun 3 zqnote")
    for talk in (anna, zoe):
        await _set_up(stage, talk)
    await stage.until(stage.clock().replace(hour=EVENING.hour))
    await anna.send("habits.csv", SHEET, "/import")
    await zoe.say("/forget_me")
    group, alone = ids_of(file, anna), ids_of(file, zoe)
    own = next(row["id"] for row in all_rows(file)["nodes"] if row["member_id"] == group.member)
    return Victims(file, anna, zoe, group, replace(group, node=own), alone)


async def _set_up(stage: Stage, talk: Talk) -> None:
    host, now, ahead = Actor.host(talk.chat_id), stage.clock(), STARTED + timedelta(days=90)
    await add_check_in(stage.store, host, Schedule(EVENING), now)
    await pause(stage.store, host, Pause(0, ahead, ahead, None), now, source_key=None)
    secret = f"gt_{talk.chat_id}"
    await make_token(stage.store, Actor.alone(talk.person.id), secret, frozenset({Scope.READ}), "", now)


def ids_of(file: Path, talk: Talk) -> ChatIds:
    """Everything in a chat and of a person; anything missing is borrowed from another."""
    result = all_rows(file)

    def first(table: str, **wanted: object) -> int:
        rows = [row for row in result[table] if wanted.items() <= row.items()] or result[table]
        return int(rows[0]["id"])

    owner = first("owners", chat_id=talk.chat_id)
    asked = next(row for row in result["conversations"] if row["chat_id"] == talk.chat_id)
    return ChatIds(
        node=next(row["id"] for row in result["nodes"] if row["owner_id"] == owner and row["title"].endswith("run")),
        vision=first("visions", owner_id=owner),
        member=first("members", owner_id=owner, user_id=talk.person.id),
        buddy=next(row["asked_buddy_id"] for row in result["members"] if row["asked_buddy_id"]),
        owner=owner,
        reminder=first("reminders", owner_id=owner),
        pause=first("pauses", owner_id=owner),
        prompt=first("outbox", owner_id=owner),
        share=first("shares", owner_id=owner),
        token=first("api_tokens", user_id=talk.person.id),
        message=max(talk.chat.messages),
        word=json.loads(asked["state"])["word"],
    )
