"""The profile that the bot has given to Telegram: commands, descriptions, menu buttons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.objects import Json


def _scope(scope: Any, language: str) -> str:
    return json.dumps([scope or {"type": "default"}, language], sort_keys=True)


@dataclass
class Profile:
    """The bot's page."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    has_main_app: bool = False

    def set_commands(self, scope: Any, language: str, commands: list[Json]) -> None:
        """List the commands for a scope (`BotCommandScope`, default if none) and a language."""
        self.commands[_scope(scope, language)] = commands

    def commands_for(self, scope: Any = None, language: str = "") -> list[Json]:
        """The commands of exactly that scope and language."""
        return self.commands.get(_scope(scope, language), [])

    def delete_commands(self, scope: Any, language: str) -> None:
        """Take a list back."""
        self.commands.pop(_scope(scope, language), None)
