"""The bundled fonts: which one has a character, and its width.

Read from the files themselves (the tables cmap, head, hhea, hmtx and GSUB of the OpenType specification), so that a
font can be exchanged without a list of widths going stale.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"

_FORMS_OF_ARABIC = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00))


class FontFile:
    """One font file. `family` is its name in the SVG."""

    def __init__(self, family: str, file: str) -> None:
        self.family = family
        self.path = FOLDER / file

    def has(self, char: str) -> bool:
        """Whether the font can draw a character."""
        return ord(char) in self._glyphs

    def width(self, char: str) -> float:
        """A character's advance width, relative to the font size."""
        return self._advances[min(self._glyphs[ord(char)], len(self._advances) - 1)]

    def joins(self, chars: str) -> bool:
        """Whether the font draws these characters as one glyph, as with most emoji of several people or hues."""
        return all(map(self.has, chars)) and tuple(self._glyphs[ord(char)] for char in chars) in self._ligatures

    @cached_property
    def forms(self) -> dict[str, dict[str, float]]:
        """The widths of Arabic letters (and of lam with alef) by their forms: isolated, initial, medial, final."""
        by_base: dict[str, dict[str, float]] = {}
        for char in _FORMS_OF_ARABIC:
            kind, _, letters = unicodedata.decomposition(chr(char)).partition(" ")
            if char in self._glyphs and kind:
                base = "".join(chr(int(letter, 16)) for letter in letters.split())
                by_base.setdefault(base, {})[kind.strip("<>")] = self.width(chr(char))
        return by_base

    @cached_property
    def _font(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def _tables(self) -> dict[bytes, int]:
        (count,) = struct.unpack_from(">H", self._font, 4)
        entries = (struct.unpack_from(">4sLLL", self._font, 12 + 16 * index) for index in range(count))
        return {tag: offset for tag, _, offset, _ in entries}

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        return {char: glyph for char, glyph in _characters(self._font, self._tables[b"cmap"]) if glyph}

    @cached_property
    def _advances(self) -> list[float]:
        (per_em,) = struct.unpack_from(">H", self._font, self._tables[b"head"] + 18)
        (count,) = struct.unpack_from(">H", self._font, self._tables[b"hhea"] + 34)
        start = self._tables[b"hmtx"]
        return [advance / per_em for advance, _ in struct.iter_unpack(">Hh", self._font[start : start + 4 * count])]

    @cached_property
    def _ligatures(self) -> frozenset[tuple[int, ...]]:
        return frozenset(_ligatures(self._font, self._tables[b"GSUB"])) if b"GSUB" in self._tables else frozenset()


def _shorts(font: bytes, at: int) -> tuple[int, ...]:
    """A list of 16-bit numbers that starts with its length."""
    (count,) = struct.unpack_from(">H", font, at)
    return struct.unpack_from(f">{count}H", font, at + 2)


def _characters(font: bytes, cmap: int) -> list[tuple[int, int]]:
    """Pairs of character and glyph, from a subtable that holds all of Unicode if there is one."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    glyphs: list[tuple[int, int]] = []
    for index in range(count):
        _, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 12:
            return _format_12(font, cmap + offset)
        if form == 4:
            glyphs = glyphs or _format_4(font, cmap + offset)
    return glyphs


def _format_12(font: bytes, at: int) -> list[tuple[int, int]]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    glyphs: list[tuple[int, int]] = []
    for first, last, glyph in struct.iter_unpack(">LLL", font[at + 16 : at + 16 + 12 * groups]):
        glyphs += [(char, glyph + char - first) for char in range(first, last + 1)]
    return glyphs


def _format_4(font: bytes, at: int) -> list[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    ends_at, starts_at, deltas_at, offsets_at = (at + 14, *(at + 16 + times * doubled for times in (1, 2, 3)))
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{doubled // 2}H", font, place) for place in (ends_at, starts_at, deltas_at, offsets_at)
    )
    glyphs: list[tuple[int, int]] = []
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for char in range(first, min(last, 0xFFFE) + 1):
            glyph = char
            if offset:
                # An offset is relative to its own place in the table.
                (glyph,) = struct.unpack_from(">H", font, offsets_at + 2 * index + offset + 2 * (char - first))
            glyphs.append((char, (glyph + delta) & 0xFFFF if glyph else 0))
    return glyphs


def _ligatures(font: bytes, gsub: int) -> Iterator[tuple[int, ...]]:
    """The sequences of glyphs that lookups of type 4 join into one."""
    (lookups,) = struct.unpack_from(">H", font, gsub + 8)
    for lookup in _shorts(font, gsub + lookups):
        at = gsub + lookups + lookup
        (kind,) = struct.unpack_from(">H", font, at)
        for subtable in _shorts(font, at + 4) if kind == 4 else ():
            table = at + subtable
            (coverage,) = struct.unpack_from(">H", font, table + 2)
            for first, group in zip(_covered(font, table + coverage), _shorts(font, table + 4), strict=True):
                for ligature in _shorts(font, table + group):
                    # The count includes the first glyph, which is not written out.
                    (count,) = struct.unpack_from(">H", font, table + group + ligature + 2)
                    yield (first, *struct.unpack_from(f">{count - 1}H", font, table + group + ligature + 4))


def _covered(font: bytes, at: int) -> list[int]:
    (form,) = struct.unpack_from(">H", font, at)
    if form == 1:
        return list(_shorts(font, at + 2))
    (count,) = struct.unpack_from(">H", font, at + 2)
    ranges = struct.iter_unpack(">HHH", font[at + 4 : at + 4 + 6 * count])
    return [glyph for first, last, _ in ranges for glyph in range(first, last + 1)]


PLAIN = FontFile("Noto Sans", "NotoSans-Regular.ttf")
BOLD = FontFile("Noto Sans", "NotoSans-Bold.ttf")
ARABIC = FontFile("Noto Sans Arabic", "NotoSansArabic-Regular.ttf")
EMOJI = FontFile("Goaltree Emoji", "GoaltreeEmoji.ttf")
# In order of precedence: emoji before the symbols, which have some of them uncoloured.
OTHERS = (
    ARABIC,
    FontFile("Noto Sans Hebrew", "NotoSansHebrew-Regular.ttf"),
    FontFile("Noto Sans Devanagari", "NotoSansDevanagari-Regular.ttf"),
    FontFile("Noto Sans Thai", "NotoSansThai-Regular.ttf"),
    FontFile("Droid Sans Fallback", "DroidSansFallback.ttf"),
    FontFile("Goaltree Hangul", "GoaltreeHangul.ttf"),
    EMOJI,
    FontFile("DejaVu Sans", "DejaVuSans-Symbols.ttf"),
)
ALL = (PLAIN, BOLD, *OTHERS)
