"""The worked cases: the results of the engine and of the slow recomputation, against the expected ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.goals.reading import Reading, Standing, summarise
from tests.cases import case_files
from tests.laws.trees import readings_of
from tests.oracle import Oracle

Json = dict[str, Any]


@pytest.fixture(params=case_files(), ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> Json:
    path: Path = request.param
    loaded: Json = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_engine_gives_the_expected_figures(case: Json) -> None:
    on = date.fromisoformat(case["as_of"])
    seen = {
        node.key: _seen(reading, reading.standing(node))
        for reading in readings_of(case["plan"], on)
        for node in reading.tree.nodes.values()
    }
    assert seen == case["expect"]["nodes"]


def test_the_slow_recomputation_gives_the_expected_figures(case: Json) -> None:
    on = date.fromisoformat(case["as_of"])
    seen = {key: node.seen(on) for key, node in Oracle(case["plan"], on).nodes.items()}
    for figures in seen.values():
        for part in ("currentValue", "targetValue"):
            figures[part] = None if figures[part] is None else round(float(figures[part]), 2)
    assert seen == case["expect"]["nodes"]


def test_the_engine_gives_the_expected_summary(case: Json) -> None:
    on = date.fromisoformat(case["as_of"])
    summary = summarise(readings_of(case["plan"], on), on)
    expected = case["expect"]["summary"]
    assert {"completed": summary.daily.completed, "total": summary.daily.total, "rate": summary.daily.rate} == expected[
        "daily"
    ]
    assert {"progress": summary.weekly.progress, "kpisOnTrack": summary.weekly.well} == expected["weekly"]
    assert {"progress": summary.monthly.progress, "milestonesHit": summary.monthly.well} == expected["monthly"]
    quarterly = {"progress": summary.quarterly.progress, "powerGoalsOnTrack": summary.quarterly.well}
    assert quarterly == expected["quarterly"]
    yearly = {"progress": summary.yearly.progress, "kpisOnTrack": summary.yearly.well}
    assert yearly == expected["yearly"]
    assert {
        "best": summary.streaks.best,
        "average": float(summary.streaks.average),
        "total": summary.streaks.total,
    } == expected["streaks"]


def test_the_slow_recomputation_gives_the_expected_summary(case: Json) -> None:
    on = date.fromisoformat(case["as_of"])
    summary = Oracle(case["plan"], on).summary(on)
    summary["streaks"]["average"] = round(summary["streaks"]["average"], 1)
    assert summary == case["expect"]["summary"]


def _seen(reading: Reading, standing: Standing) -> Json:
    seen: Json = {
        "level": standing.node.level.value,
        "periodStart": standing.period.start.isoformat(),
        "periodEnd": standing.period.end.isoformat(),
        "currentValue": None if standing.value is None else round(float(standing.value), 2),
        "targetValue": None if standing.target is None else float(standing.target),
        "progressPercentage": standing.percent,
        "status": standing.status.value,
    }
    if standing.streak is not None:
        seen["streak"] = {"current": standing.streak.current, "best": standing.streak.best}
    return seen
