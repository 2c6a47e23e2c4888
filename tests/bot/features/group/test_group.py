"""The bot comes to a group, is removed and comes again; people join, leave, are removed, and have no names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.actions.members import join
from core.group.permissions import Actor
from sandbox.objects import GENERAL, author_id
from sandbox.rooms import BOT
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.features.start.test_start import owner
from tests.bot.logged import told
from tests.bot.planting import planted

BACK = "I am back, and nothing was lost. /tree shows how things stand."
JOIN_FIRST = "You are not in yet: /join first, then try again."


@pytest.fixture
async def company(stage: Stage) -> Company:
    return await Company(stage).settled()


async def test_five_people_meet_the_bot_and_it_says_hello_once(company: Company) -> None:
    [hello] = company.bots
    assert hello.startswith("Hello, Friends! 🌳")
    assert "Tap Join to take part." in hello
    assert await company.members() == []  # being in the chat makes nobody a member
    for talk in company.talks[:3]:
        [said] = await talk.tap("Join")
        assert said.text.startswith(f"🙋 {talk.person.first_name} is in.")
        assert talk.toasts == ["You are in. 🙌"]
    await company.ben.tap("Join")
    assert company.ben.toasts == ["You are in already."]
    assert (await company.dan.tell("/join")).startswith("🙋 Dan is in.")
    assert [member.name for member in await company.members()] == ["Anna", "Ben", "Cleo", "Dan"]


async def test_the_same_news_again_and_other_rights_are_no_arrival(company: Company, stage: Stage) -> None:
    for status in ("member", "administrator", "member"):
        stage.world.set_member(company.chat, stage.world.bot, status, by=company.anna.person)
    entered = {"new_chat_members": [stage.world.bot.json()]}
    stage.world.push("message", stage.world.store(company.chat, company.anna.person, entered))
    await stage.quiet()
    assert len(company.bots) == 1


async def test_whichever_of_the_two_news_comes_first(stage: Stage) -> None:
    company = Company(stage)
    waiting = stage.world.updates.take(0, 100)
    stage.world.updates.clear()
    for update in sorted(waiting, key=lambda update: "message" not in update):
        [(kind, content)] = [(kind, content) for kind, content in update.items() if kind != "update_id"]
        stage.world.push(kind, content)
    await stage.quiet()
    assert len(company.bots) == 1


async def test_put_out_and_added_again_loses_nothing(company: Company, stage: Stage) -> None:
    await planted(company.anna, PLAN)
    await company.ben.say("/join")
    await company.ben.say("/log run 5")
    stage.world.set_member(company.chat, stage.world.bot, "kicked", by=company.anna.person)
    await stage.quiet()
    assert (await owner(company.anna)).unreachable_since is not None
    said = await company.ben._after(lambda: stage.world.add_bot(company.chat, company.anna.person, "again"))
    assert [one.text for one in said] == [BACK]
    assert said[0].buttons == ["🙋 Join"]
    assert [member.name for member in await company.members()] == ["Anna", "Ben"]
    assert await told(company.anna) == [("11-23", "5", None)]
    assert "Run 🔥1" in await company.cleo.tell("/tree")


async def test_the_bot_says_hello_again_if_nothing_came_of_the_first_time(company: Company, stage: Stage) -> None:
    stage.world.set_member(company.chat, stage.world.bot, "left", by=company.anna.person)
    [said] = await company.anna._after(lambda: stage.world.add_bot(company.chat, company.anna.person))
    assert said.text.startswith("Hello, Friends!")


async def test_someone_who_adds_a_bot_that_may_not_write_is_told_so_and_it_begins_once_it_may(
    stage: Stage, chat: Talk
) -> None:
    await chat.say("/start")
    world = stage.world
    group = world.group("Friends", world.person("Ben"))
    await stage.quiet()
    world.set_member(group, world.bot, "left", by=world.person("Ben"))
    await stage.quiet()
    group.messages.clear()
    group.denied = ["can_send_messages"]
    [said] = await chat._after(lambda: world.add_bot(group, chat.person))
    assert said.text.startswith("I may not write in Friends. Please let me send messages there")
    world.restrict(group, world.bot, by=chat.person)
    await stage.quiet()
    world.promote(group, world.bot, by=chat.person)
    await stage.quiet()
    assert [m["text"][:15] for m in group.messages.values() if author_id(m) == BOT.id] == ["Hello, Friends!"]


async def test_someone_who_asks_where_the_bot_may_not_answer_is_told_privately(company: Company, stage: Stage) -> None:
    await stage.talk("Ben").say("/start")
    company.chat.denied = ["can_send_messages"]
    ben = stage.talk("Ben")
    [said] = await ben._after(lambda: stage.world.say("Ben", company.chat, "/tree"))
    assert said.text.startswith("I may not write in Friends.")
    assert await company.cleo.say("/tree") == []  # someone who never spoke to the bot cannot be told


async def test_a_closed_general_topic_is_said_to_who_added_the_bot(stage: Stage, chat: Talk) -> None:
    await chat.say("/start")
    group = stage.world.group("Forum", chat.person)
    await stage.quiet()
    stage.world.topic(group, "Sport", chat.person)
    stage.world.set_member(group, stage.world.bot, "left", by=chat.person)
    stage.world.close_topic(group, GENERAL)
    [said] = await chat._after(lambda: stage.world.add_bot(group, chat.person))
    assert "The General topic of Forum is closed" in said.text


async def test_leaving_by_word_by_foot_or_by_the_admins(company: Company, stage: Stage) -> None:
    for talk in company.talks:
        await talk.say("/join")
    assert (await company.ben.tell("/leave")).startswith("Ben has left.")
    assert await company.ben.tell("/leave") == JOIN_FIRST
    assert await company.anna._after(lambda: stage.world.leave(company.cleo.person, company.chat)) == []
    stage.world.set_member(company.chat, company.dan.person, "kicked", by=company.anna.person)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    await stage.quiet()
    assert [member.name for member in await company.members()] == ["Anna", "Eve"]
    stage.world.set_member(company.chat, company.eve.person, "kicked", by=company.anna.person)
    await stage.quiet()
    assert [member.name for member in await company.members()] == ["Anna"]
    # A tap that was on its way when they were removed does not count.
    await planted(company.anna, PLAN)
    await company.anna.say("/log")
    await company.dan.tap("Gym")
    assert company.dan.toasts == [JOIN_FIRST]
    assert await told(company.anna) == []


async def test_someone_who_returns_to_the_chat_joins_again_as_the_same_member(company: Company, stage: Stage) -> None:
    await company.ben.say("/join")
    [before] = await company.members()
    stage.world.leave(company.ben.person, company.chat)
    stage.world.join(company.ben.person, company.chat)
    await stage.quiet()
    assert await company.members() == []
    await company.ben.say("/join")
    assert [member.id for member in await company.members()] == [before.id]


async def test_people_without_a_name_and_accounts_that_are_gone(company: Company, stage: Stage) -> None:
    gone = stage.world.delete_account(company.eve.person)
    nameless = Talk(stage, gone, company.chat)
    assert (await nameless.tell("/join")).startswith("🙋 Someone is in.")
    assert [member.name for member in await company.members()] == [""]


async def test_a_member_s_name_is_the_one_last_seen(company: Company, stage: Stage) -> None:
    await company.ben.say("/join")
    renamed = replace(company.ben.person, first_name="Benjamin <b>")
    stage.world.people[renamed.id] = renamed
    await planted(company.anna, PLAN)
    await Talk(stage, renamed, company.chat).say("/log run 5")
    assert "Benjamin <b>" in [member.name for member in await company.members()]


async def test_a_group_that_moves_takes_its_members_along(stage: Stage) -> None:
    anna, ben = stage.world.person("Anna"), stage.world.person("Ben")
    group = stage.world.group("Friends", anna, kind="group")
    talk = Talk(stage, anna, group)
    await stage.quiet()
    await planted(talk, PLAN)
    for person in (anna, ben):
        await join(stage.store, Actor.in_group(group.id, person.id), person.first_name, stage.clock())
    new = stage.world.migrate(group)
    moved = Talk(stage, ben, new)
    assert (await moved.tell("/log run 5")).startswith("✅ Run  5 km")
    assert "Anna is in already." in await Talk(stage, anna, new).tell("/join")
    assert len(await stage.store.read(lambda tx: tx.owners.all())) == 1


async def test_someone_who_joined_under_the_new_number_first_has_joined(stage: Stage) -> None:
    anna = stage.world.person("Anna")
    group = stage.world.group("Friends", anna, kind="group")
    await stage.quiet()
    await planted(Talk(stage, anna, group), PLAN)
    new = stage.world.migrate(group)
    stage.world.updates.clear()  # nothing was heard of the move
    ben = Talk(stage, stage.world.person("Ben"), new)
    await ben.say("/join")
    stage.world.push("message", stage.world.store(new, anna, {"migrate_from_chat_id": group.id}, sender_chat=new))
    assert (await ben.tell("/log run 5")).startswith("✅ Run  5 km")
    [kept] = await stage.store.read(lambda tx: tx.owners.all())
    assert [m.name for m in await stage.store.read(lambda tx: tx.members.of_owner(kept.id))] == ["Anna", "Ben"]


async def test_another_title_is_noted(company: Company, stage: Stage) -> None:
    stage.world.push("message", stage.world.store(company.chat, company.anna.person, {"new_chat_title": "Runners"}))
    await stage.quiet()
    assert (await owner(company.anna)).title == "Runners"


async def test_join_and_leave_are_for_groups(chat: Talk) -> None:
    for command in ("/join", "/leave"):
        assert await chat.tell(command) == "That is for groups: add me to yours, and send it there."
    await chat.say("/start")
    await chat.press("join:")
    assert chat.toasts == ["That is for groups: add me to yours, and send it there."]


async def test_commands_of_other_bots_are_theirs(company: Company) -> None:
    for text in ("/join@otherbot", "/log@otherbot run 5", "/start@otherbot x"):
        assert await company.ben.say(text) == []
    assert (await company.ben.tell("/join@goaltree_bot")).startswith("🙋 Ben is in.")


async def test_admins_are_shown_more_commands_than_others(stage: Stage, company: Company) -> None:
    def shown(scope: str) -> list[str]:
        return [one["command"] for one in stage.world.profile.commands_for({"type": scope})]

    assert {"join", "leave", "log"} <= set(shown("all_group_chats"))
    assert {"plan", "settings", "publish"} <= set(shown("all_chat_administrators"))
    assert not {"plan", "settings", "publish", "export", "remind"} & set(shown("all_group_chats"))
    assert {"chat_member", "my_chat_member"} <= set(stage.world.updates.allowed)


async def test_help_in_a_group_is_about_the_group(company: Company) -> None:
    text = await company.ben.tell("/help")
    assert "/join and /leave" in text
    assert "/publish" in text
    assert "/remind" not in text


async def test_the_example_for_a_group_has_what_each_one_does(company: Company, stage: Stage) -> None:
    await company.anna.say("/settings zone Berlin")
    [example] = await company.anna.tap("example")
    assert "D: Read = 20 pages each" in example.text
    outline = example.text.partition("\nCopy this")[0]
    assert (await company.anna.say(outline))[0].text.startswith("🌱 Planted: Read and run together")
    assert "Yours from today on: Read, Gym." in await company.ben.tell("/join")


async def test_a_name_in_a_title_is_said_to_be_no_more_than_that(company: Company) -> None:
    said = await company.anna.tell("/plan Home\n  D: Cook @Raj\n  D: Mail a@b.example\n  D: Tidy")
    assert (
        "@Raj is only part of the title: a goal here is everyone's together or, with each, everyone's own. A goal of "
        "one person lives in their own chat with me."
    ) in said
    assert "@" not in (await company.anna.tell("/plan Home\n  D: Sweep @ noon")).partition("\n")[0]
    assert "only part of the title" not in await company.anna.tell("/plan Garden\n  D: Mail a@b.example")


async def test_nobody_is_a_goal_that_could_be_ended(company: Company) -> None:
    await planted(company.anna, "V\n  D: Read = 20 pages each\n  D: Bake\n")
    for talk in company.talks[:3]:
        await talk.say("/join")
    [asks] = await company.anna.say("/archive ben")
    assert asks.buttons == []
    [asks] = await company.anna.say("/archive read")
    assert asks.text == "End Read? Its history stays."
