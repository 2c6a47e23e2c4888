"""The state by itself."""

from pathlib import Path

import pytest

from sandbox.clock import SandboxClock
from sandbox.objects import ANONYMOUS_ADMIN
from sandbox.world import World


def kinds(world: World) -> list[str]:
    return [next(key for key in update if key != "update_id") for update in world.updates.take(0, 100)]


def test_a_name_has_the_same_id_in_every_world(clock: SandboxClock) -> None:
    one, other = World(clock), World(clock)
    other.person("Ben")
    assert one.person("Anna").id == other.person("anna").id
    assert 0 < one.person("Anna").id < 2**31
    assert one.group("Friends").id == other.group("Friends").id < 0


def test_a_restart_keeps_people_and_chats_and_gives_no_id_twice(clock: SandboxClock, tmp_path: Path) -> None:
    first = World(clock, tmp_path)
    friends = first.group("Friends", first.person("Anna"))
    before = first.say("Anna", friends, "/log")
    second = World(clock, tmp_path)
    assert second.chats[friends.id].members == friends.members
    assert second.people[first.person("Anna").id].first_name == "Anna"
    after = second.say("Anna", second.group("Friends"), "/log")
    assert after["update_id"] > before["update_id"]
    assert after["message"]["message_id"] > before["message"]["message_id"]


def test_a_new_group_tells_the_bot_that_it_was_added(clock: SandboxClock) -> None:
    world = World(clock)
    friends = world.group("Friends", world.person("Anna"))
    assert friends.members == {world.person("Anna").id: "creator", world.bot.id: "member"}
    assert kinds(world) == ["my_chat_member", "message"]


def test_in_groups_the_bot_sees_what_is_meant_for_it(clock: SandboxClock) -> None:
    world = World(clock)
    anna = world.person("Anna")
    friends = world.group("Friends", anna)
    world.updates.clear()
    bots = world.store(friends, world.bot, {"text": "hi"})["message_id"]
    world.say(anna, friends, "just talking")
    world.say(anna, friends, "/log run")
    world.say(anna, friends, "well done @goaltree_bot")
    world.say(anna, friends, "yes", reply_to=bots)
    assert len(world.updates) == 3
    world.set_member(friends, world.bot, "administrator")
    world.updates.clear()
    world.say(anna, friends, "an admin hears all")
    assert len(world.updates) == 1


def test_an_anonymous_admin_writes_as_the_group(clock: SandboxClock) -> None:
    world = World(clock)
    friends = world.group("Friends")
    message = world.say("You", friends, "/log", sender_chat=friends)["message"]
    assert message["from"]["id"] == ANONYMOUS_ADMIN.id
    assert message["sender_chat"]["id"] == friends.id


def test_only_ones_own_messages_can_be_edited(clock: SandboxClock) -> None:
    world = World(clock)
    friends = world.group("Friends")
    message_id = world.say("Anna", friends, "/log run")["message"]["message_id"]
    edited = world.edit("Anna", friends, message_id, "/log gym")["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("/log gym", message_id)
    with pytest.raises(LookupError):
        world.edit("Ben", friends, message_id, "/log swim")


def test_a_message_is_never_empty_nor_too_long(clock: SandboxClock) -> None:
    world = World(clock)
    for text in (" ", "x" * 4097):
        with pytest.raises(ValueError, match="message"):
            world.say("You", None, text)
