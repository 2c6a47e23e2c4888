"""The quarterly digest closes the quarter. It is the evening of 31 December 2026 unless said otherwise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bot.telegram.callback import packed
from core.actions.closing import carry_over, let_go
from core.actions.edit.ending import end
from core.actions.read import read_trees
from core.actions.reminders import set_digest
from core.asking.reminders import DIGEST_TIMES
from core.goals.model import Level, Node
from core.group.permissions import Actor
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted
from tests.evenings import QUARTERLY

YEARS_END = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
OUTLINE = """Read and swim (from 2026-10-01)
  Q!: Four books (until 2026-12-31) = 4 books
  Q: Swim 20 km = 20 km
  Q!: Write a story (until 2026-12-31)
    D: Write
"""


async def closing(chat: Talk, outline: str = OUTLINE) -> dict[str, Node]:
    """The goals, once the digest that closes their quarter has come: a photo."""
    nodes = await planted(chat, outline)
    await set_digest(chat.stage.store, Actor.host(chat.chat_id), Level.QUARTERLY, QUARTERLY, chat.stage.clock())
    await chat.say("four books 3")
    [said] = await chat.until(YEARS_END)
    assert said.is_picture
    return nodes


def section(said: Said) -> str:
    return said.text.partition("🏁 ")[2].partition("\n\n")[0]


async def node(chat: Talk, title: str) -> Node:
    readings = await read_trees(chat.stage.store, Actor.host(chat.chat_id), date(2026, 12, 31))
    return next(result for reading in readings for result in reading.tree.nodes.values() if result.title == title)


async def test_it_says_what_was_reached_and_missed_and_what_can_be_done(chat: Talk) -> None:
    await closing(chat)
    [said] = chat.last
    assert section(said) == (
        "Q4 closes: 0 reached, 3 missed\n"
        "🔸 1. Four books: 3 of 4 books\n"
        "🔸 2. Swim 20 km: 0 of 20 km · goes on by itself\n"
        "🔸 3. Write a story: 0%"
    )
    assert said.buttons == [
        *("1: Carry over", "1: Change", "1: Let go"),
        *("2: Carry over", "2: Change", "2: Let go"),
        *("3: Carry over", "3: Let go"),
    ]


async def test_a_goal_is_carried_over_in_place(chat: Talk) -> None:
    await closing(chat)
    [said] = await chat.tap("1: Carry over")
    assert chat.toasts == ["↪ Four books goes on until 31 Mar 2027: 1 book"]
    assert said.edited
    assert said.is_picture
    assert "🔸 1. Four books: 3 of 4 books · ↪ goes on with 1 book\n" in said.text
    assert said.buttons[:3] == ["1: Change", "1: Let go", "2: Carry over"]
    assert (await node(chat, "Four books")).ends_on == date(2027, 3, 31)


async def test_a_goal_is_let_go_and_minds_may_change(chat: Talk) -> None:
    await closing(chat)
    [said] = await chat.tap("2: Let go")
    assert chat.toasts == ["✕ Swim 20 km ends with the quarter. Its history stays."]
    assert "🔸 2. Swim 20 km: 0 of 20 km · ✕ let go\n" in said.text
    assert (await node(chat, "Swim 20 km")).ends_on == date(2026, 12, 31)
    [said] = await chat.tap("3: Let go")
    assert section(said).splitlines()[2:] == [
        "🔸 2. Swim 20 km: 0 of 20 km · ✕ let go",
        "🔸 3. Write a story: 0% · ✕ let go",
    ]
    [said] = await chat.tap("2: Carry over")
    assert section(said).splitlines()[2:] == [
        "🔸 2. Swim 20 km: 0 of 20 km · ↪ goes on",
        "🔸 3. Write a story: 0% · ✕ let go",
    ]


async def test_a_changed_target_is_asked_for_and_carried_over(chat: Talk) -> None:
    await closing(chat)
    await chat.tap("3: Let go")
    [question] = await chat.tap("1: Change")
    assert question.text == (
        "Four books: how many books from the next quarter on? So far it is 4 books. Reply with the number."
    )
    answer, digest = await chat.say("2.5 books")
    assert answer.text == "↪ Four books goes on until 31 Mar 2027: 2.5 books"
    assert digest.edited
    assert section(digest).splitlines()[1:] == [
        "🔸 1. Four books: 3 of 4 books · ↪ goes on with 2.5 books",
        "🔸 2. Swim 20 km: 0 of 20 km · goes on by itself",
        "🔸 3. Write a story: 0% · ✕ let go",
    ]
    assert (await node(chat, "Four books")).target == Decimal("2.5")
    assert "which one?" in await chat.tell("3")  # the question is answered


async def test_the_new_target_is_a_number_above_zero(chat: Talk) -> None:
    await closing(chat)
    await chat.tap("1: Change")
    assert "above zero" in await chat.tell("0")
    assert "above zero" in await chat.tell("-3")
    assert (await chat.say("many"))[0].text
    assert (await node(chat, "Four books")).target == 4
    assert "↪ Four books goes on until 31 Mar 2027: 5 books" in (await chat.say("5"))[0].text


async def test_a_number_is_read_as_the_person_writes_it(chat: Talk) -> None:
    await planted(chat, OUTLINE, language="de")
    chat.stage.clock.set(YEARS_END)
    await chat.say("/digest quarter")
    await chat.tap("2: Change")
    answer, _ = await chat.say("1,5")
    assert "Swim 20 km goes on: 1,5 km" in answer.text


async def test_a_clear_log_is_no_answer(chat: Talk) -> None:
    await closing(chat)
    await chat.tap("1: Change")
    [logged] = await chat.say("write")
    assert logged.text.startswith("✅ Write")
    assert (await chat.say("5"))[0].text.startswith("↪ Four books")


async def test_a_second_tap_changes_nothing_more(chat: Talk) -> None:
    await closing(chat)
    await chat.tap("1: Carry over")
    before = await node(chat, "Four books")
    assert await chat.again() == []
    assert chat.toasts == ["↪ Four books goes on until 31 Mar 2027: 1 book"]
    assert await node(chat, "Four books") == before


async def test_text_without_a_picture_is_edited_as_well(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    await chat.say("four books 3")
    chat.stage.clock.set(YEARS_END)
    chat.stage.painter.fails = True
    await chat.say("/digest quarter")
    [said] = await chat.tap("1: Carry over")
    assert said.edited
    assert "· ↪ goes on with 1 book\n" in said.text
    await chat.tap("1: Change")
    _, digest = await chat.say("6")
    assert "↪ goes on with 6 books" in digest.text


async def test_weeks_later_it_still_works_and_then_says_that_it_is_too_late(chat: Talk) -> None:
    await closing(chat)
    chat.stage.clock.set(datetime(2027, 2, 10, 12, 0, tzinfo=UTC))
    [said] = await chat.tap("1: Carry over")
    assert "🔸 1. Four books: 3 of 4 books · ↪ goes on with 1 book\n" in said.text
    chat.stage.clock.set(datetime(2027, 4, 1, 12, 0, tzinfo=UTC))
    for label in ("2: Carry over", "2: Change", "2: Let go"):
        assert await chat.tap(label) == []
        assert chat.toasts == ["That quarter is too long ago: nothing was changed. /plan plants the goal anew."]
    assert (await node(chat, "Swim 20 km")).ends_on is None


async def test_a_question_answered_too_late_says_so(chat: Talk) -> None:
    await closing(chat)
    chat.stage.clock.set(datetime(2027, 3, 31, 23, 0, tzinfo=UTC))
    await chat.tap("1: Change")
    chat.stage.clock.set(datetime(2027, 4, 1, 1, 0, tzinfo=UTC))
    assert await chat.tell("5") == ("That quarter is too long ago: nothing was changed. /plan plants the goal anew.")


async def test_before_its_last_day_a_quarter_is_not_closed(chat: Talk) -> None:
    nodes = await planted(chat, OUTLINE)
    await chat.say("four books 3")
    [said] = await chat.say("/digest quarter")
    assert "closes" not in said.text
    assert said.buttons == ["All goals", "Why?"]
    await chat.press(f"close:{packed(nodes['Four books'].id)}:20261001:c")
    assert chat.toasts == ["That quarter is still running: it can be closed on its last day."]


async def test_with_nothing_logged_the_quarter_is_closed_all_the_same(chat: Talk) -> None:
    await planted(chat, OUTLINE)
    chat.stage.clock.set(YEARS_END)
    [said] = await chat.say("/digest quarter")
    assert "Nothing was logged this time." in said.text
    assert "1: Carry over" in said.buttons


@pytest.mark.parametrize(
    "data",
    [
        *("close", "close:", "close:1", "close:x:y", "close:20261001:zzzzzzzzzzzzzz", "close:20269999:0"),
        *("close:1:20261001:x", "close:1:20261001:", "close:1:2026:c", "close:1:20261001:c:1", "close:-1:20261001:c"),
        "close:99990101:0",
    ],
)
async def test_a_forged_button_is_answered_and_changes_nothing(chat: Talk, data: str) -> None:
    await closing(chat)
    before = await node(chat, "Four books")
    assert await chat.press(data) == []
    assert chat.toasts == ["This button does not work any more."]
    assert await node(chat, "Four books") == before


@pytest.mark.parametrize("verb", ["c", "t", "l"])
async def test_another_chats_goals_are_not_there(stage: Stage, verb: str) -> None:
    ben = stage.talk("Ben")
    theirs = await planted(ben, "Secret (from 2026-10-01)\n  Q!: Secret deed (until 2026-12-31) = 5 km\n")
    anna = stage.talk("Anna")
    await closing(anna)
    assert await anna.press(f"close:{packed(theirs['Secret deed'].id)}:20261001:{verb}") == []
    assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert (await node(ben, "Secret deed")).ends_on == date(2026, 12, 31)


async def test_goals_of_other_levels_are_not_closed(chat: Talk) -> None:
    nodes = await closing(chat)
    for verb in ("c", "t", "l"):
        assert await chat.press(f"close:{packed(nodes['Write'].id)}:20261001:{verb}") == []
        assert chat.toasts == ["This button does not work any more."]


async def test_pages_are_turned_in_place(chat: Talk) -> None:
    goals = "".join(f"  Q!: Goal {n} (until 2026-12-31) = 4 km\n" for n in range(1, 8))
    await closing(chat, "Many (from 2026-10-01)\n  Q: Four books = 4 books\n" + goals)
    assert chat.last[0].buttons[-2] == "page 1 of 2"
    [said] = await chat.tap("›")
    assert said.edited
    assert [label for label in said.buttons if "Carry" in label] == ["6: Carry over", "7: Carry over", "8: Carry over"]
    [said] = await chat.tap("7: Carry over")
    assert "🔸 7. Goal 6: 0 of 4 km · ↪ goes on\n" in said.text


async def test_in_a_group_the_target_is_a_reply(stage: Stage) -> None:
    friends = stage.group()
    await planted(friends, OUTLINE)
    stage.clock.set(YEARS_END)
    await friends.say("/digest quarter")
    [question] = await friends.tap("1: Change")
    assert "reply to this message" in question.text
    assert await friends.say("7") == []
    answer, _ = await friends.say("7", reply_to=question.raw["message_id"])
    assert "Four books goes on until 31 Mar 2027: 7 books" in answer.text


YEAR = """Read and swim (from 2026-11-01)
  Y: Read 24 books = 24 books
  Q!: Four books (until 2026-12-31) = 4 books
  M: Tidy
    D: Swim
