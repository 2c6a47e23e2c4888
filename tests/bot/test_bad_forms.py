"""Every invalid form of a plan, in the chat, as an outline, as a file sent to the chat, and on the command line: each
gets one sentence that says what to write instead, and changes nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from goaltree.cli import main
from tests.bot.conftest import Talk
from tests.bot.planting import planted
from tests.storage.rows import everything

Json = dict[str, Any]

TREE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: 20 km a week = 20 km sum
    D: Run = 5 km
  W: Body
    D: Gym
  M: Book
    D: Read = 20 pages
  T: Weight = 86 -> 78 kg (until 2027-03-31)
Go on for ever (from 2026-10-01)
  D: Nap
"""
TALK = {"conversations", "inbox", "journal", "outbox", "plan_messages"}
"""Tables of conversations; all others hold plans and entries."""


@dataclass(frozen=True)
class Bad:
    """One invalid form, in every notation that has it, and the sentence that it gets."""

    sentence: str
    words: tuple[str, ...] = ()
    outline: str = ""
    node: Json = field(default_factory=dict)
    """A goal of a document; by default a daily number."""
    pause: Json = field(default_factory=dict)
    vision: Json = field(default_factory=dict)


def terms(*history: Json, **said: Any) -> Json:
    return {"terms": list(history), **said}


def above(upper: str, **said: Any) -> Json:
    return {"level": upper, "measure": None, "children": [{"key": "b", "title": "B", "kind": "kpi", **said}]}


