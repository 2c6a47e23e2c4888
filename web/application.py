"""The routes of the HTTP server."""

from __future__ import annotations

import hmac

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from web.api.application import Api, api_application
from web.app.serving import MiniApp
from web.metrics import CONTENT_TYPE, Metrics
from web.paths import API, HEALTH, METRICS, READINESS
from web.probes import Readiness, alive
from web.webhook import Webhook


def application(
    readiness: Readiness,
    metrics: Metrics,
    *,
    metrics_token: str | None = None,
    webhook: Webhook | None = None,
    webhook_path: str = "/",
    api: Api | None = None,
) -> Starlette:
    """The application. It has metrics only with a token, a webhook only if one is given, and the Mini App only with the
    API."""
    routes: list[BaseRoute] = [
        Route(HEALTH, alive, methods=["GET"]),
        Route(READINESS, readiness.answer, methods=["GET"]),
    ]
    if metrics_token:
        routes.append(Route(METRICS, _Guarded(metrics, metrics_token).answer, methods=["GET"]))
    if webhook is not None:
        routes.append(Route(webhook_path, webhook.answer, methods=["POST"]))
    if api is not None:
        routes += [Mount(API, api_application(api)), *MiniApp().routes]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return app


class _Guarded:
    """Metrics behind a token."""

    def __init__(self, metrics: Metrics, token: str) -> None:
        self._metrics = metrics
        self._expected = f"Bearer {token}".encode()

    async def answer(self, request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, self._expected):
            return PlainTextResponse("", 401, {"WWW-Authenticate": "Bearer"})
        return Response(await self._metrics.text(), media_type=CONTENT_TYPE)
