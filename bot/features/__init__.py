"""The bot's features, one folder each; their modules declare them as `FEATURE`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from bot.telegram.feature import Features


@cache
def features() -> Features:
    """All features. A new module in one of the folders is discovered, not listed."""
    modules = [import_module(info.name) for info in walk_packages(__path__, f"{__name__}.")]
    return Features(module.FEATURE for module in modules if hasattr(module, "FEATURE"))
