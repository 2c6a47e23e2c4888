"""Settings of an owner, and reminders, in a document."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from datetime import time as clock
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.asking.reminders import DIGEST_OF_LEVEL, MessageKind, Reminder
from core.asking.schedule import Schedule
from core.caps import CAPS
from core.goals.model import Level, QuietHours
from core.goals.terms import ALL_WEEK
from core.goals.tree import Tree
from core.planning.document import Document, dump_document, parse_document
from core.planning.plan import nodes_of
from tests.core.planning.documents import CHECK_IN, GYM, OWNER, RUN, document, faults


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
    result = [
        Reminder(0, 1, MessageKind.CHECK_IN, Schedule(draw(times), draw(some_days)), node_id, draw(st.booleans()))
        for node_id in draw(st.lists(st.sampled_from([None, 1, 2, 3]), max_size=CAPS.reminders))
    ]
    for level, kind in DIGEST_OF_LEVEL.items():
        if draw(st.booleans()):
            only = frozenset({draw(st.integers(0, 6))}) if level is Level.WEEKLY else ALL_WEEK
            schedule = Schedule(draw(times), only, None if level is Level.WEEKLY else level)
            result.append(Reminder(0, 1, kind, schedule, None, draw(st.booleans())))
    return result


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
    # All were deleted, and none may come back.
    assert json.loads(dump_document(replace(OWNER, defaults_given=True), [], []))["reminders"] == []
    assert parse_document(document(reminders=[])).reminders == ()


def test_there_are_twenty_check_ins_at_most() -> None:
    twenty = [CHECK_IN | {"at": f"20:{minute:02}"} for minute in range(20)]
    assert len(parse_document(document(reminders=twenty)).reminders or ()) == 20
    assert faults(document(reminders=[*twenty, CHECK_IN, CHECK_IN])) == [("reminders[20]", "too_many_check_ins")]
