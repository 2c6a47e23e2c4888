"""The commands that read or change goals in an open store."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.actions import cache, documents, read
from core.actions.exports import Export, export
from core.actions.imports import import_from_app
from core.caps import UNCAPPED
from core.goals.model import Owner, OwnerType
from core.group.permissions import Actor, Via
from core.importing import DateOrder, Options, understand
from core.importing.preview import preview_of
from core.planning.plan import plan_of
from core.ports.store import Store
from goaltree.errors import BadUse, Failure
from goaltree.json_views import status_json
from goaltree.opening import opened
from goaltree.settings import Settings
from goaltree.text_views import status_text, summary_text, tree_text
from language.i18n import SOURCE, words
from language.previews import number_hints, preview_lines, remark_lines
from language.state_words import state_words
from web.json.summary import summary_json
from web.json.tree import tree_json

LOCAL_CHAT = 0
"""The chat id of the owner that an import into an empty database creates."""


async def act(arguments: argparse.Namespace, settings: Settings) -> int:
    """Open the store of the settings, carry out a command on it, and return the exit status."""
    if arguments.command != "import" and not _is_there(settings):
        raise BadUse(f"{_known([])} No database is at {settings.database_file}.")
    async with opened(settings) as store:
        if arguments.command == "import":
            return await _import(store, arguments, settings.caps.document_entries)
        return await _COMMANDS[arguments.command](store, arguments)


def _is_there(settings: Settings) -> bool:
    """Whether there is a database: looking at it must not create one."""
    return settings.database_url is not None or settings.database_file.exists()


async def _owner(store: Store, chat_id: int | None) -> Owner:
    owners = await store.read(lambda tx: tx.owners.all())
    if chat_id is not None:
        for owner in owners:
            if owner.chat_id == chat_id:
                return owner
        raise BadUse(f"There is no chat {chat_id} here. {_known(owners)}")
    if not owners:
        raise BadUse(_known(owners))
    if len(owners) != 1:
        raise BadUse(f"Say whose trees with --owner CHAT_ID. {_known(owners)}")
    return owners[0]


def _known(owners: list[Owner]) -> str:
    if not owners:
        return "Nobody has spoken to the bot and nothing was imported yet."
    ids = ", ".join(f"{owner.chat_id} ({owner.title})" if owner.title else str(owner.chat_id) for owner in owners[:10])
    return f"Known chats: {ids}{' …' if len(owners) > 10 else ''}."


def _now() -> datetime:
    return datetime.now(UTC)


def _document(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadUse(f"{file} cannot be read: {error.strerror}.") from None


async def _import(store: Store, arguments: argparse.Namespace, most_of_an_app: int) -> int:
    """Import a file: a document of any size, or up to so many entries of another app's file or a sheet."""
    raw = _document(arguments.file)
    chat_id, known = await _importer(store, arguments.owner)
    dates = DateOrder(arguments.dates) if arguments.dates else None
    zone = ZoneInfo(known.timezone if known else "UTC")
    file = understand(raw, Options(zone, dates, most_of_an_app, state_words()))
    # A refused file must not create an owner.
    parsed = file.parsed(UNCAPPED)
    w = words(SOURCE)
    if arguments.preview:
        print("\n".join([*preview_lines(file.app, preview_of(parsed), w), *remark_lines(file.remarks, w)]))
        return 0
    owner = known or await _new_owner(store, chat_id)
    actor = _host(owner.chat_id)
    if file.is_own:
        done = await documents.import_document(store, actor, parsed, _now(), UNCAPPED)
    else:
        done = await import_from_app(store, actor, parsed, _now(), below=arguments.below, caps=UNCAPPED)
    _tell(done, remark_lines(file.remarks, w))
    return 0


async def _importer(store: Store, wanted: int | None) -> tuple[int, Owner | None]:
    """(the chat that imports the file, its owner if there is one). Without any owner it is the local chat. Raises
    `BadUse` if there are several and none was named."""
    owners = await store.read(lambda tx: tx.owners.all())
    if wanted is None and owners:
        owner = await _owner(store, None)
        return owner.chat_id, owner
    chat_id = LOCAL_CHAT if wanted is None else wanted
    return chat_id, next((owner for owner in owners if owner.chat_id == chat_id), None)


