"""The API's document and the page about it: both have every endpoint, and the examples work."""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from core.tokens import Scope
from tests.web.api.conftest import ANN, GROUP, Desk
from tests.web.api.test_callers import init_data, tma
from web.address import Address
from web.api.endpoint import Endpoint
from web.api.endpoints import ENDPOINTS
from web.api.openapi import document
from web.server import Server

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


async def test_the_document_is_served_to_anybody(desk: Desk) -> None:
    answer = await desk.ask("GET", "/openapi.json", by=None)
    assert answer.json() == document(ENDPOINTS)
    assert answer.json()["openapi"] == "3.1.0"


def test_every_reference_of_the_document_leads_somewhere() -> None:
    made = document(ENDPOINTS)
    references = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(made)))
    assert references <= made["components"]["schemas"].keys()
    for one in ENDPOINTS:
        operation = made["paths"][one.path][one.method.lower()]
        in_path = [field["name"] for field in operation["parameters"] if field["in"] == "path"]
        assert in_path == one.path_names
        assert operation["summary"].endswith(".")
        assert all(field["description"].endswith(".") for field in operation["parameters"])
        assert ("304" in operation["responses"]) is one.is_tagged
    names = [operation["operationId"] for path in made["paths"].values() for operation in path.values()]
    assert len(set(names)) == len(names)
    said = re.findall(r"`[a-z]+_[a-z_]+`", json.dumps(made))
    assert said == [], "a field is named as it is written in JSON"


@pytest.mark.parametrize("one", [one for one in ENDPOINTS if one.method == "GET"], ids=lambda one: one.answer.__name__)
async def test_tagged_answers_are_documented(desk: Desk, one: Endpoint) -> None:
    ids = await desk.ids()
    real = {
        "visionId": ids["Run a marathon"], "kpiId": ids["Run"], "goalId": ids["Run"], "date": "2026-11-02",
        "secret": await desk.address_of(ANN, one.scope) if "secret" in one.path_names else "",
    }  # fmt: skip
    path = one.path.format(**real)
    days = {"from": "2026-11-01", "to": "2026-11-02"}
    needed = {"/kpi-logs": days | {"kpiId": ids["Run"]}, "/board": {"owner": str(GROUP)}}
    asked: dict[str, Any] = dict(days if one.path.startswith("/kpi-progress") else needed.get(one.path, {}))
    asked["by"] = tma(init_data())
    answer = await desk.ask("GET", path, **asked)
    assert answer.status_code == 200, answer.text
    assert ("etag" in answer.headers) is one.is_tagged
    if one.is_tagged:
        again = await desk.ask("GET", path, headers={"If-None-Match": answer.headers["etag"]}, **asked)
        assert (again.status_code, again.content) == (304, b"")


def test_the_page_has_an_example_of_every_endpoint() -> None:
    said = set()
    for line in EXAMPLES:
        method = next(iter(re.findall(r"-X (\w+)", line)), "POST" if re.search(" (-d|--data-binary) ", line) else "GET")
        path = re.findall(r'"\$API(/[^"?]*)', line)[0]
        said.add((method, re.sub(r"\$\w+|\d{4}-\d\d-\d\d", "{}", path)))
    assert said == {(one.method, re.sub(r"\{\w+\}", "{}", one.path)) for one in ENDPOINTS}


async def test_the_examples_of_the_page_work(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = await desk.ids()
    server = Server(Starlette(routes=[Mount("/api", next(iter(desk.app.routes)).app)]), Address("127.0.0.1", 0))  # type: ignore[attr-defined]
    environment = {
        **os.environ,
        "API": f"http://{await server.start()}/api",
        "TOKEN": await desk.secret_of(ANN),
        "VISION": ids["Run a marathon"],
        "KPI": ids["Run"],
        "GOAL": ids["Stretch"],
        "GROUP": f"{GROUP}",
        "INIT_DATA": init_data(),
        "HOOK": await desk.address_of(ANN, Scope.HOOK),
        "CALENDAR": await desk.address_of(ANN, Scope.CALENDAR),
    }
    (tmp_path / "habits.csv").write_bytes(b"date,Swim\n2026-11-01,x\n")
    monkeypatch.chdir(tmp_path)
    try:
        for line in EXAMPLES:
            answer = await _answer(line, environment)
            assert "code" not in answer, (line, answer)
            if (answer.get("log") or {}).get("value"):
                environment["CHANGED" if "LOG" in environment else "LOG"] = answer["log"]["id"]
            if "digest" in answer:
                environment["DIGEST"] = answer["digest"]
            if answer.get("pauses"):
                environment["PAUSE"] = answer["pauses"][0]["id"]
            if "secret" in answer:
                environment["TOKEN_ID"] = answer["id"]
    finally:
        await server.stop()


async def _answer(line: str, environment: dict[str, str]) -> Any:
    process = await asyncio.create_subprocess_shell(line, env=environment, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert process.returncode == 0, line
    return json.loads(said) if said.startswith(b"{") else {}
