"""Buttons as plain values, so that views stay free of Telegram."""

from __future__ import annotations

from collections.abc import Iterable

from bot.telegram.callback import Callback
from core.records import record

MAX_BUTTONS = 100


@record
class Button:
    """One button under a message. A tap brings `data` back."""

    label: str
    data: Callback

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise ValueError("a button needs a label")


@record
class AppButton:
    """A button that opens the Mini App at an address; `is_link`: as a plain link, which groups need."""

    label: str
    url: str
    is_link: bool = False


Keyboard = tuple[tuple[Button | AppButton, ...], ...]
"""Rows of buttons. An empty keyboard removes the buttons of an edited message."""


def rows(buttons: Iterable[Button], width: int = 2) -> Keyboard:
    """Buttons in rows of at most `width`."""
    flat = list(buttons)
    return tuple(tuple(flat[start : start + width]) for start in range(0, len(flat), width))