def _tell(done: documents.Imported, remarks: Sequence[str]) -> None:
    """Print what an import did."""
    if done.unchanged:
        print("Everything in it was here already: nothing changed.")
        return
    reminded = "; its reminders taken over" if done.reminders_changed else ""
    print(
        f"{len(done.trees)} vision(s): {done.nodes_added} goal(s) added, {done.nodes_changed} changed; "
        f"{done.entries_added} entries added{reminded}."
    )
    print("".join(f"{line}\n" for line in remarks), end="")
    for hint in number_hints([plan_of(tree) for tree in done.trees], words(SOURCE), _now().date()):
        print(hint, file=sys.stderr)


async def _new_owner(store: Store, chat_id: int) -> Owner:
    kind = OwnerType.LOCAL if chat_id == LOCAL_CHAT else OwnerType.PRIVATE if chat_id > 0 else OwnerType.GROUP
    return await store.write(lambda tx: tx.owners.add(chat_id, kind, "", SOURCE, _now()))


async def _export(store: Store, arguments: argparse.Namespace) -> int:
    actor = _host((await _owner(store, arguments.owner)).chat_id)
    for what, path in _files(arguments):
        content = await export(store, actor, what, _now(), UNCAPPED)
        if path is None:
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
            continue
        try:
            path.write_bytes(content)
        except OSError as error:
            raise Failure(f"{path} cannot be written: {error.strerror}.") from error
        print(f"Written to {path}: {len(content)} bytes.")
    if arguments.csv and arguments.output is None:
        print("These are the entries. With --output FILE.csv there is a sheet of periods beside them.", file=sys.stderr)
    return 0


def _files(arguments: argparse.Namespace) -> list[tuple[Export, Path | None]]:
    """The texts to write and their files; None is standard output."""
    to: Path | None = arguments.output
    if not arguments.csv:
        return [(Export.OUTLINE if arguments.outline else Export.DOCUMENT, to)]
    if to is None:
        return [(Export.ENTRIES, None)]
    if to.is_dir():
        return [(Export.ENTRIES, to / Export.ENTRIES.value), (Export.PERIODS, to / Export.PERIODS.value)]
    return [(Export.ENTRIES, to), (Export.PERIODS, to.with_name(f"{to.stem}-periods{to.suffix or '.csv'}"))]


async def _show(store: Store, arguments: argparse.Namespace) -> int:
    owner = await _owner(store, arguments.owner)
    on = arguments.on or read.today_of(owner, _now())
    if arguments.command == "tree":
        readings = await read.read_trees(store, _host(owner.chat_id), on)
        print(_dump(tree_json(readings)) if arguments.json else tree_text(readings))
    else:
        summary = await read.read_summary(store, _host(owner.chat_id), on)
        print(_dump(summary_json(summary)) if arguments.json else summary_text(summary))
    return 0


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str)


def _host(chat_id: int | None) -> Actor:
    return Actor.host(chat_id, Via.COMMAND_LINE)


async def _chat_id(store: Store, arguments: argparse.Namespace) -> int | None:
    return None if arguments.owner is None else (await _owner(store, arguments.owner)).chat_id


async def _verify(store: Store, arguments: argparse.Namespace) -> int:
    visions, differing = await cache.verify(store, _host(await _chat_id(store, arguments)))
    if arguments.json:
        print(_dump({"visions": visions, "differences": [asdict(item) for item in differing]}))
    elif differing:
        for item in differing:
            when = item.start.isoformat() if item.start else "streak"
            print(f"{item.title} ({when}): stored {item.cached}, the entries say {item.computed}")
        print(f"{len(differing)} difference(s) in {visions} vision(s). Repair them with: goaltree rebuild")
    else:
        print(f"{visions} vision(s) verified: every figure is what the entries say.")
    return 1 if differing else 0


async def _rebuild(store: Store, arguments: argparse.Namespace) -> int:
    repaired = await cache.rebuild(store, _host(await _chat_id(store, arguments)))
    if arguments.json:
        print(_dump({"repaired": [asdict(item) for item in repaired]}))
    else:
        print(f"Rebuilt. {len(repaired)} figure(s) repaired." if repaired else "Rebuilt. Every figure was right.")
    return 0


async def _status(store: Store, arguments: argparse.Namespace) -> int:
    now = _now()
    counts, notes = await store.read(lambda tx: (tx.statistics.counts(now), tx.journal.all()))
    print(_dump(status_json(counts, notes)) if arguments.json else status_text(counts, notes, now))
    return 0


_COMMANDS: dict[str, Callable[[Store, argparse.Namespace], Awaitable[int]]] = {
    "export": _export,
    "tree": _show,
    "summary": _show,
    "status": _status,
    "verify": _verify,
    "rebuild": _rebuild,
}
