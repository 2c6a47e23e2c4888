"""Typed commands that manage a group or channel: admins and members. Each returns a short report."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.objects import Chat, Person
from sandbox.script import Misunderstood
from sandbox.world import World


def promote(world: World, here: Chat, by: Person, name: str) -> str:
    """Make someone an admin."""
    whom = someone(world, name)
    if here.members.get(whom.id) == "creator":
        raise Misunderstood(f"{whom.first_name} made {here.name} and is an admin anyway.")
    world.promote(here, whom, by=by)
    return f"{whom.first_name} is an admin of {here.name} now"


def demote(world: World, here: Chat, by: Person, name: str) -> str:
    """Make an admin an ordinary member."""
    whom = _in(here, someone(world, name))
    world.set_member(here, whom, "left" if here.is_channel and whom.is_bot else "member", by=by)
    return f"{whom.first_name} is no admin of {here.name} any more"


def kick(world: World, here: Chat, by: Person, name: str) -> str:
    """Remove someone."""
    whom = _in(here, someone(world, name))
    world.set_member(here, whom, "kicked", by=by)
    return f"{whom.first_name} was put out of {here.name}"


def add(world: World, here: Chat, by: Person, name: str) -> str:
    """Let someone in, again or for the first time."""
    whom = someone(world, name)
    if here.is_channel and whom.is_bot:
        raise Misunderstood(f"A channel takes a bot only as an admin: :promote {whom.first_name}.")
    if here.has(whom.id):
        raise Misunderstood(f"{whom.first_name} is in {here.name} already.")
    world.set_member(here, whom, "member", by=by)
    return f"{whom.first_name} was added to {here.name}"


def link(world: World, here: Chat, by: Person, title: str) -> str:
    """Make this group the discussion group of a channel."""
    channel = world.channel(title, by)
    world.link(channel, here)
    return f"what is posted in {channel.name} comes to {here.name} as well"


def someone(world: World, name: str) -> Person:
    """The person with this name, or the bot."""
    return world.bot if name.casefold() in _names(world.bot) else world.person(name)


def _names(person: Person) -> tuple[str, ...]:
    username = (person.username or "").casefold()
    return person.first_name.casefold(), username, f"@{username}"


def _in(here: Chat, whom: Person) -> Person:
    if not here.has(whom.id):
        raise Misunderstood(f"{whom.first_name} is not in {here.name}.")
    return whom


DEEDS: dict[str, Callable[[World, Chat, Person, str], str]] = {
    "promote": promote,
    "demote": demote,
    "kick": kick,
    "add": add,
    "link": link,
}
