"""Faults of unreadable documents, and their places."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidPlan
from core.planning.document import parse_document
from language.i18n import words
from language.refusals import placed
from tests.core.planning.documents import CHECK_IN, GYM, RUN, document, faults


@pytest.mark.parametrize(
    ("raw", "place", "code"),
    [
        ("", "line 1, column 1", "broken_json"),
        ('{"format":\n "goaltree/1"', "line 2, column 14", "broken_json"),
        ("[]", "", "not_a_document"),
        ("{}", "format", "wrong_format"),
        ('{"format": "goaltree/2", "visions": 5}', "format", "wrong_format"),
        ('{"format": "goaltree/1"}', "visions", "missing_field"),
        ('{"format": "goaltree/1", "visions": {}}', "visions", "list_type"),
        ('{"format": "goaltree/1", "visions": [5]}', "visions[0]", "not_an_object"),
        (b"\xff\xfe", "byte 1", "not_text"),
        (" " * 5_000_001, "", "document_too_large"),
        ('{"format": "goaltree/1", "visions": ' + "[" * 100_000 + "]" * 100_000 + "}", "", "nested_too_deeply"),
        (document(colour="red"), "colour", "unknown_field"),
        (document(owner=[]), "owner", "not_an_object"),
        (document(owner={"timezone": "Mars/Base"}), "owner.timezone", "unknown_zone"),
        (document(owner={"timezone": "../../etc/passwd"}), "owner.timezone", "unknown_zone"),
        (document(owner={"timezone": ""}), "owner.timezone", "unknown_zone"),
        (document(owner={"day_start": "24:00"}), "owner.day_start", "not_a_time"),
        (document(owner={"week_start": "mo"}), "owner.week_start", "unknown_week_start"),
        (document(owner={"locale": "../x"}), "owner.locale", "unknown_locale"),
        (document(owner={"quiet_hours": "22-7"}), "owner.quiet_hours", "not_an_object"),
        (document(owner={"quiet_hours": {"from": "22:00"}}), "owner.quiet_hours.to", "missing_field"),
        (document(owner={"quiet_hours": {"from": "22", "to": "07:00"}}), "owner.quiet_hours.from", "not_a_time"),
        (document(owner={"quiet_hours": {"from": 22, "to": "07:00"}}), "owner.quiet_hours.from", "not_a_time"),
        (document(owner={"quiet_hours": {"from": "22:00", "to": "22:00"}}), "owner.quiet_hours", "no_quiet_hours"),
        (document(owner={"nudge_after_minutes": 5}), "owner.nudge_after_minutes", "nudge_unfit"),
        (document(owner={"nudge_after_minutes": 721}), "owner.nudge_after_minutes", "nudge_unfit"),
        (document(owner={"nudge_after_minutes": "120"}), "owner.nudge_after_minutes", "int_type"),
        (document(owner={"nudge_after_minutes": 1.5}), "owner.nudge_after_minutes", "int_type"),
        (document(reminders=None), "reminders", "list_type"),
        (document(reminders=[5]), "reminders[0]", "not_an_object"),
        (document(reminders=[{"at": "20:00"}]), "reminders[0].kind", "missing_field"),
        (document(reminders=[CHECK_IN | {"kind": "nudge"}]), "reminders[0].kind", "unknown_word"),
        (document(reminders=[CHECK_IN | {"kind": ["check_in"]}]), "reminders[0].kind", "unknown_word"),
        (document(reminders=[{"kind": "check_in"}]), "reminders[0].at", "missing_field"),
        (document(reminders=[CHECK_IN | {"at": "24:00"}]), "reminders[0].at", "not_a_time"),
        (document(reminders=[CHECK_IN | {"at": None}]), "reminders[0].at", "not_a_time"),
        (document(reminders=[CHECK_IN | {"weekdays": ["mon", "x"]}]), "reminders[0].weekdays[1]", "unknown_weekday"),
        (document(reminders=[CHECK_IN | {"weekdays": []}]), "reminders[0].weekdays", "reminder_without_weekdays"),
        (document(GYM, reminders=[CHECK_IN | {"node": "swim"}]), "reminders[0].node", "unknown_node"),
        (document(reminders=[CHECK_IN | {"paused": 1}]), "reminders[0].paused", "bool_type"),
        (document(reminders=[CHECK_IN | {"next_due": "now"}]), "reminders[0].next_due", "unknown_field"),
        (document(reminders=[CHECK_IN | {"kind": "weekly_digest"}]), "reminders[0].weekdays", "no_single_weekday"),
        (
            document(reminders=[CHECK_IN | {"kind": "monthly_digest", "weekdays": ["mon"]}]),
            "reminders[0].weekdays",
            "weekdays_on_last_day",
        ),
        (
            document(GYM, reminders=[CHECK_IN | {"kind": "quarterly_digest", "node": "gym"}]),
            "reminders[0].node",
            "node_on_digest",
        ),
        (document(reminders=[CHECK_IN | {"kind": "monthly_digest"}] * 2), "reminders[1]", "second_digest"),
        (document(GYM | {"titel": "x"}), "visions[0].children[0].titel", "unknown_field"),
        (document(GYM | {"title": 5}), "visions[0].children[0].title", "string_type"),
        (document(GYM | {"level": "dayly"}), "visions[0].children[0].level", "unknown_word"),
        (document(GYM | {"level": None}), "visions[0].children[0].level", "level_missing"),
        (document(GYM | {"weight": "2"}), "visions[0].children[0].weight", "number_expected"),
        (document(GYM | {"weight": True}), "visions[0].children[0].weight", "number_expected"),
        (document(GYM | {"weight": float("nan")}), "visions[0].children[0].weight", "number_infinite"),
        (document(GYM | {"weight": float("inf")}), "visions[0].children[0].weight", "number_infinite"),
        (document(GYM | {"weight": 8}).replace("8", "1e400"), "visions[0].children[0].weight", "number_too_large"),
        (
            document(GYM | {"weight": 8}).replace("8", "1e" + "9" * 99),
            "visions[0].children[0].weight",
            "number_infinite",
        ),
        (document(GYM | {"weight": 8}).replace("8", "9" * 9999), "visions[0].children[0].weight", "number_too_large"),
        (document(GYM | {"weekdays": ["mon", "x"]}), "visions[0].children[0].weekdays[1]", "unknown_weekday"),
        (document(GYM | {"weekdays": []}), "visions[0].children[0].weekdays", "no_weekdays"),
        (document(GYM | {"starts_on": "20260101"}), "visions[0].children[0].starts_on", "not_a_date"),
        (document(GYM | {"title": "\ud800"}), "visions[0].children[0].title", "title_unprintable"),
        (document(GYM, GYM), "visions[0].children[1].key", "duplicate_key"),
        (document(RUN | {"target": 0}), "visions[0].children[0].target", "target_not_positive"),
        (
            document(RUN | {"targets": [{"target": 5}, {"from": "2026-01-01", "target": 6}]}),
            "visions[0].children[0].target",
            "targets_differ",
        ),
        (
            document(RUN | {"targets": [{"from": "2026-01-01", "target": 5}]}),
            "visions[0].children[0].targets[0].from",
            "targets_start",
        ),
    ],
    ids=lambda part: str(part[:40]),
)
def test_a_fault_has_a_place_and_a_code(raw: str | bytes, place: str, code: str) -> None:
    assert faults(raw) == [(place, code)]


@pytest.mark.parametrize(
    ("entry", "part", "code"),
    [
        ({"node": "swim"}, ".node", "unknown_node"),
        ({"node": "v"}, ".node", "entry_on_parent"),
        ({"date": "2026-02-30"}, ".date", "not_a_date"),
        ({"date": "0001-01-01"}, ".date", "date_out_of_range"),
        ({"value": None}, ".value", "value_missing"),
        ({"value": "5"}, ".value", "number_expected"),
        ({"value": 0.0000001}, ".value", "number_too_fine"),
        ({"skipped": True}, ".value", "value_on_skip"),
        ({"skipped": 1}, ".skipped", "bool_type"),
        ({"node": "gym"}, ".value", "not_a_tick"),
        ({"author": True}, ".author", "int_type"),
        ({"author": 2**63}, ".author", "id_too_large"),
        ({"note": "\x00"}, ".note", "note_unprintable"),
        ({"mood": "fine"}, ".mood", "unknown_field"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(entry: dict[str, Any], part: str, code: str) -> None:
    given = {"node": "run", "date": "2026-01-01", "value": 5} | entry
    assert faults(document(GYM, RUN, entries=[given])) == [(f"entries[0]{part}", code)]


def test_a_key_is_taken_across_visions() -> None:
    raw = json.dumps({"format": "goaltree/1", "visions": [{"key": "v", "title": "V"}, {"key": "v", "title": "W"}]})
    assert faults(raw) == [("visions[1].key", "duplicate_key")]


def test_every_fault_is_named_once_and_entries_of_a_broken_goal_are_not_blamed() -> None:
    entries = [{"node": "gym", "date": "2026-01-01"}, {"node": "swim", "date": "soon"}]
    assert faults(document(GYM | {"level": 1}, RUN | {"key": 5}, entries=entries, owner={"locale": 5})) == [
        ("owner.locale", "string_type"),
        ("visions[0].children[0].level", "unknown_word"),
        ("visions[0].children[1].key", "string_type"),
        ("entries[1].date", "not_a_date"),
        ("entries[1].node", "unknown_node"),
    ]


def test_twenty_of_many_faults_are_named_and_the_others_counted() -> None:
    entries = [{"node": "swim", "date": "2026-01-01"}] * 100
    with pytest.raises(InvalidPlan) as refused:
        parse_document(document(GYM, entries=entries))
    assert len(refused.value.faults) == 21
    assert placed(refused.value.faults[-1], words("en")) == "And 80 more faults of this kind or others."


def test_behind_very_many_faults_no_more_is_looked_for() -> None:
    result = faults(document(entries=[{}] * 100_000))
    assert len(result) == 21
    assert result[-1] == ("", "very_many_faults")


@pytest.mark.parametrize("levels", [21, 200, 20_000])
def test_hostile_nesting_is_one_fault(levels: int) -> None:
    node = '{"key": "v", "title": "V", "level": "daily", "children": ['
    codes = [code for _, code in faults('{"format": "goaltree/1", "visions": [' + node * levels + "]}" * levels + "]}")]
    assert codes in (["too_deep"], ["nested_too_deeply"])


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from(["key", "title", "level", "children", "target", "date", "node", "kind", "at",
                                         "weekdays", "from"]), inner),
                    max_leaves=12))  # fmt: skip
def test_any_json_is_read_or_refused(inside: object) -> None:
    for content in (
        {"visions": inside},
        {"visions": [inside]},
        {"visions": [], "entries": [inside], "owner": inside},
        {"visions": [], "reminders": [inside], "owner": {"quiet_hours": inside}},
    ):
        with contextlib.suppress(InvalidPlan):
            parse_document(json.dumps({"format": "goaltree/1", **content}))
