"""A digest in words and as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bot.features.digest.buttons import Verb
from bot.features.digest.picture import picture
from bot.features.digest.view import ShownBeside, digest
from bot.pictures.grid import most_rows
from bot.pictures.model import Headline
from bot.telegram.html import CAPTION_LIMIT, plain, units
from bot.telegram.keyboard import MAX_BUTTONS
from core.digest.model import Digest
from core.goals.model import Level
from language.i18n import words
from tests.core.digests import digest as digest_of
from tests.core.digests import monthly, quarterly, weekly
from tests.core.plain import Grown, Json, goal, grow, number, series

W = words("en")
SUNDAY = "2026-11-29"
YEARS_END = "2026-12-31"


def text(result: Digest, locale: str = "en", shown: ShownBeside = ShownBeside()) -> str:
    return plain(digest(result, words(locale), shown)[0])


def labels(result: Digest, shown: ShownBeside = ShownBeside()) -> list[list[str]]:
    return [[button.label for button in row] for row in digest(result, W, shown)[1]]


def total(title: str, level: str, target: int, *children: Json) -> Json:
    return goal(title, level, *children, strategy="sum", target=target, unit="km")


def marathon(*runs: tuple[str, float], **vision: Any) -> Grown:
    """A sum up to the quarter, with what was run."""
    run = number("Run", unit="km")
    week = total("50 km a week", "weekly", 50, run)
    quarter = total("600 km a quarter", "quarterly", 600, total("200 km a month", "monthly", 200, week))
    logged = [("Run", on, value) for on, value in runs]
    return grow(
        quarter, logged=logged, title="Run a marathon", **{"starts": "2026-10-01", "ends": "2027-04-30"} | vision
    )


def body(*marks: tuple[str, str, str], more: Sequence[Json] = ()) -> Grown:
    """Habits below weekly means: (leaf, first day, series)."""
    strength = goal("Strength", "weekly", goal("Gym"), goal("Stretch"))
    logged = [entry for leaf, first, said in marks for entry in series(leaf, first, said)]
    return grow(strength, goal("Mind", "weekly", goal("Meditate")), *more, logged=logged, title="Body and mind")


def days(first: str, count: int, value: float) -> list[tuple[str, float]]:
    start = date.fromisoformat(first)
    return [((start + timedelta(days=ahead)).isoformat(), value) for ahead in range(count)]


def test_a_week_says_how_all_stands_and_what_is_needed_from_here() -> None:
    trees = (
        marathon(*days("2026-11-16", 7, 4), *days("2026-11-23", 6, 6)),
        body(
            ("Gym", "2026-11-23", "xx.x..."),
            ("Stretch", "2026-11-16", "xxxxxxxxxxxxxx"),
            ("Meditate", "2026-11-25", "x"),
        ),
    )
    report = weekly(SUNDAY, *trees)
    assert text(report) == (
        "📊 Week of 23 Nov\n"
        "🟡 Daily goals 60% · on pace would be 85% · last week 45%\n"
        "🔴 Weekly goals 52% · on pace would be 85% · last week 35%\n"
        "🔴 Monthly goals 32% · on pace would be 93% · October by then 0%\n"
        "🔴 Quarterly goals 10% · on pace would be 64%\n"
        "\n"
        "W 50 km a week: 36 of 50 km, 72%\n"
        "W Strength: 71%\n"
        "M 200 km a month: 64 of 200 km, 32% (+18)\n"
        "Q 600 km a quarter: 64 of 600 km, 10% (+6)\n"
        "\n"
        "💪 Strongest: 600 km a quarter, thanks to Run (6 of 7 days)\n"
        "🌱 Needs care: Mind, mostly Meditate (1 of 7 days)\n"
        "\n"
        "🔥 Stretch 14 days, a record 🏆 · Run 6 days\n"
        "\n"
        "🎯 50 km a week: 14 km today reaches 50 km\n"
        "🎯 600 km a quarter: 17 km a day reaches 600 km by Thu 31 Dec"
    )
    assert labels(report) == [["All goals", "Why?"]]


def test_a_month_says_so_in_its_words() -> None:
    report = monthly("2026-11-30", marathon(*days("2026-10-01", 31, 5), *days("2026-11-01", 30, 7)))
    assert text(report) == (
        "📊 November 2026\n"
        "✅ Daily goals 100% · October 100%\n"
        "🟢 Weekly goals 98% · on pace · October 70%\n"
        "✅ Monthly goals 100% · October 77%\n"
        "🟡 Quarterly goals 60% · on pace would be 65%\n"
        "\n"
        "🎉 Reached: M 200 km a month\n"
        "\n"
        "M 200 km a month: 210 of 200 km, 100%\n"
        "Q 600 km a quarter: 365 of 600 km, 60% (+35)\n"
        "★ Run a marathon: 20% (+12)\n"
        "\n"
        "🔥 Run 61 days, a record 🏆\n"
        "\n"
        "🎯 600 km a quarter: 8 km a day reaches 600 km by Thu 31 Dec"
    )


def test_a_quarter_closes_with_what_was_reached_and_missed() -> None:
    books = number("Read books", "quarterly", unit="books", target=4, ends_on=YEARS_END)
    swim = number("Swim", "quarterly", unit="km", target=20, ends_on=YEARS_END)
    tree = grow(books, swim, goal("Gym"), logged=[("Read books", "2026-11-02", 3), ("Swim", "2026-10-09", 20)])
    report = quarterly(YEARS_END, tree)
    assert text(report) == (
        "📊 Q4 2026\n"
        "🔴 Daily goals 0% · on pace would be 98% · Q3 0%\n"
        "🟡 Quarterly goals 87% · on pace would be 98% · Q3 0%\n"
        "\n"
        "🏁 Q4 closes: 1 reached, 1 missed\n"
        "🔸 1. Read books: 3 of 4 books\n"
        "✅ 2. Swim: 20 of 20 km\n"
        "\n"
        "★ v: 58%\n"
        "\n"
        "💪 Strongest: Swim (20 of 20 km)\n"
        "🌱 Needs care: Gym (0 of 92 days)"
    )
    assert labels(report) == [["1: Carry over", "1: Change", "1: Let go"], ["2: Carry over", "2: Change", "2: Let go"]]


def test_seen_from_later_on_the_words_are_not_about_now() -> None:
    said = text(weekly("2026-11-22", marathon(*days("2026-11-14", 9, 4)), on="2026-11-24"))
    assert "📊 Week of 16 Nov\n" in said
    assert "🟡 Daily goals 80% · the week before 22%\n" in said
    assert "by Sun 29 Nov" in said  # needs are about now


def test_without_goals_it_is_an_invitation() -> None:
    report = digest_of(Level.WEEKLY, SUNDAY)
    assert text(report) == (
        "📊 Week of 23 Nov\n"
        "There is no goal to report on yet. Plant one with /plan: it takes two minutes, and the next digest shows how "
        "far you came."
    )
    assert labels(report) == [["🌱 Plan a goal"]]


def test_a_time_before_the_first_goal_has_nothing_to_report() -> None:
    report = weekly("2026-09-20", marathon(), on="2026-11-29")
    # Nor does an automatic digest invite someone who has had goals only since then, such as one of last week, set up
    # today.
    for shown in (ShownBeside(invites=False), ShownBeside(invites=True)):
        assert text(report, shown=shown) == (
            "📊 Week of 14 Sept\nThere was no goal at that time, so there is nothing to report."
        )
        assert labels(report, shown) == []


def test_with_nothing_logged_it_is_short_and_kind() -> None:
    assert text(weekly(SUNDAY, marathon())) == (
        "📊 Week of 23 Nov\nNothing was logged this time. That happens; one small thing makes a fresh start: /log"
    )
    assert text(weekly("2026-11-24", marathon())) == (
        "📊 Week of 23 Nov, so far\nNothing is logged yet. One small thing today is a good start: /log"
    )


def test_an_unreachable_target_is_no_demand() -> None:
    report = weekly(SUNDAY, marathon((SUNDAY, 1)))
    assert "50 km a week:" not in text(report).partition("🎯")[2]
    visits = goal("Visits", "weekly", goal("Visit"), strategy="count", target=3)
    assert "🎯" not in text(weekly("2026-11-24", grow(visits, goal("Gym"), logged=[("Gym", "2026-11-23", 1)])))


@pytest.mark.parametrize("level", ["weekly", "monthly", "quarterly"])
def test_forty_goals_with_long_titles_fit_below_a_picture(level: str) -> None:
    long = "🏃‍♀️ A goal with a long & winding <title>, \u0301\u0301\u0301"
    goals = [
        goal(f"{long} {n}", "quarterly" if n % 4 == 0 else "weekly", goal(f"{long} leaf {n}"), ends_on=YEARS_END)
        for n in range(40)
    ]
    logged = [entry for n in range(40) for entry in series(f"{long} leaf {n}", "2026-12-25", "x" * (n % 7))]
    report = digest_of(Level(level), YEARS_END, grow(*goals, logged=logged))
    html, keyboard = digest(report, W, ShownBeside("A group with a very long name " * 4))
    assert units(plain(html)) <= CAPTION_LIMIT
    assert "Daily goals" in html
    assert sum(map(len, keyboard)) <= MAX_BUTTONS
    shown = picture(report, W)
    most = most_rows(report.period.days)
    assert (len(shown.bars), len(shown.days.strips)) == (1, most)
    assert shown.days.more == f"… and {40 - most} more"


def test_titles_are_escaped() -> None:
    html, _ = digest(weekly(SUNDAY, body(("<b>Gym", SUNDAY, "x"), more=[goal("<b>Gym")])), W)
    assert "&lt;b&gt;Gym" in html
    assert "<b>Gym" not in html


def test_titles_from_right_to_left_keep_the_figures_in_place() -> None:
    html, _ = digest(
        weekly(SUNDAY, grow(total("שלום", "weekly", 50, number("Run", unit="km")), logged=[("Run", SUNDAY, 5)])), W
    )
    assert "W \u2068שלום\u2069: 5 of 50 km, 10%" in html


def test_numbers_and_dates_are_as_the_person_writes_them() -> None:
    said = text(weekly("2026-11-25", marathon(("2026-11-24", 4.5))), "de")
    assert "W 50 km a week: 4,5 of 50 km, 9%" in said
    assert "🎯 50 km a week: 10 km a day reaches 50 km by So., 29. Nov." in said


def test_needs_are_told_in_the_goals_own_measure() -> None:
    """Days left by the goal's own schedule, whole goals, and nothing like 0.13 books a day."""
    tree = grow(
        total("20 km", "weekly", 20, number("Run", unit="km", weekdays=["mon", "wed", "sat"])),
        goal("Read", "weekly", target=3),
        number("Books", "quarterly", unit="books", target=4),
        logged=[("Run", "2026-11-23", 5), ("Read", "2026-11-24", 1)],
    )
    assert text(weekly("2026-11-24", tree)).partition("🎯")[2].split("\n🎯") == [
        " 20 km: 8 km on each of the 2 days left reaches 20 km by Sun 29 Nov",
        " Read: 2 more of 3 by Sun 29 Nov",
        " Books: 4 books by Thu 31 Dec",
    ]


