"""The chats that trees belong to, and their settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo, available_timezones

from core.errors import InvalidSetting, NotFound
from core.model import Owner, OwnerType
from core.ports import Store, Transaction


async def welcome(
    store: Store, chat_id: int, type: OwnerType, title: str, locale: str, now: datetime
) -> tuple[Owner, bool]:
    """(the owner of a chat, whether it is new). Makes it with default settings at the first word from the chat."""
    known = await store.read(lambda tx: tx.owners.by_chat(chat_id))
    if known is not None:
        return known, False
    return await store.write(lambda tx: tx.owners.add(chat_id, type, title, locale, now)), True


def zone(name: str) -> ZoneInfo:
    """The IANA zone of a name; raises `InvalidSetting`."""
    if name not in available_timezones():
        raise InvalidSetting(f"There is no time zone called “{name[:60]}”. Use a name such as Europe/Berlin.")
    return ZoneInfo(name)


async def change_settings(
    store: Store,
    chat_id: int,
    *,
    timezone: str | None = None,
    day_start: time | None = None,
    week_start: int | None = None,
    locale: str | None = None,
) -> Owner:
    """Changes what is given; the rest stays. A changed week start regroups all weeks: the caches become stale.

    Raises `InvalidSetting` for an unknown zone, a day start after 12:00 or a week start that is no weekday.
    """
    if timezone is not None:
        zone(timezone)
    if day_start is not None and not time(0) <= day_start <= time(12):
        raise InvalidSetting("The day can start between 00:00 and 12:00.")
    if week_start is not None and week_start not in range(7):
        raise InvalidSetting("The week starts on a weekday, such as monday.")

    def change(tx: Transaction) -> Owner:
        owner = tx.owners.by_chat(chat_id)
        if owner is None:
            raise NotFound(f"There is no chat {chat_id} here.")
        changed = replace(
            owner,
            timezone=timezone or owner.timezone,
            zone_chosen=owner.zone_chosen or timezone is not None,
            day_start=owner.day_start if day_start is None else day_start,
            week_start=owner.week_start if week_start is None else week_start,
            locale=locale or owner.locale,
        )
        tx.owners.save(changed)
        if changed.week_start != owner.week_start:
            tx.owners.mark_stale(owner.id)
        return changed

    return await store.write(change)
