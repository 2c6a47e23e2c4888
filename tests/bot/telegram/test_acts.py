"""Permissions in a group in every way of asking: words, buttons old and forged, replies, edits, other names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.telegram.callback import packed
from core.goals.model import Owner
from sandbox.objects import GENERAL
from tests.bot.company import NAMES, PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.features.start.test_start import owner
from tests.bot.logged import told
from tests.bot.planting import planted

ADMINS_ONLY = "Only the group's admins can do that: ask one of them."
JOIN_FIRST = "You are not in yet: /join first, then try again."
NAMELESS = "You write here in the name of the group, so I cannot tell who you are. Send it as yourself."
UNKNOWN = "Telegram does not tell me just now who the admins are here. Please try again in a minute."


@pytest.fixture
async def company(stage: Stage) -> Company:
    """Anna is the admin; she and Ben have joined; Cleo, Dan and Eve are only in the chat."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    await company.anna.say("/join")
    await company.ben.say("/join")
    return company


async def state_of(company: Company) -> tuple[Owner, list[tuple[str, str, object]], str]:
    outline = await company.stage.store.read(lambda tx: tx.trees.vision_ids())
    return await owner(company.anna), list(await told(company.anna)), str(outline)


@pytest.mark.parametrize(
    "text",
    ["/plan Mine\n  D: X", "/plan", "/archive gym", "/export", "/settings zone Berlin", "/settings topic here",
     "/settings day 4", "/remind 21:00", "/publish @news", "/unpublish @news"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Ben", "Cleo"])
async def test_acts_for_admins(company: Company, name: str, text: str) -> None:
    before = await state_of(company)
    assert await company.talks[NAMES.index(name)].tell(text) == ADMINS_ONLY
    assert await state_of(company) == before


@pytest.mark.parametrize(
    "data",
    ["set:day:04:00", "set:zone", "zone:Europe/Berlin", "zone:ask", "plan:new", "plan:more:1", "plan:plant",
     "arch:yes:{gym}", "arch:ask:{gym}", "close:{gym36}:20261001:c", "close:{gym36}:20261001:l", "rem:l",
     "rem:n:0:3j:2100"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Ben", "Cleo"])
async def test_forged_and_old_buttons_of_admins(company: Company, name: str, data: str) -> None:
    await company.anna.say("/settings")
    gym = next(n.id for v in await company.stage.store.read(lambda tx: tx.trees.visions_of(1)) for n in v.nodes)
    before = await state_of(company)
    talk = company.talks[NAMES.index(name)]
    assert await talk.press(data.format(gym=gym, gym36=packed(gym))) == []
    assert talk.toasts == [ADMINS_ONLY]
    assert await state_of(company) == before


@pytest.mark.parametrize("text", ["/log run 5", "/log gym", "/log gym skip", "/undo", "/leave"])
async def test_acts_for_members(company: Company, text: str) -> None:
    [said] = await company.cleo.say(text)
    assert said.text == JOIN_FIRST
    assert said.buttons == ["🙋 Join"]
    assert await company.as_group(text)
    assert company.anna.last[0].text == NAMELESS
    assert await told(company.anna) == []


async def test_taps_of_those_who_did_not_join(company: Company) -> None:
    await company.ben.say("/log")
    for label in ("Gym", "Run"):
        await company.cleo.tap(label)
        assert company.cleo.toasts == [JOIN_FIRST]
    await company.cleo.tap("Join")
    await company.cleo.tap("Gym")
    assert [on for on, _, _ in await told(company.anna)] == ["11-23"]


async def test_everybody_in_the_chat_sees(company: Company) -> None:
    for text in ("/tree", "/summary", "/streaks", "/digest", "/settings", "/publish", "/log", "/help"):
        [said] = await company.cleo.say(text)
        assert said.text not in (ADMINS_ONLY, JOIN_FIRST)


async def test_an_admin_who_hides_sets_and_plants_but_is_nobody(company: Company) -> None:
    [said] = await company.as_group("/settings day 4")
    assert said.text.startswith("Settings saved")
    [said] = await company.as_group("/plan More\n  D: Read = 20 pages")
    assert said.text.startswith("🌱 Planted")
    for text in ("/log read 20", "/undo", "/join", "/leave", "/publish @news"):
        [said] = await company.as_group(text)
        assert said.text == NAMELESS
    assert [member.name for member in await company.members()] == ["Anna", "Ben"]
    # A tap shows who they are: it counts for Anna.
    await company.ben.say("/log")
    await company.anna.tap("Gym")
    assert (await company.anna.tell("/undo")).startswith("↩ Taken back: Gym")


async def test_channels_and_forwards_are_nobody(company: Company, stage: Stage) -> None:
    news = stage.world.channel("News", company.anna.person, username="news")
    stage.world.link(news, company.chat)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)  # it sees everything
    await stage.quiet()
    for text in ("hello", "/log run 5", "/settings day 4", "/join"):
        assert await company.anna._after(lambda text=text: stage.world.post(news, text)) == []
    for text in ("/log run 5", "/join", "/settings day 4", "/help", "/start"):
        [said] = await company.anna._after(
            lambda text=text: stage.world.say("Cleo", company.chat, text, sender_chat=news)
        )
        assert said.text == "A channel has no check-offs here: write as yourself, please."
    assert await company.anna._after(lambda: stage.world.say("Cleo", company.chat, "run 5", sender_chat=news)) == []
    assert [member.name for member in await company.members()] == ["Anna", "Ben"]
    assert await told(company.anna) == []


async def test_a_new_admin_may_at_once_where_the_bot_hears_of_it(company: Company, stage: Stage) -> None:
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    assert await company.ben.tell("/settings day 4") == ADMINS_ONLY
    stage.world.promote(company.chat, company.ben.person, by=company.anna.person)
    assert (await company.ben.tell("/settings day 4")).startswith("Settings saved")
    stage.world.set_member(company.chat, company.ben.person, "member", by=company.anna.person)
    assert await company.ben.tell("/settings day 5") == ADMINS_ONLY


async def test_elsewhere_a_minute_later_and_telegram_is_not_asked_each_time(company: Company, stage: Stage) -> None:
    def asked() -> int:
        return sum(1 for method, _ in stage.telegram.requests if method == "getChatAdministrators")

    await company.ben.say("/settings day 4")
    before = asked()
    for _ in range(3):
        await company.ben.say("/settings day 4")
        await company.anna.say("/settings day 4")
    assert asked() == before
    stage.world.promote(company.chat, company.ben.person, by=company.anna.person)
    assert await company.ben.tell("/settings day 4") == ADMINS_ONLY
    stage.clock.set(stage.clock().replace(minute=1))
    assert (await company.ben.tell("/settings day 4")).startswith("Settings saved")
    assert asked() == before + 1


async def test_nobody_is_an_admin_while_telegram_does_not_answer(company: Company, stage: Stage) -> None:
    before = await state_of(company)
    stage.telegram.faults.error(400, "Bad Request: CHAT_ADMIN_REQUIRED", "getChatAdministrators", times=2)
    assert await company.anna.tell("/settings day 4") == UNKNOWN
    await company.anna.say("/settings")
    await company.anna.tap("Day start")
    assert company.anna.toasts == [UNKNOWN]
    assert await state_of(company) == before
    assert (await company.anna.tell("/settings day 4")).startswith("Settings saved")


async def test_rights_taken_in_the_middle_of_a_conversation(company: Company, stage: Stage) -> None:
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    stage.world.promote(company.chat, company.ben.person, by=company.anna.person)
    [asked] = await company.ben.say("/plan")
    stage.world.set_member(company.chat, company.ben.person, "member", by=company.anna.person)
    [said] = await company.ben.say("Climb a mountain", reply_to=asked.raw["message_id"])
    assert said.text == ADMINS_ONLY
    await company.anna.say("/settings")
    await company.ben.tap("Day start")
    assert company.ben.toasts == [ADMINS_ONLY]


async def test_replies_to_another_s_question_are_not_answers(company: Company) -> None:
    [asked] = await company.anna.say("/plan")
    assert await company.ben.say("Climb a mountain", reply_to=asked.raw["message_id"]) == []
    said = await company.anna.say("Climb a mountain", reply_to=asked.raw["message_id"])
    assert said


async def test_an_edit_is_no_way_around(company: Company) -> None:
    await company.cleo.say("/log run 5")
    assert [said.text for said in await company.cleo.edit("/log run 6")] == [JOIN_FIRST]
    await company.ben.say("/plan")
    assert [said.text for said in await company.ben.edit("/plan Mine\n  D: X")] == [ADMINS_ONLY]
    assert await told(company.anna) == []


async def test_members_may_plan_where_the_admins_let_them(company: Company, stage: Stage) -> None:
    group = await owner(company.anna)
    await stage.store.write(lambda tx: tx.owners.save(replace(group, members_plan=True)))
    assert (await company.ben.tell("/plan Mine\n  D: X")).startswith("🌱 Planted")
    assert await company.cleo.tell("/plan Mine too\n  D: X") != ADMINS_ONLY
    assert await company.ben.tell("/settings day 4") == ADMINS_ONLY


async def test_being_an_admin_elsewhere_is_nothing_here(company: Company, stage: Stage) -> None:
    other = await Company(stage, "Others").settled()
    stage.world.promote(other.chat, company.ben.person, by=other.anna.person)
    await stage.quiet()
    await other.ben.say("/settings day 4")
    assert await company.ben.tell("/settings day 4") == ADMINS_ONLY
    await other.ben.say("/settings")
    theirs = await planted(other.anna, "Secret (from 2026-10-01)\n  D: Deed\n")
    await company.anna.say("/log")
    before = await state_of(company)
    for data in (f"log:t:{packed(theirs['Deed'].id)}:20261123:1", f"arch:yes:{theirs['Deed'].id}"):
        assert await company.anna.press(data) == []
        assert company.anna.toasts
    assert await state_of(company) == before
    assert await told(other.anna) == []


async def test_an_admin_skips_a_shared_goal_for_all(company: Company) -> None:
    everyones = "This goal is everyone's: an admin can skip it for all. If you are away, send /away."
    assert await company.ben.tell("/log gym skip") == everyones
    await company.ben.say("/log")
    await company.ben.tap("Skip one")
    await company.ben.tap("Gym")
    assert company.ben.toasts == [everyones]
    assert await told(company.anna) == []
    assert (await company.anna.tell("/log gym skip")).startswith("⏭ Gym")


async def test_nobody_logs_another_members_part(company: Company) -> None:
    await company.anna.say("/plan Readers\n  D: Read = 20 pages each")
    assert (await company.ben.tell("/log read 20")).startswith("✅")
    assert await company.anna.tell("/undo") == "There is nothing to undo."
    stage = company.stage
    [said] = await company.cleo.say("/join")
    assert "Yours from today on: Read." in said.text
    await company.as_group("/log read 5")
    assert company.anna.last[0].text == NAMELESS
    stage.world.leave(company.ben.person, company.chat)
    await stage.quiet()
    assert [member.name for member in await company.members()] == ["Anna", "Cleo"]


# --- topics ---


async def test_answers_come_in_the_topic_that_was_written_in(company: Company, stage: Stage) -> None:
    sport = stage.world.topic(company.chat, "Sport", company.anna.person)
    say = stage.world.say
    [said] = await company.ben._after(lambda: say("Ben", company.chat, "/log", topic=sport))
    assert said.raw["message_thread_id"] == sport
    await company.ben.tap("Run")
    [asked] = await company.ben.tap("other")
    assert asked.raw["message_thread_id"] == sport
    [said] = await company.ben._after(lambda: say("Ben", company.chat, "/tree"))
    assert "is_topic_message" not in said.raw


async def test_a_topic_that_is_closed_meanwhile_gives_way_to_the_chat(company: Company, stage: Stage) -> None:
    sport = stage.world.topic(company.chat, "Sport", company.anna.person)
    stage.world.close_topic(company.chat, sport)
    [said] = await company.anna._after(lambda: stage.world.say("Anna", company.chat, "/tree", topic=sport))
    assert "is_topic_message" not in said.raw


async def test_words_in_a_topic_that_the_bot_opened_answer_nothing(company: Company, stage: Stage) -> None:
    sport = stage.world.topic(company.chat, "Sport", stage.world.bot)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    await company.anna.say("/plan")
    said = await company.anna._after(lambda: stage.world.say("Anna", company.chat, "so so", topic=sport))
    assert said == []


async def test_the_topic_for_scheduled_messages(company: Company, stage: Stage) -> None:
    sport = stage.world.topic(company.chat, "Sport", company.anna.person)
    say = stage.world.say
    [said] = await company.anna._after(lambda: say("Anna", company.chat, "/settings topic here", topic=sport))
    assert said.text == "What I send by myself comes to this topic from now on."
    assert (await owner(company.anna)).thread_id == sport
    assert "comes to a topic of its own" in await company.ben.tell("/settings")
    [said] = await company.anna.say("/settings topic nonsense")
    assert "/settings topic here" in said.text
    [said] = await company.anna.say("/settings topic general")
    assert (await owner(company.anna)).thread_id is None
    [said] = await company.anna.say("/settings topic here")  # written in General
    assert (await owner(company.anna)).thread_id is None
    assert GENERAL not in [params.get("message_thread_id") for _, params in stage.telegram.requests]


async def test_a_topic_is_nothing_for_a_private_chat(chat: Talk) -> None:
    await chat.say("/start")
    assert await chat.tell("/settings topic here") == "That is for groups: add me to yours, and send it there."
