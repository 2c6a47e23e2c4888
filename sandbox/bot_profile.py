"""The Bot API's methods about the bot itself, all listed in `METHODS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox import checks
from sandbox.entities import units
from sandbox.errors import bad_request
from sandbox.objects import Json
from sandbox.params import Params
from sandbox.world import World


def get_me(world: World, params: Params) -> Json:
    rights = {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": world.profile.has_main_app,
    }
    return {**world.bot.json(), **rights}


def set_my_commands(world: World, params: Params) -> bool:
    commands = checks.commands(params.json("commands"))
    world.profile.set_commands(params.json("scope"), params.text("language_code"), commands)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    return world.profile.commands_for(params.json("scope"), params.text("language_code"))


def delete_my_commands(world: World, params: Params) -> bool:
    world.profile.delete_commands(params.json("scope"), params.text("language_code"))
    return True


def _set_words(field: str, shelf: str, most: int) -> Callable[[World, Params], bool]:
    def call(world: World, params: Params) -> bool:
        if units(params.text(field)) > most:
            raise bad_request(f"BOT_{field.upper()}_INVALID")
        getattr(world.profile, shelf)[params.text("language_code")] = params.text(field)
        return True

    return call


def _get_words(field: str, shelf: str) -> Callable[[World, Params], Json]:
    def call(world: World, params: Params) -> Json:
        words = getattr(world.profile, shelf)
        return {field: words.get(params.text("language_code"), words.get("", ""))}

    return call


def set_chat_menu_button(world: World, params: Params) -> bool:
    world.profile.menu_buttons[params.number("chat_id")] = params.json("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    return world.profile.menu_buttons.get(params.number("chat_id"), {"type": "commands"})


METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getme": get_me,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmydescription": _set_words("description", "descriptions", 512),
    "getmydescription": _get_words("description", "descriptions"),
    "setmyshortdescription": _set_words("short_description", "short_descriptions", 120),
    "getmyshortdescription": _get_words("short_description", "short_descriptions"),
    "setmyname": _set_words("name", "names", 64),
    "getmyname": _get_words("name", "names"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
}
