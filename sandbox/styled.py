"""Text with entities, drawn for a terminal."""

from __future__ import annotations

from itertools import accumulate, dropwhile

from prompt_toolkit.utils import get_cwidth

from sandbox.objects import Json

SGR = {
    "bold": "1", "italic": "3", "underline": "4", "strikethrough": "9", "spoiler": "2", "code": "36", "pre": "36",
    "text_link": "4", "url": "4", "bot_command": "34", "mention": "34", "hashtag": "34",
}  # fmt: skip
SOLID = ("pre", "code")
Cell = tuple[str, frozenset[str]]


def width_of(text: str) -> int:
    """The number of columns that a text takes: two for a wide character, none for a joiner."""
    return sum(get_cwidth(char) for char in text)


def cells_of(text: str, entities: list[Json]) -> list[Cell]:
    """Each character with the types of the entities that cover it. A link is followed by its target."""
    offsets = list(accumulate((len(char.encode("utf-16-le", "surrogatepass")) // 2 for char in text), initial=0))
    styles, after = [set[str]() for _ in text], [""] * len(text)
    for entity in entities:
        inside = _covered(entity, offsets[:-1])
        for place in inside:
            styles[place].add(entity["type"])
        if entity["type"] == "text_link" and inside:
            after[inside[-1]] = f" ({entity['url']})"
    cells: list[Cell] = []
    for char, over, address in zip(text, styles, after, strict=True):
        cells += [(char, frozenset(over)), *((c, frozenset[str]()) for c in address)]
    return cells


def _covered(entity: Json, offsets: list[int]) -> list[int]:
    """The indices of the characters that an entity covers."""
    over = range(entity["offset"], entity["offset"] + entity["length"])
    return [place for place, offset in enumerate(offsets) if offset in over]


def lines_of(text: str, entities: list[Json], width: int) -> list[list[Cell]]:
    """The text in lines: prose wrapped at the width, monospace unchanged, quotes with a bar."""
    lines: list[list[Cell]] = [[]]
    for cell in cells_of(text, entities):
        if cell[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(cell)
    return [piece for line in lines for piece in _drawn(line, width)]


def _drawn(line: list[Cell], width: int) -> list[list[Cell]]:
    """A line as drawn, possibly in several."""
    styles = frozenset[str]().union(*(over for _, over in line))
    bar: list[Cell] = [("│", frozenset()), (" ", frozenset())] if any(s.endswith("quote") for s in styles) else []
    pieces = [line] if styles & {*SOLID} else _wrapped(line, width - len(bar))
    return [bar + piece for piece in pieces]


def _wrapped(line: list[Cell], width: int) -> list[list[Cell]]:
    indent = len(line) - len(_without_blanks(line))
    pieces: list[list[Cell]] = []
    while width_of("".join(char for char, _ in line)) > width:
        cut = _break_of(line, indent, width)
        pieces.append(line[:cut])
        line = line[:indent] + _without_blanks(line[cut:])
        if len(line) == indent:
            return pieces
    return [*pieces, line]


def _break_of(line: list[Cell], indent: int, width: int) -> int:
    """The place to break a long line: at the last blank that fits, or within its only word."""
    end, used = 0, 0
    while used + get_cwidth(line[end][0]) <= width:
        used += get_cwidth(line[end][0])
        end += 1
    blank = next((place for place in range(end, indent, -1) if line[place][0] == " "), 0)
    return blank or max(end, indent + 1)


def _without_blanks(line: list[Cell]) -> list[Cell]:
    """The line without its leading blanks."""
    return list(dropwhile(lambda cell: cell[0] == " ", line))


def painted(line: list[Cell], *, colour: bool) -> str:
    """A line as text, with ANSI styles if wanted."""
    if not colour:
        return "".join(char for char, _ in line)
    out: list[str] = []
    current = ""
    for char, styles in line:
        codes = ";".join(sorted({SGR[style] for style in styles if style in SGR}))
        if codes != current:
            out.append(f"\x1b[0m\x1b[{codes}m" if codes else "\x1b[0m")
            current = codes
        out.append(char)
    return "".join(out) + ("\x1b[0m" if current else "")
