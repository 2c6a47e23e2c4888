"""The drawing process: reads pictures from standard input and writes PNG to standard output until the input ends."""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

import resvg_py

from bot.pictures.canvas import SHOWN
from bot.pictures.drawing import svg
from bot.pictures.fonts import ALL
from bot.pictures.model import Picture
from bot.pictures.protocol import DRAWN, FAILED, LENGTH


def png(picture: Picture) -> bytes:
    """The rasterised picture. It uses only the bundled fonts, so it looks the same on every machine."""
    document, _ = svg(picture)
    return resvg_py.svg_to_bytes(
        svg_string=document, width=SHOWN, skip_system_fonts=True, font_files=[str(face.path) for face in ALL]
    )


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Draws pictures in sequence."""
    while header := source.read(LENGTH.size):
        (length,) = LENGTH.unpack(header)
        try:
            answer = DRAWN + png(pickle.loads(source.read(length)))
        except Exception as error:
            answer = FAILED + type(error).__name__.encode()
        target.write(LENGTH.pack(len(answer)) + answer)
        target.flush()


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)  # answering people takes precedence
    serve(sys.stdin.buffer, sys.stdout.buffer)
