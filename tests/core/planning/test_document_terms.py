"""Terms, limits and pauses in a document: both ways, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.errors import InvalidPlan
from core.goals.terms import DaySchedule, Terms
from core.planning.document import parse_document
from core.planning.document.dumped import dump_terms
from core.planning.plan import PlanNode

Json = dict[str, Any]
START = "2026-01-01"


def document(pauses: list[Json] | None = None, **node: Any) -> str:
    leaf = {"key": "run", "title": "Run", "kind": "kpi", "level": "daily", "measure": "number", **node}
    vision = {"key": "v", "title": "V", "kind": "vision", "starts_on": START, "children": [leaf]}
    return json.dumps({"format": "goaltree/1", "visions": [vision], "pauses": pauses or []})


def read(**node: Any) -> PlanNode:
    return parse_document(document(**node)).visions[0].children[0]


def codes(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        parse_document(text)
    return [(fault.place.removeprefix("visions[0].children[0]."), fault.code) for fault in refused.value.faults]


def test_terms_say_all_that_is_asked() -> None:
    said = [{"target": 5, "weight": 2}, {"from": "2026-02-01", "target": 8}, {"from": "2026-03-01"}]
    assert read(terms=said).terms == (
        Terms(date.min, Decimal(5), Decimal(2)),
        Terms(date(2026, 2, 1), Decimal(8)),
        Terms(date(2026, 3, 1)),
    )


def test_values_that_no_terms_name_hold_throughout() -> None:
    result = read(weight=3, every_days=2, terms=[{"target": 5}, {"from": "2026-02-01", "target": 8}])
    assert [(terms.weight, terms.schedule) for terms in result.terms] == [(Decimal(3), DaySchedule(every=2))] * 2


def test_terms_that_end_a_goal_leave_the_rest_as_it_was() -> None:
    result = read(terms=[{"target": 5, "weight": 2}, {"from": "2026-02-01", "active": False}])
    assert result.terms[1] == Terms(date(2026, 2, 1), Decimal(5), Decimal(2), active=False)


def test_targets_of_earlier_exports_are_read() -> None:
    result = read(target=8, weight=2, targets=[{"from": None, "target": 5}, {"from": "2026-02-01", "target": 8}])
    assert result.terms == (Terms(date.min, Decimal(5), Decimal(2)), Terms(date(2026, 2, 1), Decimal(8), Decimal(2)))


def test_terms_are_written_as_they_are_read() -> None:
    terms = (
        Terms(target=Decimal(5), weight=Decimal(2)),
        Terms(date(2026, 2, 1), Decimal("5.5"), schedule=DaySchedule(month_days=frozenset({1, 31}))),
        Terms(date(2026, 3, 1), None, active=False),
        Terms(date(2026, 4, 1), Decimal(1), schedule=DaySchedule(every=3)),
    )
    assert read(target=1, every_days=3, terms=dump_terms(terms)).terms == terms


@pytest.mark.parametrize(
    ("node", "place", "code"),
    [
        ({"weekdays": ["mon"], "every_days": 2}, "every_days", "two_schedules"),
        ({"month_days": []}, "month_days", "month_day_unfit"),
        ({"month_days": [0]}, "month_days", "month_day_unfit"),
        ({"every_days": 0}, "every_days", "every_days_unfit"),
        ({"terms": [{}, {"target": 5}]}, "terms[1].from", "terms_without_from"),
        ({"terms": [{"from": "2026-02-01"}]}, "terms[0].from", "terms_start"),
        ({"terms": [{}, {"from": "2025-02-01"}]}, "terms[1].from", "terms_before_start"),
        ({"target": 5, "terms": [{"target": 5}, {"from": "2026-02-01", "target": 6}]}, "target", "terms_differ"),
        ({"terms": [{}], "targets": [{"target": 5}]}, "targets", "terms_and_targets"),
        ({"terms": [{}, {"from": "2026-03-01"}, {"from": "2026-02-01"}]}, "terms", "terms_unordered"),
        ({"direction": "at_most", "target": -1}, "target", "limit_negative"),
        ({"direction": "at_most"}, "target", "limit_without_target"),
        ({"baseline": 86, "target": 78}, "baseline", "baseline_not_on_target"),
    ],
)
def test_a_wrong_form_is_named_with_its_place(node: Json, place: str, code: str) -> None:
    assert (place, code) in codes(document(**node))


@pytest.mark.parametrize(
    ("pause", "code"),
    [
        ({"from": "2026-02-02", "to": "2026-02-01"}, "pause_ends_before"),
        ({"from": "2026-02-02", "to": "2036-02-01"}, "pause_too_long"),
        ({"from": "2026-02-02", "to": "2026-02-03", "node": "gym"}, "unknown_node"),
        ({"from": "2026-02-02"}, "missing_field"),
    ],
)
def test_a_wrong_pause_is_named(pause: Json, code: str) -> None:
    assert [result for _, result in codes(document([pause], target=5))] == [code]
