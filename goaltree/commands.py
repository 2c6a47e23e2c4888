"""The code behind each command, imported only when it is needed, which matters above all for `run`."""

from __future__ import annotations

import argparse
import gc
from typing import TYPE_CHECKING

from goaltree.roles import ProcessRole

if TYPE_CHECKING:
    from goaltree.settings import Settings

SEARCH = (10_000, 20, 20)
"""The garbage collector's threshold. Python's own (700) costs a seventh of the processor time of a large import and
saves only a megabyte or two, since goaltree makes almost no cycles."""


async def command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out a parsed command line and return the exit status."""
    match arguments.command:
        case "chat":
            from goaltree.chat import chat

            return await chat(settings, arguments.data, arguments.port)
        case "run":
            gc.disable()  # until the bot is made (goaltree.run): imports leave no garbage
            try:
                from goaltree.run import run

                return await run(settings, ProcessRole(arguments.role))
            finally:
                gc.enable()
        case "migrate":
            from goaltree.opening import make_data_dir
            from storage import migrate

            make_data_dir(settings)
            await migrate(settings.url)
            print("The database is up to date.")
            return 0
        case "backup" | "restore" | "copy-to":
            from goaltree.moving import move

            return await move(arguments, settings)
    from goaltree.on_a_store import act

    return await act(arguments, settings)
