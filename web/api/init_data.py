"""The signed init data of a Mini App: who opened it, as Telegram says.

The rules are Telegram's: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import parse_qsl

from core.errors import NotSignedIn
from core.records import record

LIFETIME = timedelta(days=1)
"""How long init data is valid."""
SKEW = timedelta(minutes=5)
"""How far ahead Telegram's clock may be."""
LARGEST = 8_192
"""The longest init data, in characters."""
REMEMBERED = 4_096
"""The most init data that are remembered: an open app sends the same with every request."""


@record
class InitData:
    """The person who opened the Mini App, their language, the start parameter of the link, and the time of Telegram's
    signature (Unix time in seconds)."""

    user_id: int
    language: str
    start_param: str
    signed_at: int


class InitDataCheck:
    """Validates init data with a bot's token."""

    def __init__(self, token: str) -> None:
        self._secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
        self._signed = lru_cache(REMEMBERED)(self._read)

    def check(self, text: str, now: datetime) -> InitData:
        """The validated init data. Raises `NotSignedIn` if Telegram did not sign it for this bot, or too long ago."""
        data = self._signed(text)
        if not -SKEW.total_seconds() <= now.timestamp() - data.signed_at <= LIFETIME.total_seconds():
            raise NotSignedIn("init_data_expired")
        return data

    def _read(self, text: str) -> InitData:
        fields = _fields(text)
        given = fields.pop("hash", "")
        # Every field but `hash` is signed, `signature` included.
        signed = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
        expected = hmac.new(self._secret, signed.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), given.encode()):
            raise NotSignedIn("init_data_invalid")
        return _data_in(fields)


def _fields(text: str) -> dict[str, str]:
    if len(text) > LARGEST:
        raise NotSignedIn("init_data_invalid")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=64)
    except ValueError:
        raise NotSignedIn("init_data_invalid") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):  # A repeated key: it would be unclear which value was signed.
        raise NotSignedIn("init_data_invalid")
    return fields


def _data_in(fields: dict[str, str]) -> InitData:
    auth_date = fields.get("auth_date", "")
    if not (auth_date.isascii() and auth_date.isdigit() and len(auth_date) <= 12):
        raise NotSignedIn("init_data_invalid")
    try:
        user = json.loads(fields.get("user", ""))
    except (ValueError, RecursionError):
        raise NotSignedIn("init_data_invalid") from None
    if not isinstance(user, dict) or type(user.get("id")) is not int or not 0 < user["id"] < 2**52:
        raise NotSignedIn("init_data_invalid")
    language = user.get("language_code")
    language = language if isinstance(language, str) else "en"
    return InitData(user["id"], language, fields.get("start_param", ""), int(auth_date))
