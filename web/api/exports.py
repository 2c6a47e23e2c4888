"""The export of a chat as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from core.actions.exports import Export, export
from core.tokens import Scope
from web.api.endpoint import JSON, Answer, Call, Endpoint, Nothing
from web.api.shapes import OfOwner

CSV, TEXT = "text/csv", "text/plain"
_TYPES = {
    Export.DOCUMENT: (JSON, "goaltree.json"),
    Export.ENTRIES: (f"{CSV}; charset=utf-8", "entries.csv"),
    Export.PERIODS: (f"{CSV}; charset=utf-8", "periods.csv"),
    Export.OUTLINE: (f"{TEXT}; charset=utf-8", "outline.txt"),
}


class ExportQuery(OfOwner):
    as_: Annotated[Export, Field(alias="as")] = Export.DOCUMENT


async def export_all(call: Call[ExportQuery, Nothing]) -> Answer:
    """Export everything: as a goaltree/1 document, as a sheet of entries or of periods, or the plan as an outline."""
    what = call.query.as_
    content = await export(call.store, call.actor, what, call.now, call.caps)
    media_type, name = _TYPES[what]
    return Answer(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media_type)


ENDPOINTS: Sequence[Endpoint] = (
    Endpoint("GET", "/export", Scope.READ, export_all, ExportQuery, None, files=(JSON, CSV, TEXT)),
)
