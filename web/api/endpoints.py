"""Every endpoint of the API."""

from __future__ import annotations

from web.api import logs, tokens, trees

ENDPOINTS = (*trees.ENDPOINTS, *logs.ENDPOINTS, *tokens.ENDPOINTS)
