"""Shapes of the API's answers about plans and imports."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from core.goals.model import Direction, Kind, Level
from web.api.edit_answers import Weekday
from web.api.shapes import Day, Id, Number, Shape
from web.api.terms import TermsOf


class PlantedTree(Shape):
    vision_id: Id
    title: str
    is_new: bool
    added: int
    changed: int


class FirstCheckIn(Shape):
    """The daily check-in. `zoneChosen`: the owner has set their time zone."""

    at: str
    timezone: str
    zone_chosen: bool


class PlantedShape(Shape):
    """`firstCheckIn` is set up with the owner's first plan; null for any other."""

    planted: list[PlantedTree]
    first_check_in: FirstCheckIn | None


class PlanPart(Shape):
    """A part of the amount, for the open days of one period."""

    period_start: Day
    period_end: Day
    amount: Number


class PlanLevel(Shape):
    """The parts of one level, which add up to the whole amount."""

    level: Level
    parts: list[PlanPart]


class DraftPause(Shape):
    """Days off (both ends inclusive) of a goal and everything below it, or of `everything` in the chat."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    everything: bool


class DraftGoal(Shape):
    """A proposed goal, `depth` levels below its vision. `target` is the target of most periods, if it `differs` between
    them; `takesTarget`: it can be changed. For an outline, `later` are its terms from later days on, and `pauses` its
    days off. `isEach`: every member of the group does it."""

    depth: int
    title: str
    kind: Kind
    level: Level
    unit: str | None
    direction: Direction
    baseline: Number | None
    target: Number | None
    takes_target: bool
    differs: bool
    weekdays: list[Weekday] | None
    every_days: int | None
    month_days: list[int] | None
    weight: Number
    is_each: bool
    later: list[TermsOf]
    pauses: list[DraftPause]
    starts_on: Day | None
    ends_on: Day | None


class NumberedLine(Shape):
    """A line of the outline, counted from 1, whose title carries a number. As sent, the number is part of the name;
    `asTarget` and `asName` are the line with either meaning made explicit."""

    line: int
    title: str
    target: str
    as_target: str
    as_name: str


class Proposed(Shape):
    """A proposal: its `goals`, parents first, the same as an `outline`, and the split of the amount. `needsNow`: there
    is no tree until the present value is given. `assumedEnd`, `assumedEach`: the sentence did not give an end, or did
    not say whether the number is for each day. `aDay`: the amount needed each day. `isRead`: the last change in words
    was understood. `template`: the key of a template that fits the sentence. `numbered`: ambiguous lines of the
    outline, before any edits; send the intended line instead. `extends`: titles of existing trees, to which planting
    adds, and whose goals of the same name get the new terms."""

    title: str
    needs_now: bool
    is_read: bool
    outline: str | None
    goals: list[DraftGoal]
    starts_on: Day | None
    ends_on: Day | None
    assumed_end: bool
    assumed_each: bool
    a_day: Number | None
    unit: str | None
    is_a_lot: bool
    template: str | None
    numbered: list[NumberedLine]
    extends: list[str]
    parts: list[PlanLevel]


class TemplateQuestion(Shape):
    """`usual` is the most common answer."""

    asks: Literal["what", "now", "amount", "until"]
    question: str
    usual: str | None


class PlanTemplate(Shape):
    """A ready-made plan."""

    key: str
    name: str
    about: str
    questions: list[TemplateQuestion]


class Templates(Shape):
    templates: list[PlanTemplate]


class ImportExample(Shape):
    goal: str
    date: Day
    value: Number | None
    unit: str | None
    skipped: bool
    note: str | None


class ImportPreview(Shape):
    """The contents of a file. `remarks` are sentences about what is left out or changed, and why."""

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
    """The result of an import. `leftOut` counts entries that only other members can log in this group."""

    unchanged: bool
    visions: list[NamedVision]
    goals_added: int
    goals_changed: int
    entries_added: int
    pauses_added: int
    reminders_changed: bool
    settings_changed: bool
    left_out: int
    first_check_in: FirstCheckIn | None
