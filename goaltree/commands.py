"""Which code carries out a command. Each imports what it needs: `run`, above all, not what the others do."""

from __future__ import annotations

import argparse
import gc

from goaltree.roles import ProcessRole
from goaltree.settings import Settings

SEARCH = (10_000, 20, 20)
"""Python looks for garbage when so many objects were made. Its own measure (700) costs a seventh of the processor time
of a large import, for a megabyte or two: what goaltree makes is freed without a search."""


async def command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carries out one parsed command line; gives the exit status."""
    gc.set_threshold(*SEARCH)
    match arguments.command:
        case "chat":
            from goaltree.chat import chat

            return await chat(settings, arguments.data, arguments.port)
        case "run":
            gc.disable()  # until the bot is made (goaltree.run): there is no garbage in what is imported
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
