"""Text in a picture: cleaned of undrawable characters, measured, cut to a width, and written run by run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bot.columns import ELLIPSIS, clusters
from bot.pictures.bidi import END, ISOLATE, levels, visual
from bot.pictures.fonts import ARABIC, BOLD, EMOJI, OTHERS, PLAIN, FontFile
from core.records import record

_UNSEEN = ("Cc", "Cf", "Cs")
_UNDRAWN = (ISOLATE, END)
_PARTS = re.compile(f"([{ISOLATE}{END}])")
_EMOJI_FORM = "\ufe0f"
_APART, _TOGETHER = "\u200c", "\u200d"
_LAM = "\u0644"
_FROM_THE_RIGHT, _AS_BEFORE = "\u202e", "\u202c"
_MOST_MARKS = 3
_FORMS = {(True, True): "medial", (True, False): "final", (False, True): "initial", (False, False): "isolated"}
"""The form of an Arabic letter by (joined to the previous letter, joined to the next one)."""
_ELEMENT = '<text x="{x:.1f}" y="{y:.1f}" font-family="{family}" {style} xml:space="preserve">{text}</text>'


@record
class Piece:
    """A cluster that is drawn as one glyph: a letter with its marks, or an emoji. An isolating character is not
    drawn."""

    face: FontFile
    text: str

    @property
    def drawn(self) -> str:
        """Its visible part."""
        return "" if self.text in _UNDRAWN else self.text


Pieces = Sequence[Piece]


def pieces(text: str, *, bold: bool = False) -> list[Piece]:
    """The clusters of a text with their fonts, blanks joined; what no font has is left out."""
    drawn: list[Piece] = []
    for part in _PARTS.split(" ".join(unicodedata.normalize("NFC", text).split())):
        if part in _UNDRAWN:
            drawn.append(Piece(PLAIN, part))
            continue
        for cluster, _ in clusters(part):
            if piece := _piece(cluster, drawn[-1].face if drawn else None, bold):
                drawn.append(piece)
    return drawn


def _piece(cluster: str, before: FontFile | None, bold: bool) -> Piece | None:
    """The piece of a cluster that follows one in the font `before`; None if nothing of it can be drawn."""
    first = next((char for char in cluster if unicodedata.category(char) not in _UNSEEN), None)
    if first is None:
        return None
    face = EMOJI if len(cluster) > 1 and EMOJI.joins(cluster) else _face(first, before, bold)
    if face is None or (face is not before and unicodedata.category(first)[0] == "M"):
        return None  # a mark without a letter of its script would be drawn on a dotted circle
    return Piece(face, _emoji(cluster, first) if face is EMOJI else "".join(_letter(cluster, face)))


def measured(drawn: Pieces, size: float) -> float:
    """The width in pixels. With kerning and the ligatures of Devanagari the drawn text is narrower, never wider."""
    return size * sum(_widths(drawn))


def cut(text: str, size: float, room: float, *, bold: bool = False) -> list[Piece]:
    """The text, shortened with "…" to at most `room` pixels. A text of which nothing can be drawn becomes "…"."""
    drawn = pieces(text, bold=bold)
    if not text or (drawn and measured(drawn, size) <= room):
        return drawn
    end = Piece(BOLD if bold else PLAIN, ELLIPSIS)
    taken = 0.0
    kept: list[Piece] = []
    for piece, width in zip(drawn, _widths(drawn), strict=True):
        taken += width * size
        if taken > room:
            break
        kept.append(piece)
    # An Arabic letter that has become the last one changes its form, so the rest is measured again.
    while kept and (kept[-1].text == " " or measured([*kept, end], size) > room):
        kept.pop()
    return [*kept, end]


def wrapped(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[list[Piece]]:
    """The text in at most that many lines; what is too long for them is cut."""
    full: list[list[Piece]] = []
    words = text.split()
    while words and len(full) < lines - 1:
        taken = 1
        while taken < len(words) and measured(pieces(" ".join(words[: taken + 1]), bold=bold), size) <= room:
            taken += 1
        full.append(cut(" ".join(words[:taken]), size, room, bold=bold))
        words = words[taken:]
    return [*full, cut(" ".join(words), size, room, bold=bold)] if words else full


def written(drawn: Pieces, x: float, y: float, size: float, style: str) -> str:
    """The text as SVG from `x` with its baseline at `y`: one element for each run of a font and a direction.

    An element that mixes fonts is not safe: resvg 0.48 loses letters, or panics, where one of them joins characters.
    """
    by_sign, widths = levels([piece.text for piece in drawn]), _widths(drawn)
    runs = [list(run) for _, run in groupby(range(len(drawn)), key=lambda at: _run(drawn[at], by_sign[at], at))]
    parts: list[str] = []
    for run in (runs[index] for index in visual([by_sign[run[0]] for run in runs])):
        text, start = "".join(piece.drawn for piece in drawn[run[0] : run[-1] + 1]), x
        seen = text.rstrip()
        inked = escape(seen, quote=False)
        if by_sign[run[0]] % 2:
            # A blank after the last word belongs to its left; resvg would put it on the right.
            blanks = len(text) - len(seen)
            start += size * sum(widths[run[-1] + 1 - blanks : run[-1] + 1])
            inked = f"{_FROM_THE_RIGHT}{inked}{_AS_BEFORE}"
        if seen:
            parts.append(_ELEMENT.format(x=start, y=y, family=drawn[run[0]].face.family, style=style, text=inked))
        x += size * sum(widths[run[0] : run[-1] + 1])
    return "".join(parts)


def _run(piece: Piece, level: int, at: int) -> tuple[str, int, int]:
    """The properties that the pieces of a run share. Each emoji is a run: the font decides where it ends."""
    return piece.face.family, level, at if piece.face is EMOJI else 0


def _face(char: str, before: FontFile | None, bold: bool) -> FontFile | None:
    """The font of a character. A blank stays in the preceding run, so that a script is shaped in one piece."""
    if char == " " and before and before.has(char):
        return before
    return next((face for face in (BOLD if bold else PLAIN, *OTHERS) if face.has(char)), None)


def _letter(cluster: str, face: FontFile) -> Iterator[str]:
    """A letter and its marks, limited in number: more would reach into the lines above and below."""
    marks = 0
    for char in cluster:
        marks += unicodedata.category(char)[0] == "M"
        seen = unicodedata.category(char) not in _UNSEEN or char in (_APART, _TOGETHER)
        if seen and face.has(char) and marks <= _MOST_MARKS:
            yield char


def _emoji(cluster: str, first: str) -> str:
    """The whole emoji if the font has it, else its first component."""
    bare = cluster.replace(_EMOJI_FORM, "")
    return next((form for form in (cluster, bare, first + _EMOJI_FORM + bare[1:]) if EMOJI.joins(form)), first)


def _widths(drawn: Pieces) -> list[float]:
    """Each piece's advance width, relative to the font size."""
    widths: list[float] = []
    for at, piece in enumerate(drawn):
        if piece.face is ARABIC:
            widths.append(_arabic(drawn, at))
        elif piece.face is EMOJI:
            widths.append(piece.face.width(piece.text[0]))
        else:
            widths.append(sum(map(piece.face.width, piece.drawn)))
    return widths


def _arabic(drawn: Pieces, at: int) -> float:
    """The width of an Arabic letter in the form set by its neighbours; lam and a following alef form a ligature."""
    letter = drawn[at].text[0]
    before = drawn[at - 1].text[0] if at and _APART not in drawn[at - 1].text else ""
    after = drawn[at + 1].text[0] if at + 1 < len(drawn) and _APART not in drawn[at].text else ""
    forms = ARABIC.forms
    if before == _LAM and before + letter in forms:
        return 0.0
    together = letter + after if letter == _LAM and letter + after in forms else letter
    form = _FORMS[_joins(before, letter), together == letter and _joins(letter, after)]
    return forms.get(together, {}).get(form, ARABIC.width(letter))


def _joins(letter: str, after: str) -> bool:
    """Whether two Arabic letters are joined."""
    return "initial" in ARABIC.forms.get(letter, ()) and "final" in ARABIC.forms.get(after, ())
