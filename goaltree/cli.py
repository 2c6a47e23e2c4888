"""The command line (design.md §5): parse, one action, print. Exit status 2 for wrong usage or input, 1 for failures."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from collections.abc import Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goaltree.errors import BadUse, Failure
from goaltree.roles import ProcessRole

if TYPE_CHECKING:
    from goaltree.settings import Settings

logger = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Any:
        self.exit(2, f"{self.prog}: {message}. See: {self.prog} --help\n")


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text[:40]}” is no date: use one such as 2026-11-23") from None
    if not 1900 <= day.year < 2900:
        raise argparse.ArgumentTypeError(f"{day} is too far away: use a date such as 2026-11-23")
    return day


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = _Parser(prog="goaltree", description="Goals as a tree, in Telegram: every tick rolls up to the vision.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)

    chat = commands.add_parser("chat", help="talk to the bot here, on a local Telegram (no token needed)")
    chat.add_argument("--data", type=Path, metavar="DIR", help="keep the data here (default: a temporary folder)")
    chat.add_argument("--port", type=int, metavar="N", help="where the chat in the browser is (default: a free port)")
    running = commands.add_parser("run", help="run the bot and its scheduler (needs GOALTREE_BOT_TOKEN)")
    running.add_argument(
        "--role",
        choices=[role.value for role in ProcessRole],
        default=ProcessRole.ALL.value,
        help="of several processes: web answers people, scheduler sends what is due (default: all)",
    )
    commands.add_parser("migrate", help="bring the database to this version")

    bring = commands.add_parser("import", help="bring in a goaltree document, another app's export or a sheet")
    bring.add_argument("file", metavar="FILE", help="the file; - for standard input")
    bring.add_argument("--preview", action="store_true", help="say what it holds, and write nothing")
    bring.add_argument("--below", metavar="KEY", help="put new goals below this one (default: a vision of their own)")
    bring.add_argument(
        "--dates", choices=["dmy", "mdy", "ymd"], help="the order of day, month and year in a sheet, where it is unsure"
    )
    _owner(bring)
    take = commands.add_parser("export", help="write all trees and entries as a goaltree/1 document")
    form = take.add_mutually_exclusive_group()
    form.add_argument(
        "--csv",
        action="store_true",
        help="as sheets for spreadsheets: the entries in FILE.csv and the periods in FILE-periods.csv, or both in a "
        "folder; on standard output the entries alone",
    )
    form.add_argument("--outline", action="store_true", help="the plan alone, as an outline")
    take.add_argument("--output", type=Path, metavar="FILE", help="where to (default: standard output)")
    _owner(take)

    for name, text in (("tree", "show the trees with their progress"), ("summary", "show a day's summary")):
        look = commands.add_parser(name, help=text)
        _owner(look)
        look.add_argument("--on", type=_day, metavar="DATE", help="as seen on that day (default: the owner's today)")
        look.add_argument("--json", action="store_true", help="as JSON")

    for name, text in (
        ("verify", "compare every cached figure with the entries"),
        ("rebuild", "compute every cached figure anew from the entries"),
    ):
        check = commands.add_parser(name, help=text)
        _owner(check)
        check.add_argument("--json", action="store_true", help="as JSON")

    status = commands.add_parser("status", help="show how much there is and how the bot is doing")
    status.add_argument("--json", action="store_true", help="as JSON")

    backup = commands.add_parser("backup", help="copy the database to a file, while it is in use")
    backup.add_argument(
        "path", type=Path, metavar="PATH", help="the new file; ending in .jsonl or .jsonl.gz: one for any database"
    )
    restore = commands.add_parser("restore", help="fill an empty database from a backup")
    restore.add_argument("file", type=Path, metavar="FILE", help="what `goaltree backup` has written")
    copy = commands.add_parser("copy-to", help="move to another database, such as PostgreSQL, and prove it equal")
    copy.add_argument("url", metavar="URL", help="postgresql+asyncpg://USER:PASSWORD@HOST/DATABASE, empty and migrated")
    doctor = commands.add_parser("doctor", help="look at settings, disk, database and Telegram; say what to do")
    doctor.add_argument("--json", action="store_true", help="as JSON")
    return top


def _owner(command: argparse.ArgumentParser) -> None:
    command.add_argument("--owner", type=int, metavar="CHAT_ID", help="whose trees (may be left out if there is one)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    arguments = parser().parse_args(argv)
    # Imports are delayed until a command needs them, so that --help and mistakes answer at once.
    from goaltree import commands

    gc.set_threshold(*commands.SEARCH)
    from core.errors import GoaltreeError
    from goaltree.logs import secrets_of, set_up
    from goaltree.settings import BadSetting

    if arguments.command == "doctor":
        from goaltree.doctor import doctor

        # The doctor reports invalid settings as one of its findings.
        return _run(doctor(as_json=arguments.json))
    try:
        settings = _settings(arguments)
    except BadSetting as error:
        print(f"goaltree: {_one_line(str(error))}", file=sys.stderr)
        return 2
    set_up(settings)
    try:
        return _run(commands.command(arguments, settings))
    except (BadUse, BadSetting) as error:
        print(f"goaltree: {_one_line(str(error))}", file=sys.stderr)
        return 2
    except GoaltreeError as error:
        from language.i18n import SOURCE, words
        from language.refusals import refusal

        print(f"goaltree: {_one_line(refusal(error, words(SOURCE)))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Failure as error:
        print(f"goaltree: {_one_line(str(error))}", file=sys.stderr)
        return 1
    except Exception as error:
        logger.debug("command failed", exc_info=True)
        # The first line says what happened; GOALTREE_LOG_LEVEL=DEBUG shows where.
        first = (str(error).splitlines() or [""])[0]
        print(f"goaltree: {type(error).__name__}: {secrets_of(settings).hide(first)}", file=sys.stderr)
        return 1


def _settings(arguments: argparse.Namespace) -> Settings:
    from goaltree.settings import load

    if arguments.command == "run":
        return load()
    if arguments.command != "chat":
        settings = load()
        # Commands report through their output; the log is for errors.
        return settings if settings.log_level == "DEBUG" else settings.model_copy(update={"log_level": "WARNING"})
    # The local chat never touches the real bot's data, only what --data names.
    return load(database_url=None, log_level="ERROR", allowed_users=None)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _run(work: Coroutine[Any, Any, int]) -> int:
    try:
        status = _loop(work)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, such as `head`, has stopped. The rest of the buffer must not fail again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _loop(work: Coroutine[Any, Any, int]) -> int:
    try:
        import uvloop
    except ImportError:
        import asyncio

        return asyncio.run(work)
    return uvloop.run(work)
