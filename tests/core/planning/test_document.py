"""goaltree/1: written and read without loss, and refused with every fault and its place."""

from __future__ import annotations

import contextlib
import itertools
import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.asking.reminders import DIGEST_OF_LEVEL, MessageKind, Reminder
from core.asking.schedule import Schedule
from core.caps import CAPS
from core.errors import InvalidPlan
from core.goals.model import Entry, Level, Measure, Node, Owner, OwnerType, QuietHours
from core.goals.terms import ALL_WEEK
from core.goals.tree import Tree
from core.planning.document import Document, dump_document, parse_document
from core.planning.outline import print_plan
from core.planning.plan import nodes_of, plan_of
from language.i18n import words
from language.refusals import placed
from tests.cases import case_files
from tests.core.plans import NUMBERS, WEIGHTS, plans

OWNER = Owner(1, 1, OwnerType.LOCAL, timezone="Europe/Berlin", day_start=clock(4, 0), week_start=6, locale="de")


def document(*children: dict[str, Any], entries: list[dict[str, Any]] | None = None, **fields: Any) -> str:
    vision = {"key": "v", "title": "V", "children": list(children)}
    return json.dumps({"format": "goaltree/1", "visions": [vision], "entries": entries or [], **fields})


GYM = {"key": "gym", "title": "Gym", "level": "daily"}
CHECK_IN = {"kind": "check_in", "at": "20:00"}
RUN = {"key": "run", "title": "Run", "level": "daily", "measure": "number", "unit": "km", "target": 5}