FORMS = (
    Bad(
        "A limit is zero or more: -1 cannot be kept.",
        ("/target run <= -1", "/add Body: D: Coffee <= -1 cups"),
        "D: Coffee <= -1 cups",
        {"direction": "at_most", "target": -1},
    ),
    Bad(
        "A target is above zero, not -3: for none at all, make it a limit of 0.",
        ("/target run >= -3", "/add Body: D: Walk >= -3 km"),
        "D: Walk >= -3 km",
        {"target": -3},
    ),
    Bad(
        "A target is above zero, not 0: for none at all, make it a limit of 0.",
        ("/target run = 0", "/add Body: D: Walk = 0 km"),
        "D: Walk = 0 km",
        {"target": 0},
    ),
    Bad(
        "That number is too large: goals are kept up to 1,000,000,000.",
        ("/target run 1e400", "/add Body: D: Walk = 1e400 km"),
        "D: Walk = 1e400 km",
        {"target": 10**400},
    ),
    Bad("“nan” is no number: after “=” comes one", ("/add Body: D: Walk = nan km",), "D: Walk = nan km"),
    Bad("“nan” is no target for Run: write 8, at most 2, or days such as mon wed fri.", ("/target run nan",)),
    Bad("“NaN” is no number that can be reached: write one such as 5 or 5.5.", node={"target": float("nan")}),
    Bad("A limit needs a number: say how much is the most, 0 for none at all.", node={"direction": "at_most"}),
    Bad(
        "A limit is for a goal that is logged itself: set it on one of the goals below.",
        outline="W: All <= 5 km\n    D: Walk = 2 km",
        node=above("weekly", level="daily", measure="check") | {"direction": "at_most"},
    ),
    Bad(
        "The way would begin and end at 86: choose another target.",
        ("/target weight 86 -> 86", "/add Body: T: Waist = 86 -> 86 cm"),
        "T: Waist = 86 -> 86 cm (until 2027-01-31)",
        {"kind": "target", "level": "range", "baseline": 86, "target": 86},
    ),
    Bad(
        "A way from one value to another ends on a day, and this goal recurs: make it a target (T:) with an end.",
        ("/target run 86 -> 78", "/add Body: D: Waist = 86 -> 78 cm"),
        "M: Waist = 86 -> 78 cm",
        {"baseline": 86, "target": 78},
    ),
    Bad(
        "A target needs a day by which it is to be reached: add its end, or the vision's.",
        ("/add Go on for ever: T: Pages = 100 pages",),
        "T: Pages = 100 pages",
        {"kind": "target", "level": "range", "target": 100},
        vision={"ends_on": None},
    ),
    Bad(
        "A check counts days, so its target is a whole number; to log amounts, measure a number.",
        ("/add Body: W: Swim = 3.5 times",),
        "W: Swim = 3.5 times",
        {"measure": "check", "target": 3.5},
    ),
    Bad("Run is counted in km, not in “pages”: write its target in km.", ("/target run 8 pages",)),
    Bad(
        "There is a second target here: keep one of them.",
        ("/target run = 5 = 6", "/add Body: D: Walk = 5 km = 6 km"),
        "D: Walk = 5 km <= 6 km",
    ),
    # Schedules
    Bad(
        "Write every how many days, from 1 to 366.",
        ("/target run [every 0 days]", "/target run [every 400 days]", "/add Body: D: Plants [every -2 days]"),
        "D: Plants [every 0 days]",
        {"every_days": 0},
    ),
    Bad("Write every how many days, from 1 to 366.", outline="D: Plants [every 400 days]", node={"every_days": 400}),
    Bad(
        "Days of the month go from 1 to 31, and a month that is shorter takes its last day.",
        ("/target run [32nd]", "/target run [0th]", "/add Body: D: Rent [32nd]"),
        "D: Rent [32nd]",
        {"month_days": [1, 32]},
    ),
    Bad("Days of the month go from 1 to 31", outline="D: Rent [0th]", node={"month_days": [0]}),
    Bad("Days of the month go from 1 to 31", node={"month_days": []}),
    Bad(
        "There are two schedules here: keep weekdays, every so many days, or days of the month.",
        ("/target run [mon] [every 2 days]", "/target run [mon, 1st]", "/add Body: D: Rent [every 2 days 1st]"),
        "D: Rent [mon] [every 2 days]",
        {"weekdays": ["mon"], "every_days": 2},
    ),
    Bad(
        "There are two schedules here: keep weekdays, every so many days, or days of the month.",
        outline="D: Rent [mon, every other day]",
        node=terms({}, {"from": "2026-11-01", "every_days": 2, "month_days": [1]}),
    ),
    Bad(
        "There is a second list of weekdays here: keep one of them.",
        ("/target run [mon] [tue]",),
        "D: Yoga [mon] [tue]",
    ),
    Bad(
        "“foo” is no weekday: write mon tue wed thu fri sat sun.",
        ("/add Body: D: Yoga [foo bar]",),
        "D: Yoga [foo bar]",
    ),
    Bad("Write weekdays as mon, tue, wed, thu, fri, sat or sun.", node={"weekdays": ["mon", "foo"]}),
    Bad("No weekday is left: name at least one, or leave them out for every day.", node={"weekdays": []}),
    Bad(
        "Chosen days are for daily goals, this one is weekly: leave them out.",
        ("/add Body: W: Yoga [mon]",),
        "W: Yoga [mon]",
        {"level": "weekly", "weekdays": ["mon"]},
    ),
    # Weights
    Bad(
        "A weight is zero or more: 0 shows the goal and counts it nowhere.",
        ("/target gym x-1", "/add Body: D: Yoga x-1"),
        "D: Yoga x-1",
        {"weight": -1},
    ),
    Bad(
        "Every goal below has weight 0, so nothing would count: give at least one a weight above zero.",
        ("/target gym x0",),
        "D: Yoga x0",
        {"weight": 0},
    ),
    # Places and names
    Bad(
        "A goal cannot stand below itself: choose one that is not below it.",
        ("/move body below gym", "/move body below body"),
    ),
    Bad(
        "A monthly goal cannot stand under a weekly one: swap them, or move it further up.",
        ("/move book below body", "/add Body: M: Diary"),
        "W: Mind\n    M: Diary",
        above("weekly", level="monthly"),
    ),
    Bad(
        "A yearly goal cannot stand under a quarterly one: swap them, or move it further up.",
        outline="Q: Mind\n    Y: Diary",
        node=above("quarterly", level="yearly"),
    ),
    Bad(
        "A weekly goal cannot stand under a daily one",
        ("/move body below read",),
        "D: Mind\n    W: Diary",
        above("daily", level="weekly"),
    ),
    Bad("below “Body” already: choose another name.", ("/add Body: gym", "/add Body: D: GYM = 5 min")),
    Bad("There is “yoga” below", outline="D: Yoga\n  D: yoga"),
    Bad("The key “b” is taken by “A”: give each goal its own.", node=above("weekly", level="daily") | {"key": "b"}),
    Bad(
        "Nothing below adds up in km: put a goal below that is measured in it, or one that is ticked off, or use",
        outline="W: All = 5 km sum\n    D: Diary = 5 pages",
        node=above("weekly", level="daily", measure="number", target=5)
        | {"strategy": "sum", "unit": "km", "target": 5},
    ),
    # Dates
    Bad(
        "It ends on 2026-12-31, before it starts on 2027-01-01: swap the two dates.",
        ("/add Body: D: Yoga (from 2027-01-01 until 2026-12-31)",),
        "D: Yoga (from 2027-01-01 until 2026-12-31)",
        {"starts_on": "2027-01-01", "ends_on": "2026-12-31"},
    ),
    Bad(
        "It would never be active. The vision lasts from 2026-10-01 until 2027-04-30: choose dates within.",
        ("/add Body: D: Yoga (from 2028-01-01)", "/add Body: T: Pages = 100 pages (until 2020-01-01)"),
        node={"starts_on": "2028-01-01"},
    ),
    Bad(
        "It would never be active. The vision starts on 2026-11-23: choose a later day.",
        outline="T: Pages = 100 pages (until 2020-01-01)",
    ),
    Bad(
        "These terms begin on 2020-01-01, before the goal starts on 2026-10-01: choose a later day.",
        ("/target run 8 from 2020-01-01",),
        node=terms({"target": 5}, {"from": "2020-01-01", "target": 8}),
    ),
    Bad(
        "That would begin on 2028-01-01, and the goal ends on 2027-04-30: choose an earlier day.",
        ("/target run 8 from 2028-01-01",),
    ),
    Bad(
        "The terms are not in order: list them by date, the oldest first.",
        node=terms({}, {"from": "2026-12-01", "target": 5}, {"from": "2026-11-01", "target": 8}),
    ),
    Bad("Only the first hold from the beginning: say from which day on these do.", node=terms({}, {"target": 8})),
    Bad("The first terms hold from the beginning: leave out their “from”.", node=terms({"from": "2026-11-01"})),
    Bad(
        "This differs from the last of the terms: make them agree, or leave one of both out.",
        node=terms({"target": 5}, {"from": "2026-11-01", "target": 8}, target=5),
    ),
    # Days off
    Bad(
        "The pause ends on 2026-12-10, before it begins on 2026-12-20: swap the two dates.",
        ("/pause from 20 Dec until 10 Dec", "/pause gym from 20 Dec until 10 Dec"),
        pause={"from": "2026-12-20", "to": "2026-12-10"},
    ),
    Bad(
        "A pause lasts 366 days at most: end the goal instead, and take it up again later.",
        ("/pause for ten years", "/pause gym until 2036-12-01"),
        pause={"from": "2026-12-01", "to": "2036-12-01"},
    ),
    Bad("I cannot tell which days “0 days” are: write 2 weeks, until 12 Jan or 20 Dec", ("/pause 0 days",)),
    Bad(
        "There is no goal with the key “z”: correct it, or add the goal.",
        pause={"from": "2026-12-01", "to": "2026-12-02", "node": "z"},
    ),
    Bad("This field is missing: add it.", pause={"from": "2026-12-01"}),
)


