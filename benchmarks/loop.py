"""The event loop of production, and its rare garbage collection, as in `goaltree run`."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def search_seldom() -> None:
    """Collect garbage as rarely as `goaltree run` does once its bot is made."""
    from goaltree.commands import SEARCH  # imported here, for benchmarks that must not load it

    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEARCH)


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, on uvloop if it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)