def faults(raw: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        parse_document(raw)
    assert all(placed(fault, words("en")).endswith(".") for fault in refused.value.faults)
    return [(fault.place, fault.code) for fault in refused.value.faults]


def test_two_of_one_name_come_in_whole() -> None:
    """Earlier releases allowed them, so their exports have them: an outline cannot tell them apart, keys do."""
    other = {**GYM, "key": "gym-2"}
    entries = [{"node": key, "date": f"2026-11-0{day}", "value": 1} for day, key in ((1, "gym"), (2, "gym-2"))]
    read = parse_document(document(GYM, other, entries=entries))
    assert [(node.key, node.title) for node in read.visions[0].children] == [("gym", "Gym"), ("gym-2", "Gym")]
    [tree], [told] = trees_of(read)
    assert [(tree.nodes[entry.node_id].key, entry.on.day) for entry in told] == [("gym", 1), ("gym-2", 2)]


def trees_of(read: Document) -> tuple[list[Tree], list[list[Entry]]]:
    """What a store would hold after an import."""
    ids = itertools.count(1)
    trees = [Tree(nodes_of(plan, ids)) for plan in read.visions]
    by_key = {node.key: (at, node) for at, tree in enumerate(trees) for node in tree.nodes.values()}
    entries: list[list[Entry]] = [[] for _ in trees]
    for id, entry in enumerate(read.entries, start=1):
        at, node = by_key[entry.node]
        entries[at].append(Entry(id, node.id, entry.on, entry.value, entry.skipped, entry.note, entry.author_id))
    return trees, entries


@pytest.mark.parametrize("case", case_files(), ids=lambda path: path.stem)
def test_the_worked_cases_are_read_and_written_without_loss(case: Path) -> None:
    plan = json.loads(case.read_text())["plan"]
    read = parse_document(json.dumps(plan))
    trees, entries = trees_of(read)
    assert len(read.entries) == len(plan["entries"])
    again = json.loads(dump_document(OWNER, trees, entries))
    assert (again["visions"], again["entries"]) == ([_as_written(plan["visions"][0])], plan["entries"])


def _as_written(node: dict[str, Any]) -> dict[str, Any]:
    """Without what holds anyway: the level that a kind fixes, and what is null."""
    said = {name: value for name, value in node.items() if value is not None}
    if node["kind"] == "target":
        del said["level"]
    if "children" in node:
        said["children"] = [_as_written(child) for child in node["children"]]
    return said


def test_the_plan_of_a_case_reads_as_an_outline() -> None:
    (case,) = [path for path in case_files() if path.stem == "one_off_target"]
    (vision,) = parse_document(json.dumps(json.loads(case.read_text())["plan"])).visions
    assert print_plan(vision) == (
        "Publish (from 2026-10-01 until 2026-12-31)\n"
        "  P: Launch the blog\n"
        "    M!: Two articles = 2 count (from 2026-11-01 until 2026-11-30)\n"
        "      W!: First article (from 2026-11-09 until 2026-11-15)\n"
        "      W!: Second article (from 2026-11-16 until 2026-11-22)"
    )


def _is_plain(node: Node) -> bool:
    """Whether the node may be without a target for a time."""
    return not node.is_limit and node.baseline is None


@st.composite
def stored(draw: st.DrawFn) -> tuple[Tree, list[Entry]]:
    """A tree with histories and entries, as a store may hold it."""
    nodes: list[Node] = []
    for planted in nodes_of(draw(plans(starts=draw(st.booleans()))), itertools.count(1)):
        node = replace(planted, let_go=draw(st.booleans()))
        if node.target and node.measure is Measure.NUMBER and _is_plain(node) and draw(st.booleans()):
            [last] = node.terms
            earlier = replace(last, target=draw(st.one_of(st.none(), NUMBERS)), weight=draw(WEIGHTS))
            gap = replace(last, since=date(2027, 4, 1), active=False, weight=draw(WEIGHTS))
            nodes.append(replace(node, terms=(earlier, gap, replace(last, since=date(2027, 5, 1)))))
        else:
            nodes.append(node)
    tree = Tree(nodes)
    entries: list[Entry] = []
    for leaf in tree.leaves():
        for _ in range(draw(st.integers(0, 2))):
            value = draw(NUMBERS if leaf.measure is Measure.NUMBER else st.sampled_from([Decimal(0), Decimal(1)]))
            skipped = draw(st.booleans())
            note = draw(st.one_of(st.none(), st.sampled_from(["felt great", "two\nlines", "“quoted” \\ 🏃"])))
            on, author = draw(st.dates(date(2026, 1, 1), date(2026, 12, 31))), draw(st.one_of(st.none(), st.just(7)))
            entries.append(Entry(len(entries) + 1, leaf.id, on, None if skipped else value, skipped, note, author))
    return tree, entries


@given(stored())
def test_a_written_document_reads_back_as_the_same_trees_and_entries(given: tuple[Tree, list[Entry]]) -> None:
    tree, entries = given
    text = dump_document(OWNER, [tree], [entries])
    read = parse_document(text.encode())
    (plan,) = read.visions
    assert plan.mapped(lambda node: replace(node, place="")) == plan_of(tree)
    trees, again = trees_of(read)
    assert [list(tree.nodes.values()) for tree in trees] == [list(tree.nodes.values())]
    assert again == [entries]
    assert dump_document(OWNER, trees, again) == text
    assert parse_document(dump_document(OWNER, trees, again)) == read


def test_the_owners_settings_are_written_and_read() -> None:
    settings = {"timezone": "Europe/Berlin", "day_start": "04:00", "week_start": "sunday", "locale": "de"}
    assert parse_document(dump_document(OWNER, [], [])) == Document(owner=settings)


def test_settings_of_reminders_are_written_where_they_are_set_and_read() -> None:
    quiet = QuietHours(clock(22, 0), clock(7, 0))
    text = dump_document(replace(OWNER, quiet=quiet, nudge_after=timedelta(hours=2)), [], [])
    owner = json.loads(text)["owner"]
    assert (owner["quiet_hours"], owner["nudge_after_minutes"]) == ({"from": "22:00", "to": "07:00"}, 120)
    read = parse_document(text)
    assert (read.quiet, read.nudge_after, read.reminders) == (quiet, timedelta(hours=2), None)
    assert {"quiet_hours", "nudge_after_minutes"}.isdisjoint(read.owner)


@st.composite
def remembered(draw: st.DrawFn) -> list[Reminder]:
    """The reminders of an owner whose only tree has the nodes 1, 2 and 3."""
    times = st.builds(clock, st.integers(0, 23), st.integers(0, 59))
    some_days = st.frozensets(st.integers(0, 6), min_size=1)
    found = [
        Reminder(0, 1, MessageKind.CHECK_IN, Schedule(draw(times), draw(some_days)), node_id, draw(st.booleans()))
        for node_id in draw(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=CAPS.reminders))
    ]
    for level, kind in DIGEST_OF_LEVEL.items():
        if draw(st.booleans()):
            only = frozenset({draw(st.integers(0, 6))}) if level is Level.WEEKLY else ALL_WEEK
            schedule = Schedule(draw(times), only, None if level is Level.WEEKLY else level)
            found.append(Reminder(0, 1, kind, schedule, None, draw(st.booleans())))
    return found


