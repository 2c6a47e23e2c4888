"""The API's answers about plans and imports: a proposal, a planted tree, a preview and an import."""

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
    """Asks every day at that time how it went. `zoneChosen`: the owner has said where they are."""

    at: str
    timezone: str
    zone_chosen: bool


class PlantedShape(Shape):
    """`firstCheckIn` came with the first plan; it is null with any other."""

    planted: list[PlantedTree]
    first_check_in: FirstCheckIn | None


class PlanPart(Shape):
    """The part of a period, of which only the days that there are count."""

    period_start: Day
    period_end: Day
    amount: Number


class PlanLevel(Shape):
    """The parts of one level, which add up to the whole amount."""

    level: Level
    parts: list[PlanPart]


class DraftPause(Shape):
    """Days off, both inclusive, of a goal and all below it; or of `everything` in the chat."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    everything: bool


class DraftGoal(Shape):
    """A goal that is proposed, so many levels below its vision. `target` is what most of its periods ask, if that
    `differs` from one to another; `takesTarget`: another one may be asked. Of an outline, `later` is what is asked
    otherwise from later days on, and `pauses` are its days off. `isEach`: every member of the group does it by
    themselves."""

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
    """A line of the outline that was sent, counted from 1, whose title carries a number. As it stands the number is a
    part of the name; `asTarget` and `asName` are the line as it says the one or the other."""

    line: int
    title: str
    target: str
    as_target: str
    as_name: str


class Proposed(Shape):
    """A proposal: `goals` from the top down, the same as an `outline`, and how the amount is split. `needsNow`: the
    value now has to be said first, and there is no tree yet. `assumedEnd` and `assumedEach`: not said until when, and
    whether the number is for each day. `aDay`: what each day needs. `isRead`: the last of the changes in words was
    understood. `template`: the key of one for what the sentence wants. `numbered`: which lines of the outline may mean
    two things, before any edits; the one that is meant is sent in the line's place. `extends`: the titles of trees that
    are there already; planting adds to them, and changes what is asked of goals that go by the same names."""

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
    """`usual` is what most people answer."""

    asks: Literal["what", "now", "amount", "until"]
    question: str
    usual: str | None


class PlanTemplate(Shape):
    """A plan to begin with."""

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
    """The contents of a file. `remarks` are sentences: what is left out or changed, and why."""

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
    """The result of an import. `leftOut` are entries that only others can log in this group."""

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
