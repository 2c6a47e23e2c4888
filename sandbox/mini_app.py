"""Telegram's part of a Mini App: signed init data, and a script in place of Telegram's."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from sandbox.objects import Person

SCRIPT = Path(__file__).parent / "static" / "telegram.js"
"""Defines `fakeTelegram({initData, ...})`, which returns what a page expects as `window.Telegram.WebApp`."""


def init_data(token: str, person: Person, now: datetime, start_param: str = "") -> str:
    """The init data for a person who opens the Mini App, signed with the bot's token as by Telegram."""
    user = {"id": person.id, "first_name": person.first_name, "language_code": person.language_code}
    fields = {
        "auth_date": f"{int(now.timestamp())}",
        "query_id": "AAsandbox",
        "signature": "not-checked-by-bots",
        "user": json.dumps(user, separators=(",", ":")),
    }
    if start_param:
        fields["start_param"] = start_param
    signed = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    return urlencode({**fields, "hash": hmac.digest(secret, signed.encode(), "sha256").hex()})