def test_the_picture_has_a_headline_the_visions_and_the_days() -> None:
    report = weekly(SUNDAY, marathon(*days("2026-11-18", 2, 5), *days("2026-11-25", 5, 5)))
    shown = picture(report, W, "Friends")
    assert (shown.title, shown.whose) == ("23–29 Nov 2026", "Friends")
    assert shown.headline == Headline("A fair week.", "5", "of 7 done", "3 more than last week", True)
    assert [(bar.label, bar.percent, bar.figure) for bar in shown.bars] == [("Run a marathon", 1, "+1 · 1%")]
    assert shown.days.headings == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert shown.days.lead == 0
    [strip] = shown.days.strips
    assert (strip.label, strip.note) == ("Run", "🔥 5 days")
    assert "".join(day.mark.value[0] for day in strip.days) == "mmddddd"
    assert shown.highlight == "🏆 Run: 5 days, the longest yet"


def test_a_gain_that_is_all_of_it_is_not_said_twice() -> None:
    shown = picture(monthly("2026-10-31", marathon(*days("2026-10-01", 20, 5))), W)
    [bar] = shown.bars
    assert bar.percent > 0
    assert bar.figure == f"{bar.percent}%"


def test_a_goal_of_a_week_says_how_much_of_it_is_done() -> None:
    tree = grow(goal("Gym", "weekly", target=3), logged=[("Gym", "2026-11-24", 1), ("Gym", "2026-11-26", 1)])
    shown = picture(weekly(SUNDAY, tree), W)
    [strip] = shown.days.strips
    assert strip.note == "2 of 3"
    assert shown.headline == Headline("Your week.")  # it is not over


