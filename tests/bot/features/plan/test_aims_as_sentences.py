"""Aims as people type them: each sentence with the tree that a sensible person expects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale

from core.planning.generate import propose
from core.planning.outline import print_plan
from language.aims import named, titles
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.aims import read_aim
from language.parsing.hearing import Hearing

TODAY = date(2026, 11, 23)
EN = lexicon(Locale("en"))
HEARING = Hearing(TODAY, EN)
WORDS = words("en")

TABLE = [
    (
        "write a book of 80,000 words by 30 June",
        "Write a book (until 2027-06-30)\n"
        "  T: 80,000 words = 80000 words sum\n"
        "    Q: Write each quarter = 33091 words sum\n"
        "      M: Write each month = 10909 words sum\n"
        "        W: Write each week = 2545 words sum\n"
        "          D: Write = 364 words",
    ),
    (
        "80,000 words by 30 June",
        "80,000 words (until 2027-06-30)\n"
        "  T: 80,000 words = 80000 words sum\n"
        "    Q: Words each quarter = 33091 words sum\n"
        "      M: Words each month = 10909 words sum\n"
        "        W: Words each week = 2545 words sum\n"
        "          D: Words = 364 words",
    ),
    ("save 12,000 € this year", "Save 12,000 € (until 2026-12-31)\n  T: 12,000 € = 12000 € sum\n    W: Save = 2154 €"),
    ("12,000 € this year", "12,000 € (until 2026-12-31)\n  T: 12,000 € = 12000 € sum\n    W: Save = 2154 €"),
    ("€5 a day", "€5 a day\n  D: Save = 5 €"),
    ("lose 8 kg, from 86 to 78", "Lose 8 kg, from 86 to 78 (until 2027-11-30)\n  T: Weight = 86 -> 78 kg"),
    ("86 → 78 kg", "86 → 78 kg (until 2027-11-30)\n  T: Weight = 86 -> 78 kg"),
    ("at most 2 coffees a day", '"At most 2 coffees a day"\n  D: Coffees <= 2'),
    ("at most two coffees a day", "At most two coffees a day\n  D: Coffees <= 2"),
    ("no smoking", "No smoking\n  D: Smoking <= 0"),
    ("max 2 h of screen time", "Max 2 h of screen time\n  D: Screen time <= 2 h"),
    ("3 gym sessions a week on any days", "3 gym sessions a week on any days\n  W: Gym sessions = 3 times"),
    ("meditate every other day", "Meditate every other day\n  D: Meditate [every 2 days]"),
    ("water the plants every 3 days", "Water the plants every 3 days\n  D: Water the plants [every 3 days]"),
    ("read 24 books a year", "Read 24 books a year\n  Y: 24 books a year = 24 books sum\n    M: Read = 2 books"),
    (
        "read 24 books",
        "Read 24 books (until 2027-11-30)\n"
        "  T: 24 books = 24 books sum\n"
        "    Q: Read each quarter = 6 books sum\n"
        "      M: Read = 2 books",
    ),
    ("pay rent on the 1st of every month", "Pay rent on the 1st of every month\n  D: Pay rent [1st]"),
    ("call mum on Sundays", "Call mum on Sundays\n  D: Call mum [sun]"),
    (
        "run 1,000 km in 2027",
        "Run 1,000 km (from 2027-01-01 until 2027-12-31)\n"
        "  T: 1,000 km = 1000 km sum\n"
        "    Q: Run each quarter = 252 km sum\n"
        "      M: Run each month = 85 km sum\n"
        "        W: Run each week = 19 km sum\n"
        "          D: Run = 2.8 km",
    ),
    ("10,000 steps a day", "10,000 steps a day\n  D: Steps = 10000 steps"),
    ("10k steps", "10k steps\n  D: Steps = 10000 steps"),
    ("sleep by 23:00", "Sleep by 23:00\n  D: Sleep by 23:00"),
    ("sleep 8 h", "Sleep 8 h\n  D: Sleep = 8 h"),
    ("practise piano 30 min on weekdays", "Practise piano 30 min on weekdays\n  D: Practise piano = 30 min [weekdays]"),
    ("learn 10 words a day until the exam on 12 May", "Learn 10 words a day (until 2027-05-12)\n  D: Learn = 10 words"),
    (
        "finish the thesis (12 chapters)",
        "Finish the thesis (until 2027-11-30)\n"
        "  T: 12 chapters = 12 chapters sum\n"
        "    Q: Chapters each quarter = 3 chapters sum\n"
        "      M: Chapters = 1 chapters (from 2026-12-01)",
    ),
    ("first article this week", "First article (until 2026-11-29)\n  T: First article"),
    (
        "launch the blog this quarter",
        "Launch the blog (until 2026-12-31)\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    ("drink 2 l of water", "Drink 2 l of water\n  D: Drink water = 2 l"),
    ("weigh in daily (no target)", "Weigh in daily\n  D: Weigh in = track"),
    ("mood 1–10", "Mood 1–10\n  D: Mood = track"),
    ("read from page 120 to 480", "Read from page 120 to 480 (until 2027-11-30)\n  T: Read = 120 -> 480 pages"),
    (
        "from 10% to 25% market share by Q4",
        "From 10% to 25% market share (until 2026-12-31)\n  T: Market share = 10 -> 25 %",
    ),
    ("ship 3 releases a month", "Ship 3 releases a month\n  M: Ship = 3 releases"),
    ("keep inbox under 20", "Keep inbox under 20\n  D: Inbox <= 19 last"),
    ("less than 2 beers a day", "Less than 2 beers a day\n  D: Beers <= 1"),
    ("fewer than 3 coffees", "Fewer than 3 coffees\n  D: Coffees <= 2"),
    ("fewer than three coffees", "Fewer than three coffees\n  D: Coffees <= 2"),
    ("under 30 min of phone", "Under 30 min of phone\n  D: Phone <= 30 min"),
    ("less than half an hour of phone a day", "Less than half an hour of phone a day\n  D: Phone <= 30 min"),
    ("less than an hour of tv a day", "Less than an hour of tv a day\n  D: Tv <= 1 h"),
    ("under €50 a week on takeaways", "Under €50 a week on takeaways\n  W: Takeaways <= 50 €"),
    ("eat out less than twice a week", "Eat out less than twice a week\n  W: Eat out <= 1 check"),
    ("eat out fewer than 3 times a week", "Eat out fewer than 3 times a week\n  W: Eat out <= 2 check"),
    ("no sugar on weekdays", "No sugar on weekdays\n  D: Sugar <= 0 [weekdays]"),
    ("walk the dog twice a day", 'Walk the dog twice a day\n  D: Walk the dog = 2 "times"'),
    ("deadlift 140 kg by March", "Deadlift 140 kg (until 2027-03-31)\n  T: Deadlift = 140 kg highest"),
    (
        "run a marathon in April",
        "Run a marathon (until 2027-04-30)\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    (
        "run a marathon by 25 April 2027",
        "Run a marathon (until 2027-04-25)\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    ("run 20 km a week", "Run 20 km a week\n  W: Run = 20 km"),
    (
        "20 km a week on mon, wed and fri",
        "20 km a week on mon, wed and fri\n  W: 20 km a week = 20 km sum\n    D: Distance = 6.7 km [mon wed fri]",
    ),
    ("learn Spanish", "Learn Spanish\n  M: A step each month\n  W: A step each week\n  D: A little each day"),
    ("read 30 minutes a day", "Read 30 minutes a day\n  D: Read = 30 min"),
    ("floss daily", "Floss daily\n  D: Floss"),
    ("2 cups of coffee max", '"2 cups of coffee max"\n  D: Coffee <= 2 cups'),
    ("go to bed before 11pm", "Go to bed before 11pm\n  D: Go to bed before 11pm"),
    ("meditate every day for 30 days", "Meditate every day (until 2026-12-22)\n  D: Meditate"),
    (
        "run 100 km in december, 5% more each week",
        "Run 100 km (from 2026-12-01 until 2026-12-31)\n"
        "  T: 100 km = 100 km sum\n"
        "    W: Run each week = 24 km sum\n"
        "      D: Run = 3.5 km",
    ),
    (
        "write 50,000 words by 31 december, already 12,000",
        "Write 50,000 words (until 2026-12-31)\n"
        "  T: 38,000 words more = 38000 words sum\n"
        "    W: Write each week = 6819 words sum\n"
        "      D: Write = 975 words",
    ),
    ("do 50 push-ups every morning", "Do 50 push-ups every morning\n  D: Push-ups = 50 push-ups"),
    ("gym mon, wed, fri", "Gym mon, wed, fri\n  D: Gym [mon wed fri]"),
    ("call dad once a week", "Call dad once a week\n  W: Call dad"),
    ("clean the flat every Saturday", "Clean the flat every Saturday\n  D: Clean the flat [sat]"),
    (
        "invoice clients on the last day of the month",
        "Invoice clients on the last day of the month\n  D: Invoice clients [last day]",
    ),
    (
        "12 000 € by the end of 2027",
        "12 000 € (until 2027-12-31)\n"
        "  T: 12,000 € = 12000 € sum\n"
        "    Q: Save each quarter = 2733 € sum\n"
        "      M: Save = 921 €",
    ),
    (
        "read 500 pages by February",
        "Read 500 pages (until 2027-02-28)\n"
        "  T: 500 pages = 500 pages sum\n"
        "    M: Read each month = 143 pages sum\n"
        "      W: Read each week = 36 pages sum\n"
        "        D: Read = 6 pages",
    ),
    (
        "visit 12 museums in 2027",
        "Visit 12 museums (from 2027-01-01 until 2027-12-31)\n"
        "  T: 12 museums = 12 museums sum\n"
        "    Q: Museums each quarter = 3 museums sum\n"
        "      M: Museums = 1 museums",
    ),
    ("learn 20 kanji a week until the exam in July", "Learn 20 kanji a week (until 2027-07-31)\n  W: Learn = 20 kanji"),
    ("no alcohol until Easter", "No alcohol\n  D: Alcohol <= 0"),
    ("publish 2 posts a week", "Publish 2 posts a week\n  W: Publish = 2 posts"),
    ("cook at home 4 times a week", "Cook at home 4 times a week\n  W: Cook at home = 4 times"),
    ("walk 5 km", "Walk 5 km\n  D: Walk = 5 km"),
    ("be in bed by 10", "Be in bed by 10\n  D: Be in bed by 10"),
    ("eat 5 portions of fruit a day", "Eat 5 portions of fruit a day\n  D: Eat fruit = 5 portions"),
    ("max 3 beers a week", "Max 3 beers a week\n  W: Beers <= 3"),
    ("run 3x a week", "Run 3x a week\n  W: Run = 3 times"),
    ("3 days a week no phone", "3 days a week no phone\n  W: No phone = 3 times"),
    ("no meat 3 days a week", "No meat 3 days a week\n  W: No meat = 3 times"),
    ("eat out at most twice a week", "Eat out at most twice a week\n  W: Eat out <= 2 check"),
    (
        "read 20 pages a day except sundays",
        "Read 20 pages a day except sundays\n  D: Read = 20 pages [mon tue wed thu fri sat]",
    ),
    ("gym daily except weekends", "Gym daily except weekends\n  D: Gym [weekdays]"),
    ("push ups 3x10", "Push ups 3x10\n  D: Push ups = 30"),
    ("10 min meditation", "10 min meditation\n  D: Meditation = 10 min"),
    ("100 push-ups without a break", "100 push-ups without a break (until 2027-11-30)\n  T: Push-ups = 100 highest"),
    (
        "learn to juggle three balls",
        "Learn to juggle three balls\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    (
        "donate 10% of my income",
        "Donate 10% of my income\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    ("get 25% market share by June", "Get 25% market share (until 2027-06-30)\n  T: Get market share = 25 % last"),
    (
        "grow revenue from 10k to 20k by June",
        "Grow revenue from 10k to 20k (until 2027-06-30)\n  T: Grow revenue = 10000 -> 20000",
    ),
    ("screen time under 2 h", "Screen time under 2 h\n  D: Screen time <= 2 h"),
    ("quit sugar", "Quit sugar\n  D: Sugar <= 0"),
    ("no alcohol in January", "No alcohol (from 2027-01-01 until 2027-01-31)\n  D: Alcohol <= 0"),
    ("play piano for half an hour a day", "Play piano for half an hour a day\n  D: Play piano = 30 min"),
    ("half an hour of piano a day", "Half an hour of piano a day\n  D: Piano = 30 min"),
    ("a quarter of an hour of stretching", "A quarter of an hour of stretching\n  D: Stretching = 15 min"),
    ("three quarters of an hour of study a day", "Three quarters of an hour of study a day\n  D: Study = 45 min"),
    (
        "an hour and a half of reading on weekdays",
        "An hour and a half of reading on weekdays\n  D: Reading = 1.5 h [weekdays]",
    ),
    ("one and a half litres of water a day", "One and a half litres of water a day\n  D: Water = 1.5 l"),
    ("a glass of water", "A glass of water\n  D: Water = 1 glass"),
    ("read a chapter a day", "Read a chapter a day\n  D: Read = 1 chapter"),
    ("one hour of deep work on weekdays", "One hour of deep work on weekdays\n  D: Deep work = 1 h [weekdays]"),
    ("a dozen push-ups a day", "A dozen push-ups a day\n  D: Push-ups = 12"),
    ("study a couple of hours every evening", "Study a couple of hours every evening\n  D: Study = 2 h"),
    ("only 2 coffees a day", "Only 2 coffees a day\n  D: Coffees <= 2"),
    ("up to 3 beers a week", "Up to 3 beers a week\n  W: Beers <= 3"),
    ("sleep at least 7 hours", "Sleep at least 7 hours\n  D: Sleep = 7 h"),
    ("no less than 20 pages a day", "No less than 20 pages a day\n  D: Pages = 20 pages"),
    ("run 5 km 3 times a week", "Run 5 km 3 times a week\n  W: Run = 15 km"),
    ("write 500 words a day, 5 days a week", "Write 500 words a day, 5 days a week\n  W: Write = 2500 words"),
    ("10 minutes of yoga twice a day", "10 minutes of yoga twice a day\n  D: Yoga = 20 min"),
    ("go to bed before midnight", "Go to bed before midnight\n  D: Go to bed before midnight"),
    ("two pages a day", "Two pages a day\n  D: Pages = 2 pages"),
    ("write a chapter", "Write a chapter\n  M: A step each month\n  W: A step each week\n  D: A little each day"),
    ("run a mile", "Run a mile\n  D: Run = 1 mi"),
    (
        "run a half marathon by May",
        "Run a half marathon (until 2027-05-31)\n  M: A step each month\n  W: A step each week\n  D: A little each day",
    ),
    ("yoga 20 min twice a week", "Yoga 20 min twice a week\n  W: Yoga = 40 min"),
    ("I'd like to meditate 10 min 5 days a week", "Meditate 10 min 5 days a week\n  W: Meditate = 50 min"),
    ("I want to read 20 pages 3x a week", "Read 20 pages 3x a week\n  W: Read = 60 pages"),
    ("practice guitar twice a week", "Practice guitar twice a week\n  W: Practice guitar = 2 times"),
    (
        "reach 1,000 subscribers by June",
        "Reach 1,000 subscribers (until 2027-06-30)\n"
        "  T: 1,000 subscribers = 1000 subscribers sum\n"
        "    Q: Subscribers each quarter = 414 subscribers sum\n"
        "      M: Subscribers each month = 136 subscribers sum\n"
        "        W: Subscribers each week = 32 subscribers sum\n"
        "          D: Subscribers = 5 subscribers",
    ),
]


@pytest.mark.parametrize(("sentence", "tree"), TABLE)
def test_the_tree_of_a_sentence(sentence: str, tree: str) -> None:
    aim = named(read_aim(sentence, HEARING).aim, WORDS)
    plan = propose(aim, titles(aim, WORDS), TODAY).plan.mapped(lambda node: replace(node, terms=()))
    assert print_plan(replace(plan, starts_on=None if aim.starts_on is None else plan.starts_on)) == tree


@pytest.mark.parametrize(
    ("sentence", "now", "tree"),
    [
        ("lose 8 kg by June", 86, "Lose 8 kg (until 2027-06-30)\n  T: Weight = 86 -> 78 kg"),
        ("gain 5 kg by June", 60, "Gain 5 kg (until 2027-06-30)\n  T: Weight = 60 -> 65 kg"),
        (
            "lose 5 kilos before the wedding on 12 June",
            80,
            "Lose 5 kilos (until 2027-06-12)\n  T: Weight = 80 -> 75 kg",
        ),
        ("get my weight below 80 by June", 86, "Get my weight below 80 (until 2027-06-30)\n  T: My weight = 86 -> 80"),
        ("get below 80 kg by June", 86, "Get below 80 kg (until 2027-06-30)\n  T: Weight = 86 -> 80 kg"),
        ("weigh 75 kg by June", 70, "Weigh 75 kg (until 2027-06-30)\n  T: Weight = 70 -> 75 kg"),
        (
            "run a 10k under 50 min by May",
            61,
            '"Run a 10k under 50 min" (until 2027-05-31)\n  T: Run a 10k = 61 -> 50 min',
        ),
        ("5 km under 25 min by May", 31, '"5 km under 25 min" (until 2027-05-31)\n  T: 5 km = 31 -> 25 min'),
    ],
)
def test_a_change_asks_how_it_is_now(sentence: str, now: int, tree: str) -> None:
    heard = read_aim(sentence, HEARING)
    assert heard.needs_now
    aim = named(heard.from_now(Decimal(now)).aim, WORDS)
    assert print_plan(replace(propose(aim, titles(aim, WORDS), TODAY).plan, starts_on=None)) == tree


@pytest.mark.parametrize(
    "sentence",
    ["learn Spanish", "run a marathon", "launch the blog", "be kinder", "speak Spanish fluently", "get fit", "help"],
)
def test_an_aim_that_cannot_be_counted_is_open(sentence: str) -> None:
    assert read_aim(sentence, HEARING).aim.is_open


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("run a marathon in April", date(2027, 4, 30)),
        ("launch a blog this quarter", date(2026, 12, 31)),
        ("learn Spanish until the exam on 12 May", date(2027, 5, 12)),
        ("get fit before 1 June", date(2027, 5, 31)),
        ("get fit before summer", None),
        ("get fit by Friday", date(2026, 11, 27)),
        ("get fit within 6 weeks", date(2027, 1, 3)),
        ("move house in 3 months", date(2027, 2, 23)),
        ("first article this week", date(2026, 11, 29)),
        ("get fit by the end of next year", date(2027, 12, 31)),
        ("get fit next year", date(2027, 12, 31)),
        ("market share by Q1", date(2027, 3, 31)),
        ("half marathon on 12 May", date(2027, 5, 12)),
    ],
)
def test_until_when(sentence: str, ends: date | None) -> None:
    aim = read_aim(sentence, HEARING).aim
    assert aim.ends_on == ends
    assert ends is None or not set(aim.title.casefold().split()) & {"by", "in", "until", "the", "end", "may", "on"}
