"""The event loop of production, as `goaltree run` chooses it, and how seldom it searches for garbage."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def search_seldom() -> None:
    """Searches for garbage as `goaltree run` does once its bot is made."""
    from goaltree.commands import SEARCH  # not for who measures something else beside it

    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCH)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end, on uvloop where it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)
