"""`-m tests.goaltree.written RECORD ARGUMENTS…`: run goaltree with these arguments; RECORD gets each path that it
opened for writing, created, renamed or removed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EVENTS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.utime"}


def main() -> int:
    record = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        writes = event in _EVENTS or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING)
        path = arguments[0] if arguments else None
        if event == "sqlite3.connect" and isinstance(path, str) and path.startswith("file:"):
            path, _, query = path.removeprefix("file:").partition("?")
            if query == "mode=ro":
                return  # an access that cannot write
            path = unquote(path)
        if (writes or event == "sqlite3.connect") and isinstance(path, str | bytes | Path):
            os.write(record, os.fsencode(path) + b"\n")

    sys.addaudithook(hear)
    sys.dont_write_bytecode = True  # as in the image, where the tests' own bytecode is not written
    from goaltree.cli import main as goaltree

    return goaltree(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
