"""People, chats and files, and how the Bot API writes them (https://core.telegram.org/bots/api#available-types)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_send_welcome_messages",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Someone who uses Telegram, or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False

    def json(self) -> Json:
        """As a `User`."""
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            user["username"] = self.username
        if self.language_code and not self.is_bot:
            user["language_code"] = self.language_code
        return user


# Telegram writes as this user for admins who hide behind their group.
ANONYMOUS_ADMIN = Person(1087968824, "Group", "GroupAnonymousBot", None, is_bot=True)


@dataclass
class Chat:
    """A private chat or a group, with its messages."""

    id: int
    type: str
    name: str
    username: str | None = None
    # user id → "creator", "administrator", "member", "left" or "kicked"
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    migrated_to: int | None = None

    @property
    def is_private(self) -> bool:
        """Whether it is the bot's chat with one person."""
        return self.type == "private"

    def json(self) -> Json:
        """As a `Chat`."""
        chat: Json = {"id": self.id, "type": self.type, "first_name" if self.is_private else "title": self.name}
        if self.username:
            chat["username"] = self.username
        return chat

    def has(self, user_id: int) -> bool:
        """Whether the user is in it now."""
        return self.members.get(user_id, "left") not in ("left", "kicked")


@dataclass(frozen=True)
class Upload:
    """A file on its way to Telegram."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


def member_json(person: Person, status: str) -> Json:
    """A `ChatMember` of that status."""
    member: Json = {"user": person.json(), "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False, **dict.fromkeys(ADMIN_RIGHTS, True)}
    elif status == "kicked":
        member["until_date"] = 0
    return member
