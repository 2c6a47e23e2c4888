"""The entries that a store keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from core.goals.model import Entry
from core.records import record


@record
class NewEntry:
    """An entry to be written; see `core.goals.model.Entry`. `source_key` is None for entries without a source."""

    node_id: int
    on: date
    value: Decimal | None
    skipped: bool = False
    note: str | None = None
    author_id: int | None = None
    source_key: str | None = None
    is_known_ahead: bool = False


class Entries(Protocol):
    """The entries. One that is taken back is kept, marked as void, and counted nowhere."""

    def add(self, vision_id: int, entry: NewEntry, now: datetime) -> Entry | None:
        """Writes an entry; None (and nothing written) if its source key exists already, void or not."""

    def add_many(self, vision_id: int, entries: Sequence[NewEntry], now: datetime) -> list[int]:
        """Writes many entries (an import), in their order; returns their ids."""

    def by_source(self, source_key: str) -> tuple[Entry, bool] | None:
        """(entry, whether it is void) with exactly this source key."""

    def of_chat(self, chat_id: int, entry_id: int) -> tuple[Entry, bool] | None:
        """(entry, whether it is void) of a chat's trees by its id; None for one of another chat."""

    def page(self, node_id: int, first: date, last: date, before: tuple[date, int], limit: int) -> list[Entry]:
        """A leaf's entries dated within the range, the latest first: at most `limit`, after (date, id)."""

    def by_message(self, source_prefix: str) -> list[Entry]:
        """Entries not void whose source key begins with the prefix, in order of logging."""

    def known_ahead(self, member_id: int, first: date) -> list[Entry]:
        """The skips of a member's absences, not void, on a day or later."""

    def of_leaf(self, node_id: int, first: date, last: date) -> list[Entry]:
        """A leaf's entries dated within the range, ordered by date, then logging."""

    def of_leaves(self, node_ids: Sequence[int], first: date, last: date) -> dict[int, list[Entry]]:
        """The same of several leaves, by leaf (missing: none): one statement."""

    def of_vision(self, vision_id: int) -> list[Entry]:
        """All entries of a vision, ordered by date, then logging."""

    def of_owner_since(self, owner_id: int, first: date) -> list[Entry]:
        """All entries of an owner dated on a day or later, ordered by date, then logging: one statement."""

    def of_owner_latest(self, owner_id: int, author_id: int | None, limit: int) -> list[Entry]:
        """The newest entries by order of logging, newest first; of one author, or of all for None."""

    def full_days(self, vision_id: int, least: int, first: date, last: date) -> dict[date, int]:
        """The days within a range that have at least so many entries, in all trees of a vision's owner and void ones
        included, and how many: one statement."""

    def void(
        self, entry_ids: Iterable[int], now: datetime, replaced_by: int | None = None, taken_back_by: str | None = None
    ) -> None:
        """Takes entries back; `replaced_by` is the entry in their place, if there is one, `taken_back_by` the source
        key of the message that did it, which is unique in the store."""

    def taken_back_by(self, source_key: str) -> tuple[Entry, int] | None:
        """(the entry that a message took back, the chat of its owner)."""

    def replaced_by(self, entry_id: int) -> list[Entry]:
        """The void entries that an entry replaced."""

    def forget(self, user_id: int, owner_ids: Sequence[int]) -> None:
        """Makes a user's entries with these owners, and all entries on their own leaves, anonymous: value and date
        stay; author, note, source and buddies' confirmations are deleted."""

    def restore_replaced_by(self, entry_id: int) -> list[Entry]:
        """Restores the entries that an entry had replaced."""
