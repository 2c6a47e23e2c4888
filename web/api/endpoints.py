"""Every endpoint of the API."""

from __future__ import annotations

from web.api import goals, logs, tokens, trees

ENDPOINTS = (*trees.ENDPOINTS, *logs.ENDPOINTS, *goals.ENDPOINTS, *tokens.ENDPOINTS)
