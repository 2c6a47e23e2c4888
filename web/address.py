"""The address that a server listens on."""

from __future__ import annotations

import re
import socket
from pathlib import Path

from core.records import record

FORMS = "use HOST:PORT such as 127.0.0.1:8080, [::1]:8080, or unix:/path/of/socket"
WAITING = 1024
"""Connections that the system queues until the event loop accepts them."""


@record
class Address:
    """A host and a port (0: any free one), or the path of a Unix socket."""

    host: str = ""
    port: int = 0
    path: Path | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return f"unix:{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Parse an address. Raises ValueError with the accepted forms."""
    if text.startswith("unix:/"):
        return Address(path=Path(text.removeprefix("unix:")))
    parts = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([\w.-]+)):(\d{1,5})", text)
    if not parts or int(parts[3]) > 65535:
        raise ValueError(FORMS)
    return Address(parts[1] or parts[2], int(parts[3]))


def listen(address: Address) -> socket.socket:
    """A listening socket. Raises OSError if the address cannot be used."""
    if address.path is not None:
        return _listen_in_files(address.path)
    [family, _, _, _, where], *_ = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    # The protocol must be named as TCP, or asyncio leaves Nagle's algorithm on: with delayed acknowledgements each
    # answer takes 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(WAITING)
    except OSError:
        listener.close()
        raise
    return listener


def _listen_in_files(path: Path) -> socket.socket:
    # A socket that a killed process left behind would block this one. Any other file is left alone.
    if path.is_socket():
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(path))
        listener.listen(WAITING)
    except OSError:
        listener.close()
        raise
    return listener
