"""Exports and imports of files, and the limits of every request."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

from core.tokens import Scope
from tests.web.api.conftest import ANN, BEN, GROUP, Desk
from web.api.rate import Rate

SHEET = b"date,Swim,Read\n2026-10-30,x,5.5\n2026-10-31,,-2\n"
UNSURE = b"date,Read\n3/4/2026,x\n5/4/2026,x\n"


async def export(desk: Desk, form: str) -> httpx.Response:
    query: dict[str, Any] = {"as": form}
    return await desk.ask("GET", "/export", **query)


async def preview(desk: Desk, raw: bytes, **query: Any) -> httpx.Response:
    return await desk.ask("POST", "/imports/preview", content=raw, **query)


async def bring_in(desk: Desk, raw: bytes, **query: Any) -> httpx.Response:
    digest = (await preview(desk, raw)).json()["digest"]
    return await desk.ask("POST", "/imports", content=raw, digest=digest, **query)


async def test_a_file_is_previewed_then_imported_and_the_same_again_changes_nothing(desk: Desk) -> None:
    shown = (await preview(desk, SHEET)).json()
    assert (shown["app"], shown["goals"], shown["ticks"], shown["numbers"]) == ("CSV", ["Swim", "Read"], 1, 2)
    assert (shown["from"], shown["to"]) == ("2026-10-30", "2026-10-31")
    assert shown["examples"][0]["goal"] == "Swim"
    assert shown["remarks"]
    assert "Swim" not in await desk.ids()
    done = (await bring_in(desk, SHEET)).json()
    assert (done["goalsAdded"], done["entriesAdded"], done["unchanged"]) == (3, 3, False)
    again = (await bring_in(desk, SHEET)).json()
    assert (again["unchanged"], again["entriesAdded"]) == (True, 0)
    below = await bring_in(desk, b"date,Yoga\n2026-10-30,x\n", below="run-a-marathon")
    assert below.json()["visions"][0]["title"] == "Run a marathon"


async def test_only_a_previewed_file_is_imported(desk: Desk) -> None:
    digest = (await preview(desk, SHEET)).json()["digest"]
    other = await desk.ask("POST", "/imports", content=SHEET + b"2026-11-01,x,\n", digest=digest)
    assert (other.status_code, other.json()["code"]) == (422, "another_file")
    asked = await preview(desk, UNSURE)
    assert asked.json()["code"] == "dates_ambiguous"
    assert asked.json()["values"]["choices"] == ["dmy", "mdy"]
    assert (await preview(desk, UNSURE, dates="mdy")).json()["from"] == "2026-03-04"
    assert (await preview(desk, b"\x89PNG\r\n")).json()["code"] == "file_unknown"


async def test_sheets_go_out_and_are_read_back(desk: Desk) -> None:
    await bring_in(desk, SHEET)
    out = await export(desk, "entries.csv")
    assert out.headers["content-type"] == "text/csv; charset=utf-8"
    assert out.headers["content-disposition"] == 'attachment; filename="entries.csv"'
    rows = list(csv.DictReader(io.StringIO(out.content.decode("utf-8-sig"), newline="")))
    assert [(row["goal"], row["value"]) for row in rows] == [("Swim", "1"), ("Read", "5.5"), ("Read", "-2")]
    assert (await preview(desk, out.content)).json()["numbers"] == 2
    periods = await export(desk, "periods.csv")
    assert "Swim,CSV,daily,2026-10-30,2026-10-30" in periods.text
    document = await desk.ask("GET", "/export")
    assert json.loads(document.content)["format"] == "goaltree/1"
    assert (await bring_in(desk, document.content)).json()["unchanged"] is True
    outline = await export(desk, "outline")
    assert outline.text.startswith("Run a marathon")


async def test_a_groups_files_take_an_admin(desk: Desk) -> None:
    for path in ("/export", "/imports/preview"):
        method, content = ("GET", None) if path == "/export" else ("POST", SHEET)
        answer = await desk.ask(method, path, by=BEN, content=content, owner=str(GROUP))
        told = (answer.status_code, answer.json().get("code"))
        assert told == ((403, "admins_only") if path == "/export" else (200, None))
    digest = (await preview(desk, SHEET)).json()["digest"]
    refused = await desk.ask("POST", "/imports", by=BEN, content=SHEET, digest=digest, owner=str(GROUP))
    assert (refused.status_code, refused.json()["code"]) == (403, "admins_only")


async def test_files_are_bounded_and_weigh_more(desk: Desk) -> None:
    large = await preview(desk, b"a" * (20 * 2**20 + 1))
    assert (large.status_code, large.json()["code"]) == (413, "body_too_large")
    desk.rate = Rate(45, 60)
    desk.open()
    codes = [(await preview(desk, SHEET)).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


async def test_a_body_that_does_not_arrive_is_not_waited_for(desk: Desk) -> None:
    desk.patience = 0.05
    desk.open()

    async def slow() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    secret = await desk.secret_of(ANN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(desk.app), base_url="http://goaltree") as client:
        headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        async with asyncio.timeout(30):
            answer = await client.post("/api/goals", content=slow(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (408, "body_late")


async def test_every_answer_is_private_and_for_no_other_site(desk: Desk) -> None:
    hook, feed = await desk.address_of(ANN, Scope.HOOK), await desk.address_of(ANN, Scope.CALENDAR)
    cross = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method, path in (
        ("GET", "/goal-tree"),
        ("GET", "/nothing"),
        ("OPTIONS", "/goals"),
        ("POST", f"/hooks/{hook}"),
        ("OPTIONS", f"/hooks/{hook}"),
        ("GET", f"/calendar/{feed}.ics"),
        ("GET", "/export"),
    ):
        answer = await desk.ask(method, path, headers=cross)
        assert not [name for name in answer.headers if name.startswith("access-control")], path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["cache-control"] in ("no-store", "private, no-cache"), path