def test_while_a_period_runs_the_headline_is_about_what_is_over() -> None:
    shown = picture(weekly("2026-11-25", marathon(*days("2026-11-23", 2, 5))), W)
    assert shown.headline == Headline(
        "So far everything is done.", "2", "of 2 done", "2 more than last week by then", True
    )


def test_a_goal_of_which_nothing_was_asked_has_no_number() -> None:
    tree = grow(number("Mood", target=None), logged=[("Mood", SUNDAY, 7)])
    shown = picture(weekly(SUNDAY, tree), W)
    assert shown.headline == Headline("Your week.")


def test_the_days_of_a_month_are_headed_where_weeks_begin_and_those_of_a_quarter_by_month() -> None:
    tree = marathon(("2026-11-23", 5))
    month = picture(monthly(SUNDAY, tree), W).days
    assert [name for name in month.headings if name] == ["1", "2", "9", "16", "23", "30"]
    assert month.lead == 6
    sundays = picture(monthly(SUNDAY, tree), W, week_start=6).days
    assert [name for name in sundays.headings if name] == ["1", "8", "15", "22", "29"]
    headed = picture(quarterly(SUNDAY, tree), W).days.headings
    assert [(place, name) for place, name in enumerate(headed) if name] == [(0, "Oct"), (31, "Nov"), (61, "Dec")]


