"""The features of the bot: those that the handler modules declare as `FEATURE`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from bot import handlers
from bot.feature import Features


@cache
def features() -> Features:
    """All features. A new module among the handlers is found without being listed anywhere."""
    modules = [import_module(f"{handlers.__name__}.{found.name}") for found in iter_modules(handlers.__path__)]
    return Features(module.FEATURE for module in modules if hasattr(module, "FEATURE"))
