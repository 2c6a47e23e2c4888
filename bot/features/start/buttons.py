"""The buttons for a time zone, and the two questions at the beginning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.telegram.callback import Callback, text


@dataclass(frozen=True)
class AskZone(Callback):
    """Asks for the zone again."""

    prefix = "zone:ask"


@dataclass(frozen=True)
class ChooseZone(Callback):
    """Takes a zone by its IANA name."""

    prefix = "zone"
    zone: Annotated[str, text(40)]


@dataclass(frozen=True)
class ShowExample(Callback):
    """Shows a whole tree to copy."""

    prefix = "example"
