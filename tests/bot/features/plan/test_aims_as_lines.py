"""Aims typed on one line of an outline, each with the goal that a sensible person expects.

If a number in the title may be the target, this is the goal after "yes"; `test_numbers.py` tests the question itself.
"""

from __future__ import annotations

from datetime import date

import pytest
from babel import Locale

from core.planning.outline import parse_outline, print_plan
from language.lexicon import lexicon
from language.parsing.hearing import Hearing
from language.parsing.numbered import numbered
from language.parsing.until import day_reader
from tests.bot.conftest import Talk

TODAY = date(2026, 11, 23)
EN = lexicon(Locale("en"))
HEARING = Hearing(TODAY, EN)

CLEAR = [
    ("T: write a book = 80,000 words by 30 June", "T: write a book = 80000 words (until 2027-06-30)"),
    ("Y: Save = 12,000 €", "Y: Save = 12000 €"),
    ("Y: Save = €12k", "Y: Save = 12000 €"),
    ("D: Save = €5 a day", "D: Save = 5 €"),
    ("T: Weight: from 86 to 78 kg by March 2027", "T: Weight = 86 -> 78 kg (until 2027-03-31)"),
    ("D: at most 2 coffees a day", "D: Coffees <= 2 coffees"),
    ("D: Coffee = at most 2 cups", "D: Coffee <= 2 cups"),
    ("D: Coffee no more than 2 cups", "D: Coffee <= 2 cups"),
    ("D: No smoking", "D: No smoking"),
    ("D: Smoking <= 0", "D: Smoking <= 0"),
    ("D: max 2 h of screen time", "D: Screen time <= 2 h"),
    ("D: Spend at most 20 € a day", "D: Spend <= 20 €"),
    ("W: Gym 3 times a week", "W: Gym = 3 times"),
    ("D: Gym 3x a week", "W: Gym = 3 times"),
    ("M: Call parents twice a month", "M: Call parents = 2 times"),
    ("D: meditate every other day", "D: meditate [every 2 days]"),
    ("D: water the plants every 3 days", "D: water the plants [every 3 days]"),
    ("D: Cactus every 2 weeks", "D: Cactus [every 14 days]"),
    ("Y: Books = 24 a year", "Y: Books = 24"),
    ("D: pay rent on the 1st of every month", "D: pay rent [1st]"),
    ("D: Backup on the last day of the month", "D: Backup [last day]"),
    ("D: call mum on Sundays", "D: call mum [sun]"),
    ("D: no sugar on weekdays", "D: no sugar [weekdays]"),
    ("D: Stretch (mon wed fri)", "D: Stretch [mon wed fri]"),
    ("T: Run = 1,000 km by the end of 2027", "T: Run = 1000 km (until 2027-12-31)"),
    ("D: sleep by 23:00", "D: sleep by 23:00"),
    ("D: practise piano = 30 min on weekdays", "D: practise piano = 30 min [weekdays]"),
    ("D: study Spanish = 1h30 on mon, wed and fri", "D: study Spanish = 1.5 h [mon wed fri]"),
    ("D: learn = 10 words a day until 12 May", "D: learn = 10 words (until 2027-05-12)"),
    ("T: finish the thesis = 12 chapters by 12 May", "T: finish the thesis = 12 chapters (until 2027-05-12)"),
    ("W!: first article", "W!: first article"),
    ("Q!: launch the blog", "Q!: launch the blog"),
    ("D: Weight = track kg", "D: Weight = track kg"),
    ("D: mood 1–10", "D: mood 1–10"),
    ("T: read from page 120 to 480 by 1 March", "T: read = 120 -> 480 page (until 2027-03-01)"),
    ("T: market share from 10% to 25% by 31 December 2027", "T: market share = 10 -> 25 % (until 2027-12-31)"),
    ("D: walk the dog twice a day", 'D: walk the dog = 2 "times"'),
    ("T: deadlift = 140 kg highest by March", "T: deadlift = 140 kg highest (until 2027-03-31)"),
    ("T: 5 km from 31 to 25 min by June", "T: 5 km = 31 -> 25 min (until 2027-06-30)"),
    ("T: 5 km under 25 min by June", "T: 5 km under 25 min (until 2027-06-30)"),
    ("D: Floss every day", "D: Floss"),
    ("M: Haircut once a month", "M: Haircut"),
]
"""Lines with a single meaning."""

ASKED = [
    ("D: write 500 words a day", "D: Write = 500 words"),
    ("D: 3 gym sessions a week", "W: Gym sessions = 3 times"),
    ("Y: read 24 books", "Y: Read = 24 books"),
    ("T: run 1,000 km in 2027", "T: Run = 1000 km"),
    ("D: 10,000 steps a day", "D: Steps = 10000 steps"),
    ("D: sleep 8 h", "D: Sleep = 8 h"),
    ("D: practise piano 30 min on weekdays", "D: Practise piano = 30 min [weekdays]"),
    ("D: drink 2 l of water", "D: Drink water = 2 l"),
    ("D: save €5 a day", "D: Save = 5 €"),
    ("M: ship 3 releases", "M: Ship = 3 releases"),
    ("D: keep inbox under 20", "D: Inbox <= 19 last"),
    ("D: push-ups: 30", "D: Push-ups = 30"),
    ("D: push-ups 3x10", "D: Push-ups = 30"),
    ("W: 20 km a week", "W: 20 km a week = 20 km"),
    ("W: Yoga 2x", "W: Yoga = 2 times"),
]
"""Lines that may be a tick of that name as well."""


def text_of(line: str) -> str:
    return f"My aim (until 2027-12-31)\n  {line}"


@pytest.mark.parametrize(("line", "goal"), CLEAR)
def test_a_clear_line_is_read_as_it_is_meant(line: str, goal: str) -> None:
    plans = parse_outline(text_of(line), TODAY, read_day=day_reader(TODAY, EN))
    assert print_plan(plans[0]).splitlines()[1].strip() == goal
    assert numbered(plans, HEARING, text=text_of(line)) == []


@pytest.mark.parametrize(("line", "goal"), ASKED)
def test_a_number_in_the_title_is_asked_about(line: str, goal: str) -> None:
    text = text_of(line)
    [asked] = numbered(parse_outline(text, TODAY, read_day=day_reader(TODAY, EN)), HEARING, text=text)
    assert asked.as_target.strip() == goal


@pytest.mark.parametrize(("line", "goal"), [CLEAR[0], CLEAR[4], CLEAR[13], CLEAR[19]])
async def test_one_line_in_a_fresh_chat_becomes_a_tree(chat: Talk, line: str, goal: str) -> None:
    assert (await chat.tell(line)).startswith("What is that for?")
    planted = await chat.tell("My aim")
    assert f"🌱 Planted: My aim\nMy aim (from 2026-11-23)\n  {goal}\n" in planted


async def test_one_line_with_a_number_in_a_fresh_chat(chat: Talk) -> None:
    for text in ("/start", "Berlin"):
        await chat.say(text)
    await chat.say("D: drink 2 l of water")
    asked = await chat.say("Healthy")
    assert asked[0].text == "drink 2 l of water: is 2 l the target?"
    assert "  D: Drink water = 2 l\n" in (await chat.tap("Yes"))[0].text
