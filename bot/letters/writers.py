"""Who words which kind of scheduled message."""

from __future__ import annotations

from collections.abc import Mapping

from bot.letters import Writer
from core.reminders import MessageKind

WRITERS: Mapping[MessageKind, Writer] = {}
