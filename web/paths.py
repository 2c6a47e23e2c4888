"""The paths of the HTTP front."""

from __future__ import annotations

HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
API = "/api"
APP = "/app"
RESERVED = frozenset({HEALTH, READINESS, METRICS, APP})
"""Paths that the webhook must not use."""
