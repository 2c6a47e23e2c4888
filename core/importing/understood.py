"""A file that was read, whatever app it comes from."""

from __future__ import annotations

from collections.abc import Mapping

from core.caps import CAPS, Caps
from core.importing.reading import Remark
from core.planning.document import Document, parse_document
from core.records import record

OWN = "goaltree"


@record
class Understood:
    """A file that was read: `document` is goaltree/1, still unchecked, as bytes or parsed JSON; `app` is its origin
    (`OWN`: it was a document already). `remarks` say what was left out or changed, and why."""

    app: str
    document: bytes | Mapping[str, object]
    remarks: tuple[Remark, ...] = ()

    def parsed(self, caps: Caps = CAPS) -> Document:
        """The document, checked. Its size is limited here only if it was a document already. Raises InvalidPlan."""
        return parse_document(self.document, caps)

    @property
    def is_own(self) -> bool:
        """Whether the file was a goaltree document already."""
        return self.app == OWN
