"""What a user can do, a room each: commands, buttons and conversations.

A module may have COMMANDS (name → handler), CALLBACKS (first word of the callback data → handler), STATES (name of a
conversation's state → handler of the next words) and EDITS (command, or "" for plain words → handler of an edit).
"""

import importlib
from importlib.util import find_spec
from types import ModuleType

NAMES = ("start", "zone", "help", "log", "undo", "tree", "summary", "streaks", "plan", "settings", "export")
MODULES: tuple[ModuleType, ...] = tuple(
    importlib.import_module(f"bot.handlers.{name}") for name in NAMES if find_spec(f"bot.handlers.{name}")
)
