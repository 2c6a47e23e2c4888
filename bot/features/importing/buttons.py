"""The answers to a file that was sent. They carry the `word` of their question."""

from __future__ import annotations

from typing import Annotated

from bot.telegram.callback import Callback, text
from bot.telegram.question import Question
from core.importing import DateOrder

Word = Annotated[str, text(16)]


class OrderOfDates(Callback, prefix="file:dates"):
    """Chooses the order of a sheet's dates."""

    order: DateOrder
    word: Word


class BringIn(Callback, prefix="file:in"):
    """Imports the file: below a goal, or as a vision of its own."""

    below: int | None
    word: Word


class LeaveFile(Callback, prefix="file:no"):
    """Drops the file."""

    word: Word


class FileSent(Question, name="file"):
    """Is this file to be imported, and where? Telegram keeps the file itself."""

    word: str
    file_id: str
    dates: str | None = None
