"""The buttons under /export."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback
from core.actions.exports import Export


class ExportForm(Enum):
    """The form of an export: one file, or both sheets."""

    DOCUMENT = "d"
    SHEETS = "s"
    OUTLINE = "o"

    @property
    def files(self) -> tuple[Export, ...]:
        """The files of this form."""
        return _FILES[self]


_FILES = {
    ExportForm.DOCUMENT: (Export.DOCUMENT,),
    ExportForm.SHEETS: (Export.ENTRIES, Export.PERIODS),
    ExportForm.OUTLINE: (Export.OUTLINE,),
}


class TakeOut(Callback, prefix="export"):
    """Sends an export."""

    form: ExportForm
