"""Liveness and readiness, for load balancers and supervisors."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from core.ports.store import StoreUnavailable
from web.remembered import Remembered

logger = logging.getLogger(__name__)

PATIENCE = 3.0
"""The longest time for one check, in seconds."""
FRESH = 1.0
"""Seconds for which a result is reused, so that frequent probes do not load the database."""

Check = Callable[[], Awaitable[str | None]]
"""A check's fault in a few words; None if there is none."""


async def alive(request: Request) -> Response:
    """Answer 200: the event loop runs."""
    return PlainTextResponse("ok\n")


class Readiness:
    """Answers 200 if all checks pass, otherwise 503 with their faults."""

    def __init__(self, checks: Mapping[str, Check], patience: float = PATIENCE, fresh: float = FRESH) -> None:
        self._checks = checks
        self._patience = patience
        self._problems = Remembered(self._look, fresh)

    async def answer(self, request: Request) -> Response:
        """The result as JSON."""
        problems = await self._problems()
        return JSONResponse({"ready": not problems, "problems": problems}, 503 if problems else 200)

    async def _look(self) -> dict[str, str]:
        results = await asyncio.gather(*(self._one(name, check) for name, check in self._checks.items()))
        return {name: problem for name, problem in zip(self._checks, results, strict=True) if problem is not None}

    async def _one(self, name: str, check: Check) -> str | None:
        try:
            async with asyncio.timeout(self._patience):
                return await check()
        except TimeoutError:
            return "does not answer"
        except StoreUnavailable as error:
            return f"cannot be used: {error}"
        except Exception as error:
            logger.warning("check %s failed: %s", name, type(error).__name__)
            return "cannot be used"
