"""What Telegram says of a bot, asked once and without starting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.application import TELEGRAM
from bot.connections import certificates

PATIENCE = 10.0


class Unreachable(Exception):
    """The server gave no answer, or none that a Bot API server gives; the message says which, without the token."""


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What the server said. `username` is None if it does not know the token; `server_time` is its clock when it
    answered, to the second; `webhook` is where it sends updates, if not to whoever polls."""

    username: str | None
    server_time: datetime | None
    webhook: str = ""
    webhook_error: str = ""
    webhook_error_at: datetime | None = None
    waiting: int = 0


async def enquire(token: str, base_url: str | None = None) -> Enquiry:
    """Asks who the token's bot is and where its updates go. Raises `Unreachable`."""
    address = f"{(base_url or TELEGRAM).rstrip('/')}/bot{token}"
    async with httpx.AsyncClient(timeout=PATIENCE, verify=certificates()) as client:
        answer = await _get(client, f"{address}/getMe")
        me, when = _result(answer), _date_of(answer)
        if me is None:
            return Enquiry(None, when)
        hook = _result(await _get(client, f"{address}/getWebhookInfo")) or {}
    return Enquiry(
        str(me.get("username", "")),
        when,
        str(hook.get("url", "")),
        str(hook.get("last_error_message", "")),
        datetime.fromtimestamp(hook["last_error_date"], UTC) if "last_error_date" in hook else None,
        int(hook.get("pending_update_count", 0)),
    )


async def _get(client: httpx.AsyncClient, address: str) -> httpx.Response:
    try:
        return await client.get(address)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        # Not the message: an address holds the token.
        raise Unreachable(type(error).__name__) from None


def _result(answer: httpx.Response) -> dict[str, Any] | None:
    """What was asked for; None if the token was refused."""
    if answer.status_code in (401, 404):
        return None
    try:
        content = answer.json()
        result = content["result"] if content["ok"] else None
    except (ValueError, KeyError, TypeError):
        result = None
    if not isinstance(result, dict):
        raise Unreachable(f"it answered with status {answer.status_code}")
    return result


def _date_of(answer: httpx.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(answer.headers["Date"])
    except (KeyError, ValueError):
        return None
