"""Exports of Beeminder."""

from __future__ import annotations

from datetime import datetime

from tests.core.importing.files import json_of, said


def point(day: str, value: float, **fields: object) -> dict[str, object]:
    return {"daystamp": day, "value": value, "comment": "", "id": day, "timestamp": 0, **fields}


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}T00:00:00+00:00").timestamp())


def test_beeminder_has_rates_limits_and_ways_to_go() -> None:
    run = {
        "slug": "run",
        "title": "Run",
        "goal_type": "hustler",
        "yaw": 1,
        "kyoom": True,
        "aggday": "sum",
        "runits": "w",
        "rate": 20,
        "gunits": "km",
        "initday": at("2026-01-01"),
        "fullroad": [[at("2026-01-01"), 0, None], [at("2026-02-01"), 50, 15], [at("2026-12-31"), 999, 20]],
        "datapoints": [
            point("20260101", 0, is_initial=True),
            point("20260102", 5.5, comment="easy"),
            point("20260102", 1),
            point("20260103", 9, is_dummy=True),
            point("20260104", 9, comment="pessimistic #DERAIL"),
            point("2026", 9),
        ],
    }
    beer = {
        "slug": "beer",
        "goal_type": "drinker",
        "yaw": -1,
        "kyoom": True,
        "runits": "d",
        "rate": 1,
        "weekends_off": True,
        "datapoints": [point("20260102", 2)],
    }
    weight = {
        "slug": "weight",
        "goal_type": "fatloser",
        "yaw": -1,
        "kyoom": False,
        "aggday": "min",
        "initday": at("2026-01-01"),
        "initval": 86,
        "goaldate": at("2026-06-30"),
        "goalval": 78,
        "gunits": "kg",
        "datapoints": [point("20260103", 85.2), point("20260103", 85.4)],
    }
    pages = {"slug": "pages", "goal_type": "biker", "odom": True, "initval": 0, "goalval": 300, "datapoints": []}
    result = said(json_of([run, beer, weight, pages]))
    assert result.app == "Beeminder"
    assert result.goals == [
        {
            "title": "Run",
            "level": "weekly",
            "measure": "number",
            "unit": "km",
            "target": 20,
            "targets": [{"target": 15}, {"from": "2026-02-01", "target": 20}],
            "starts_on": "2026-01-01",
        },
        {
            "title": "beer",
            "level": "daily",
            "measure": "number",
            "direction": "at_most",
            "target": 1,
            "weekdays": ["mon", "tue", "wed", "thu", "fri"],
            "starts_on": "2026-01-02",
        },
        {
            "title": "weight",
            "kind": "target",
            "measure": "number",
            "aggregate": "min",
            "unit": "kg",
            "baseline": 86,
            "target": 78,
            "starts_on": "2026-01-01",
            "ends_on": "2026-06-30",
        },
        {"title": "pages", "level": "daily", "measure": "number", "aggregate": "last", "starts_on": "2026-01-03"},
    ]
    assert result.entries == {
        "Run": [("2026-01-02", 6.5, "easy")],
        "beer": [("2026-01-02", 2)],
        "weight": [("2026-01-03", 85.2), ("2026-01-03", 85.4)],
    }
    assert result.remarks == {
        "initial_values": 1,
        "computed": 2,
        "rows_damaged": 1,
        "limit_needs_word": 1,
        "only_noted": 1,
        "added_up": 1,
    }