@given(remembered())
def test_reminders_are_written_and_read_without_loss(reminders: list[Reminder]) -> None:
    vision = parse_document(document(GYM, RUN)).visions[0]
    tree = Tree(nodes_of(vision, itertools.count(1)))
    read = parse_document(dump_document(replace(OWNER, defaults_given=True), [tree], [[]], reminders))
    ids = {node.key: node.id for node in tree.nodes.values()}
    assert read.reminders is not None
    assert [
        Reminder(0, 1, said.kind, said.schedule, None if said.node is None else ids[said.node], said.paused)
        for said in read.reminders
    ] == reminders


def test_reminders_are_left_out_if_none_were_ever_set_up() -> None:
    assert "reminders" not in json.loads(dump_document(OWNER, [], []))
    # All were deleted, and that is how it is to stay.
    assert json.loads(dump_document(replace(OWNER, defaults_given=True), [], []))["reminders"] == []
    assert parse_document(document(reminders=[])).reminders == ()


def test_there_are_twenty_check_ins_at_most() -> None:
    twenty = [CHECK_IN | {"at": f"20:{minute:02}"} for minute in range(20)]
    assert len(parse_document(document(reminders=twenty)).reminders or ()) == 20
    assert faults(document(reminders=[*twenty, CHECK_IN, CHECK_IN])) == [("reminders[20]", "too_many_check_ins")]


def test_omitted_fields_take_their_defaults() -> None:
    (vision,) = parse_document(document(GYM, {"key": "p", "title": "P", "kind": "power_goal"})).visions
    assert [f"{node.kind} {node.level}" for node in vision.walk()] == [
        "vision vision",
        "kpi daily",
        "power_goal quarterly",
    ]


def test_numbers_are_exact() -> None:
    raw = document(RUN).replace('"target": 5', '"target": 0.1, "weight": 123456789.123456')
    run = parse_document(raw).visions[0].children[0]
    assert (run.target, run.weight) == (Decimal("0.1"), Decimal("123456789.123456"))


def test_equal_values_of_many_entries_are_kept_once() -> None:
    first, second = parse_document(
        document(RUN, entries=[{"node": "run", "date": f"2026-11-0{day}", "value": 5.25} for day in (1, 2)])
    ).entries
    assert first.node is second.node
    assert first.value is second.value


def test_ticks_may_be_true_false_one_nought_or_unsaid() -> None:
    entries = [{"node": "gym", "date": "2026-01-01", "value": value} for value in (True, False, 1, 0)]
    entries.append({"node": "gym", "date": "2026-01-01"})
    assert [entry.value for entry in parse_document(document(GYM, entries=entries)).entries] == [1, 0, 1, 0, 1]


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
    found = faults(document(entries=[{}] * 100_000))
    assert len(found) == 21
    assert found[-1] == ("", "very_many_faults")


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


def calls_to_read(goals: int) -> int:
    """How many functions are called to read a plan of so many goals, with fifteen times as many entries."""
    children = [{"key": f"k{at}", "title": "T", "level": "daily"} for at in range(goals)]
    entries = [{"node": f"k{at % goals}", "date": "2026-01-01"} for at in range(15 * goals)]
    raw, calls = document(*children, entries=entries), 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        read = parse_document(raw)
    finally:
        sys.setprofile(None)
    assert len(read.entries) == 15 * goals
    return calls


def test_the_work_of_reading_a_plan_grows_with_its_size_and_not_faster() -> None:
    assert calls_to_read(1_000) < 4.5 * calls_to_read(250)
