"""Text with entities, drawn in lines for a terminal."""

from __future__ import annotations

from prompt_toolkit.utils import get_cwidth

from sandbox.objects import Json

SGR = {
    "bold": "1", "italic": "3", "underline": "4", "strikethrough": "9", "spoiler": "2", "code": "36", "pre": "36",
    "text_link": "4", "url": "4", "bot_command": "34", "mention": "34", "hashtag": "34",
}  # fmt: skip
SOLID = ("pre", "code")
Cell = tuple[str, frozenset[str]]


def width_of(text: str) -> int:
    """How many columns a text takes: a wide sign takes two, a joining one none."""
    return sum(get_cwidth(char) for char in text)


def cells_of(text: str, entities: list[Json]) -> list[Cell]:
    """Each character with the entity types over it. A link shows where it leads."""
    at: list[int] = []  # the UTF-16 offset of each character
    offset = 0
    for char in text:
        at.append(offset)
        offset += 2 if ord(char) > 0xFFFF else 1
    styles: list[set[str]] = [set() for _ in text]
    after: dict[int, str] = {}
    for entity in entities:
        end = entity["offset"] + entity["length"]
        inside = [place for place, where in enumerate(at) if entity["offset"] <= where < end]
        for place in inside:
            styles[place].add(entity["type"])
        if entity["type"] == "text_link" and inside:
            after[inside[-1]] = f" ({entity['url']})"
    cells: list[Cell] = []
    for place, char in enumerate(text):
        cells.append((char, frozenset(styles[place])))
        cells += [(c, frozenset()) for c in after.get(place, "")]
    return cells


def lines_of(text: str, entities: list[Json], width: int) -> list[list[Cell]]:
    """The text in lines: prose broken between words at the width, monospace as it is, a quote with a bar."""
    lines: list[list[Cell]] = [[]]
    for cell in cells_of(text, entities):
        if cell[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(cell)
    drawn: list[list[Cell]] = []
    for line in lines:
        quoted = any(style.endswith("quote") for _, styles in line for style in styles)
        bar: list[Cell] = [("│", frozenset()), (" ", frozenset())] if quoted else []
        solid = any(style in SOLID for _, styles in line for style in styles)
        drawn += [bar + piece for piece in ([line] if solid else _wrapped(line, width - len(bar)))]
    return drawn


def _wrapped(line: list[Cell], width: int) -> list[list[Cell]]:
    indent = 0
    while indent < len(line) and line[indent][0] == " ":
        indent += 1
    pieces: list[list[Cell]] = []
    while width_of("".join(char for char, _ in line)) > width:
        end, used = 0, 0
        while used + get_cwidth(line[end][0]) <= width:
            used += get_cwidth(line[end][0])
            end += 1
        cut = next((place for place in range(end, indent, -1) if line[place][0] == " "), 0)
        if not cut:
            cut = max(end, indent + 1)  # one long word: break it
        pieces.append(line[:cut])
        rest = line[cut:]
        while rest and rest[0][0] == " ":
            rest = rest[1:]
        line = line[:indent] + rest
        if len(line) == indent:
            return pieces
    return [*pieces, line]


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
