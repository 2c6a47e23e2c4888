"""Notes on a group's goals that are written in private: shown as their writer chose."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from core.actions.members import ask_about_notes
from core.actions.reminders import set_round
from core.group.permissions import Actor
from tests.bot.company import Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted

PLAN = "Together (from 2026-10-01)\n  D: Read = 20 pages each\n  D: Run = 5 km\n"


ROUND = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


async def alone(stage: Stage) -> tuple[Company, Talk]:
    """(a group that Anna and Ben joined, Ben's chat with the bot)."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    await set_round(stage.store, Actor.host(company.chat.id), time(20), stage.clock())
    for talk in (company.anna, company.ben):
        await talk.say("/join")
    ben = stage.talk("Ben")
    for words in ("/settings zone UTC", "/cancel"):
        await ben.say(words)
    await stage.until(ROUND)
    return company, ben


async def closed_round(company: Company) -> str:
    """The group's view of this day once it is over."""
    await company.stage.until(ROUND + timedelta(hours=4))
    [text] = [text for text in company.bots if text.startswith("🏁")]
    return text


async def test_the_first_note_asks_and_a_tap_shows_it_with_those_that_follow(stage: Stage) -> None:
    company, ben = await alone(stage)
    [first] = await ben.say("read 20 after the quarrel")
    assert first.text.endswith("Your note stays with you. May the group read what you write here?")
    assert "note" not in (await ben.tell("run 2")).lower()
    assert [said.text for said in await ben.tap("Show my notes")] == [
        "👥 Friends can read the notes that you write here. /notes off there ends it."
    ]
    assert (await ben.tell("run 3 in the <rain>")).endswith("The group can read your note.")
    text = await closed_round(company)
    assert "💬 Ben on Read: after the quarrel\n💬 Ben on Run: in the <rain>" in text


async def test_a_note_that_is_kept_is_in_nothing_that_the_group_reads(stage: Stage) -> None:
    company, ben = await alone(stage)
    await ben.say("run 2 after the quarrel")
    assert [said.text for said in await ben.tap("Keep them")] == [
        "🔒 What you write here stays with you. /notes on in Friends changes that."
    ]
    await stage.until(stage.clock() + timedelta(minutes=1))
    [second] = await ben.say("run 1 again alone")
    assert second.text.endswith("Your note stays with you: the group sees only what you did.")
    assert second.buttons == []
    await company.ben.say("/log run 1 with the dog")
    for talk in (company.anna, company.ben):
        card = await talk.tell("/goal run")
        assert "with the dog" in card
        assert "quarrel" not in card
        assert "alone" not in card
    text = await closed_round(company)
    assert "💬 Ben on Run: with the dog" in text
    assert "quarrel" not in text


async def test_on_and_off_hold_from_then_on(stage: Stage) -> None:
    company, ben = await alone(stage)
    await ben.say("run 1 before")
    await stage.until(stage.clock() + timedelta(minutes=1))
    assert (await company.ben.tell("/notes")).startswith(
        "Ben, the notes that you write to me in private stay with you."
    )
    assert "in private are shown here, too" in await company.ben.tell("/notes on")
    await ben.say("run 1 shown")
    card = await company.anna.tell("/goal run")
    assert "shown" in card
    assert "before" not in card
    await company.ben.say("/notes off")
    assert "shown" not in await company.anna.tell("/goal run")


async def test_notes_of_a_member_who_leaves_are_hidden(stage: Stage) -> None:
    company, ben = await alone(stage)
    await company.ben.say("/notes on")
    await ben.say("run 1 shown")
    assert "shown" in await company.anna.tell("/goal run")
    await company.ben.say("/leave")
    assert "shown" not in await company.anna.tell("/goal run")
    await company.ben.say("/join")
    assert "shown" not in await company.anna.tell("/goal run")


async def test_only_the_member_chooses_and_only_in_their_own_chat(stage: Stage) -> None:
    company, ben = await alone(stage)
    [first] = await ben.say("run 2 after the quarrel")
    data = next(
        button["callback_data"]
        for message in ben.chat.messages.values()
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "Show my notes" in button["text"]
    )
    await stage.talk("Cleo").say("/start")
    await stage.talk("Cleo").press(data)
    await company.anna.press(data)
    assert "quarrel" not in await company.anna.tell("/goal run")
    assert "That is for groups" in await ben.tell("/notes on")
    assert "/join" in await company.cleo.tell("/notes on")
    assert first.buttons


async def test_a_note_that_arrives_again_is_asked_about_again(stage: Stage) -> None:
    _, ben = await alone(stage)
    await ben.say("run 2 after the quarrel")
    actor = Actor.in_group(stage.group().chat.id, ben.person.id)
    member = await stage.store.read(lambda tx: tx.members.of_user(ben.person.id)[0][0])
    assert member.notes_asked_at is not None
    for instant, asks in ((member.notes_asked_at, True), (member.notes_asked_at + timedelta(minutes=1), False)):
        assert (await ask_about_notes(stage.store, actor, instant))[1] is asks
