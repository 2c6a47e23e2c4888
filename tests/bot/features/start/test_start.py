"""The first minutes: a welcome, and the question of the place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.start import zones
from core.goals.model import Owner
from tests.bot.conftest import Stage, Talk

NOW = datetime(2026, 11, 23, 20, 40, tzinfo=UTC)


async def owner(talk: Talk) -> Owner:
    result = await talk.stage.store.read(lambda tx: tx.owners.by_chat(talk.chat_id))
    assert result is not None
    return result


async def test_a_city_is_confirmed_with_its_clock(chat: Talk, stage: Stage) -> None:
    stage.clock.set(NOW)
    welcome = await chat.say("/start")
    assert welcome[0].text.startswith("Hello, Anna! 🌳")
    assert "Berlin" in welcome[0].buttons
    answer = await chat.say("Berlin")
    assert answer[0].text.startswith("It is 21:40 on Mon 23 Nov in Berlin, Germany, right?")
    assert answer[0].buttons == ["🌱 Plan my first goal", "Show me an example", "No, somewhere else"]
    assert (await owner(chat)).timezone == "Europe/Berlin"
    assert (await owner(chat)).zone_chosen


async def test_a_button_will_do_and_a_mistake_can_be_mended(chat: Talk, stage: Stage) -> None:
    await chat.say("/start deep-link_payload")
    tapped = await chat.tap("Tokyo")
    assert tapped[0].edited
    assert "06:00 on Tue 24 Nov in Tokyo" in tapped[0].text
    await chat.tap("somewhere else")
    assert "Lisbon, Portugal" in await chat.tell("lisbon")
    assert (await owner(chat)).timezone == "Europe/Lisbon"


async def test_an_ambiguous_city_gives_buttons(chat: Talk) -> None:
    await chat.say("/start")
    asked = await chat.say("Portland")
    assert asked[0].text == "Which one is yours?"
    assert asked[0].buttons == ["Portland, Oregon · 13:00", "Portland, Maine · 16:00"]
    assert "in Portland, Maine, right?" in (await chat.tap("Maine"))[0].text
    assert (await owner(chat)).timezone == "America/New_York"


async def test_the_time_on_the_clock_gives_the_likely_zones(chat: Talk, stage: Stage) -> None:
    stage.clock.set(NOW)
    await chat.say("/start")
    asked = await chat.say("it is 21:40 here")
    assert "Berlin · 21:40" in asked[0].buttons
    await chat.tap("Berlin")
    assert (await owner(chat)).timezone == "Europe/Berlin"


async def test_an_unknown_place_is_asked_again(chat: Talk) -> None:
    await chat.say("/start")
    answer = await chat.say("<b>xyzzy</b>")
    assert answer[0].text.startswith("I do not know a place called “<b>xyzzy</b>”.")
    assert "London" in answer[0].buttons
    close = await chat.say("Berlinn")
    assert close[0].buttons == ["Berlin · 22:00"]


async def test_the_question_holds_up_nobody_who_has_goals(chat: Talk) -> None:
    await chat.say("/start")
    await chat.say("/plan Fit\n  D: Run = 5 km")
    assert (await chat.tell("run 5")).startswith("✅ Run  5 km")


async def test_words_after_the_zone_begin_the_first_plan(chat: Talk) -> None:
    await chat.say("/start")
    assert "type what you want to become true" in (await chat.tap("London"))[0].text
    assert "Run a marathon: until when?" in await chat.tell("Run a marathon")
    assert await chat.tell("/cancel") == "Cancelled. Nothing was changed."


async def test_the_clock_corrects_the_zone_at_any_time(chat: Talk, stage: Stage) -> None:
    stage.clock.set(NOW)
    await chat.say("/start")
    await chat.tap("Tokyo")
    assert "Berlin · 21:40" in (await chat.say("it is 21:40 here"))[0].buttons
    assert "type what you want" in (await chat.tap("Berlin"))[0].text
    assert (await owner(chat)).timezone == "Europe/Berlin"
    assert "Fit: until when?" in await chat.tell("Fit")
    await chat.say("It's 20:40 here")
    await chat.tap("London")
    assert (await owner(chat)).timezone == "Europe/London"
    assert "One goal a line" in await chat.tell("no end")


async def test_people_with_goals_are_told_of_an_unknown_place_too(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings")
    await chat.tap("Time zone")
    assert "I do not know a place called “xyzzy”." in await chat.tell("xyzzy")
    assert (await chat.tell("run 5")).startswith("✅ Run  5 km")


async def test_start_again_does_not_ask_again(chat: Talk) -> None:
    await chat.say("/start")
    await chat.tap("London")
    assert await chat.tell("/start") == (
        "Good to see you. It is 21:00 in London.\n\n/log ticks off today, /tree shows your goals, /help the rest."
    )
    example = await chat.tap("example")
    assert example[0].text.startswith("/plan Run a marathon (until 2027-12-31)\n  Q: 600 km")
    outline = example[0].text.partition("\nCopy this")[0]
    assert "Planted: Run a marathon" in await chat.tell(outline)


async def test_a_group_has_a_zone_too(stage: Stage) -> None:
    friends = stage.group("Friends")
    asked = await friends.say("/start@goaltree_bot")
    assert "Hello, Friends!" in asked[0].text
    await friends.say("Paris", reply_to=asked[0].raw["message_id"])
    assert (await owner(friends)).timezone == "Europe/Paris"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("NYC", "America/New_York"),
        ("Москва", "Europe/Moscow"),
        ("europe/lisbon", "Europe/Lisbon"),
        ("America/new york", "America/New_York"),
        ("portland, maine", "America/New_York"),
        ("Rome", "Europe/Rome"),
        ("utc", "UTC"),
    ],
)
async def test_places_that_are_sure(text: str, zone: str) -> None:
    result = await zones.find(text, NOW)
    assert (result.sure, result.places[0].zone) == (True, zone)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/lisbonn", "Europe/Lisbon"),
        ("Amercia/New_York", "America/New_York"),
        ("America/New_Yrok", "America/New_York"),
        ("Europe/Munich", "Europe/Berlin"),
        ("Asia/Berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aire", "America/Argentina/Buenos_Aires"),
    ],
)
async def test_a_zone_with_letters_astray_offers_the_nearest_and_takes_nothing(text: str, nearest: str) -> None:
    result = await zones.find(text, NOW)
    assert (result.sure, result.places[0].zone) == (False, nearest)


async def test_a_zone_that_is_like_none_offers_nothing() -> None:
    for text in ("Mars/Olympus Mons", "a/b", "/", "Europe/", ", Maine"):
        assert await zones.find(text, NOW) == zones.NOTHING


@pytest.mark.parametrize(
    ("text", "hours"),
    [("it is 21:40 here", 1), ("It's 9:40 pm", 1), ("15:41", -5), ("02:10", 5.5), ("9 am", 12.25), ("10:40 now", -10)],
)
def test_a_clock_tells_the_distance_from_utc(text: str, hours: float) -> None:
    offset = zones.clock_offset(text, NOW)
    assert offset is not None
    assert (offset - timedelta(hours=hours)) % timedelta(days=1) == timedelta(0)


@pytest.mark.parametrize("text", ["25:00", "12:60", "13 pm", "run 5", "", "5", "1:2:3"])
def test_words_that_are_no_clock(text: str) -> None:
    assert zones.clock_offset(text, NOW) is None


async def test_every_offset_in_use_has_a_zone_to_offer() -> None:
    for hours in range(-11, 13):
        assert zones.at_offset(timedelta(hours=hours), NOW), hours
    assert [place.zone for place in (await zones.find("UTC+5:45", NOW)).places] == ["Asia/Kathmandu"]


@pytest.mark.parametrize("said", ["im in lisbon", "I live in Lisbon", "in Lisbon", "from Lisbon", "I am from Lisbon"])
async def test_a_sentence_answers_where_somebody_is(chat: Talk, said: str) -> None:
    await chat.say("/start")
    assert "in Lisbon, Portugal, right?" in await chat.tell(said)


async def test_an_amount_before_start_is_welcomed_as_well(chat: Talk) -> None:
    assert (await chat.tell("6 km")).startswith("Hello, Anna!")


async def test_a_word_before_start_is_welcomed_and_led_on(chat: Talk) -> None:
    welcome = await chat.tell("hi there")
    assert welcome.startswith("Hello, Anna! 🌳")
    assert "For that I have to know when your day ends" in await chat.tell("what is this?")
    led = await chat.say("skip")
    assert led[0].text.startswith("Then your days go by the clock of ")
    assert "🌱 Plan my first goal" in led[0].buttons
    assert "Fit: until when?" in await chat.tell("Fit")


@pytest.mark.parametrize("word", ["no", "No, somewhere else", "wrong", "nope"])
async def test_a_no_to_the_clock_asks_for_the_place_again(chat: Talk, word: str) -> None:
    await chat.say("/start")
    await chat.say("Munich")
    assert (await chat.tell(word)).startswith("Where are you? Type a city")
    assert "in Lisbon, Portugal, right?" in await chat.tell("Lisbon")
    assert "Now the first goal" in await chat.tell("yes")
    assert "Fit: until when?" in await chat.tell("Fit")


async def test_a_no_to_the_clock_is_heard_where_there_are_goals_too(chat: Talk) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say("/settings zone Munich")
    assert (await chat.tell("run 5")).startswith("✅ Run")
    await chat.say("/settings")
    await chat.tap("Time zone")
    await chat.say("Munich")
    assert (await chat.tell("no")).startswith("Where are you? Type a city")


@pytest.mark.parametrize(
    ("said", "button"),
    [
        ("i'm in new york now", "New York"),
        ("I am in Tokyo this week", "Tokyo"),
        ("we moved to Lisbon", "Lisbon"),
        ("I live in Portugal", "Portugal"),
    ],
)
async def test_naming_a_place_raises_the_question_of_the_clock(chat: Talk, said: str, button: str) -> None:
    for text in ("/start", "Berlin", "/plan"):
        await chat.say(text)
    [asked] = await chat.say(said)
    assert asked.text == "Shall your days go by the clock there? Tap it, or just go on."
    assert any(button in one for one in asked.buttons)
    await chat.tap(button)
    assert "What do you want to become true?" in await chat.tell("/plan")


@pytest.mark.parametrize("said", ["i'm in pain", "i am in a hurry today", "we moved to the new office"])
async def test_not_every_in_is_a_place(chat: Talk, said: str) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    assert "clock" not in await chat.tell(said)


async def test_naming_the_place_of_the_clock_changes_nothing(chat: Talk) -> None:
    for text in ("/start", "Berlin"):
        await chat.say(text)
    assert await chat.tell("I'm in Berlin today") == "Your days go by the clock of Berlin, Germany already."
