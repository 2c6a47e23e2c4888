"""A group's board over the API."""

from __future__ import annotations

from core.actions.absences import go_away
from core.actions.members import join
from core.group.permissions import Actor, Role
from tests.web.api.conftest import BEN, EVE, GROUP, NOW, Desk
from tests.web.api.test_callers import init_data, tma


async def test_the_board_tells_who_is_in_and_who_brought_what(desk: Desk) -> None:
    ids = await desk.ids(GROUP)
    await desk.ask("POST", f"/kpi-logs/{ids['Walk']}/log", {"date": "2026-11-02", "value": 3.5}, owner=GROUP)
    await desk.ask("POST", f"/kpi-logs/{ids['Walk']}/log", {"date": "2026-11-02", "value": 6}, by=BEN, owner=GROUP)
    today = (await desk.get("/daily-kpis/2026-11-02", owner=GROUP))["kpis"]
    read = next(one["id"] for one in today if one["title"] == "Read")
    await desk.ask("POST", f"/kpi-logs/{read}/log", {"date": "2026-11-02", "value": 20}, owner=GROUP)
    answer = await desk.get("/board", owner=GROUP)
    assert (answer["date"], answer["weekStart"], answer["streak"]) == ("2026-11-02", "2026-11-02", 0)
    ann, ben = answer["people"]
    assert (ann["name"], ann["isMe"], ann["state"], ann["done"], ann["asked"], ann["week"]) == (
        "P11", True, "done", 1, 1, 100,
    )  # fmt: skip
    assert (ben["isMe"], ben["state"], ben["week"], len(ben["days"])) == (False, "open", 0, 7)
    assert ann["days"][0] == {"date": "2026-11-02", "mark": "done", "progress": 100}
    [walk] = answer["shared"]
    assert (walk["title"], walk["total"]) == ("Walk", 9.5)
    assert [(part["name"], part["amount"]) for part in walk["parts"]] == [("P12", 6), ("P11", 3.5)]


async def test_it_is_new_when_somebody_joins(desk: Desk) -> None:
    known = (await desk.ask("GET", "/board", owner=GROUP)).headers["etag"]
    assert (await desk.ask("GET", "/board", owner=GROUP, headers={"If-None-Match": known})).status_code == 304
    await join(desk.store, Actor.in_group(GROUP, EVE), "", NOW)
    await go_away(desk.store, Actor.in_group(GROUP, BEN), None, NOW)
    answer = await desk.get("/board", owner=GROUP, headers={"If-None-Match": known})
    assert {(one["name"], one["state"]) for one in answer["people"]} == {
        ("P11", "open"), ("P12", "away"), (None, "open"),
    }  # fmt: skip


async def test_only_a_group_has_one_and_only_its_people_see_it(desk: Desk) -> None:
    assert (await desk.ask("GET", "/board")).json()["code"] == "no_group"
    stranger = await desk.ask("GET", "/board", owner=GROUP, by=EVE)
    assert (stranger.status_code, stranger.json()["code"]) == (404, "chat_unknown")
    desk.roles[(GROUP, EVE)] = frozenset({Role.OUTSIDER})
    plain = await desk.ask("GET", "/board", owner=GROUP, by=tma(init_data(user_id=EVE)))
    assert plain.status_code == 404, "without the group's signed parameter nobody is asked for"
