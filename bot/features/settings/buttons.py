"""The buttons of /settings. A setting's name is the word that may be typed after the command."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from bot.telegram.callback import Callback, text


class Setting(StrEnum):
    """The settings that a button may set."""

    DAY = "day"
    WEEK = "week"
    LANGUAGE = "language"
    QUIET = "quiet"
    NUDGE = "nudge"
    DIGESTS = "digests"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ROUND = "round"
    DEADLINE = "deadline"
    BOARD = "board"
    PLAN = "plan"


class ShowSettings(Callback, prefix="set:back"):
    """Goes back to all settings."""


class ChangeZone(Callback, prefix="set:zone"):
    """Asks for the time zone."""


class OpenSetting(Callback, prefix="set"):
    """Shows the choices for a setting."""

    setting: Setting


class ChooseSetting(Callback, prefix="set"):
    """Sets a value, in words that could be typed."""

    setting: Setting
    value: Annotated[str, text(30)]
