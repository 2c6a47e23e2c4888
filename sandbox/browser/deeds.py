"""A person's actions on the page: write, tap, edit, open a group or a link, let time pass."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from sandbox.objects import Chat, Json, Person
from sandbox.passing import Passage
from sandbox.script import Misunderstood, moment, span, split_long
from sandbox.world import World

Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\n]+$")]


class _Deed(BaseModel):
    """An action in a chat; `chat` 0 is the private chat with the bot."""

    model_config = ConfigDict(extra="forbid")
    who: Name
    chat: int = 0


class SayDeed(_Deed):
    """Write a message, perhaps as a reply."""

    do: Literal["say"]
    text: Annotated[str, Field(min_length=1, max_length=50_000)]
    reply_to: int | None = None


class Tap(_Deed):
    """Press a button."""

    do: Literal["tap"]
    message: int
    data: Annotated[str, Field(max_length=64)]


class EditDeed(_Deed):
    """Edit one's own message."""

    do: Literal["edit"]
    message: int
    text: Annotated[str, Field(min_length=1, max_length=4096)]


class Group(_Deed):
    """Go to a group, which is created if it does not exist."""

    do: Literal["group"]
    title: Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[^\n]+$")]


class Open(_Deed):
    """Follow a link that starts the bot."""

    do: Literal["open"]
    payload: Annotated[str, Field(max_length=64, pattern=r"^[\w-]*$")]


class Wait(_Deed):
    """Let time pass: a duration (`2d`), or until a time (`tomorrow 20:00`, `2026-12-31 23:00`)."""

    do: Literal["wait"]
    time: Annotated[str, Field(max_length=40)]


Deed = Annotated[SayDeed | Tap | EditDeed | Group | Open | Wait, Field(discriminator="do")]
DEEDS: TypeAdapter[SayDeed | Tap | EditDeed | Group | Open | Wait] = TypeAdapter(Deed)


class DeedRunner:
    """Carries out actions, and waits until the bot has finished."""

    def __init__(self, world: World, passage: Passage) -> None:
        self._world = world
        self._passage = passage

    async def carry_out(self, deed: SayDeed | Tap | EditDeed | Group | Open | Wait) -> int:
        """Carry out an action and return its chat. Raises `Misunderstood` for a senseless time, and LookupError for an
        unknown chat or message."""
        person = self._world.person(deed.who)
        chat = self.chat_of(person, deed.chat)
        match deed:
            case SayDeed():
                for piece in split_long(deed.text):
                    self._world.say(person, chat, piece, reply_to=deed.reply_to)
            case Tap():
                self._world.tap(person, chat, deed.message, deed.data)
            case EditDeed():
                self._world.edit(person, chat, deed.message, deed.text)
            case Group():
                chat = self._world.group(deed.title, person)
                self._world.join(person, chat)
            case Open():
                chat = self._world.private(person)
                self._world.open_link(person, deed.payload)
            case Wait():
                await self._pass(deed.time, chat)
        await self._passage.handled()
        return chat.id

    def chat_of(self, person: Person, chat_id: int) -> Chat:
        """A chat that a person is in; 0 is their chat with the bot. Raises LookupError."""
        if not chat_id:
            return self._world.private(person)
        chat = self._world.chats[chat_id]
        if chat.migrated_to is not None:
            chat = self._world.chats[chat.migrated_to]
        if person.id not in chat.members or (chat.is_private and chat.id != person.id):
            raise LookupError("no chat of theirs")
        return chat

    async def now(self, chat: Chat) -> datetime:
        """The local time of a chat."""
        return self._passage.clock().astimezone(await self._passage.bot.zone_of(chat.id))

    async def _pass(self, text: str, chat: Chat) -> None:
        now = self._passage.clock()
        try:
            goal = now + span(text)
        except Misunderstood:
            goal = moment(text, now, await self._passage.bot.zone_of(chat.id))
        except OverflowError:
            raise Misunderstood("That is further than calendars go.") from None
        if goal - now > timedelta(days=400):
            raise Misunderstood("That is more than a year: go there in smaller steps.")
        await self._passage.until(goal.astimezone(UTC), self._arrived)

    async def _arrived(self, is_new: bool) -> None:
        await self._passage.bot.time_changed()
        await self._passage.handled()


def seen(message: Json) -> Json:
    """A message as the page shows it; only the largest size of a picture."""
    if "photo" in message:
        return {**message, "photo": message["photo"][-1]}
    return message
