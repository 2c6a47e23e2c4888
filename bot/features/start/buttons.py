"""The buttons for a time zone and an example."""

from __future__ import annotations

from typing import Annotated

from bot.telegram.callback import Callback, text


class AskZone(Callback, prefix="zone:ask"):
    """Asks for the zone again."""


class ChooseZone(Callback, prefix="zone"):
    """Chooses a zone by its IANA name."""

    zone: Annotated[str, text(40)]


class ShowExample(Callback, prefix="example"):
    """Shows a whole tree to copy."""
