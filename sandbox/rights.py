"""Rights in a chat of the local Telegram (https://core.telegram.org/bots/api#chatmember)."""

from __future__ import annotations

from sandbox.objects import Chat, Json, Person

SENDING = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos",
    "can_send_video_notes", "can_send_voice_notes", "can_send_polls", "can_send_other_messages",
    "can_add_web_page_previews", "can_react_to_messages",
)  # fmt: skip
ANYONES = (*SENDING, "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics")
"""Rights that a group can give to all members, or withhold from one."""
_ADMINS = (
    "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members", "can_promote_members",
    "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_send_welcome_messages",
)  # fmt: skip
_IN_GROUPS = ("can_pin_messages", "can_manage_topics")
_IN_CHANNELS = ("can_post_messages", "can_edit_messages")


def admin_rights(chat: Chat) -> tuple[str, ...]:
    """The rights that an administrator of the chat can have."""
    return (*_ADMINS, *(_IN_CHANNELS if chat.is_channel else _IN_GROUPS))


def may(chat: Chat, user_id: int, right: str) -> bool:
    """Whether a user has a right in a chat."""
    own = chat.rights.get(user_id, {})
    match chat.members.get(user_id, "left"):
        case "creator":
            return True
        case "administrator":
            return own.get(right, True)
        case "restricted":
            return own.get(right, False)
        case "member" if not chat.is_channel:
            return right in SENDING and right not in chat.denied
        case _:
            return False


def member_json(chat: Chat, person: Person, status: str | None = None) -> Json:
    """A user as a `ChatMember`; `status` overrides the present one."""
    status = status or chat.members.get(person.id, "left")
    own = chat.rights.get(person.id, {})
    member: Json = {"user": person.json(), "status": status}
    if status == "creator":
        member["is_anonymous"] = person.id in chat.anonymous
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": person.id in chat.anonymous}
        member |= {right: own.get(right, True) for right in admin_rights(chat)}
    elif status == "restricted":
        member |= {"is_member": True, "until_date": 0, **{right: own.get(right, False) for right in ANYONES}}
    elif status == "kicked":
        member["until_date"] = 0
    return member
