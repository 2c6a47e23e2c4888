"""Cached answers, by ETag."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.conftest import ANN, BEN, EVE, GROUP, Desk
from web.api.kept import Kept
from web.json.tree import vision_json


def test_the_least_recently_used_body_makes_room() -> None:
    kept = Kept(most=10)
    for tag in ("a", "b"):
        kept.keep(tag, b"12345")
    assert kept.find("a") == b"12345"
    assert kept.keep("c", b"123") == b"123"
    assert [kept.find(tag) is not None for tag in ("a", "b", "c")] == [True, False, True]
    assert kept.keep("d", b"x" * 11) == b"x" * 11
    assert kept.find("d") is None
    kept.keep("a", b"12345")
    assert kept.find("c") is not None


async def test_a_groups_trees_are_computed_once_for_all_of_its_people(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed, plain = list[object](), vision_json

    def counted(*given: Any, **more: Any) -> Any:
        computed.append(given)
        return plain(*given, **more)

    monkeypatch.setattr("web.api.trees.vision_json", counted)
    answers = [await desk.ask("GET", "/goal-tree", by=who, owner=GROUP) for who in (ANN, BEN, ANN)]
    assert len({answer.content for answer in answers}) == 1
    assert len(computed) == 1
    assert (await desk.ask("GET", "/goal-tree", by=EVE, owner=GROUP)).status_code == 404
    walk = (await desk.ids(GROUP))["Walk"]
    await desk.ask("POST", f"/kpi-logs/{walk}/log", {"date": "2026-11-02", "value": 1}, owner=GROUP)
    assert (await desk.ask("GET", "/goal-tree", by=BEN, owner=GROUP)).content != answers[0].content
    assert len(computed) == 2
