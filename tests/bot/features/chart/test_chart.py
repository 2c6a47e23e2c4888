"""/chart: a goal's line and year, and a group's week. It is Monday 2026-11-23, 21:00."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.features.chart.buttons import DrawGoal
from bot.pictures.model import BoardPicture, DrawnMark, GoalPicture, Picture
from core.goals.model import Status
from tests.bot.conftest import Stage, Talk

OUTLINE = """\
Get fit (from 2026-10-01)
  Q: 600 km a quarter = 600 km sum
    D: Run = 5 km
  T: Weight = 86 -> 78 kg (until 2027-03-31)
  W: Gym = 3 times
  D: Mood = track
"""


def drawn(stage: Stage) -> Picture:
    return stage.painter.asked[-1]


def goal_drawn(stage: Stage) -> GoalPicture:
    picture = drawn(stage)
    assert isinstance(picture, GoalPicture)
    return picture


async def test_a_sum_is_drawn_as_a_line_to_its_target(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    for on, km in (("2026-10-05", 10), ("2026-11-02", 10), ("2026-11-21", 5)):
        await chat.say(f"/log run {km} {on}")
    [said] = await chat.say("/chart 600 km")
    assert said.is_picture
    assert said.text == "🔴 600 km a quarter\n25 of 600 km · 4% · behind"
    picture = goal_drawn(chat.stage)
    assert picture.path == "Get fit"
    assert (picture.headline.number, picture.headline.of) == ("25", "of 600 km")
    line = picture.line
    assert line is not None
    assert (line.first, line.last, line.target, line.target_word, line.now) == (
        "1 Oct",
        "31 Dec",
        600,
        "600 km",
        "25 km",
    )
    assert line.points[0] == (0.0, 0.0)
    values = [value for _, value in line.points]
    assert values == sorted(values)
    assert set(values) == {0, 10, 20, 25}
    assert line.points[-1] == (54 / 92, 25)
    assert line.pace[-1] == (1.0, 600.0)
    assert picture.year.strips == ()


async def test_on_the_first_day_of_a_period_the_even_way_is_seen_already(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    await chat.say("/chart gym")
    line = goal_drawn(chat.stage).line
    assert line is not None
    assert line.points == ((0.0, 0.0), (1 / 7, 0.0))
    assert line.pace[-1] == (1.0, 3.0)


async def test_a_daily_goal_is_drawn_as_its_year(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    await chat.say("/log run 5 2026-11-21")
    await chat.say("/log run 2 2026-11-22")
    [said] = await chat.say("/chart run")
    assert said.text == "🟢 Run\n0 of 5 km · 0% · on track"
    picture = goal_drawn(chat.stage)
    assert picture.line is None
    [strip] = picture.year.strips
    assert strip.label == "2026"
    assert strip.note == "longest 1 day"
    marks = {at: day.mark for at, day in enumerate(strip.days)}
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    place = (datetime(2026, 11, 21, tzinfo=UTC) - new_year).days
    assert len(marks) == 365
    assert [marks[place + step] for step in (-60, -1, 0, 1, 2, 3)] == [
        DrawnMark.OFF,
        DrawnMark.MISSED,
        DrawnMark.DONE,
        DrawnMark.PARTIAL,
        DrawnMark.OPEN,
        DrawnMark.OPEN,
    ]
    assert picture.year.lead == 3  # a Thursday


async def test_a_way_from_one_value_to_another_begins_at_the_first_one(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    await chat.say("/log weight 85 2026-11-20")
    await chat.say("/log weight 84")
    [said] = await chat.say("/chart weight")
    assert "84 kg from 86 to 78 kg · 25%" in said.text
    line = goal_drawn(chat.stage).line
    assert line is not None
    assert line.pace[0] == (0.0, 86.0)
    assert line.pace[-1] == (1.0, 78.0)
    assert [value for _, value in line.points][-1] == 84


async def test_a_parent_without_an_amount_is_drawn_in_percent(chat: Talk) -> None:
    await chat.say("/plan Tidy (from 2026-11-01)\n  D: Kitchen")
    await chat.say("kitchen")
    [said] = await chat.say("/chart")
    assert said.text.startswith("🔴 Tidy\n")
    line = goal_drawn(chat.stage).line
    assert line is not None
    assert line.target_word == "100%"


async def test_a_goal_that_is_only_noted_is_its_own_figure(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    await chat.say("mood 7")
    [said] = await chat.say("/chart mood")
    assert said.text.endswith("Mood\n7 · tracked")
    assert goal_drawn(chat.stage).status is Status.TRACKED


async def test_a_name_that_several_have_is_asked_about(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run slow\n  D: Run fast")
    [said] = await chat.say("/chart run")
    assert said.buttons == ["Run slow", "Run fast"]
    [picture] = await chat.tap("Run fast")
    assert picture.is_picture
    assert goal_drawn(chat.stage).title == "Run fast"
    [none] = await chat.say("/chart xyzzy")
    assert "I know no goal" in none.text


async def test_without_goals_it_is_an_invitation(chat: Talk) -> None:
    [said] = await chat.say("/chart")
    assert "/plan" in said.text


async def test_the_words_come_alone_if_the_picture_cannot_be_drawn(chat: Talk) -> None:
    await chat.say(f"/plan {OUTLINE}")
    chat.stage.painter.fails = True
    [said] = await chat.say("/chart run")
    assert not said.is_picture
    assert said.text.startswith("🟢 Run")


async def test_a_button_of_another_chats_goal_draws_nothing(stage: Stage) -> None:
    anna, ben = stage.talk("Anna"), stage.talk("Ben")
    await anna.say(f"/plan {OUTLINE}")
    await ben.say("/plan Swim\n  D: Lanes")
    [_] = await anna.say("/chart run")
    for node in range(1, 8):
        await ben.press(DrawGoal(node).pack())
    titles = {picture.title for picture in stage.painter.asked[1:]}
    assert titles <= {"Swim", "Lanes"}


async def test_a_group_sees_everyones_week(stage: Stage) -> None:
    friends = stage.group("Friends")
    await friends.say("/start")
    await friends.say("/plan Read (from 2026-11-01)\n  D: Pages = 20 pages each\n  D: Walk")
    await friends.say("/join")
    await friends.say("/log pages 10")
    [said] = await friends.say("/chart")
    assert said.is_picture
    assert said.text == "Friends\nToday so far\n0 of 1 is in"
    picture = drawn(stage)
    assert isinstance(picture, BoardPicture)
    await friends.say("/board")
    [again] = await friends.tap("🖼 Picture")
    assert (again.is_picture, again.text) == (True, said.text)
    [person] = picture.people.strips
    assert [day.mark for day in person.days] == [DrawnMark.PARTIAL, *[DrawnMark.OPEN] * 6]
    assert person.days[0].share == pytest.approx(0.5)
    assert [bar.label for bar in picture.bars] == ["Read"]
