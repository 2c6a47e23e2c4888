"""Every endpoint of the API."""

from __future__ import annotations

from web.api import (
    adding,
    board,
    calendar,
    charts,
    exports,
    goals,
    hooks,
    imports,
    logs,
    pauses,
    plans,
    terms,
    tokens,
    trees,
    why,
)

ENDPOINTS = (
    *trees.ENDPOINTS,
    *logs.ENDPOINTS,
    *goals.ENDPOINTS,
    *plans.ENDPOINTS,
    *pauses.ENDPOINTS,
    *adding.ENDPOINTS,
    *terms.ENDPOINTS,
    *charts.ENDPOINTS,
    *board.ENDPOINTS,
    *exports.ENDPOINTS,
    *imports.ENDPOINTS,
    *hooks.ENDPOINTS,
    *calendar.ENDPOINTS,
    *tokens.ENDPOINTS,
    *why.ENDPOINTS,
)
