"""The buttons under /export."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from core.actions.exports import Export


class ExportForm(Enum):
    """The kind of export: each is one file, or both sheets."""

    DOCUMENT = "d"
    SHEETS = "s"
    OUTLINE = "o"

    @property
    def files(self) -> tuple[Export, ...]:
        """The files that it comes as."""
        return _FILES[self]


_FILES = {
    ExportForm.DOCUMENT: (Export.DOCUMENT,),
    ExportForm.SHEETS: (Export.ENTRIES, Export.PERIODS),
    ExportForm.OUTLINE: (Export.OUTLINE,),
}


class TakeOut(Callback, prefix="export"):
    """A file is wanted."""

    form: ExportForm
