"""The ways into the Mini App: a menu button, a button under /start and /tree, and a link in groups."""

from __future__ import annotations

from typing import Any

from core.start_param import group_in
from tests.bot.conftest import Said, Stage, Talk

URL = "https://bot.example.org/app"


def app_buttons(said: list[Said]) -> list[dict[str, Any]]:
    """The buttons that lead to the app."""
    rows = said[0].raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "web_app" in button or "url" in button]


async def with_goals(talk: Talk) -> None:
    """A person who has started the bot."""
    await talk.say("/start")
    await talk.say("Berlin")
    await talk.say("/plan Fit\n  W: A good week\n    D: Run = 5 km")


async def test_a_private_chat_opens_the_app_by_buttons(stage: Stage) -> None:
    await stage.restart(app_url=URL)
    chat = stage.talk("Anna")
    await with_goals(chat)
    for command in ("/start", "/tree", "/tree run"):
        [button] = app_buttons(await chat.say(command))
        assert (button["text"], button["web_app"]) == ("📱 Open the app", {"url": URL})
    await chat.say("/tree")
    [button] = app_buttons(await chat.tap("A good week"))
    assert button["web_app"] == {"url": URL}
    await stage.quiet()
    assert stage.world.profile.menu_buttons[0] == {"type": "web_app", "text": "Goals", "web_app": {"url": URL}}


async def test_a_group_opens_it_by_a_link_that_names_the_group(stage: Stage) -> None:
    await stage.restart(app_url=URL)
    group = stage.group("Friends", "Anna")
    await with_goals(group)
    assert app_buttons(await group.say("/tree")) == []
    stage.world.profile.has_main_app = True
    await stage.restart()
    [button] = app_buttons(await group.say("/tree"))
    address, _, param = button["url"].partition("?startapp=")
    assert address == "https://t.me/goaltree_bot"
    assert group_in(param, stage.telegram.token) == group.chat_id


async def test_without_an_app_the_chat_does_not_speak_of_one(stage: Stage, chat: Talk) -> None:
    await with_goals(chat)
    assert app_buttons(await chat.say("/tree")) == []
    await stage.quiet()
    assert stage.world.profile.menu_buttons[0] == {"type": "default"}
