"""The state of the local Telegram, and what people do in it. What the bot does is in `methods`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sandbox import entities
from sandbox.checks import MAX_TEXT
from sandbox.files import FileStore
from sandbox.objects import ANONYMOUS_ADMIN, Chat, Json, Person, Upload, member_json
from sandbox.profile import Profile
from sandbox.register import Register, stable_id
from sandbox.updates import UPDATE_ID_BASE, UpdateQueue

BOT = Person(1, "goaltree", "goaltree_bot", None, is_bot=True)


@dataclass(frozen=True)
class Event:
    """Something the bot did that people see.

    `kind` is sent, edited, deleted, answered (a tap's toast or alert), reacted or left.
    """

    kind: str
    chat_id: int
    message: Json | None = None
    text: str = ""
    alert: bool = False


@dataclass
class Query:
    """A tap that the bot may answer once."""

    chat_id: int
    person: Person
    asked_at: datetime
    answered: bool = False


class World:
    """People, chats, messages and files; the updates that wait for the bot; the bot's profile.

    With a folder, people, chats and the ids already used outlive a restart; messages and files do not. `privacy` is
    BotFather's setting: in groups the bot sees commands, replies to it and mentions only, unless it is an admin there.
    """

    def __init__(
        self, clock: Callable[[], datetime], folder: Path | None = None, *, bot: Person = BOT, privacy: bool = True
    ) -> None:
        self.clock = clock
        self.bot = bot
        self.privacy = privacy
        self.updates = UpdateQueue()
        self.files = FileStore()
        self.profile = Profile()
        self.queries: dict[str, Query] = {}
        self.listeners: list[Callable[[Event], None]] = []
        self.last_update: Json | None = None
        self._register = Register(folder)
        self.people: dict[int, Person] = {p["id"]: Person(**p) for p in self._register.people}
        self.chats: dict[int, Chat] = {}
        for kept in self._register.chats:
            members = {int(user): status for user, status in kept["members"].items()}
            self.chats[kept["id"]] = Chat(**{**kept, "members": members})

    # --- who and where ---

    def person(self, name: str = "You", *, language_code: str | None = "en", username: str | None = None) -> Person:
        """The person of that name, the same in every run; letter case makes no difference."""
        known = self.people.get(stable_id("person", name))
        if known is None:
            known = Person(stable_id("person", name), name, username, language_code)
            self.people[known.id] = known
            self._keep()
        return known

    def private(self, person: Person) -> Chat:
        """The bot's chat with that person."""
        if person.id not in self.chats:
            members = {person.id: "member", self.bot.id: "member"}
            self.chats[person.id] = Chat(person.id, "private", person.first_name, person.username, members)
            self._keep()
        return self.chats[person.id]

    def group(self, title: str, by: Person | None = None, *, kind: str = "supergroup") -> Chat:
        """The group of that title. A new one is made by `by` (its creator), who adds the bot at once."""
        chat_id = -stable_id("group", title)
        if chat_id not in self.chats:
            creator = by or self.person()
            self.chats[chat_id] = Chat(chat_id, kind, title, members={creator.id: "creator"})
            self.set_member(self.chats[chat_id], self.bot, "member", by=creator)
        chat = self.chats[chat_id]
        return chat if chat.migrated_to is None else self.chats[chat.migrated_to]

    def join(self, person: Person, chat: Chat) -> None:
        """Let the person into a group, if not there yet."""
        if not chat.is_private and not chat.has(person.id):
            self.set_member(chat, person, "member")

    def set_member(self, chat: Chat, person: Person, status: str, by: Person | None = None) -> None:
        """Change what someone is in a chat (creator, administrator, member, left, kicked); the bot hears of it."""
        before = chat.members.get(person.id, "left")
        chat.members[person.id] = status
        self._keep()
        change: Json = {
            "chat": chat.json(),
            "from": (by or person).json(),
            "date": self.now(),
            "old_chat_member": member_json(person, before),
            "new_chat_member": member_json(person, status),
        }
        if person.id == self.bot.id:
            self.push("my_chat_member", change)
        elif chat.members.get(self.bot.id) == "administrator":
            self.push("chat_member", change)
        entered = status not in ("left", "kicked") and before in ("left", "kicked")
        gone = status in ("left", "kicked") and before not in ("left", "kicked")
        if not chat.is_private and (entered or gone):
            note = {"new_chat_members": [person.json()]} if entered else {"left_chat_member": person.json()}
            message = self.store(chat, by or person, note)
            if chat.has(self.bot.id) or (person.id == self.bot.id and entered):
                self.push("message", message)

    def block(self, person: Person, *, blocked: bool = True) -> None:
        """The person stops the bot in their private chat, or starts it again."""
        self.set_member(self.private(person), self.bot, "kicked" if blocked else "member", by=person)

    def migrate(self, chat: Chat) -> Chat:
        """Make a supergroup of a group: it goes on under a new id, and the bot hears of it from both."""
        new = Chat(-1_000_000_000_000 + chat.id, "supergroup", chat.name, members=dict(chat.members))
        chat.migrated_to = new.id
        self.chats[new.id] = new
        self._keep()
        starter = self.people.get(next(iter(chat.members)), self.bot)
        self.push("message", self.store(chat, starter, {"migrate_to_chat_id": new.id}))
        self.push("message", self.store(new, ANONYMOUS_ADMIN, {"migrate_from_chat_id": chat.id}, sender_chat=new))
        return new

    # --- what people do ---

    def say(
        self,
        user: Person | str,
        chat: Chat | None = None,
        text: str = "",
        reply_to: int | None = None,
        document: Upload | None = None,
        *,
        anonymous: bool = False,
    ) -> Json:
        """Someone writes (or sends a file, with the text as its caption): the update, queued if the bot may see it.

        `anonymous` is an admin who writes as the group.
        """
        person, chat = self._speaker(user, chat)
        text = text.strip()
        if entities.units(text) > MAX_TEXT:
            raise ValueError("a message has at most 4,096 characters: Telegram's apps split longer ones")
        body: Json = {}
        marks = entities.found(text, [])
        if document is not None:
            body["document"] = self.files.keep(document, "documents").document()
        if text:
            body["text" if document is None else "caption"] = text
            if marks:
                body["entities" if document is None else "caption_entities"] = marks
        if not body:
            raise ValueError("a message needs a text or a file")
        author, sender_chat = (ANONYMOUS_ADMIN, chat) if anonymous else (person, None)
        message = self.store(chat, author, body, reply_to=reply_to, sender_chat=sender_chat)
        return self.push("message", message, seen=self._bot_sees(chat, message))

    def edit(self, user: Person | str, chat: Chat | None, message_id: int, text: str) -> Json:
        """Someone changes the text of a message of theirs."""
        person, chat = self._speaker(user, chat)
        old = chat.messages.get(message_id)
        if old is None or old["from"]["id"] != person.id:
            raise LookupError("no such message of this person")
        field, marks_field = ("caption", "caption_entities") if "document" in old else ("text", "entities")
        message = {k: v for k, v in old.items() if k != marks_field} | {"edit_date": self.now(), field: text.strip()}
        if marks := entities.found(text.strip(), []):
            message[marks_field] = marks
        chat.messages[message_id] = message
        return self.push("edited_message", message, seen=self._bot_sees(chat, message))

    def tap(self, user: Person | str, chat: Chat | None, message_id: int, callback_data: str) -> Json:
        """Someone presses a button. The data is not compared with the message's buttons: a forged client sends any."""
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

    def again(self) -> Json | None:
        """Send the last update once more, as Telegram does: a tap as a new query, anything else with its old id."""
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

    # --- shared by both sides ---

    def now(self) -> int:
        """The present instant as Telegram writes it."""
        return int(self.clock().timestamp())

    def store(
        self,
        chat: Chat,
        author: Person,
        body: Json,
        *,
        reply_to: int | None = None,
        sender_chat: Chat | None = None,
        markup: Json | None = None,
    ) -> Json:
        """Keep a new message in a chat."""
        message: Json = {"message_id": self._register.next_id(), "from": author.json()}
        if sender_chat is not None:
            message["sender_chat"] = sender_chat.json()
        message |= {"chat": chat.json(), "date": self.now(), **body}
        if reply_to is not None and reply_to in chat.messages:
            message["reply_to_message"] = {k: v for k, v in chat.messages[reply_to].items() if k != "reply_to_message"}
        if markup is not None and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        chat.messages[message["message_id"]] = message
        return message

    def push(self, kind: str, content: Json, *, seen: bool = True) -> Json:
        """Make an update, and queue it if the bot wants its kind and may see it."""
        update: Json = {"update_id": UPDATE_ID_BASE + self._register.next_id(), kind: content}
        if seen and self.updates.wants(kind):
            self.last_update = update
            self.updates.add(update)
        return update

    def tell(self, event: Event) -> None:
        """Let the people's side know what the bot did."""
        for listener in self.listeners:
            listener(event)

    def _speaker(self, user: Person | str, chat: Chat | None) -> tuple[Person, Chat]:
        person = self.person(user) if isinstance(user, str) else user
        chat = chat or self.private(person)
        if chat.migrated_to is not None:
            chat = self.chats[chat.migrated_to]
        if chat.is_private and not chat.has(self.bot.id):
            self.block(person, blocked=False)  # writing to a stopped bot starts it again
        self.join(person, chat)
        return person, chat

    def _bot_sees(self, chat: Chat, message: Json) -> bool:
        if chat.is_private:
            return True
        if not chat.has(self.bot.id):
            return False
        if not self.privacy or chat.members[self.bot.id] == "administrator":
            return True
        text = str(message.get("text", message.get("caption", "")))
        reply = message.get("reply_to_message", {})
        mine = reply.get("from", {}).get("id") == self.bot.id
        return text.startswith("/") or mine or f"@{self.bot.username}".lower() in text.lower()

    def _keep(self) -> None:
        if not self._register.is_kept:
            return
        people = [vars(person) for person in self.people.values()]
        chats = [{k: v for k, v in vars(chat).items() if k != "messages"} for chat in self.chats.values()]
        self._register.keep(people, chats)
