"""The buttons of /settings. Settings go by the words that may be typed behind the command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.telegram.callback import Callback, text


class Setting(StrEnum):
    """What a button may set."""

    DAY = "day"
    WEEK = "week"
    LANGUAGE = "language"
    QUIET = "quiet"
    NUDGE = "nudge"
    DIGESTS = "digests"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ROUND = "round"
    DEADLINE = "deadline"
    BOARD = "board"
    PLAN = "plan"


@dataclass(frozen=True)
class ShowSettings(Callback):
    """Goes back to all settings."""

    prefix = "set:back"


@dataclass(frozen=True)
class ChangeZone(Callback):
    """Asks for the time zone."""

    prefix = "set:zone"


@dataclass(frozen=True)
class OpenSetting(Callback):
    """Shows what a setting may be."""

    prefix = "set"
    setting: Setting


@dataclass(frozen=True)
class Set(Callback):
    """Gives a setting a value, in the words that could be typed."""

    prefix = "set"
    setting: Setting
    value: Annotated[str, text(30)]
