"""Buddies, who confirm what a member checks off."""

from __future__ import annotations

from datetime import date

from bot.common.names import name_of, shown_name
from bot.features.group.buttons import AcceptBuddy, ConfirmDay, DeclineBuddy
from bot.telegram.keyboard import Button, Keyboard
from core.actions.buddies import AskResult, Pair
from core.goals.model import Member
from language.i18n import Words


def asks(pair: Pair, w: Words) -> tuple[str, Keyboard]:
    """The question to the future buddy."""
    if pair.buddy is None:
        raise ValueError("nobody is asked")
    buddy, both = pair.buddy, (pair.member.id, pair.buddy.id)
    text = w.t(
        "🤝 {buddy}, will you be {name}'s buddy? You would confirm with one tap what {name} checks off.",
        buddy=shown_name(buddy, w),
        name=shown_name(pair.member, w),
    )
    return text, ((Button(w.t("🤝 Accept"), AcceptBuddy(*both)), Button(w.t("No, thanks"), DeclineBuddy(*both))),)


def not_asked(pair: Pair, w: Words) -> str:
    """The reason why nobody has to be asked."""
    if pair.asked is AskResult.ONESELF or pair.buddy is None:
        return w.t("Your own word counts anyway: a buddy is somebody else. Try /buddy and a name.")
    return w.t("{buddy} is your buddy already. /buddy off ends it.", buddy=shown_name(pair.buddy, w))


def answered(pair: Pair, w: Words, *, accepts: bool) -> str:
    """The answer to the question."""
    if pair.buddy is None:
        raise ValueError("nobody answered")
    buddy, name = shown_name(pair.buddy, w), shown_name(pair.member, w)
    if accepts:
        return w.t("🤝 {buddy} is {name}'s buddy now. {name} can end it with /buddy off.", buddy=buddy, name=name)
    return w.t("{buddy} would rather not be {name}'s buddy. That is fine.", buddy=buddy, name=name)


def ended(pair: Pair, w: Words) -> str:
    """The answer when a buddy is released."""
    if pair.buddy is None:
        return w.t("You have no buddy here, so there is nothing to end.")
    return w.t(
        "{buddy} is your buddy no longer: what you check off needs nobody's word.", buddy=shown_name(pair.buddy, w)
    )


def is_now(buddy: Member | None, w: Words) -> str:
    """The buddy, or how to get one."""
    if buddy is None:
        return w.t("A buddy confirms what you check off: <code>/buddy Ann</code> asks Ann. It counts either way.")
    return w.t("{buddy} confirms what you check off. /buddy off ends it.", buddy=shown_name(buddy, w))


def to_confirm(member: Member, buddy: Member, on: date, w: Words) -> tuple[str, Keyboard]:
    """The line below a check-off, with the buddy whose confirmation it waits for."""
    text = w.t("⏳ To be confirmed by {buddy}.", buddy=shown_name(buddy, w))
    label = w.t("🤝 Confirm {name}", name=name_of(member, w))
    return text, ((Button(label, ConfirmDay(member.id, on)),),)


def confirmed(name: str, count: int, w: Words) -> str:
    """The answer to a buddy's tap. `count` 0: the entries were confirmed before, or taken back."""
    if count:
        return w.t("Confirmed. Thank you for looking after {name}!", name=name)
    return w.t("There is nothing left to confirm for {name}.", name=name)
