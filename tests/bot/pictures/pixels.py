"""The contents of a PNG: where it has ink."""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header."""
    assert png.startswith(SIGNATURE)
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def inked(png: bytes) -> tuple[int, int, int, int] | None:
    """The bounding box (left, top, right, bottom; the last two exclusive) of everything that is not transparent."""
    width, _ = size(png)
    result = [
        (y, [x for x in range(width) if line[4 * x + 3]])
        for y, line in enumerate(_lines(png, width))
        if any(line[3::4])
    ]
    if not result:
        return None
    left, right = min(xs[0] for _, xs in result), max(xs[-1] for _, xs in result)
    return left, result[0][0], right + 1, result[-1][0] + 1


def _lines(png: bytes, width: int) -> list[bytearray]:
    """The rows of red, green, blue and alpha bytes; 8 bits deep and not interlaced, as resvg writes them."""
    assert png[24:29] == b"\x08\x06\x00\x00\x00"
    data, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw, step = zlib.decompress(data), 4 * width
    lines = [bytearray(step)]
    for start in range(0, len(raw), step + 1):
        lines.append(_unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + step]), lines[-1]))
    return lines[1:]


def _unfiltered(kind: int, line: bytearray, above: bytearray) -> bytearray:
    for index in range(len(line)):
        a = line[index - 4] if index >= 4 else 0
        b = above[index]
        c = above[index - 4] if index >= 4 else 0
        line[index] = (line[index] + (0, a, b, (a + b) // 2, _paeth(a, b, c))[kind]) & 255
    return line


def _paeth(a: int, b: int, c: int) -> int:
    return min((a, b, c), key=lambda value: abs(a + b - c - value))
