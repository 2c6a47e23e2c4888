"""Reads files of other habit apps, and sheets, as goaltree/1 documents: bytes in, a document and remarks out, no I/O.

`understand` recognises the app, reads the file and returns a document that `core.actions.documents` imports like any
other: checked, and all or nothing. Keys are made of the app and the habit's id or name, so importing the same file
again changes nothing. Figures that an app computed never become entries, and an unknown answer never becomes a no.
"""

from __future__ import annotations

from core.importing.options import DateOrder, Options, StateWords
from core.importing.reading import Remark
from core.importing.understood import Understood

__all__ = ["DateOrder", "Options", "Remark", "StateWords", "Understood", "understand"]


def understand(raw: bytes, options: Options | None = None) -> Understood:
    """The document for a file of any known app; a goaltree/1 document is returned as it is. Raises ImportRefused with
    the reason or, for `dates_ambiguous`, the question."""
    from core.importing.recognising import recognised  # every format, which most processes never need

    return recognised(raw, options or Options())
