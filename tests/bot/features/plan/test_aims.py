"""A plan from one sentence: proposed, changed and planted in a chat."""

from __future__ import annotations

import pytest

from core.actions.read import read_trees
from core.group.permissions import Actor
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk
from tests.bot.planting import planted

TODAY = MONDAY_EVENING.date()
BOOK = "/plan write a book of 80,000 words by 30 June"
TREE = (
    "Write a book (until 2027-06-30)\n"
    "  T: 80,000 words = 80000 words sum\n"
    "    Q: Write each quarter = 33454 words sum\n"
)


async def trees(talk: Talk) -> int:
    return len(await read_trees(talk.stage.store, Actor.host(talk.chat_id), TODAY))


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("write a book of 80,000 words by 30 June", "          D: Write = 364 words"),
        ("save 12,000 € this year", "    W: Save = 2154 €"),
        ("€5 a day", "  D: Save = 5 €"),
        ("lose 8 kg, from 86 to 78", "  T: Weight = 86 -> 78 kg"),
        ("no smoking", "  D: Smoking <= 0"),
        ("max 2 h of screen time", "  D: Screen time <= 2 h"),
        ("3 gym sessions a week on any days", "  W: Gym sessions = 3 times"),
        ("meditate every other day", "  D: Meditate [every 2 days]"),
        ("read 24 books a year", "    M: Read = 2 books"),
        ("pay rent on the 1st of every month", "  D: Pay rent [1st]"),
        ("call mum on Sundays", "  D: Call mum [sun]"),
        ("mood 1–10", "  D: Mood = track"),
        ("first article this week", "  T: First article"),
    ],
)
async def test_a_sentence_becomes_the_tree_that_is_proposed(chat: Talk, sentence: str, line: str) -> None:
    proposed = await chat.tell(f"/plan {sentence}")
    assert proposed.startswith("🌱 This is the tree that I propose:\n")
    assert f"{line}\n" in proposed
    assert await trees(chat) == 0
    planted = (await chat.tap("Plant it"))[0].text
    assert planted.startswith("🌱 Planted: ")
    assert line in planted
    assert await trees(chat) == 1


async def test_the_proposal_states_its_total(chat: Talk) -> None:
    said = await chat.say(BOOK)
    assert TREE in said[0].text
    assert "That is about 364 words a day." in said[0].text
    assert (
        "Month by month: Nov 2,909 · Dec 11,273 · Jan 11,273 · Feb 10,182 · Mar 11,273 · Apr 10,909 · … · Jun 10,909."
    )
    assert said[0].buttons == [
        "🌳 Plant it", "📅 Date", "🔢 Number", "🗓 Days", "📈 More each week", "✔️ Some is done", "Cancel",
    ]  # fmt: skip


async def test_words_change_it_and_a_yes_plants_it(chat: Talk) -> None:
    await chat.say(BOOK)
    assert "D: Write = 507 words [weekdays]" in await chat.tell("on weekdays")
    assert "T: 60,000 words more = 60000 words sum" in await chat.tell("already 20,000")
    assert "Write a book (until 2027-05-31)" in await chat.tell("by the end of May")
    assert "T: 40,000 words more" in await chat.tell("60,000 words")
    grown = await chat.tell("5% more each week")
    assert "Week by week: " in grown
    assert await chat.tell("what about the weather") == f"I do not know what to change by that.\n\n{grown}"
    planted = await chat.tell("yes")
    assert planted.startswith("🌱 Planted: Write a book\n")
    assert "W  Write each week" in await chat.tell("/log write 300")


@pytest.mark.parametrize(
    ("sentence", "change", "answer"),
    [
        ("86 -> 78 kg", "5% more each week", "“More each week” needs an amount a week or a day"),
        ("86 -> 78 kg", "on weekdays", "The days make no difference here"),
        ("at most 2 coffees a day", "5% more each week", "A limit does not grow by the week"),
        ("floss daily", "5% more each week", "There is no number here that could grow each week"),
        ("run 100 km a month", "5% more each week", "Only what a day or a week asks for can grow"),
        ("run 20 km a week", "already 5 km", "“Already” counts towards an amount in all"),
    ],
)
async def test_a_change_that_means_nothing_is_answered(chat: Talk, sentence: str, change: str, answer: str) -> None:
    assert answer not in await chat.tell(f"/plan {sentence}")
    assert answer in await chat.tell(change)


@pytest.mark.parametrize(
    ("sentence", "line", "said"),
    [
        ("fewer than 3 coffees", "Coffees <= 2", "Fewer than 3 is 2 at most."),
        ("under 30 min of phone", "Phone <= 30 min", "Just 30 min is still within the limit."),
    ],
)
async def test_the_meaning_of_less_than_is_said(chat: Talk, sentence: str, line: str, said: str) -> None:
    proposed = await chat.tell(f"/plan {sentence}")
    assert line in proposed
    assert said in proposed
    changed = await chat.tell("5")
    assert "3" not in changed.partition("\n")[2].partition("\n")[0]