def test_an_answer_holds_as_long_as_it_is_true() -> None:
    goes_on = number("Swim", "quarterly", unit="km", target=20)
    report = quarterly(YEARS_END, grow(goes_on, goal("Gym"), logged=[("Swim", "2026-12-01", 5)]))
    [swim] = [line.node.id for line in report.closing.missed] if report.closing else []
    assert "Swim: 5 of 20 km · goes on by itself" in text(report)
    assert labels(report) == [["Carry over", "Change", "Let go"]]
    carried = ShownBeside(answers={swim: Verb.CARRY_OVER})
    assert "Swim: 5 of 20 km · ↪ goes on" in text(report, shown=carried)
    assert labels(report, carried) == [["Change", "Let go"]]
    # It was reopened elsewhere since.
    assert labels(report, ShownBeside(answers={swim: Verb.LET_GO})) == [["Carry over", "Change", "Let go"]]


def test_many_goals_to_close_are_paged() -> None:
    goals = [number(f"Goal {n}", "quarterly", target=4, ends_on=YEARS_END) for n in range(1, 13)]
    report = quarterly(YEARS_END, grow(*goals, logged=[("Goal 1", YEARS_END, 1)]))
    assert "🔸 1. Goal 1: 1 of 4\n" in text(report)
    assert labels(report)[-1] == ["‹", "page 1 of 3", "›"]
    assert labels(report, ShownBeside(page=2))[:-1] == [
        ["11: Carry over", "11: Change", "11: Let go"],
        ["12: Carry over", "12: Change", "12: Let go"],
    ]


def test_a_quarter_too_long_ago_has_no_buttons() -> None:
    tree = grow(number("Swim", "quarterly", target=4), logged=[("Swim", "2026-12-01", 1)])
    assert labels(quarterly(YEARS_END, tree, on="2027-03-31"))
    assert labels(quarterly(YEARS_END, tree, on="2027-04-01")) == []
