"""The type of a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Sentences: TypeAlias = Mapping[str, str | tuple[str, str]]
"""Sentences by code. A pair is the singular and the plural for a `count`."""
