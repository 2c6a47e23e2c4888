"""The state of the local Telegram, and what people do in it. The bot's actions are in `methods`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox import entities
from sandbox.checks import MAX_TEXT
from sandbox.files import FileStore
from sandbox.objects import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, Chat, Json, Person, Upload, author_id
from sandbox.profile import Profile
from sandbox.register import stable_id
from sandbox.rooms import BOT, Event, Rooms

__all__ = ["BOT", "Event", "MessageEdit", "Query", "World"]
FORWARDED = ("text", "entities", "caption", "caption_entities", "document", "photo")


@dataclass
class Query:
    """A tap that the bot may answer once."""

    chat_id: int
    person: Person
    asked_at: datetime
    answered: bool = False


@dataclass(frozen=True)
class MessageEdit:
    """An effective edit of a message by the bot, timed in real seconds, however the clock is set."""

    chat_id: int
    message_id: int
    at: float


class World(Rooms):
    """People, chats, messages and files; the updates that wait for the bot; the bot's profile.

    Messages and files do not survive a restart. `privacy` is BotFather's setting: in groups the bot sees only commands,
    replies to it and mentions, unless it is an admin. `edits` are all edits by the bot.
    """

    def __init__(
        self, clock: Callable[[], datetime], folder: Path | None = None, *, bot: Person = BOT, privacy: bool = True
    ) -> None:
        super().__init__(clock, folder, bot)
        self.privacy = privacy
        self.files = FileStore()
        self.profile = Profile()
        self.queries: dict[str, Query] = {}
        self.edits: list[MessageEdit] = []
        self._posted: set[tuple[int, int]] = set()

    # --- what people do ---

    def say(
        self,
        user: Person | str,
        chat: Chat | None = None,
        text: str = "",
        *,
        reply_to: int | None = None,
        sender_chat: Chat | None = None,
        topic: int | None = None,
    ) -> Json:
        """Someone writes a message. Returns the update, queued if the bot may see it.

        `sender_chat` is the chat in whose name they write: the group itself for an anonymous admin, or a channel of
        theirs. `topic` is a forum's topic.
        """
        return self._write(*self._speaker(user, chat), self._written(text), reply_to, sender_chat, topic)

    def send_file(
        self,
        user: Person | str,
        chat: Chat | None,
        document: Upload,
        caption: str = "",
        *,
        sender_chat: Chat | None = None,
        topic: int | None = None,
    ) -> Json:
        """Someone sends a file; otherwise like `say`."""
        return self._write(*self._speaker(user, chat), self._written(caption, document), None, sender_chat, topic)

    def _write(
        self, person: Person, chat: Chat, body: Json, reply_to: int | None, sender_chat: Chat | None, topic: int | None
    ) -> Json:
        author = person
        if sender_chat is not None:
            author = ANONYMOUS_ADMIN if sender_chat is chat else CHANNEL_BOT
        message = self.store(chat, author, body, reply_to=reply_to, sender_chat=sender_chat, topic=topic)
        return self.push("message", message, seen=self._bot_sees(chat, message))

    def post(self, channel: Chat, text: str) -> Json:
        """An admin writes in a channel, in its name. Returns the update, queued if the bot is an admin there."""
        message = self.store(channel, None, self._written(text), sender_chat=channel)
        self.forward(channel, message)
        return self.push("channel_post", message, seen=channel.is_admin(self.bot.id))

    def forward(self, channel: Chat, post: Json) -> None:
        """Telegram forwards a channel's post to its discussion group."""
        group = self.chats.get(channel.linked) if channel.linked else None
        if group is None:
            return
        origin = {"type": "channel", "date": post["date"], "chat": channel.json(), "message_id": post["message_id"]}
        body = {name: post[name] for name in FORWARDED if name in post}
        body |= {"is_automatic_forward": True, "forward_origin": origin}
        message = self.store(group, TELEGRAM, body, sender_chat=channel)
        self.push("message", message, seen=self._bot_sees(group, message))

    def edit(self, user: Person | str, chat: Chat | None, message_id: int, text: str) -> Json:
        """Someone edits their own message."""
        person, chat = self._speaker(user, chat)
        old = chat.messages.get(message_id)
        if old is None or author_id(old) != person.id:
            raise LookupError("no such message of this person")
        field, marks_field = ("caption", "caption_entities") if "document" in old else ("text", "entities")
        message = {k: v for k, v in old.items() if k != marks_field} | {"edit_date": self.now(), field: text.strip()}
        if marks := entities.with_own_entities(text.strip(), []):
            message[marks_field] = marks
        chat.messages[message_id] = message
        return self.push("edited_message", message, seen=self._bot_sees(chat, message))

    def tap(self, user: Person | str, chat: Chat | None, message_id: int, callback_data: str) -> Json:
        """Someone presses a button, always under their own name, even as an anonymous admin. The data is not compared
        with the message's buttons: a forged client sends anything."""
        person, chat = self._speaker(user, chat)
        message = chat.messages.get(message_id)
        if message is None:
            raise LookupError("no such message")
        query_id = str(4_000_000_000_000 + self._register.next_id())
        self.queries[query_id] = Query(chat.id, person, self.clock())
        query = {
            "id": query_id,
            "from": person.json(),
            "message": message,
            "chat_instance": str(stable_id("instance", str(chat.id))),
            "data": callback_data,
        }
        return self.push("callback_query", query)

    def open_link(self, user: Person | str, payload: str) -> Json:
        """Someone follows t.me/<bot>?start=<payload> and presses Start."""
        return self.say(user, None, f"/start {payload}".strip())

    def add_bot(self, chat: Chat, by: Person, payload: str = "") -> None:
        """Someone adds the bot to a group; with t.me/<bot>?startgroup=<payload>, Telegram then sends /start in their
        name."""
        self.set_member(chat, self.bot, "member", by=by)
        if payload:
            self.say(by, chat, f"/start@{self.bot.username} {payload}")

    def again(self) -> Json | None:
        """Repeat the last update, as Telegram does: a tap as a new query, anything else with its old id."""
        last = self.last_update
        if last is None:
            return None
        if "callback_query" in last:
            query = last["callback_query"]
            chat = self.chats[query["message"]["chat"]["id"]]
            if query["message"]["message_id"] not in chat.messages:
                return None
            return self.tap(self.people[query["from"]["id"]], chat, query["message"]["message_id"], query["data"])
        self.updates.add_again(last)
        return last

    # --- what the bot did ---

    def posted(self, chat: Chat, message: Json) -> None:
        """Record a message of the bot. In a channel, the message itself does not say who posted it."""
        if chat.is_channel:
            self._posted.add((chat.id, message["message_id"]))
            self.forward(chat, message)

    def is_bots(self, chat: Chat, message: Json) -> bool:
        return author_id(message) == self.bot.id or (chat.id, message["message_id"]) in self._posted

    def edited(self, chat: Chat, message: Json) -> None:
        """Record an edit by the bot."""
        self.edits.append(MessageEdit(chat.id, message["message_id"], time.monotonic()))

    # --- shared ---

    def _written(self, text: str, document: Upload | None = None) -> Json:
        text = text.strip()
        if entities.units(text) > MAX_TEXT:
            raise ValueError("a message has at most 4,096 characters: Telegram's apps split longer ones")
        body: Json = {}
        marks = entities.with_own_entities(text, [])
        if document is not None:
            body["document"] = self.files.keep(document, "documents").document()
        if text:
            body["text" if document is None else "caption"] = text
            if marks:
                body["entities" if document is None else "caption_entities"] = marks
        if not body:
            raise ValueError("a message needs a text or a file")
        return body

    def _speaker(self, user: Person | str, chat: Chat | None) -> tuple[Person, Chat]:
        person = self.person(user) if isinstance(user, str) else user
        chat = chat or self.private(person)
        if chat.migrated_to is not None:
            chat = self.chats[chat.migrated_to]
        if chat.is_private and not chat.has(self.bot.id):
            self.block(person, blocked=False)  # writing to a blocked bot unblocks it
        if chat.members.get(person.id) != "kicked":  # a removed member may still have had something on its way
            self.join(person, chat)
        return person, chat

    def _bot_sees(self, chat: Chat, message: Json) -> bool:
        if chat.is_private:
            return True
        if not chat.has(self.bot.id):
            return False
        if not self.privacy or chat.is_admin(self.bot.id):
            return True
        text = str(message.get("text", message.get("caption", "")))
        mine = author_id(message.get("reply_to_message", {})) == self.bot.id
        return text.startswith("/") or mine or f"@{self.bot.username}".lower() in text.lower()
