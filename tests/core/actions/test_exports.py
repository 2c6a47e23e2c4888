"""Exports: the sheet of periods against figures computed by hand, and the names that sheets hold."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from core.actions.exports import Export, export
from core.actions.log import log
from core.actions.logged import How, Log
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.read import read_trees
from core.goals.model import OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.store import Store
from tests.storage.planting import NOW

MONDAY = date(2026, 11, 2)
ANNA = 11
PLAN = """Fit (from 2026-11-02)
  W: 10 km a week = 10 km sum
    D: Run = 5 km [mon tue]
    D: Coffee <= 2 cups
  D: Mood = track
"""


def rows(sheet: bytes) -> list[dict[str, str]]:
    """A sheet as an independent reader parses it."""
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


async def test_periods_are_reported_as_they_ended(store: Store) -> None:
    await welcome(store, Actor.host(ANNA), OwnerType.PRIVATE, "Anna", "en", NOW)
    start = NOW.replace(year=2026, month=11, day=2, hour=12)
    await plant(store, Actor.alone(ANNA), parse_outline(PLAN, MONDAY), MONDAY, start)
    [reading] = await read_trees(store, Actor.alone(ANNA), MONDAY)
    ids = {node.title: node.id for node in reading.tree.nodes.values()}
    later = start + timedelta(days=8)
    for title, day, value in (("Run", 0, 5), ("Coffee", 0, 3), ("Coffee", 1, 2), ("Mood", 0, 7)):
        said = Log(ids[title], MONDAY + timedelta(days=day), How.ADD, Decimal(value))
        await log(store, Actor.alone(ANNA), said, later)
    periods = rows(await export(store, Actor.alone(ANNA), Export.PERIODS, later))
    of = {(one["goal"], one["from"]): one for one in periods}
    week = of["10 km a week", "2026-11-02"]
    assert (week["to"], week["expected"], week["value"], week["percent"], week["status"]) == (
        "2026-11-08", "10", "5", "50", "missed",
    )  # fmt: skip
    assert of["Run", "2026-11-02"]["status"] == "done"
    assert of["Run", "2026-11-03"]["status"] == "missed"
    assert of["Run", "2026-11-04"]["status"] == "off"
    assert of["Coffee", "2026-11-02"]["status"] == "missed"
    assert of["Coffee", "2026-11-03"]["status"] == "done"
    # Without an entry a limit is not proved, and the number of cups is unknown.
    assert (of["Coffee", "2026-11-04"]["value"], of["Coffee", "2026-11-04"]["status"]) == ("", "missed")
    assert (of["Mood", "2026-11-02"]["percent"], of["Mood", "2026-11-02"]["status"]) == ("", "tracked")
    assert of["Run", "2026-11-10"]["status"] == "on_track"
    assert max(one["from"] for one in periods) == "2026-11-10"
    outline = (await export(store, Actor.alone(ANNA), Export.OUTLINE, later)).decode()
    assert parse_outline(outline, MONDAY)[0].title == "Fit"
