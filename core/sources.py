"""Source keys: they identify the entries of one message, edit or tap, however often it arrives (design.md §4)."""

from __future__ import annotations

from core.goals.model import Entry


def message_prefix(chat_id: int, message_id: int) -> str:
    """The beginning of all keys of a message, for any author."""
    return f"{chat_id}:{message_id}:"


def source_key(chat_id: int, message_id: int, author_id: int | None, action: str) -> str:
    """The key of an author's action by a message: a line of it, an edit of a line, or a button. The author is part of
    the key, so that a forged or replayed button cannot use up another person's message."""
    return f"{message_prefix(chat_id, message_id)}{author_id or 0}:{action}"


def message_of(entry: Entry) -> str | None:
    """The key of the message, or the tapped message, that made an entry; None if there was none."""
    chat_id, _, rest = (entry.source_key or "").partition(":")
    message_id = rest.partition(":")[0]
    return f"{chat_id}:{message_id}" if message_id.isdecimal() else None


def api_key(chat_id: int, author_id: int | None, key: str) -> str:
    """The source key of a request to the API that carries an `Idempotency-Key`. No message has such a number."""
    return f"{chat_id}:api:{author_id or 0}:{key}"


def former_key(key: str) -> str:
    """A source key as version 0.1 wrote it, without the author.

    Those keys stay with their entries. A message that was logged under one is recognised when it is edited, and when it
    arrives again after an upgrade, unless its entry has been taken back. Keys of taps have always held the author.
    """
    parts = key.split(":", 3)
    return ":".join([*parts[:2], parts[3]]) if len(parts) == 4 else key


def is_from(entry: Entry, key: str, author_id: int | None) -> bool:
    """Whether an entry has this source key, or is the author's and has the former one."""
    return entry.source_key == key or (entry.author_id == author_id and entry.source_key == former_key(key))


def is_written_beside(entry: Entry) -> bool:
    """Whether a member may have written an entry where their group does not see it: in their own chat with the bot,
    over the API, or in a file. An entry without a key may be any of these."""
    return entry.source_key is None or is_key_beside(entry.source_key)


def is_key_beside(key: str) -> bool:
    """The same for a source key."""
    chat_id, _, rest = key.partition(":")
    return chat_id.isdecimal() or rest.startswith("api:")
