"""Reads files of other habit apps, and sheets, as goaltree/1 documents: bytes in, a document and remarks out, no I/O.

`understand` recognises the app, reads the file and returns a document that `core.actions.documents` imports like any
other: checked, and all or nothing. Keys are made of the app and the habit's id or name, so importing the same file
again changes nothing. Figures that an app computed never become entries, and an unknown answer never becomes a no.
"""

from __future__ import annotations

from core.importing.options import DateOrder, Options, StateWords
from core.importing.reading import Remark
from core.importing.recognising import Understood, understand

__all__ = ["DateOrder", "Options", "Remark", "StateWords", "Understood", "understand"]
