"""`goaltree run` with a server of its own: webhook, health, readiness and metrics of a process."""

from __future__ import annotations

import asyncio
import signal
import socket
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from core.actions.cache import verify
from core.actions.read import read_trees
from core.group.permissions import Actor
from goaltree.settings import BadSetting, load
from storage import open_store
from tests.goaltree.test_run import AGAIN, OUTLINE, PATIENCE, Hosted, hosted  # noqa: F401 (a fixture)

pytestmark = pytest.mark.long

SECRET, METRICS = "webhook-secret", "metrics-token"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as result:
        return int(result.getsockname()[1])


@pytest.fixture
def at(hosted: Hosted) -> str:  # noqa: F811
    """The address of the process: with a webhook and metrics."""
    address = f"127.0.0.1:{free_port()}"
    hosted.settings = {
        "GOALTREE_WEBHOOK_URL": f"http://{address}/hooks/telegram",
        "GOALTREE_WEBHOOK_SECRET": SECRET,
        "GOALTREE_LISTEN": address,
        "GOALTREE_METRICS_TOKEN": METRICS,
    }
    return address


async def ask(at: str, path: str, status: int = 200) -> httpx.Response:
    """The answer, once it has this status."""
    headers = {"Authorization": f"Bearer {METRICS}"}
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient() as client:
        while True:
            try:
                answer = await client.get(f"http://{at}{path}", headers=headers)
                if answer.status_code == status:
                    return answer
            except httpx.TransportError:
                pass
            await asyncio.sleep(AGAIN)


async def test_a_process_with_a_webhook(hosted: Hosted, at: str) -> None:  # noqa: F811
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    hosted.say("run 5")
    await hosted.told("✅ Run")
    assert (await ask(at, "/healthz")).text == "ok\n"
    assert (await ask(at, "/readyz")).json() == {"ready": True, "problems": {}}
    await hosted.ticked()
    figures = (await ask(at, "/metrics")).text
    assert 'goaltree_updates_total{kind="message",result="handled"} 2.0' in figures
    assert "goaltree_check_off_seconds_count 1.0" in figures
    assert 'goaltree_last_timestamp_seconds{what="tick"}' in figures
    assert str(hosted.chat.id) not in figures
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    for secret in (SECRET, METRICS, hosted.telegram.token, "run 5"):
        assert secret not in log
    # The webhook stays registered: updates that come meanwhile are posted to the next process.
    assert hosted.telegram._courier is not None


async def test_a_process_that_polls_answers_as_well_and_one_that_cannot_reach_telegram_lives_but_is_not_ready(
    hosted: Hosted,  # noqa: F811
    at: str,
) -> None:
    del hosted.settings["GOALTREE_WEBHOOK_URL"]
    await hosted.start()
    assert (await ask(at, "/readyz")).json()["ready"] is True
    await hosted.end(signal.SIGTERM)
    hosted.settings |= {"GOALTREE_WEBHOOK_URL": f"http://{at}/x", "GOALTREE_API_BASE_URL": "http://127.0.0.1:1"}
    await hosted.start()
    assert (await ask(at, "/healthz")).text == "ok\n"
    assert (await ask(at, "/readyz", 503)).json()["problems"] == {"updates": "no more are taken in for now"}


async def test_killed_after_it_said_200_it_has_lost_nothing(hosted: Hosted, at: str) -> None:  # noqa: F811
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    for _ in range(3):
        for _ in range(2):
            hosted.say("run 1")
        await hosted.telegram.taken()  # each was answered 200, not each was handled
        await hosted.end(signal.SIGKILL)
        await hosted.start()
    hosted.say("/summary")
    await hosted.told("streaks")
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    async with open_store(hosted.url) as store:
        assert (await verify(store, Actor.host()))[1] == []
        reading: Any = (await read_trees(store, Actor.host(hosted.chat.id), datetime.now(UTC).date()))[0]
        assert reading.standing(reading.tree.leaves()[0]).value == 6


async def test_an_address_that_is_taken_is_said_in_one_line(hosted: Hosted, at: str) -> None:  # noqa: F811
    host, _, port = at.partition(":")
    with socket.create_server((host, int(port))):
        await hosted.start()
        status, log = await hosted.outcome()
    assert status == 1
    assert f"not possible to listen on {at}" in log.splitlines()[-1]


# -- settings ----------------------------------------------------------------------------------------------------------

GOOD = {"webhook_url": "https://bot.example.org/telegram", "webhook_secret": "abc_-1"}


def test_a_webhook_as_telegram_takes_it() -> None:
    hook = load(**GOOD).webhook
    assert hook is not None
    assert (hook.url, hook.path, hook.secret) == ("https://bot.example.org/telegram", "/telegram", "abc_-1")
    assert load().webhook is None


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"webhook_secret": None}, "GOALTREE_WEBHOOK_SECRET: it is needed .* openssl rand -hex 32"),
        ({"webhook_secret": "not allowed!"}, "GOALTREE_WEBHOOK_SECRET: use 1 to 256 letters.* openssl rand"),
        ({"webhook_secret": "a" * 257}, "1 to 256"),
        ({"webhook_url": "http://bot.example.org/x"}, "GOALTREE_WEBHOOK_URL: Telegram posts to https only"),
        ({"webhook_url": "bot.example.org"}, "https only"),
        ({"webhook_url": "https://bot.example.org:8080/x"}, "443, 80, 88 and 8443"),
        ({"webhook_url": "https://bot.example.org:x/"}, "such as https"),
        ({"webhook_url": "https://bot.example.org/x?secret=1"}, "leave out"),
        ({"webhook_url": "https://bot.example.org/metrics"}, "/metrics is taken"),
        ({"webhook_url": "https://bot.example.org/{x}"}, "letters, digits"),
        ({"webhook_url": "https://bot.example.org/12:ab", "bot_token": "12:ab"}, "leave the bot token out"),
        ({"webhook_url": "https://bot.example.org/12%3Aab", "bot_token": "12:ab"}, "leave the bot token out"),
        ({"app_url": "http://bot.example.org/app"}, "GOALTREE_APP_URL: Telegram opens https only"),
        ({"app_url": "https://bot.example.org/"}, "such as https://bot.example.org/app"),
        ({"webhook_url": "https://bot.example.org/app"}, "/app is taken"),
        ({"listen": "8080"}, "GOALTREE_LISTEN: use HOST:PORT"),
        ({"metrics_token": "two words"}, "GOALTREE_METRICS_TOKEN: .* openssl rand"),
    ],
)
def test_settings_that_cannot_be_say_what_to_do(settings: dict[str, object], says: str) -> None:
    with pytest.raises(BadSetting, match=says) as refused:
        load(**{**GOOD, **settings})
    assert "not allowed!" not in str(refused.value)


async def test_a_process_that_listens_serves_the_api(hosted: Hosted, at: str) -> None:  # noqa: F811
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    assert (await ask(at, "/api/goal-tree", 401)).json()["code"] == "token_unknown"
    assert (await ask(at, "/api/openapi.json")).json()["openapi"] == "3.1.0"
