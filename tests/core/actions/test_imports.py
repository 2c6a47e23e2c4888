"""The effect of another app's file on existing goals."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.actions.documents import export_document, import_document
from core.actions.imports import import_from_app
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.reminders import add_check_in
from core.asking.schedule import Schedule
from core.caps import Caps
from core.errors import CapReached, InvalidPlan, NotFound, Refused
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.importing import understand
from core.planning.document import Document
from core.planning.outline import parse_outline
from core.ports.store import Store
from tests.core.importing.files import sqlite_of
from tests.core.importing.test_loop import OLD_HABITS, ms
from tests.core.reminders import list_reminders

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ANNA = Actor.host(7)


def sheet(*rows: str) -> Document:
    return understand("\n".join(["date,Run,Read", *rows]).encode()).parsed()


def backup() -> Document:
    habits = [(15, 0, -1, "", 7, 3, "Wake up", 1, 127, 6, 30)]
    days = [(1, 15, ms(2026, 11, 20))]
    columns = "Id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER"
    return understand(sqlite_of({"Habits": (OLD_HABITS, habits), "Repetitions": (columns, days)})).parsed()


async def anna(store: Store, outline: str = "Fit\n  W: Sport\n    D: Swim\n") -> None:
    await welcome(store, ANNA, OwnerType.PRIVATE, "", "en", NOW)
    await plant(store, ANNA, parse_outline(outline, TODAY), TODAY, NOW)


async def titles(store: Store) -> dict[str, str | None]:
    """The title of every goal → its parent's title."""

    def look(nodes: dict[int, tuple[str, int | None]]) -> dict[str, str | None]:
        return {title: nodes[parent][0] if parent else None for title, parent in nodes.values()}

    return await store.read(
        lambda tx: look({n.id: (n.title, n.parent_id) for v in tx.trees.visions_of(1) for n in v.nodes})
    )


async def test_goals_get_a_vision_of_their_own_beside_existing_ones(store: Store) -> None:
    await anna(store)
    done = await import_from_app(store, ANNA, sheet("2026-11-20,x,x", "2026-11-21,,x"), NOW)
    assert (done.nodes_added, done.nodes_changed, done.entries_added) == (3, 0, 3)
    result = await titles(store)
    assert (result["Run"], result["Read"], result["CSV"]) == ("CSV", "CSV", None)
    assert result["Swim"] == "Sport"


async def test_the_same_file_again_changes_nothing_and_a_later_one_adds_what_is_new(store: Store) -> None:
    await anna(store)
    first = sheet("2026-11-20,x,x")
    await import_from_app(store, ANNA, first, NOW)
    before = await export_document(store, ANNA)
    assert (await import_from_app(store, ANNA, first, NOW)).unchanged
    assert await export_document(store, ANNA) == before
    later = await import_from_app(store, ANNA, sheet("2026-11-20,x,x", "2026-11-22,x,"), NOW)
    assert (later.nodes_added, later.nodes_changed, later.entries_added) == (0, 0, 1)


async def test_goals_stand_below_one_that_is_there_if_told_so(store: Store) -> None:
    await anna(store)
    file = sheet("2026-11-20,x,x")
    await import_from_app(store, ANNA, file, NOW, below="sport")
    assert await titles(store) == {"Fit": None, "Sport": "Fit", "Swim": "Sport", "Run": "Sport", "Read": "Sport"}
    # Wherever they are by now: they were imported before.
    assert (await import_from_app(store, ANNA, file, NOW)).unchanged


async def test_a_place_that_is_not_there_or_cannot_hold_goals_is_refused(store: Store) -> None:
    await anna(store)
    with pytest.raises(NotFound) as unknown:
        await import_from_app(store, ANNA, sheet("2026-11-20,x,x"), NOW, below="nowhere")
    assert unknown.value.code == "key_unknown"
    with pytest.raises(InvalidPlan):
        await import_from_app(store, ANNA, backup(), NOW, below="swim")  # weekly below daily
    assert "Run" not in await titles(store)


async def test_changes_made_here_stay(store: Store) -> None:
    await anna(store)
    file = sheet("2026-11-20,x,x")
    await import_from_app(store, ANNA, file, NOW)

    run = (await export_document(store, ANNA)).replace('"title": "Run"', '"title": "Run at dawn"')
    await import_document(store, ANNA, run, NOW)
    again = await import_from_app(store, ANNA, sheet("2026-11-20,x,x", "2026-11-21,x,x"), NOW)
    assert (again.nodes_changed, again.entries_added) == (0, 2)
    assert "Run at dawn" in await titles(store)


async def test_reminders_are_added_to_those_that_are_there_and_once(store: Store) -> None:
    await anna(store)
    await add_check_in(store, ANNA, Schedule(datetime(2026, 1, 1, 20, tzinfo=UTC).time()), NOW)
    assert (await import_from_app(store, ANNA, backup(), NOW)).reminders_changed
    assert (await import_from_app(store, ANNA, backup(), NOW)).unchanged
    assert [f"{result.schedule.at:%H:%M}" for result in await list_reminders(store, ANNA)] == ["20:00", "06:30"]


async def test_reminders_that_do_not_fit_are_left_out(store: Store) -> None:
    await anna(store)
    caps = Caps(reminders=1)
    await add_check_in(store, ANNA, Schedule(datetime(2026, 1, 1, 20, tzinfo=UTC).time()), NOW)
    assert not (await import_from_app(store, ANNA, backup(), NOW, caps=caps)).reminders_changed


async def test_caps_hold_and_nothing_is_written(store: Store) -> None:
    await anna(store)
    before = await export_document(store, ANNA)
    with pytest.raises(CapReached):
        await import_from_app(store, ANNA, sheet("2026-11-20,x,x"), NOW, caps=Caps(nodes=4))
    assert await export_document(store, ANNA) == before


async def test_in_a_group_a_member_brings_in_what_they_could_have_said(store: Store) -> None:
    await welcome(store, Actor.host(-9), OwnerType.GROUP, "Friends", "en", NOW)
    with pytest.raises(Refused):
        await import_from_app(store, Actor.in_group(-9, 5), sheet("2026-11-20,x,x"), NOW)
