"""Facts about a bot, requested from Telegram without starting the bot."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.telegram.connections import certificates
from bot.telegram.limits import TELEGRAM
from core.records import record

PATIENCE = 10.0


class Unreachable(Exception):
    """There was no answer, or not one of a Bot API server. The message says which, without the token."""


@record
class TelegramCheck:
    """The server's answer. `username` is None if it does not know the token. `server_time` is its clock at that moment,
    to the second. `webhook` is the address to which it sends updates; empty if they are polled."""

    username: str | None
    server_time: datetime | None
    webhook: str = ""
    webhook_error: str = ""
    webhook_error_at: datetime | None = None
    waiting: int = 0


async def check_telegram(token: str, base_url: str = TELEGRAM) -> TelegramCheck:
    """Looks up the bot of a token and where its updates go. Raises `Unreachable`."""
    address = f"{base_url.rstrip('/')}/bot{token}"
    async with httpx.AsyncClient(timeout=PATIENCE, verify=certificates()) as client:
        answer = await _get(client, f"{address}/getMe")
        me, when = _result(answer), _date_of(answer)
        if me is None:
            return TelegramCheck(None, when)
        hook = _result(await _get(client, f"{address}/getWebhookInfo")) or {}
    return TelegramCheck(
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
        # Without the error's message, which may contain the address and so the token.
        raise Unreachable(type(error).__name__) from None


def _result(answer: httpx.Response) -> dict[str, Any] | None:
    """The result of a call; None if the token was refused."""
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
