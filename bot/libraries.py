"""Imports python-telegram-bot and aiohttp without what they do and goaltree does not need. Whatever imports
either in `bot` imports this first; the process that draws (`bot.pictures`) holds none of them."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


class _Httpx(ModuleType):
    """httpx, loaded when it is used. The library names it in the signatures of its own client, whose place
    `bot.telegram.connections` takes."""

    Proxy = URL = object

    @staticmethod
    def AsyncClient(**options: Any) -> Any:  # noqa: N802
        return import_module("httpx").AsyncClient(**options)

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self.__name__), name)


def _trusting_nobody() -> ssl.SSLContext:
    """For connections that name no certificates, for which aiohttp reads those of the system. All of ours name some."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextmanager
def _standing_in(names: MutableMapping[str, Any], name: str, value: object) -> Iterator[None]:
    """Lets a name mean something else for a while."""
    before = names.get(name)
    names[name] = value
    try:
        yield
    finally:
        if before is None:
            del names[name]
        else:
            names[name] = before


with _standing_in(sys.modules, "httpx", _Httpx("httpx")):
    import telegram.request
with _standing_in(vars(ssl), "create_default_context", _trusting_nobody):
    import aiohttp

# The library guards each attribute of its objects, of which a message has a hundred, by a method in Python: that takes
# as long as all else about reading one. Nothing here changes them.
del telegram.TelegramObject.__setattr__

__all__ = ["aiohttp", "telegram"]