async def test_buttons_change_it(chat: Talk) -> None:
    await chat.say(BOOK)
    assert "Write a book: on which days?" in (await chat.tap("Days"))[0].text
    await chat.tap("Mon")
    days = (await chat.tap("Wed"))[0]
    assert days.edited
    assert days.buttons[:4] == ["✓ Mon", "Tue", "✓ Wed", "Thu"]
    assert "[mon wed]" in (await chat.tap("Back"))[0].text
    await chat.tap("More each week")
    assert "Week by week: " in (await chat.tap("+5% a week"))[0].text
    await chat.tap("Some is done")
    assert "60,000 words more" in await chat.tell("20,000")
    await chat.tap("Date")
    assert "Write a book (until 2027-11-23)" in (await chat.tap("In a year"))[0].text
    await chat.tap("Number")
    assert "I cannot read “lots” as a number." in await chat.tell("lots")
    assert "T: 30,000 words more" in await chat.tell("50,000")
    assert await chat.tap("Cancel")
    assert await trees(chat) == 0
    assert await chat.press("aim:plant") == []
    assert chat.toasts == ["These questions are over. /plan begins anew."]


async def test_how_it_is_now_is_asked_where_only_the_change_was_said(chat: Talk) -> None:
    assert await chat.tell("/plan lose 8 kg by June") == "Lose 8 kg: how many kg is it now? Type the number."
    assert "I cannot read “too many” as a number." in await chat.tell("too many")
    assert "Lose 8 kg (until 2027-06-30)\n  T: Weight = 86 -> 78 kg" in await chat.tell("86 kg")


async def test_a_number_without_a_period_is_asked_about(chat: Talk) -> None:
    said = await chat.say("/plan sleep 8 h")
    assert "I took 8 h for every day." in said[0].text
    assert said[0].buttons[1:3] == ["That is a week", "That is in all"]
    assert "W: Sleep = 8 h" in (await chat.tap("That is a week"))[0].text
    books = await chat.tell("/plan read 24 books")
    assert "You did not say until when, so I took Tue, 30 Nov 2027." in books


async def test_a_lot_a_day_is_called_so(chat: Talk) -> None:
    said = await chat.tell("/plan run 1,000 km by 31 January")
    assert "That is about 15 km a day. ⚠️ That is a lot: move the date or the number?" in said


async def test_an_impossible_change_changes_nothing(chat: Talk) -> None:
    assert "That day has passed: today is 2026-11-23." in await chat.tell("/plan 80,000 words by 1 January 2020")
    assert "There is no such day: “30 February”." in await chat.tell("/plan 80,000 words by 30 February")
    assert "what will you do then?" in await chat.tell("/plan 3 times a week")
    await chat.say(BOOK)
    assert "All of the 80,000 is done already" in await chat.tell("already 90,000")
    assert "80,000 words = 80000 words sum" in await chat.tell("/plan")
    assert await trees(chat) == 0


async def test_it_survives_a_restart_and_a_log_in_between(chat: Talk, stage: Stage) -> None:
    await chat.say("/plan Fit\n  D: Run = 5 km")
    await chat.say(BOOK)
    await stage.restart()
    logged = await chat.say("run 5")
    assert logged[0].text.startswith("✅ Run")
    assert logged[1].text == "Your plan is still open: answer my last question to go on, or /cancel."
    assert "Planted: Write a book" in await chat.tell("yes")


async def test_an_open_aim_is_asked_about_without_what_was_said(chat: Talk) -> None:
    assert (await chat.tell("/plan get fit until the race on 12 May")).startswith(
        "Get fit, until Wed, 12 May 2027.\nWhat will you do for it"
    )


async def test_a_planted_outline_sent_back_changes_nothing(chat: Talk) -> None:
    await chat.say(BOOK)
    await chat.tell("5% more each week")
    await chat.tap("Plant it")
    outline = await chat.tell("/tree outline")
    assert "nothing new, it is as it was" in await chat.tell(f"/plan {outline}")


async def test_in_a_group_it_is_answered_as_a_reply(stage: Stage) -> None:
    ann = stage.group("Friends", "Ann")
    said = await ann.say("/plan read 24 books in 2027")
    assert "as a reply to this message" in said[0].text
    changed = await ann.say("36 books", reply_to=said[0].raw["message_id"])
    assert "M: Read = 3 books" in changed[0].text


