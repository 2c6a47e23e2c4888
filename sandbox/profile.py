"""The bot's profile: commands, descriptions, menu buttons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.objects import Json


def _scope(scope: Any, language: str) -> str:
    return json.dumps([scope or {"type": "default"}, language], sort_keys=True)


@dataclass
class Profile:
    """The bot's description of itself at Telegram."""

    commands: dict[str, list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    has_main_app: bool = False

    def set_commands(self, scope: Any, language: str, commands: list[Json]) -> None:
        """Set the commands for a scope (`BotCommandScope`, "default" if None) and a language."""
        self.commands[_scope(scope, language)] = commands

    def commands_for(self, scope: Any = None, language: str = "") -> list[Json]:
        """The commands for exactly this scope and language."""
        return self.commands.get(_scope(scope, language), [])

    def delete_commands(self, scope: Any, language: str) -> None:
        """Remove a list of commands."""
        self.commands.pop(_scope(scope, language), None)
