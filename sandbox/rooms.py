"""People, chats and memberships, and the updates about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sandbox.objects import ANONYMOUS_ADMIN, GENERAL, OUT, Chat, Json, Person, Topic
from sandbox.register import Register, stable_id
from sandbox.rights import member_json
from sandbox.updates import UPDATE_ID_BASE, UpdateQueue

BOT = Person(1, "goaltree", "goaltree_bot", None, is_bot=True)
TOPIC_COLOUR = 0x6FB9F0


@dataclass(frozen=True)
class Event:
    """An action of the bot that people see.

    `kind` is sent, edited, deleted, answered (the toast or alert after a tap), reacted or left.
    """

    kind: str
    chat_id: int
    message: Json | None = None
    text: str = ""
    alert: bool = False


class Rooms:
    """People, chats, and the updates that wait for the bot.

    With a folder, people, chats and used ids survive a restart; messages do not.
    """

    def __init__(self, clock: Callable[[], datetime], folder: Path | None, bot: Person) -> None:
        self.clock = clock
        self.bot = bot
        self.updates = UpdateQueue()
        self.listeners: list[Callable[[Event], None]] = []
        self.last_update: Json | None = None
        self._register = Register(folder)
        self.people: dict[int, Person] = {p["id"]: Person(**p) for p in self._register.people}
        self.chats: dict[int, Chat] = {kept["id"]: Chat.restored(kept) for kept in self._register.chats}

    # --- who and where ---

    def person(self, name: str = "You", *, language_code: str | None = "en", username: str | None = None) -> Person:
        """The person with this name, the same in every run; letter case makes no difference."""
        known = self.people.get(stable_id("person", name))
        if known is None:
            known = Person(stable_id("person", name), name, username, language_code)
            self.people[known.id] = known
            self._keep()
        return known

    def private(self, person: Person) -> Chat:
        """The bot's chat with this person."""
        if person.id not in self.chats:
            members = {person.id: "member", self.bot.id: "member"}
            self.chats[person.id] = Chat(person.id, "private", person.first_name, person.username, members)
            self._keep()
        return self.chats[person.id]

    def group(self, title: str, by: Person | None = None, *, kind: str = "supergroup") -> Chat:
        """The group with this title. A new one is created by `by`, who adds the bot at once."""
        chat_id = -stable_id("group", title)
        if chat_id not in self.chats:
            creator = by or self.person()
            self.chats[chat_id] = Chat(chat_id, kind, title, members={creator.id: "creator"})
            self.set_member(self.chats[chat_id], self.bot, "member", by=creator)
        chat = self.chats[chat_id]
        return chat if chat.migrated_to is None else self.chats[chat.migrated_to]

    def channel(self, title: str, by: Person | None = None, *, username: str | None = None) -> Chat:
        """The channel with this title. A new one is created by `by`; the bot joins only as an admin."""
        chat_id = -1_000_000_000_000 - stable_id("channel", title)
        if chat_id not in self.chats:
            creator = by or self.person()
            self.chats[chat_id] = Chat(chat_id, "channel", title, username, {creator.id: "creator"})
            self._keep()
        return self.chats[chat_id]

    def link(self, channel: Chat, group: Chat) -> None:
        """Make a group the discussion group of a channel, whose posts appear there as well."""
        channel.linked, group.linked = group.id, channel.id
        self._keep()

    # --- coming and going ---

    def join(self, person: Person, chat: Chat) -> None:
        """Let a person into a group, unless they are in it."""
        if not chat.is_private and not chat.has(person.id):
            self.set_member(chat, person, "member")

    def leave(self, person: Person, chat: Chat) -> None:
        if chat.has(person.id):
            self.set_member(chat, person, "left")

    def promote(self, chat: Chat, person: Person, by: Person | None = None, **rights: bool) -> None:
        """Make someone an administrator with all rights except those given as False; also changes the rights of one."""
        chat.rights[person.id] = rights
        self.set_member(chat, person, "administrator", by=by)

    def restrict(self, chat: Chat, person: Person, by: Person | None = None, **rights: bool) -> None:
        """Leave someone only these rights."""
        chat.rights[person.id] = rights
        self.set_member(chat, person, "restricted", by=by)

    def set_member(self, chat: Chat, person: Person, status: str, by: Person | None = None) -> None:
        """Change someone's status in a chat, and tell the bot."""
        before = member_json(chat, person)
        chat.members[person.id] = status
        if status not in ("administrator", "restricted"):
            chat.rights.pop(person.id, None)
        self._keep()
        change: Json = {
            "chat": chat.json(),
            "from": (by or person).json(),
            "date": self.now(),
            "old_chat_member": before,
            "new_chat_member": member_json(chat, person),
        }
        if person.id == self.bot.id:
            self.push("my_chat_member", change)
        elif chat.members.get(self.bot.id) == "administrator":
            self.push("chat_member", change)
        was_in = before["status"] not in OUT
        if chat.type in ("group", "supergroup") and chat.has(person.id) != was_in:
            self._announce(chat, person, by or person)

    def _announce(self, chat: Chat, person: Person, by: Person) -> None:
        """Write into a group that someone has come or gone; the bot sees it while it is a member."""
        entered = chat.has(person.id)
        note = {"new_chat_members": [person.json()]} if entered else {"left_chat_member": person.json()}
        message = self.store(chat, by, note)
        if chat.has(self.bot.id):
            self.push("message", message)

    def block(self, person: Person, *, blocked: bool = True) -> None:
        """A person stops the bot in their private chat, or starts it again."""
        self.set_member(self.private(person), self.bot, "kicked" if blocked else "member", by=person)

    def delete_account(self, person: Person) -> Person:
        """A person deletes their account: they remain as a number in every group. Nobody is told."""
        gone = replace(person, first_name="", username=None, language_code=None, is_deleted=True)
        self.people[person.id] = gone
        self._keep()
        return gone

    def migrate(self, chat: Chat) -> Chat:
        """Turn a group into a supergroup with a new id; the bot hears of it from both."""
        new = Chat(-1_000_000_000_000 + chat.id, "supergroup", chat.name, members=dict(chat.members))
        chat.migrated_to = new.id
        self.chats[new.id] = new
        self._keep()
        starter = self.people.get(next(iter(chat.members)), self.bot)
        self.push("message", self.store(chat, starter, {"migrate_to_chat_id": new.id}))
        self.push("message", self.store(new, ANONYMOUS_ADMIN, {"migrate_from_chat_id": chat.id}, sender_chat=new))
        return new

    # --- topics ---

    def topic(self, chat: Chat, name: str, by: Person | None = None) -> int:
        """The number of a forum's topic, opened if it does not exist. The first topic turns the group into a forum."""
        for number, topic in chat.topics.items():
            if topic.name.casefold() == name.casefold():
                return number
        chat.topics.setdefault(GENERAL, Topic("General"))
        opened = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}
        message = self.store(chat, by or self.person(), opened)
        opened_at: int = message["message_id"]
        message |= {"is_topic_message": True, "message_thread_id": opened_at}
        chat.topics[opened_at] = Topic(name)
        self.push("message", message)
        self._keep()
        return opened_at

    def close_topic(self, chat: Chat, number: int, *, closed: bool = True) -> None:
        """Let only admins write there, or everyone again."""
        chat.topics[number].is_closed = closed
        self._keep()

    def delete_topic(self, chat: Chat, number: int) -> None:
        """Delete a topic with all its messages. Nobody is told."""
        del chat.topics[number]
        for message_id, message in list(chat.messages.items()):
            if message.get("is_topic_message") and message["message_thread_id"] == number:
                del chat.messages[message_id]
        self._keep()

    # --- what is kept and told ---

    def now(self) -> int:
        """The present instant in Telegram's form."""
        return int(self.clock().timestamp())

    def store(
        self,
        chat: Chat,
        author: Person | None,
        body: Json,
        *,
        reply_to: int | None = None,
        sender_chat: Chat | None = None,
        topic: int | None = None,
    ) -> Json:
        """Store a new message in a chat. Without an author it is a post of a channel."""
        message: Json = {"message_id": self._register.next_id()}
        if author is not None:
            message["from"] = author.json()
        if sender_chat is not None:
            message["sender_chat"] = sender_chat.json()
        message |= {"chat": chat.json(), "date": self.now(), **body}
        message |= _thread(chat, chat.messages.get(reply_to) if reply_to is not None else None, topic)
        chat.messages[message["message_id"]] = message
        return message

    def push(self, kind: str, content: Json, *, seen: bool = True) -> Json:
        """Make an update, and queue it if the bot wants this kind and may see it."""
        update: Json = {"update_id": UPDATE_ID_BASE + self._register.next_id(), kind: content}
        if seen and self.updates.wants(kind):
            self.last_update = update
            self.updates.add(update)
        return update

    def tell(self, event: Event) -> None:
        """Tell the people's side what the bot did."""
        for listener in self.listeners:
            listener(event)

    def _keep(self) -> None:
        if self._register.is_kept:
            people = [vars(person) for person in self.people.values()]
            self._register.keep(people, [chat.kept() for chat in self.chats.values()])


def _thread(chat: Chat, answered: Json | None, topic: int | None) -> Json:
    """The topic or thread fields of a message.

    In a topic, a message that replies to no other "replies" to the one that opened it. In a group without topics,
    replies carry a thread number as well, which is no topic's.
    """
    thread: Json = {}
    if topic is None and answered and answered.get("is_topic_message"):
        topic = answered["message_thread_id"]
    if chat.is_forum and topic not in (None, GENERAL):
        thread = {"is_topic_message": True, "message_thread_id": topic}
        answered = answered or chat.messages.get(topic)
    elif answered and chat.type == "supergroup":
        thread = {"message_thread_id": answered.get("message_thread_id", answered["message_id"])}
    if answered:
        thread["reply_to_message"] = {**answered}
        thread["reply_to_message"].pop("reply_to_message", None)
    return thread