@pytest.mark.parametrize(
    ("sentence", "end"),
    [
        ("write 80,000 words until Easter", "until Easter"),
        ("run 100 km before the summer holidays", "before the summer holidays"),
        ("read 12 books by my birthday", "by my birthday"),
        ("solve 40 tasks by the end of the school year", "by the end of the school year"),
        ("no sugar until Easter", "until Easter"),
        ("plant 30 trees in spring", "in spring"),
    ],
)
async def test_an_end_whose_day_is_not_known_is_asked_for(chat: Talk, sentence: str, end: str) -> None:
    [asked] = await chat.say(f"/plan {sentence}")
    assert asked.text == f"“{end}”: which day is that? Tap, or type a date."
    assert "which day is that?" in await chat.tell("as soon as I can")
    [said] = await chat.say("28 March 2027")
    assert "(until 2027-03-28)" in said.text
    assert end not in said.text
    await chat.tap("Plant")
    assert "2027-03-28" in await chat.tell("/tree outline")


@pytest.mark.parametrize(
    "said", ["/plan read 24 books a year", "/plan", "/plan get promoted", "/plan read until Easter"]
)
@pytest.mark.parametrize("words", ["cancel", "Never mind!"])
async def test_a_word_leaves_every_question(chat: Talk, said: str, words: str) -> None:
    await chat.say(said)
    assert await chat.tell(words) == "Cancelled. Nothing was changed."
    assert await chat.tell(words) == "There is nothing to cancel."
    assert await trees(chat) == 0


async def test_such_an_end_may_be_left_open(chat: Talk) -> None:
    await chat.say("/plan no sugar until Easter")
    assert "which day is that?" not in await chat.tell("no end")


@pytest.mark.parametrize(
    ("sentence", "last"),
    [
        ("save 500 € by Christmas", "2026-12-25"),
        ("save 500 € before Christmas", "2026-12-24"),
        ("save 500 € by Christmas 2027", "2027-12-25"),
        ("save 500 € until New Year's Eve", "2026-12-31"),
        ("save 500 € in two years", "2028-11-23"),
    ],
)
async def test_an_end_that_is_a_day_is_taken(chat: Talk, sentence: str, last: str) -> None:
    await chat.say(f"/plan {sentence}")
    await chat.tap("Plant")
    assert last in await chat.tell("/tree outline")


@pytest.mark.parametrize("words", ["brushed my teeth", "teeth", "teeth were clean"])
async def test_words_about_a_goal_that_is_there_are_no_change_of_the_proposal(chat: Talk, words: str) -> None:
    await planted(chat, "Calm (from 2026-10-01)\n  D: Brush teeth\n")
    await chat.say("/plan 80,000 words by 30 June")
    said = [one.text for one in await chat.say(words)]
    assert not any("I do not know what to change" in text for text in said)
    assert said[-1] == "Your plan is still open: answer my last question to go on, or /cancel."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("swim 2 km every other Sunday", "every other Sunday"),
        ("swim every second tuesday", "every second tuesday"),
        ("call mum on the last sunday of the month", "the last sunday"),
        ("A\n  D: Swim every other sunday", "every other sunday"),
        ("A\n  D: Swim [every other sunday]", "every other sunday"),
        ("A\n  D: Call mum on the first sunday = 1 times", "on the first sunday"),
    ],
)
async def test_a_weekday_of_some_weeks_is_refused_and_not_every_week(chat: Talk, words: str, said: str) -> None:
    assert f"I cannot plan “{said}”" in await chat.tell(f"/plan {words}")
    assert await trees(chat) == 0


async def test_an_amount_each_time_is_summed_up(chat: Talk) -> None:
    assert "5 km each time makes 15 km in all." in await chat.tell("/plan run 5 km 3 times a week")
    changed = await chat.tell("20 km")
    assert "W: Run = 20 km" in changed
    assert "each time" not in changed


async def test_an_amount_in_words_changes_the_number(chat: Talk) -> None:
    await chat.tell("/plan half an hour of piano a day")
    assert "D: Piano = 1 h" in await chat.tell("an hour")
    assert "D: Piano = 90 min" in await chat.tell("90 min")
    assert "D: Piano = 45 min" in await chat.tell("three quarters of an hour")


async def test_lines_of_goals_do_not_take_the_place_of_a_proposal(chat: Talk) -> None:
    await chat.say("/plan read 24 books in 2027")
    [shown] = await chat.say("D: Swim = 1 km\nD: Yoga")
    assert shown.text.startswith("Plant this tree first. More goals come below it with /add Swim = 1 km.\n\n🌱 ")
    assert "🌱 Planted: Read 24 books" in (await chat.tap("Plant it"))[0].text


async def test_several_aims_are_planted_one_by_one(chat: Talk) -> None:
    await chat.say("/plan")
    assert await chat.tell("Run a marathon in april and read 24 books") == (
        "I hear 2 goals in that. Tell me one, and the next when it is planted:\nRun a marathon in april\nread 24 books"
    )
    assert "until Fri, 30 Apr 2027" in await chat.tell("Run a marathon in april")


async def test_a_plan_that_begins_later_says_when(chat: Talk) -> None:
    await chat.say("/plan read 24 books in 2027")
    said = await chat.tell("yes")
    assert "It begins on 1 Jan 2027: from then on it is asked for, and can be logged." in said
    assert "Log the first thing" not in said
