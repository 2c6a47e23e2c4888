"""What the libraries do not load in a bot's process, and that whoever uses it has it all the same."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import asyncio, ssl, sys
import bot.application
import aiohttp, telegram
from telegram.request import HTTPXRequest

assert "httpx" not in sys.modules
assert telegram.Message.__setattr__ is object.__setattr__
said = {"message_id": 5, "date": 1764500000, "chat": {"id": 7, "type": "private"}, "text": "run 5", "new": 1}
heard = telegram.Update.de_json({"update_id": 1, "message": said}, None)
assert heard.message == telegram.Message(5, heard.message.date, telegram.Chat(7, "private"), text="run 5")
assert (heard.message.text, heard.message.date.year, heard.message.api_kwargs) == ("run 5", 2025, {"new": 1})
assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED
assert aiohttp.connector._SSL_CONTEXT_VERIFIED.verify_mode is ssl.CERT_REQUIRED
assert aiohttp.connector._SSL_CONTEXT_VERIFIED.get_ca_certs() == []

async def use() -> None:
    async with HTTPXRequest(proxy="http://127.0.0.1:9", connect_timeout=0.1) as client:
        import httpx
        assert isinstance(client._client, httpx.AsyncClient)
        try:
            await client.retrieve("http://127.0.0.1:9")
        except Exception as error:
            print(type(error).__name__, type(error.__cause__).__name__)

asyncio.run(use())
"""


def test_the_librarys_own_client_is_loaded_when_it_is_used_and_certificates_only_where_they_are_named() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("NetworkError ConnectError\n", "")
