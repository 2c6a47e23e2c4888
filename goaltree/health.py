"""`python -m goaltree.health`, a check for containers: exit status 0 if `goaltree run` is alive, which means that its
server answers or, without a server, that its heartbeat is recent."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

from goaltree.heartbeat import MAX_AGE, heartbeat_file
from goaltree.settings import load
from web.address import Address
from web.paths import HEALTH

PATIENCE = 5.0


def main() -> int:
    """Return 0 if the process is well, else print the reason and return 1."""
    settings = load()
    return _of_heartbeat(settings.data_dir) if settings.listen is None else _of_server(settings.listen)


def _of_server(address: Address) -> int:
    try:
        with _connected(address) as connection:
            connection.sendall(f"GET {HEALTH} HTTP/1.1\r\nHost: goaltree\r\nConnection: close\r\n\r\n".encode())
            status = connection.makefile("rb").readline()
    except OSError as error:
        print(f"{address} does not answer: {error.strerror or type(error).__name__}", file=sys.stderr)
        return 1
    if status.split()[1:2] != [b"200"]:
        print(f"{address} is not well", file=sys.stderr)
        return 1
    return 0


def _connected(address: Address) -> socket.socket:
    if address.path is None:
        # A server that listens on every address also listens on this machine's.
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)
        return socket.create_connection((here, address.port), PATIENCE)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(PATIENCE)
        connection.connect(str(address.path))
    except OSError:
        connection.close()
        raise
    return connection


def _of_heartbeat(data_dir: Path) -> int:
    file = heartbeat_file(data_dir)
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        print("no heartbeat: goaltree run has not started here", file=sys.stderr)
        return 1
    if age > MAX_AGE:
        print(f"the last heartbeat is {age:.0f} seconds old", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
