"""Phrases in place of the outline's signs."""

from __future__ import annotations

import pytest

from core.planning.outline import print_plan
from tests.core.planning.outline.outlines import node


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("D: Coffee at most 2 cups", "D: Coffee <= 2 cups"),
        ("D: Coffee no more than 2 cups", "D: Coffee <= 2 cups"),
        ("D: Coffee max 2 cups a day", "D: Coffee <= 2 cups"),
        ("D: Screen = max. 2 h", "D: Screen <= 2 h"),
        ("D: at most 2 coffees", "D: Coffees <= 2 coffees"),
        ("D: at most 2 h of screen time", "D: Screen time <= 2 h"),
        ("D: Run at least 5 km", "D: Run = 5 km"),
        ("D: Run >= 5 km", "D: Run = 5 km"),
        ("D: Gym 3 times a week", "W: Gym = 3 times"),
        ("W: Gym = 3x a week", "W: Gym = 3 times"),
        ("W: Gym three times per week", "W: Gym = 3 times"),
        ("D: Gym 3x/week", "W: Gym = 3 times"),
        ("W: Gym = three times", "W: Gym = 3 times"),
        ("D: Haircut twice a month", "M: Haircut = 2 times"),
        ("D: Swim once a week", "W: Swim"),
        ("D: No phone 3 days a week", "W: No phone = 3 times"),
        ("D: Snacks max twice a week", "W: Snacks <= 2 check"),
        ("D: Gym every day except sundays", "D: Gym [mon tue wed thu fri sat]"),
        ("D: Read = 20 pages except on weekends", "D: Read = 20 pages [weekdays]"),
        ("D: Run = 20 km a week", "W: Run = 20 km"),
        ("D: Read = 5 pages a day", "D: Read = 5 pages"),
        ("D: Meditate every other day", "D: Meditate [every 2 days]"),
        ("D: Plants every 3 days", "D: Plants [every 3 days]"),
        ("D: Cactus every 2 weeks", "D: Cactus [every 14 days]"),
        ("D: Meditate every day", "D: Meditate"),
        ("D: Call mum on Sundays", "D: Call mum [sun]"),
        ("D: Piano = 30 min on weekdays", "D: Piano = 30 min [weekdays]"),
        ("D: Stretch on mon, wed and fri", "D: Stretch [mon wed fri]"),
        ("D: Stretch (mon wed fri)", "D: Stretch [mon wed fri]"),
        ("D: Stretch [Sundays]", "D: Stretch [sun]"),
        ("D: Rent on the 1st of every month", "D: Rent [1st]"),
        ("D: Rent [on the 1st and the last day]", "D: Rent [1st last day]"),
        ("T: Weight from 86 to 78 kg by 2027-03-31", "T: Weight = 86 -> 78 kg (until 2027-03-31)"),
        ("T: Read from page 120 to 480 by 2027-03-31", "T: Read = 120 -> 480 page (until 2027-03-31)"),
        ("T: Share = 10% -> 25% by 2027-03-31", "T: Share = 10 -> 25 % (until 2027-03-31)"),
        ("T: Lose weight, from 86 to 78 (until 2027-03-31)", "T: Lose weight = 86 -> 78 (until 2027-03-31)"),
        ("Y: Save = €12,000", "Y: Save = 12000 €"),
        ("Y: Save = 12 000 €", "Y: Save = 12000 €"),
        ("Y: Save = 12'000 CHF", "Y: Save = 12000 CHF"),
        ("Y: Save = 12.000 €", "Y: Save = 12000 €"),
        ("Y: Save = 12k €", "Y: Save = 12000 €"),
        ("D: Budget <= 1.234,56 €", "D: Budget <= 1234.56 €"),
        ("D: Water = 1,5l", "D: Water = 1.5 l"),
        ("D: Sit = 1h20", "D: Sit = 80 min"),
        ("D: Sleep = 7:30 h", "D: Sleep = 7.5 h"),
    ],
)
def test_variant_signs_are_read_as_the_usual_ones(written: str, read: str) -> None:
    assert print_plan(node(written)) == print_plan(node(read)) == read


@pytest.mark.parametrize(
    "title",
    [
        "Work from 9 to 5",
        "Be in bed by 10",
        "Meet Anna on Sunday evening",
        "Play with Max 5 rounds",
        "Write every word by hand",
        "Visit the gym 3 times a week with Tom",
    ],
)
def test_words_that_can_mean_something_else_stay_in_the_title(title: str) -> None:
    assert node(f"D: {title}").title == title
