"""People, chats and files, in the form of the Bot API (https://core.telegram.org/bots/api#available-types)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]

GENERAL = 1
"""The topic that every forum has: its messages carry no number, and calls cannot name it."""
OUT = ("left", "kicked")


@dataclass(frozen=True)
class Person:
    """A user of Telegram, or the bot. A deleted account remains as a number without a name."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False
    is_deleted: bool = False

    def json(self) -> Json:
        """As a `User`."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        return user


# Telegram's stand-ins for senders who are no users: an admin who is anonymous, someone who writes in the name of a
# channel, and the posts of a linked channel.
ANONYMOUS_ADMIN = Person(1087968824, "Group", "GroupAnonymousBot", None, is_bot=True)
CHANNEL_BOT = Person(136817688, "Channel", "Channel_Bot", None, is_bot=True)
TELEGRAM = Person(777000, "Telegram", None, None)


@dataclass
class Topic:
    """A topic of a forum."""

    name: str
    is_closed: bool = False


@dataclass
class Chat:
    """A private chat, a group or a channel, with its messages.

    `members` has each user's status: creator, administrator, member, restricted, left or kicked. `rights` are those
    that an administrator has beyond or below the usual ones, or that a restricted member still has; `denied` are
    withheld from ordinary members; `anonymous` are admins who write as the group. `linked` is a channel's discussion
    group, or a group's channel. `topics` are a forum's, by the id of the message that opened each.
    """

    id: int
    type: str
    name: str
    username: str | None = None
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    migrated_to: int | None = None
    rights: dict[int, dict[str, bool]] = field(default_factory=dict)
    denied: list[str] = field(default_factory=list)
    anonymous: list[int] = field(default_factory=list)
    linked: int | None = None
    topics: dict[int, Topic] = field(default_factory=dict)

    @property
    def is_private(self) -> bool:
        """Whether it is the bot's chat with one person."""
        return self.type == "private"

    @property
    def is_channel(self) -> bool:
        """Whether only admins write there, in the channel's name."""
        return self.type == "channel"

    @property
    def is_forum(self) -> bool:
        """Whether it has topics."""
        return bool(self.topics)

    def json(self) -> Json:
        """As a `Chat`."""
        chat: Json = {"id": self.id, "type": self.type, "first_name" if self.is_private else "title": self.name}
        if self.username:
            chat["username"] = self.username
        if self.is_forum:
            chat["is_forum"] = True
        return chat

    def has(self, user_id: int) -> bool:
        """Whether the user is a member now."""
        return self.members.get(user_id, "left") not in OUT

    def is_admin(self, user_id: int) -> bool:
        """Whether the user is its creator or an administrator."""
        return self.members.get(user_id) in ("creator", "administrator")

    def kept(self) -> Json:
        """The state that survives a restart: everything but messages."""
        return {name: value for name, value in asdict(self).items() if name != "messages"}

    @classmethod
    def restored(cls, kept: Json) -> Chat:
        """The chat from `kept`, whose keys JSON has turned into text."""
        members = {int(user): status for user, status in kept["members"].items()}
        rights = {int(user): rights for user, rights in kept.get("rights", {}).items()}
        topics = {int(number): Topic(**topic) for number, topic in kept.get("topics", {}).items()}
        return cls(**{**kept, "members": members, "rights": rights, "topics": topics})


@dataclass(frozen=True)
class Upload:
    """A file that is being sent to Telegram."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


def author_id(message: Json) -> int:
    """The sender of a message; 0 for a post in a channel."""
    return int(message["from"]["id"]) if "from" in message else 0
