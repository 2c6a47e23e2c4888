"""Changing the zone, the start of the day and the week, and the language."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from bot.i18n import Words
from bot.parsing.clock import clock
from bot.parsing.settings import language, wish
from bot.parsing.weekdays import weekday
from tests.bot.conftest import Stage, Talk
from tests.bot.test_start import owner


async def test_they_are_shown(chat: Talk) -> None:
    shown = await chat.say("/settings")
    assert shown[0].text == (
        "Settings\n"
        "Time zone: UTC, where it is 21:00\n"
        "The day starts at 00:00\n"
        "The week starts on Monday\n"
        "Language and numbers: English"
    )
    assert shown[0].buttons == ["Time zone", "Day start", "Week start"]


async def test_by_buttons(chat: Talk) -> None:
    await chat.say("/settings")
    assert (await chat.tap("Week start"))[0].buttons == ["Monday", "Saturday", "Sunday", "« Back"]
    assert "The week starts on Sunday" in (await chat.tap("Sunday"))[0].text
    await chat.tap("Day start")
    assert "counts for the day before" in (await chat.tap("04:00"))[0].text
    await chat.tap("Day start")
    assert (await chat.tap("Back"))[0].text.startswith("Settings\n")
    await chat.tap("Time zone")
    assert "Paris" in await chat.tell("Paris")
    settings = await owner(chat)
    assert (settings.timezone, settings.day_start, settings.week_start) == ("Europe/Paris", time(4), 6)


async def test_by_words(chat: Talk) -> None:
    assert "in Berlin, Germany" in await chat.tell("/settings zone Berlin")
    assert "The day starts at 04:30" in await chat.tell("/settings day 04:30")
    assert "The day starts at 05:00" in await chat.tell("/settings day starts at 5am")
    assert "The week starts on Sunday" in await chat.tell("/settings week sun")
    assert "Language and numbers: Deutsch" in await chat.tell("/settings language de")
    assert "Language and numbers: English" in await chat.tell("/settings language en")


async def test_what_makes_no_sense_is_told_and_changes_nothing(chat: Talk) -> None:
    await chat.say("/start")
    before = await owner(chat)
    assert "“25:00” makes no sense to me here." in await chat.tell("/settings day 25:00")
    assert "“someday” makes no sense" in await chat.tell("/settings week someday")
    assert "“klingon” makes no sense" in await chat.tell("/settings language klingon")
    assert "/settings zone Lisbon" in await chat.tell("/settings colour blue")
    assert await chat.tell("/settings day 13:00") == "The day can start between 00:00 and 12:00."
    assert "I do not know a place" in await chat.tell("/settings zone Atlantis-on-Sea")
    assert await owner(chat) == before


async def test_the_day_start_decides_what_is_today(chat: Talk, stage: Stage) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings day 04:00")
    stage.clock.set(datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    await chat.say("/log run 5")
    entries = await stage.store.read(
        lambda tx: [entry for v in tx.trees.visions_of(1) for entry in tx.entries.of_vision(v.id)]
    )
    assert [entry.on.isoformat() for entry in entries] == ["2026-11-23"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4", time(4)), ("04:00", time(4)), ("4.30", time(4, 30)), ("12am", time(0)), ("24:00", None), ("soon", None)],
)
def test_day_starts_as_they_are_typed(text: str, expected: time | None) -> None:
    assert clock(text) == expected


def test_weekdays_by_their_beginning_or_in_ones_own_language() -> None:
    assert weekday("sun", Words("en")) == 6
    assert weekday("Saturday", Words("en")) == 5
    assert weekday("s", Words("en")) is None


def test_languages_and_wishes() -> None:
    assert language("pt_BR") == "pt-BR"
    assert language("xx") is None
    assert wish("nonsense 5") is None
    assert wish("timezone = Berlin") is not None
