"""The paths of the HTTP front."""

from __future__ import annotations

HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
API = "/api"
RESERVED = frozenset({HEALTH, READINESS, METRICS})
"""Paths that a webhook cannot have."""
