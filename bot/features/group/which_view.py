"""Choosing among members when a name is ambiguous."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.columns import cut
from bot.common.names import name_of
from bot.features.group.buttons import ChoicePurpose, ChooseMember
from bot.telegram.html import esc
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Member, Owner
from core.goals.periods import local_date
from language.i18n import Words

MOST = 8


def which(name: str, near: Sequence[Member], purpose: ChoicePurpose, owner: Owner, w: Words) -> tuple[str, Keyboard]:
    """Asks which member is meant, with a button for each."""
    called = [name_of(member, w) for member in near]
    keyboard = tuple(
        (Button(_label(member, owner, w, is_namesake=called.count(name_of(member, w)) > 1), _choice(member, purpose)),)
        for member in near[:MOST]
    )
    return w.t("Whom do you mean by “{name}”?", name=esc(cut(name, 30))), keyboard


def _choice(member: Member, purpose: ChoicePurpose) -> ChooseMember:
    return ChooseMember(purpose, member.id)


def _label(member: Member, owner: Owner, w: Words, *, is_namesake: bool) -> str:
    """A member's button text; a namesake is told apart by the date of joining."""
    name = name_of(member, w)
    if not is_namesake:
        return name
    joined = member.joined_at.astimezone(ZoneInfo(owner.timezone))
    return w.t("{name} · joined {day} at {time}", name=name, day=w.short_day(_day(joined, owner)), time=w.time(joined))


def _day(joined: datetime, owner: Owner) -> date:
    return local_date(joined, ZoneInfo(owner.timezone), owner.day_start)
