"""Others' data stays private, in every parameter and body of every endpoint."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from core.actions.documents import export_document
from core.actions.edit.pauses import pause
from core.goals.model import Pause
from core.group.permissions import Actor
from tests.web.api.conftest import ANN, EVE, GROUP, MONDAY, NOW, OUTLINE, Desk
from web.api.endpoint import Endpoint
from web.api.endpoints import ENDPOINTS

BODIES: dict[str, dict[str, Any]] = {
    "log_kpi": {"date": MONDAY.isoformat(), "value": 1},
    "change_log": {"value": 9},
    "plant_goals": {"outline": OUTLINE},
    "propose_plan": {"sentence": "read 24 books in 2027"},
    "plant_plan": {"sentence": "read 24 books in 2027"},
    "new_token": {"scopes": ["read"]},
    "edit_goal": {"title": "Mine"},
    "move_goal": {},
    "new_pause": {"from": MONDAY.isoformat(), "to": MONDAY.isoformat()},
    "add_goal": {"outline": "D: Swim"},
}
FILE = b"date,Swim\n2026-11-01,x\n"
QUERY = {"from": "2026-11-01", "to": "2026-11-05"}
DIGEST = {"digest": hashlib.sha256(FILE).hexdigest()}
ABOUT_ONESELF = (
    *("goal_trees", "daily_kpis", "plant_goals", "export_all", "preview_import", "import_file"),
    *("owner_for", "all_pauses", "new_pause", "propose_plan", "plant_plan", "plan_templates"),
)
"""Endpoints without an id, which answer with Eve's own data."""
OF_OWNERS = [one for one in ENDPOINTS if "owner" in one.query.model_fields]


async def _asked(desk: Desk, one: Endpoint, hers: dict[str, str], **query: Any) -> Any:
    """The answer to Eve when she calls an endpoint with Ann's ids."""
    path = one.path.format(**{"date": MONDAY.isoformat(), **hers})
    names = {field.alias for field in one.query.model_fields.values()}
    given: dict[str, Any] = {
        name: value
        for name, value in {**QUERY, **DIGEST, **hers}.items()
        if name in names and name not in one.path_names
    }
    content = None if one.takes_file is None else FILE
    return await desk.ask(one.method, path, BODIES.get(one.answer.__name__), by=EVE, content=content, **given, **query)


@pytest.mark.parametrize("one", OF_OWNERS, ids=lambda one: one.answer.__name__)
async def test_nothing_of_another_is_read_or_changed(desk: Desk, one: Endpoint) -> None:
    for chat, title in ((ANN, "Run"), (GROUP, "Walk")):
        ids = await desk.ids(chat)
        body = {"date": MONDAY.isoformat(), "value": 1, "note": "secret note"}
        owner: dict[str, Any] = {} if chat == ANN else {"owner": str(chat)}
        logged = await desk.ask("POST", f"/kpi-logs/{ids[title]}/log", body, **owner)
        vision = ids["Run a marathon" if chat == ANN else "Fit"]
        entry = logged.json()["log"]["id"]
        [paused] = (await pause(desk.store, Actor.host(chat), Pause(0, MONDAY, MONDAY), NOW, source_key=None)).after
        hers = {
            "visionId": vision,
            "kpiId": ids[title],
            "goalId": ids[title],
            "logId": entry,
            "pauseId": f"{paused.id}",
        }
        before = await export_document(desk.store, Actor.host(chat))
        named = await _asked(desk, one, hers, owner=str(chat))
        assert (named.status_code, named.json()["code"]) == (404, "chat_unknown"), named.text
        assert (await _asked(desk, one, hers, owner="-987654")).json() == named.json()
        own = await _asked(desk, one, hers)
        if one.answer.__name__ not in ABOUT_ONESELF:
            assert own.status_code == 404, f"{one.answer.__name__} finds this, or is ABOUT_ONESELF: {own.text}"
        for answer in (named, own):
            assert "secret note" not in answer.text
        assert await export_document(desk.store, Actor.host(chat)) == before


ODD = ["0", "-1", "01", "1.0", "1e3", "9" * 18, "9" * 19, "true", "%00", "x' OR 1=1", "١", "\U0001f3c3"]


@pytest.mark.parametrize("odd", ODD)
async def test_odd_ids_and_days_are_refused_in_words(desk: Desk, odd: str) -> None:
    for one in ENDPOINTS:
        if not one.path_names:
            continue
        path = one.path
        for name in one.path_names:
            path = path.replace(f"{{{name}}}", odd)
        answer = await desk.ask(one.method, path, BODIES.get(one.answer.__name__), by=ANN)
        assert answer.status_code in (403, 404, 422), (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
    for name in ("owner", "depth", "on", "includeProgress", "more"):
        query: dict[str, Any] = {name: odd}
        answer = await desk.ask("GET", "/goal-tree", **query)
        assert answer.status_code in (200, 404, 422), (name, answer.text)


@pytest.mark.parametrize(
    "cursor", ["", "x", "====", "MjAyNi0xMS0wMg", "MjAyNi0xMS0wMiB4", "OTk5OTk5OTk5OTk5", "\U0001f3c3"]
)
async def test_odd_cursors_are_refused(desk: Desk, cursor: str) -> None:
    ids = await desk.ids()
    for path, query in (("/kpi-logs", {"kpiId": ids["Run"]}), (f"/kpi-progress/{ids['Run a marathon']}", {})):
        given: dict[str, Any] = {**QUERY, **query, "cursor": cursor}
        answer = await desk.ask("GET", path, **given)
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor_unfit"), answer.text


async def test_a_tree_is_planted_and_a_goal_ended(desk: Desk) -> None:
    planted = await desk.ask("POST", "/goals", {"outline": "Read more\n  D: Read = 20 pages\n"})
    assert planted.json()["planted"][0]["isNew"] is True
    ids = await desk.ids()
    ended = await desk.ask("POST", f"/goals/{ids['Read']}/end")
    assert (ended.json()["outcome"], ended.json()["goal"]["title"]) == ("done", "Read")
    faulty = await desk.ask("POST", "/goals", {"outline": "Read more\n  D: Read = -1 pages\n"})
    assert (faulty.status_code, faulty.json()["code"]) == (422, "invalid_plan")
    assert faulty.json()["faults"][0]["place"].startswith("line 2")
