"""The bot is blocked, removed from a group, added again; a group becomes a supergroup. It never answers such news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.actions.owners import closed, moved
from core.actions.reminders import add_check_in
from core.asking.reminders import FIRST_CHECK_IN
from core.goals.model import Owner
from core.group.permissions import Actor
from sandbox.objects import Chat
from tests.bot.conftest import Stage, Talk
from tests.bot.features.start.test_start import owner
from tests.bot.planting import planted
from tests.core.reminders import list_reminders

PLAN = "/plan Fit\n  D: Run = 5 km"


async def owners(stage: Stage) -> list[Owner]:
    return await stage.store.read(lambda tx: tx.owners.all())


async def next_due(talk: Talk, chat_id: int | None = None) -> list[datetime | None]:
    return [result.next_due for result in await list_reminders(talk.stage.store, Actor.host(chat_id or talk.chat_id))]


async def test_someone_who_blocks_the_bot_is_left_in_peace_until_they_start_it_again(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    before = await next_due(chat)
    assert await chat._after(lambda: stage.world.block(chat.person)) == []
    assert (await owner(chat)).unreachable_since == stage.clock()
    assert set(await next_due(chat)) == {None}
    assert await chat._after(lambda: stage.world.block(chat.person, blocked=False)) == []
    assert (await owner(chat)).unreachable_since is None
    assert await next_due(chat) == before


async def test_blocking_without_a_word_before_makes_nobody(chat: Talk, stage: Stage) -> None:
    await chat._after(lambda: stage.world.block(chat.person))
    await chat._after(lambda: stage.world.block(chat.person, blocked=False))
    assert await owners(stage) == []


async def test_the_same_news_again_changes_nothing(chat: Talk, stage: Stage) -> None:
    await chat.say(PLAN)
    await chat._after(lambda: stage.world.block(chat.person))
    blocked = await owner(chat)
    stage.clock.set(datetime(2026, 11, 24, tzinfo=UTC))
    await closed(stage.store, Actor.host(chat.chat_id), "again", stage.clock())
    assert await owner(chat) == blocked


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_a_group_that_puts_the_bot_out_and_takes_it_in_again(stage: Stage, status: str) -> None:
    friends = stage.group()
    await planted(friends)
    assert await friends._after(lambda: stage.world.set_member(friends.chat, stage.world.bot, status)) == []
    assert (await owner(friends)).unreachable_since is not None
    await friends._after(lambda: stage.world.set_member(friends.chat, stage.world.bot, "member"))
    assert (await owner(friends)).unreachable_since is None


async def test_a_group_of_strangers_is_left_without_a_word(stage: Stage) -> None:
    anna, eve = stage.talk("Anna"), stage.talk("Eve")
    await stage.restart(allowed=frozenset({anna.person.id}))
    await stage.quiet()
    theirs = stage.group("Theirs", "Eve")
    await stage.quiet()
    assert theirs.chat.members[stage.world.bot.id] == "left"
    assert not [
        one for one in theirs.chat.messages.values() if one["from"]["id"] == stage.world.bot.id and one.get("text")
    ]
    assert not [one for one in eve.chat.messages.values() if one["from"]["id"] == stage.world.bot.id]
    assert await owners(stage) == []
    bot = stage.world.bot
    theirs.chat.members[bot.id] = "member"
    was, now = ({"user": bot.json(), "status": status} for status in ("left", "member"))
    change = {"chat": theirs.chat.json(), "from": eve.person.json(), "old_chat_member": was, "new_chat_member": now}
    stage.world.push("my_chat_member", change | {"date": stage.world.now()})  # alone, without the message of joining
    await stage.quiet()
    assert theirs.chat.members[stage.world.bot.id] == "left"
    assert await owners(stage) == []
    ours = stage.group("Ours", "Anna")
    await stage.quiet()
    assert ours.chat.members[stage.world.bot.id] == "member"
    await ours._after(lambda: stage.world.promote(ours.chat, stage.world.bot, stage.world.person("Eve")))
    assert stage.world.bot.id in ours.chat.members  # a stranger who is an admin there changes nothing
    assert [owner.chat_id for owner in await owners(stage)] == [ours.chat_id]


async def old_group(stage: Stage) -> Talk:
    """A group that is no supergroup yet, with a tree and a reminder."""
    anna = stage.world.person("Anna")
    talk = Talk(stage, anna, stage.world.group("Friends", anna, kind="group"))
    await planted(talk)
    await add_check_in(stage.store, Actor.host(talk.chat_id), FIRST_CHECK_IN, stage.clock())
    await stage.quiet()
    return talk


def unheard_of(stage: Stage, talk: Talk, id: int) -> Chat:
    """A chat without any messages yet."""
    chat = Chat(id, "supergroup" if id < -1_000_000_000_000 else "group", "Friends", members=dict(talk.chat.members))
    stage.world.chats[id] = chat
    return chat


def tells(stage: Stage, talk: Talk, chat: Chat, **news: int) -> None:
    """The chat says where it moved to, or where it came from."""
    stage.world.push("message", stage.world.store(chat, talk.person, dict(news)))


async def test_a_group_that_becomes_a_supergroup_keeps_what_it_has(stage: Stage) -> None:
    friends = await old_group(stage)
    [before], due = await owners(stage), await next_due(friends)
    assert await friends._after(lambda: stage.world.migrate(friends.chat)) == []
    [result] = await owners(stage)
    assert (result.id, result.chat_id) == (before.id, friends.chat.migrated_to)
    assert await next_due(friends, result.chat_id) == due
    friends.chat = stage.world.chats[result.chat_id]
    assert "Run a marathon" in await friends.tell("/tree")
    assert await owners(stage) == [result]


@pytest.mark.parametrize("heard", [["old"], ["new"], ["old", "new"], ["new", "old"], ["new", "new"]])
@pytest.mark.parametrize("spoke_before", [False, True])
async def test_whichever_of_its_chats_tells_first(stage: Stage, heard: list[str], spoke_before: bool) -> None:
    friends = await old_group(stage)
    [before] = await owners(stage)
    old = friends.chat
    friends.chat = new = unheard_of(stage, friends, -1_000_000_000_777)
    if spoke_before:
        await friends.say("/settings")
        assert len(await owners(stage)) == 2
    for which in heard:
        if which == "old":
            said = await friends._after(lambda: tells(stage, friends, old, migrate_to_chat_id=new.id))
        else:
            said = await friends._after(lambda: tells(stage, friends, new, migrate_from_chat_id=old.id))
        assert said == []
    [result] = await owners(stage)
    assert (result.id, result.chat_id) == (before.id, new.id)


async def test_a_chat_lost_during_its_move_is_reachable_under_its_new_id(stage: Stage) -> None:
    friends = await old_group(stage)
    await closed(stage.store, Actor.host(friends.chat_id), "left", stage.clock())
    await moved(stage.store, Actor.host(friends.chat_id), -1_000_000_000_001, stage.clock())
    [result] = await owners(stage)
    assert result.unreachable_since is None
    assert None not in await next_due(friends, result.chat_id)


async def test_two_chats_with_trees_both_stay_and_the_old_one_rests(stage: Stage) -> None:
    friends = await old_group(stage)
    old = friends.chat
    friends.chat = new = unheard_of(stage, friends, -1_000_000_000_777)
    await planted(friends, "Fit (from 2026-10-01)\n  D: Gym\n")
    await friends._after(lambda: tells(stage, friends, new, migrate_from_chat_id=old.id))
    one, other = await owners(stage)
    assert (one.chat_id, other.chat_id) == (old.id, new.id)
    assert one.unreachable_since is not None
    assert other.unreachable_since is None
    assert await next_due(friends, old.id) == [None]


async def test_a_move_of_a_chat_that_never_wrote_makes_nobody(stage: Stage, chat: Talk) -> None:
    old, new = unheard_of(stage, chat, -777), unheard_of(stage, chat, -1_000_000_000_777)
    await chat._after(lambda: tells(stage, chat, old, migrate_to_chat_id=new.id))
    await chat._after(lambda: tells(stage, chat, new, migrate_from_chat_id=old.id))
    assert await owners(stage) == []


async def test_a_tap_or_an_edit_in_the_chat_before_makes_no_second_group(stage: Stage) -> None:
    friends = await old_group(stage)
    [asks] = await friends.say("/log")
    old = friends.chat
    await friends._after(lambda: stage.world.migrate(old))
    old.migrated_to, new = None, old.migrated_to  # where an old screen still shows it
    friends.chat = old
    assert await friends.press("join:", asks.raw["message_id"]) == []
    assert friends.toasts == ["This button does not work any more."]
    edit = stage.world.store(old, friends.person, {"text": "/log run 5"})
    assert await friends._after(lambda: stage.world.push("edited_message", {**edit, "edit_date": edit["date"]})) == []
    assert [result.chat_id for result in await owners(stage)] == [new]