"""


async def new_year(chat: Talk, outline: str = YEAR) -> Said:
    """The only message of the morning after the year, with every digest."""
    await planted(chat, outline)
    for level in (Level.MONTHLY, Level.QUARTERLY, Level.YEARLY):
        await set_digest(chat.stage.store, Actor.host(chat.chat_id), level, DIGEST_TIMES[level], chat.stage.clock())
    await chat.say("read 24 books 3")
    await chat.say("swim")
    await chat.until(datetime(2026, 12, 31, 19, tzinfo=UTC))
    said = [one for one in await chat.until(datetime(2027, 1, 1, 11, tzinfo=UTC)) if one.text.startswith("📊")]
    assert len(said) == 1
    return said[0]


async def test_a_year_is_closed_with_its_last_quarter_in_one_message(chat: Talk) -> None:
    said = await new_year(chat)
    assert said.text.startswith("📊 2026\n")
    assert section(said) == (
        "2026 closes: 0 reached, 2 missed\n"
        "🔸 1. Read 24 books: 3 of 5 books · goes on by itself\n"
        "🔸 2. Four books (Q4): 0 of 4 books"
    )
    assert "\nQ4 2026: " in said.text
    assert "\nDecember 2026: " in said.text
    assert said.buttons == [*("1: Carry over", "1: Change", "1: Let go"), *("2: Carry over", "2: Change", "2: Let go")]


async def test_a_year_s_buttons_speak_of_years_and_keep_what_is_told_beside(chat: Talk) -> None:
    await new_year(chat)
    [said] = await chat.tap("1: Let go")
    assert chat.toasts == ["✕ Read 24 books ends with the year. Its history stays."]
    assert "🔸 1. Read 24 books: 3 of 5 books · ✕ let go\n" in said.text
    assert "\nDecember 2026: " in said.text
    assert (await node(chat, "Read 24 books")).ends_on == date(2026, 12, 31)
    [said] = await chat.tap("2: Carry over")
    assert "🔸 2. Four books (Q4): 0 of 4 books · ↪ goes on" in said.text
    assert (await node(chat, "Four books")).ends_on == date(2027, 3, 31)
    await chat.tap("1: Change")
    assert chat.last[-1].text.startswith("Read 24 books: how many books from the next year on? So far it is 24 books.")
    await chat.say("30")
    books = await node(chat, "Read 24 books")
    assert books.ends_on is None
    assert [books.target_for(date(year, 12, 31)) for year in (2026, 2027)] == [Decimal(24), Decimal(30)]


async def test_a_goal_let_go_with_a_quarter_comes_back_with_the_year(chat: Talk) -> None:
    """Both end on the same day: in whatever order they are answered, the last answer holds."""
    nested = "Read (from 2026-11-01)\n  Y: Books\n    Q: Essays = 4 essays\n  Q: Tunes = 4 tunes\n"
    await planted(chat, nested)
    year, quarter = date(2026, 1, 1), date(2026, 10, 1)
    now, store, actor = datetime(2027, 1, 2, 9, tzinfo=UTC), chat.stage.store, Actor.host(chat.chat_id)
    books, essays, tunes = await node(chat, "Books"), await node(chat, "Essays"), await node(chat, "Tunes")
    await let_go(store, actor, essays.id, quarter, now)
    await let_go(store, actor, books.id, year, now)
    await carry_over(store, actor, books.id, year, now)
    assert ((await node(chat, "Books")).ends_on, (await node(chat, "Essays")).ends_on) == (None, date(2026, 12, 31))
    await carry_over(store, actor, essays.id, quarter, now)
    assert (await node(chat, "Essays")).ends_on is None
    await let_go(store, actor, books.id, year, now)
    await let_go(store, actor, tunes.id, date(2027, 1, 1), datetime(2027, 6, 30, 9, tzinfo=UTC))
    await carry_over(store, actor, books.id, year, datetime(2027, 7, 1, 9, tzinfo=UTC))
    assert (await node(chat, "Books")).ends_on is None


async def test_a_goal_ended_early_is_not_reached(chat: Talk) -> None:
    await planted(chat, "Run (from 2026-11-01)\n  Y: Laps = 100 laps\n  D: Stretch\n")
    await chat.say("laps 17")
    ended = (await node(chat, "Laps")).id
    actor = Actor.host(chat.chat_id)
    await end(chat.stage.store, actor, ended, date(2026, 11, 30), chat.stage.clock(), source_key=None)
    await chat.until(datetime(2027, 1, 1, 9, tzinfo=UTC))
    assert section((await chat.say("/digest last year"))[-1]) == ""
    assert "Reached" not in chat.last[-1].text