def documents(form: Bad) -> Iterator[str]:
    """The form as a document, if that can express it."""
    if form.node or form.pause:
        goal = {"key": "a", "title": "A", "kind": "kpi", "level": "daily", "measure": "number"} | form.node
        vision = {"key": "v", "title": "V", "starts_on": "2026-10-01", "ends_on": "2027-04-30"} | form.vision
        read = {"format": "goaltree/1", "visions": [vision | {"children": [goal]}]}
        yield json.dumps(read | ({"pauses": [form.pause]} if form.pause else {}))


async def planned(url: str) -> list[str]:
    """All plans and entries."""
    return [row for row in await everything(url) if row.split(":")[0] not in TALK]


def one_sentence(answer: str, form: Bad) -> bool:
    """Whether an answer has this sentence and names no other fault."""
    return form.sentence in answer and answer.count("• ") <= 1


async def test_in_the_chat_each_gets_its_sentence_and_changes_nothing(chat: Talk, sqlite_url: str) -> None:
    await planted(chat, TREE)
    await chat.say("run 5")
    before, wrong = await planned(sqlite_url), []
    for form in FORMS:
        said = [*form.words, *([f"/plan Feel better\n  {form.outline}"] if form.outline else [])]
        answers = {text: await chat.say(text) for text in said}
        answers |= {text: await chat.send("plan.json", text.encode()) for text in documents(form)}
        for text, heard in answers.items():
            if len(heard) != 1 or not one_sentence(heard[0].text, form):
                wrong.append((text, [one.text for one in heard]))
    assert wrong == []
    assert await planned(sqlite_url) == before


def test_on_the_command_line_each_gets_its_line_and_changes_nothing(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOALTREE_DATABASE_URL", sqlite_url)
    before, file, wrong = asyncio.run(planned(sqlite_url)), tmp_path / "plan.json", []
    for form in FORMS:
        for text in documents(form):
            file.write_text(text, encoding="utf-8")
            with redirect_stderr(StringIO()) as said:
                status = main(["import", str(file)])
            line = said.getvalue()
            if status != 2 or line.count("\n") != 1 or not one_sentence(line, form):
                wrong.append((text, status, line))
    assert wrong == []
    assert asyncio.run(planned(sqlite_url)) == before
