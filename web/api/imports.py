"""File imports: a preview, and the import once it is confirmed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field

from core.actions.documents import Imported, import_document
from core.actions.imports import import_from_app, own_names
from core.actions.read import read_owner
from core.errors import RequestRefused
from core.importing import DateOrder, Options, Understood, understand
from core.importing.limits import MOST_BYTES
from core.importing.preview import Example, Preview, preview_of
from core.tokens import Scope
from language.previews import remark_lines
from language.state_words import state_words
from web.api import plan_answers
from web.api.endpoint import Answer, Call, Endpoint, Nothing
from web.api.planting import first_check_in
from web.api.shapes import OfOwner
from web.json.values import number


class FileQuery(OfOwner):
    """`dates`: the order of day, month and year in a sheet, if it is ambiguous."""

    dates: DateOrder | None = None


class ImportQuery(FileQuery):
    """`digest` is the preview's digest, which guarantees that the previewed file is imported. New goals go below the
    goal with the key `below`, or into a vision of their own."""

    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    below: Annotated[str, Field(max_length=100)] | None = None


async def preview_import(call: Call[FileQuery, Nothing]) -> Answer:
    """Preview a file of another app, a spreadsheet or goaltree. Nothing is written."""
    file = await _understood(call)
    preview = preview_of(await asyncio.to_thread(file.parsed, call.caps))
    return Answer(_preview(call, file, preview))


async def import_file(call: Call[ImportQuery, Nothing]) -> Answer:
    """Import a previewed file as a whole, or nothing of it. Importing the same file again changes nothing."""
    if _digest(call) != call.query.digest:
        raise RequestRefused("another_file")
    file = await _understood(call)
    wanted = await asyncio.to_thread(file.parsed, call.caps)
    if file.is_own:
        done = await import_document(call.store, call.actor, wanted, call.now, call.caps)
    else:
        below = call.query.below
        done = await import_from_app(call.store, call.actor, wanted, call.now, below=below, caps=call.caps)
    owner = await read_owner(call.store, call.actor)  # the import may have changed it
    return Answer({**_imported(done), "firstCheckIn": await first_check_in(call, done.trees, owner)})


async def _understood(call: Call[Any, Any]) -> Understood:
    owner = await read_owner(call.store, call.actor)
    # A large file takes a second or two; in a thread it does not delay other requests.
    names = await own_names(call.store, call.actor)
    options = Options(ZoneInfo(owner.timezone), call.query.dates, call.caps.document_entries, state_words(), names)
    return await asyncio.to_thread(understand, call.raw, options)


def _digest(call: Call[Any, Any]) -> str:
    return hashlib.sha256(call.raw).hexdigest()


def _preview(call: Call[Any, Any], file: Understood, counts: Preview) -> dict[str, object]:
    return {
        "digest": _digest(call),
        "app": file.app,
        "goals": list(counts.titles),
        "ended": counts.ended,
        "from": counts.first and counts.first.isoformat(),
        "to": counts.last and counts.last.isoformat(),
        "ticks": counts.ticks,
        "numbers": counts.numbers,
        "skips": counts.skips,
        "notes": counts.notes,
        "reminders": counts.reminders,
        "examples": [_example(one) for one in counts.examples],
        "remarks": remark_lines(file.remarks, call.words),
    }


def _example(one: Example) -> dict[str, object]:
    return {
        "goal": one.title,
        "date": one.entry.on.isoformat(),
        "value": number(one.entry.value),
        "unit": one.unit,
        "skipped": one.entry.skipped,
        "note": one.entry.note,
    }


def _imported(done: Imported) -> dict[str, object]:
    return {
        "unchanged": done.unchanged,
        "visions": [{"id": str(tree.vision.id), "title": tree.vision.title} for tree in done.trees],
        "goalsAdded": done.nodes_added,
        "goalsChanged": done.nodes_changed,
        "entriesAdded": done.entries_added,
        "pausesAdded": done.pauses_added,
        "remindersChanged": done.reminders_changed,
        "settingsChanged": done.settings_changed,
        "leftOut": done.left_out,
    }


ENDPOINTS: Sequence[Endpoint] = (
    Endpoint(
        "POST",
        "/imports/preview",
        Scope.PLAN,
        preview_import,
        FileQuery,
        plan_answers.ImportPreview,
        takes_file=MOST_BYTES,
    ),
    Endpoint("POST", "/imports", Scope.PLAN, import_file, ImportQuery, plan_answers.ImportDone, takes_file=MOST_BYTES),
)
