"""The form of a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Sentences: TypeAlias = Mapping[str, str | tuple[str, str]]
"""Sentences by code. A pair is one for a `count` of one and one for more."""
