"""What the API answers of plans and imports: a proposal, what was planted, a preview and what came in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from core.goals.model import Level
from web.api.shapes import Day, Id, Number, Shape


class PlantedTree(Shape):
    vision_id: Id
    title: str
    is_new: bool
    added: int
    changed: int


class Planted(Shape):
    planted: list[PlantedTree]


class PlanPart(Shape):
    """What is to be done in a period, of which only the days that there are count."""

    period_start: Day
    period_end: Day
    amount: Number


class PlanLevel(Shape):
    """The parts of one level, which add up to the whole amount."""

    level: Level
    parts: list[PlanPart]


class Proposed(Shape):
    """A tree that is proposed: `outline` to be looked at, and how the amount is split. `needsNow`: the value now has to
    be said first, and there is no tree yet. `assumedEnd` and `assumedEach`: not said until when, and whether the
    number is for each day. `aDay`: what each day needs."""

    title: str
    needs_now: bool
    outline: str | None
    starts_on: Day | None
    ends_on: Day | None
    assumed_end: bool
    assumed_each: bool
    a_day: Number | None
    unit: str | None
    is_a_lot: bool
    parts: list[PlanLevel]


class ImportExample(Shape):
    goal: str
    date: Day
    value: Number | None
    unit: str | None
    skipped: bool
    note: str | None


class ImportPreview(Shape):
    """What a file holds. `remarks` are sentences: what is left out or changed, and why."""

    digest: str
    app: str
    goals: list[str]
    ended: int
    from_: Annotated[Day | None, Field(alias="from")]
    to: Day | None
    ticks: int
    numbers: int
    skips: int
    notes: int
    reminders: int
    examples: list[ImportExample]
    remarks: list[str]


class NamedVision(Shape):
    id: Id
    title: str


class ImportDone(Shape):
    """What an import wrote. `leftOut` are entries that only others can log in this group."""

    unchanged: bool
    visions: list[NamedVision]
    goals_added: int
    goals_changed: int
    entries_added: int
    pauses_added: int
    reminders_changed: bool
    settings_changed: bool
    left_out: int
