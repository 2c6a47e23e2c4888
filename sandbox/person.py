"""The person at the terminal: the present speaker and chat, and the effect of each typed command."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Protocol

from sandbox.clock import SandboxClock
from sandbox.errors import ApiError
from sandbox.files import mime_of
from sandbox.moderation import DEEDS
from sandbox.objects import Chat, Json, Person, Upload, author_id
from sandbox.render import Renderer, buttons_of
from sandbox.script import HELP, Do, Misunderstood, Say, chosen, moment, parse, span, split_long
from sandbox.world import World

UNSEEN = "In a group the bot sees commands, replies to it and mentions; not this."


class Show(Protocol):
    """Prints a piece of the conversation; with `close`, directly below the one before."""

    def __call__(self, text: str, *, close: bool = False) -> None: ...


class Quit(Exception):
    """The person wants to leave."""


class TerminalPerson:
    """Carries out what is typed, as the present speaker in the present chat; results are shown with `show`."""

    def __init__(
        self,
        world: World,
        clock: SandboxClock,
        renderer: Renderer,
        show: Show,
        zone_of: Callable[[int], Awaitable[tzinfo]],
        pass_time: Callable[[datetime], Awaitable[None]],
    ) -> None:
        """`pass_time` moves the clock to an instant, and does what is due until then."""
        self.world = world
        self.clock = clock
        self.renderer = renderer
        self.show = show
        self.speaker: Person = world.person()
        self.chat: Chat = world.private(self.speaker)
        self.topic: int | None = None
        self.hidden = False
        self._zone_of = zone_of
        self._pass_time = pass_time
        self._now: dict[str, Callable[[str], None]] = {
            "tap": self._tap,
            "edit": self._edit,
            "reply": self._reply,
            "send": self._send,
            "again": lambda _: self._again(),
            "as": self._speak_as,
            "chat": self._go_to,
            "topic": self._go_to_topic,
            "channel": self._go_to_channel,
            "hide": lambda _: self._hide(),
            "leave": lambda _: self._leave(),
            "open": self._open,
            "help": lambda _: self.show(HELP),
            "quit": lambda _: self._quit(),
        }
        self._in_time: dict[str, Callable[[str], Awaitable[None]]] = {"at": self._at, "wait": self._wait}

    async def perform(self, block: str) -> None:
        """Carry out what was typed. Raises Misunderstood for what makes no sense, and Quit for ":quit"."""
        wish = parse(block)
        if isinstance(wish, Say):
            for piece in split_long(wish.text):
                self._told(self._say(piece))
            return
        await self._do(wish)

    async def _do(self, wish: Do) -> None:
        if wish.word in DEEDS:
            done = DEEDS[wish.word](self.world, self._company(), self.speaker, wish.argument)
            self.show(self.renderer.note(done))
        elif wish.word in self._in_time:
            await self._in_time[wish.word](wish.argument)
        else:
            self._now[wish.word](wish.argument)

    def _quit(self) -> None:
        raise Quit

    def _again(self) -> None:
        again = self.world.again()
        self.show(self.renderer.note("delivered once more" if again else "there is nothing to deliver once more"))

    @property
    def here(self) -> Chat:
        """The present chat, or the supergroup that it became."""
        if self.chat.migrated_to is not None:
            self.chat = self.world.chats[self.chat.migrated_to]
        return self.chat

    def _say(self, text: str, reply_to: int | None = None) -> Json:
        if self.here.is_channel:
            return self.world.post(self.here, text)
        return self.world.say(
            self.speaker, self.here, text, reply_to=reply_to, sender_chat=self._as_group, topic=self.topic
        )

    @property
    def _as_group(self) -> Chat | None:
        return self.here if self.hidden else None

    def _told(self, update: Json) -> None:
        edited = "edited_message" in update
        message = next(content for kind, content in update.items() if kind != "update_id")
        name = self.here.name if self.hidden or self.here.is_channel else self.speaker.first_name
        self.show(self.renderer.message(name, message, edited=edited))
        if update is not self.world.last_update and not self.here.is_channel:
            self.show(self.renderer.note(UNSEEN), close=True)

    def _tap(self, choice: str) -> None:
        with_buttons = [m for m in reversed(self.here.messages.values()) if buttons_of(m)]
        if not with_buttons:
            raise Misunderstood("There is no button in this chat yet.")
        # The newest message first. A label may match an older message; a number may not.
        for message in with_buttons[:1] if choice.isdecimal() else with_buttons:
            buttons = buttons_of(message)
            place = chosen(choice, [str(button["text"]) for button in buttons])
            if place is not None:
                self._press(message, buttons[place])
                return
        there = ", ".join(f"{n} {button['text']}" for n, button in enumerate(buttons_of(with_buttons[0]), 1))
        raise Misunderstood(f"There is no button {choice!r}. There are: {there}.")

    def _press(self, message: Json, button: Json) -> None:
        self.show(self.renderer.note(f"{self.speaker.first_name} tapped [{button['text']}]"))
        if "callback_data" in button:
            self.world.tap(self.speaker, self.here, message["message_id"], button["callback_data"])
        elif "copy_text" in button:
            self.show(self.renderer.note(f"copied: {button['copy_text']['text']}"), close=True)
        elif "url" in button:
            self.show(self.renderer.note(f"opens {button['url']}"), close=True)
            if self._payload(button["url"]) is not None:
                self._open(button["url"])
        elif "web_app" in button:
            self.show(self.renderer.note(f"opens {button['web_app']['url']}"), close=True)

    def _edit(self, text: str) -> None:
        mine = [
            m
            for m in self.here.messages.values()
            if author_id(m) == self.speaker.id and ("text" in m or "document" in m)
        ]
        if not mine:
            raise Misunderstood("You have not written anything here yet.")
        self._told(self.world.edit(self.speaker, self.here, mine[-1]["message_id"], text))

    def _reply(self, text: str) -> None:
        theirs = [m for m in self.here.messages.values() if author_id(m) == self.world.bot.id]
        if not theirs:
            raise Misunderstood("The bot has not written anything here yet.")
        for piece in split_long(text):
            self._told(self._say(piece, theirs[-1]["message_id"]))

    def _send(self, argument: str) -> None:
        name, _, caption = argument.partition("\n")
        path = Path(name.strip()).expanduser()
        try:
            upload = Upload(path.name, path.read_bytes(), mime_of(path.name))
            update = self.world.send_file(
                self.speaker, self.here, upload, caption, sender_chat=self._as_group, topic=self.topic
            )
        except OSError as error:
            raise Misunderstood(f"{path} cannot be read: {error.strerror}.") from error
        except ApiError as error:
            raise Misunderstood(f"Telegram does not take {path.name}: {error.description}.") from error
        self._told(update)

    def _speak_as(self, name: str) -> None:
        if "\n" in name or len(name) > 64:
            raise Misunderstood("A name is one line of at most 64 characters.")
        self.speaker, self.hidden = self.world.person(name or "You"), False
        if self.here.is_private:
            self.chat = self.world.private(self.speaker)
        else:
            self.world.join(self.speaker, self.here)
        self._where()

    def _go_to(self, title: str) -> None:
        if "\n" in title or len(title) > 128:
            raise Misunderstood("A group's title is one line of at most 128 characters.")
        if title.casefold() in ("", "private"):
            self.chat = self.world.private(self.speaker)
        else:
            self.chat = self.world.group(title, self.speaker)
            self.world.join(self.speaker, self.chat)
        self.topic, self.hidden = None, False
        self._where()

    def _go_to_channel(self, title: str) -> None:
        self.chat = self.world.channel(title, self.speaker, username="".join(re.findall(r"\w", title)).lower())
        self.topic, self.hidden = None, False
        self._where()

    def _go_to_topic(self, name: str) -> None:
        if self._company().type != "supergroup":
            raise Misunderstood("Only a group has topics: go to one first, such as :chat Friends.")
        general = name.casefold() in ("", "general")
        self.topic = None if general else self.world.topic(self.here, name, self.speaker)
        self._where()

    def _hide(self) -> None:
        if not self._company().is_admin(self.speaker.id):
            raise Misunderstood(f"Only an admin of {self.here.name} may write in its name.")
        self.hidden = not self.hidden
        self._where()

    def _leave(self) -> None:
        here = self._company()
        self.world.leave(self.speaker, here)
        self.show(self.renderer.note(f"{self.speaker.first_name} left {here.name}"))
        self._go_to("")

    def _open(self, link: str) -> None:
        payload = self._payload(link)
        if payload is None:
            raise Misunderstood(f"That is no link to the bot, such as t.me/{self.world.bot.username}?start=join.")
        self._go_to("")
        self._told(self.world.open_link(self.speaker, payload))

    def _payload(self, link: str) -> str | None:
        """The start parameter of a link to the bot; None for any other link."""
        match = re.fullmatch(rf"(?:https?://)?t\.me/{self.world.bot.username}(?:\?start=([\w-]{{0,64}}))?", link)
        return (match[1] or "") if match else None

    def _company(self) -> Chat:
        """The group or channel that the speaker is in."""
        if self.here.is_private:
            raise Misunderstood("That is for groups: go to one first, such as :chat Friends.")
        return self.here

    def _where(self) -> None:
        place = "alone with the bot" if self.here.is_private else f"in {self.place}"
        as_group = ", as the group" if self.hidden else ""
        self.show(self.renderer.note(f"{self.speaker.first_name}, {place}{as_group}"))

    @property
    def place(self) -> str:
        """The present chat, with the topic."""
        return self.name_of(self.here, self.topic)

    def name_of(self, chat: Chat, topic: int | None) -> str:
        """A chat by name, with one of its topics."""
        forum_topic = chat.topics.get(topic) if topic is not None else None
        return f"{chat.name}, {forum_topic.name}" if forum_topic else chat.name

    async def _at(self, argument: str) -> None:
        if argument:
            zone = await self._zone_of(self.here.id)
            await self._until(lambda now: moment(argument, now, zone))
        else:
            await self.show_clock()

    async def _wait(self, argument: str) -> None:
        await self._until(lambda now: now + span(argument))

    async def _until(self, goal: Callable[[datetime], datetime]) -> None:
        try:
            instant = goal(self.clock()).astimezone(UTC)
        except OverflowError:
            raise Misunderstood("That is further than calendars go.") from None
        await self._pass_time(instant)

    async def show_clock(self) -> None:
        """Show the local time of the present chat."""
        self.show(self.renderer.clock(self.clock().astimezone(await self._zone_of(self.here.id))))
