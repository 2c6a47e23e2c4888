"""The signed init data of a Mini App: who opened it, as Telegram says.

The rules are Telegram's: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from core.errors import NotSignedIn

LIFETIME = timedelta(days=1)
"""How long init data holds."""
SKEW = timedelta(minutes=5)
"""How far ahead Telegram's clock may be."""
LARGEST = 8_192
"""Characters."""


@dataclass(frozen=True, slots=True)
class InitData:
    """Who opened the Mini App, in which language, and the parameter of the link that they came by."""

    user_id: int
    language: str
    start_param: str


class InitDataCheck:
    """Checks init data against a bot's token."""

    def __init__(self, token: str) -> None:
        self._secret = hmac.digest(b"WebAppData", token.encode(), "sha256")

    def check(self, text: str, now: datetime) -> InitData:
        """Who is meant. Raises `NotSignedIn` for what Telegram did not sign for this bot, or signed too long ago."""
        fields = _fields(text)
        given = fields.pop("hash", "")
        # Every field but the hash, `signature` included: Telegram signs what it sends.
        signed = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
        expected = hmac.new(self._secret, signed.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), given.encode()):
            raise NotSignedIn("init_data_invalid")
        _check_age(fields.get("auth_date", ""), now)
        return _user_in(fields)


def _fields(text: str) -> dict[str, str]:
    if len(text) > LARGEST:
        raise NotSignedIn("init_data_invalid")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=64)
    except ValueError:
        raise NotSignedIn("init_data_invalid") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):  # a key twice: which one was meant, and which was signed?
        raise NotSignedIn("init_data_invalid")
    return fields


def _check_age(auth_date: str, now: datetime) -> None:
    if not (auth_date.isascii() and auth_date.isdigit() and len(auth_date) <= 12):
        raise NotSignedIn("init_data_invalid")
    age = now.timestamp() - int(auth_date)
    if not -SKEW.total_seconds() <= age <= LIFETIME.total_seconds():
        raise NotSignedIn("init_data_expired")


def _user_in(fields: dict[str, str]) -> InitData:
    try:
        user = json.loads(fields.get("user", ""))
    except (ValueError, RecursionError):
        raise NotSignedIn("init_data_invalid") from None
    if not isinstance(user, dict) or type(user.get("id")) is not int or not 0 < user["id"] < 2**52:
        raise NotSignedIn("init_data_invalid")
    language = user.get("language_code")
    return InitData(user["id"], language if isinstance(language, str) else "en", fields.get("start_param", ""))
