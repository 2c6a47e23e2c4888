"""Every endpoint of the API."""

from __future__ import annotations

from web.api import calendar, exports, goals, hooks, imports, logs, pauses, tokens, trees, why

ENDPOINTS = (
    *trees.ENDPOINTS,
    *logs.ENDPOINTS,
    *goals.ENDPOINTS,
    *pauses.ENDPOINTS,
    *exports.ENDPOINTS,
    *imports.ENDPOINTS,
    *hooks.ENDPOINTS,
    *calendar.ENDPOINTS,
    *tokens.ENDPOINTS,
    *why.ENDPOINTS,
)
