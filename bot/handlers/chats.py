"""What becomes of a chat: the bot is shut out of it or let in again, or a group goes on under another id."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberUpdated, Message, Update

from bot.turn import Services
from core.actions.owners import closed, moved, reopened

_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_IN = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


def is_about(update: Update) -> bool:
    """Whether it tells of the chat itself, so that there is nothing to answer."""
    message = update.message
    return bool(update.my_chat_member or (message and (message.migrate_to_chat_id or message.migrate_from_chat_id)))


async def heard(services: Services, update: Update) -> None:
    """Takes note of it. What is told again, late, or about a chat that never wrote, changes nothing."""
    if update.my_chat_member:
        await _membership(services, update.my_chat_member)
    elif update.message:
        await _move(services, update.message)


async def _membership(services: Services, change: ChatMemberUpdated) -> None:
    """A person blocks the bot or starts it again; a group puts it out or takes it in."""
    status, chat_id = change.new_chat_member.status, change.chat.id
    if status in _OUT:
        await closed(services.store, chat_id, f"the bot is {status} there", services.clock())
    elif status in _IN:
        await reopened(services.store, chat_id, services.clock())


async def _move(services: Services, message: Message) -> None:
    """A group has become a supergroup: its old chat says where to, its new one where from."""
    chat_id, to, old = message.chat.id, message.migrate_to_chat_id, message.migrate_from_chat_id
    before, after = (chat_id, to) if to is not None else (old, chat_id)
    # Only groups move, and their ids are negative: nobody's own chat becomes another by a message that says so.
    if before is not None and after is not None and before < 0 and after < 0:
        await moved(services.store, before, after, services.clock())
