"""Words about a person's secret addresses."""

from __future__ import annotations

from collections.abc import Sequence

from bot.features.address.buttons import AddressPurpose, MakeAddress, RevokeAddress
from bot.telegram.html import code, esc
from bot.telegram.keyboard import Button, Keyboard
from core.tokens import ApiToken
from language.i18n import Words

_PATHS = {AddressPurpose.HOOK: "/api/hooks/{secret}", AddressPurpose.CALENDAR: "/api/calendar/{secret}.ics"}


def closed(w: Words) -> str:
    """The refusal of a bot without a server."""
    return w.t("This bot answers on no address of its own: whoever hosts it has not opened one.")


def only_in_private(bot: str, w: Words) -> str:
    """The refusal in a group, with a link to the private chat."""
    return w.t("That is between the two of us: ask me in our private chat, t.me/{bot}.", bot=esc(bot))


def addresses(purpose: AddressPurpose, there: Sequence[ApiToken], w: Words) -> tuple[str, Keyboard]:
    """A person's addresses, with buttons to create and revoke them."""
    said, make = _hooks(there, w) if purpose is AddressPurpose.HOOK else _calendar(there, w)
    revoke = [(Button(w.t("Revoke {name}", name=_named(one, w)), RevokeAddress(purpose, one.id)),) for one in there]
    return said, ((Button(make, MakeAddress(purpose)),), *revoke)


def _hooks(there: Sequence[ApiToken], w: Words) -> tuple[str, str]:
    lines = [
        w.t(
            "<b>Addresses for your phone and home</b>\nWhatever posts a goal and a value to such an address logs it "
            "for you: Shortcuts, Tasker, Home Assistant. Give each its own."
        ),
        *(f"• {esc(_named(one, w))}" for one in there),
    ]
    return "\n".join(lines), w.t("New address")


def _calendar(there: Sequence[ApiToken], w: Words) -> tuple[str, str]:
    intro = w.t(
        "<b>Your calendar</b>\nA calendar that subscribes to a secret address shows your reminders and the goals that "
        "are due."
    )
    if not there:
        return intro, w.t("Give me the address")
    since = w.t(
        "Yours is from {day}. I keep only a hash of it and cannot show it again; a new one ends the old one.",
        day=w.short_day(there[-1].created_at.date()),
    )
    return f"{intro}\n{since}", w.t("New address")


def made(purpose: AddressPurpose, server: str | None, secret: str, w: Words) -> str:
    """The one message that shows an address."""
    path = _PATHS[purpose].format(secret=secret)
    lines = [w.t("Your new address:"), code(f"{server or ''}{path}")]
    if server is None:
        lines.append(w.t("In front of it belongs the address of this bot's server, which whoever hosts it knows."))
    if purpose is AddressPurpose.HOOK:
        lines.append(
            w.t("Post to it, for example: {example}", example=code('{"goal": "Run", "value": 5, "id": "any-1"}'))
        )
    else:
        lines.append(w.t("In your calendar, choose “subscribe by address” (Google: “from URL”) and paste it."))
    lines.append(
        w.t(
            "I keep only a hash of it and cannot show it again. Copy it, then delete this message: whoever has it can "
            "use it."
        )
    )
    return "\n".join(lines)


def _named(token: ApiToken, w: Words) -> str:
    return f"#{token.id} ({w.short_day(token.created_at.date())})"
