"""Messages about a person's tokens."""

from __future__ import annotations

from collections.abc import Sequence

from bot.features.token.buttons import Grant, MakeToken, RevokeToken
from bot.telegram.html import esc
from bot.telegram.keyboard import Button, Keyboard
from core.tokens import ApiToken, Scope
from language.i18n import Words, mark

_MAY = {Scope.READ: mark("read"), Scope.LOG: mark("log"), Scope.PLAN: mark("plan")}
_NEW = {
    Grant.READ: mark("New: read"),
    Grant.LOG: mark("New: read and log"),
    Grant.PLAN: mark("New: read, log and plan"),
}


def closed(w: Words) -> str:
    """The refusal of a bot without a server."""
    return w.t("This bot has no API: whoever hosts it has not opened one.")


def only_in_private(bot: str, w: Words) -> str:
    """The refusal in a group, with a link to the private chat."""
    return w.t("That is between the two of us: send me /token in our private chat, t.me/{bot}.", bot=esc(bot))


def tokens(issued: Sequence[ApiToken], w: Words) -> tuple[str, Keyboard]:
    """A person's tokens, with buttons to create and revoke them."""
    lines = [
        w.t(
            "<b>Tokens for the API</b>\nBy a token a script sees and logs what is yours. Give each script its own, and "
            "revoke what you do not use."
        )
    ]
    for one in issued:
        may = w.listed([w.t(name) for scope, name in _MAY.items() if scope in one.scopes])
        lines.append(f"• {esc(_named(one, w))}: {esc(may)}")
    make = [(Button(w.t(label), MakeToken(grant)),) for grant, label in _NEW.items()]
    end = [(Button(w.t("Revoke {name}", name=_named(one, w)), RevokeToken(one.id)),) for one in issued]
    return "\n".join(lines), (*make, *end)


def made(secret: str, w: Words) -> str:
    """The one message that shows a token."""
    return w.t(
        "Your new token:\n<code>{secret}</code>\nI keep only a hash of it and cannot show it again. Copy it, then "
        "delete this message: whoever has it acts as you.",
        secret=esc(secret),
    )


def _named(token: ApiToken, w: Words) -> str:
    when = w.short_day(token.created_at.date())
    name = f"#{token.id} ({when})"
    return f"{token.name} {name}" if token.name else name
