"""The trees as lines that buttons fold and unfold, in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.columns import MARKS, bar, cut, level_letter, padded, width
from bot.common.cards import ShowGoal
from bot.common.paging import pager
from bot.features.tree.buttons import ListGoals, TreePlace
from bot.telegram.html import bold, esc, pre
from bot.telegram.keyboard import Button, Keyboard, rows
from core.goals.model import Node, Status
from core.goals.reading import Reading
from core.goals.tree import Tree
from core.records import record
from language.i18n import Words

PAGE = 24
"""Lines on a page: even with the longest titles far below 4,096 characters, and their buttons below 100."""
ROOMY = 20
"""How many lines are unfolded by default."""
_COLUMNS = 40
_HEAD = 12
_NARROWEST = 14
_BLOCKS = 5
_MOST_INDENT = 8


@record
class TreeLine:
    """One line: a node, its indent, and whether it is unfolded (None: nothing is below)."""

    reading: Reading
    node: Node
    indent: int
    unfolded: bool | None


def tree(readings: Sequence[Reading], place: TreePlace, w: Words) -> tuple[str, Keyboard]:
    """The page of a place. `place.root` and `place.open` are nodes of the readings, or 0."""
    shown, page, pages = _page(readings, place)
    text = _text(readings, place, shown, w)
    keyboard = list(rows((_fold_button(line, place) for line in shown if line.unfolded is not None), width=2))
    if pages > 1:
        here = replace(place, depth=place.depth or _fitting_depth(readings, place))
        keyboard.append(pager(page, pages, lambda to: replace(here, page=to), w))
    last = [Button(w.t("‹ whole tree"), TreePlace(on=place.on))] if place.root else []
    if place.on is None:
        last.append(Button(w.t("✏️ Open a goal"), ListGoals(place.root, place.open, place.depth, page)))
    if last:
        keyboard.append(tuple(last))
    return text, tuple(keyboard)


def cards(readings: Sequence[Reading], place: TreePlace, w: Words) -> tuple[str, Keyboard]:
    """The page of a place with buttons that open its goals' cards."""
    shown, page, _ = _page(readings, place)
    buttons = [Button(cut(line.node.title, 24), ShowGoal(line.node.id)) for line in shown]
    back = Button(w.t("‹ back"), replace(place, page=page))
    return _text(readings, place, shown, w), (*rows(buttons, width=2), (back,))


def _page(readings: Sequence[Reading], place: TreePlace) -> tuple[Sequence[TreeLine], int, int]:
    """(the lines of a place's page, its number, the number of pages)."""
    lines = list(_lines(readings, place))
    pages = max(1, -(-len(lines) // PAGE))
    page = _page_of(place.open, lines) if place.page is None else min(place.page, pages - 1)
    return lines[page * PAGE : (page + 1) * PAGE], page, pages


def _text(readings: Sequence[Reading], place: TreePlace, shown: Sequence[TreeLine], w: Words) -> str:
    text = pre("\n".join(_line(line, w) for line in shown))
    head = _head(readings, place, w)
    return f"{head}\n{text}" if head else text


def _page_of(node_id: int, lines: Sequence[TreeLine]) -> int:
    """The page with a node; the first if it is on none."""
    return next((at for at, line in enumerate(lines) if line.node.id == node_id), 0) // PAGE


def _head(readings: Sequence[Reading], place: TreePlace, w: Words) -> str:
    """The day, if it is not today, and the goals above a branch."""
    parts = [] if place.on is None else [w.t("As it stood on {day}", day=bold(w.date(place.on, year=True)))]
    for reading in readings:
        if place.root and (node := reading.tree.nodes.get(place.root)):
            above = [cut(ancestor.title, 24) for ancestor in reversed(reading.tree.ancestors(node))]
            if above:
                parts.append(esc(" › ".join(above)))
    return "\n".join(parts)


def _lines(readings: Sequence[Reading], place: TreePlace) -> Iterator[TreeLine]:
    depth = place.depth or _fitting_depth(readings, place)
    return _unfold(readings, place, depth)


def _fitting_depth(readings: Sequence[Reading], place: TreePlace) -> int:
    """The most levels below `open` that keep the message short; at least one, and with one tree its goals."""
    depth, count = (2 if not place.open and (place.root or len(readings) == 1) else 1), -1
    while True:
        deeper = sum(1 for _ in _unfold(readings, place, depth + 1))
        if deeper > ROOMY or deeper == count:
            return depth
        depth, count = depth + 1, deeper


def _unfold(readings: Sequence[Reading], place: TreePlace, depth: int) -> Iterator[TreeLine]:
    for reading in readings:
        root = reading.tree.nodes.get(place.root) if place.root else reading.tree.vision
        if root is not None:
            yield from _unfold_tree(reading, root, place, depth)


def _unfold_tree(reading: Reading, root: Node, place: TreePlace, depth: int) -> Iterator[TreeLine]:
    tree = reading.tree
    on_the_way = _above(tree, place.open)
    # (node, indent, levels that may still be unfolded below it: none above `open`)
    stack: list[tuple[Node, int, int]] = [(root, 0, 0 if place.open else depth - 1)]
    while stack:
        node, indent, levels = stack.pop()
        levels = depth if node.id == place.open else levels
        children = () if node.each is not None else tree.children(node)  # the board shows each member's part
        unfolded = node.id in on_the_way or (levels > 0 and _is_wanted(reading, node, place))
        yield TreeLine(reading, node, indent, unfolded if children else None)
        if unfolded:
            stack += [(child, indent + 1, levels - 1) for child in reversed(children)]


def _above(tree: Tree, node_id: int) -> set[int]:
    """The goals above a node; empty if it is not in the tree."""
    node = tree.nodes.get(node_id)
    return {ancestor.id for ancestor in tree.ancestors(node)} if node else set()


def _is_wanted(reading: Reading, node: Node, place: TreePlace) -> bool:
    """Whether to show a node: ended goals only if asked for."""
    return node.id in (place.root, place.open) or not _ended(reading, node)


def _line(line: TreeLine, w: Words) -> str:
    """A line with mark, percent and bar in columns and the title indented after them, so that nothing wraps on a narrow
    screen."""
    sign = {None: " ", True: "▾", False: "▸"}[line.unfolded]
    indent = " " * min(line.indent, _MOST_INDENT)
    if _ended(line.reading, line.node):
        head = padded(w.t("◻ ended"), _HEAD)
        tail = f" {w.day(line.reading.tree.active(line.node).end)}"
        room = max(_NARROWEST, _COLUMNS - 13 - len(indent) - 4 - width(tail))
        return f"{head} {indent}{sign}{level_letter(line.node)} {cut(line.node.title, room)}{tail}"
    standing = line.reading.standing(line.node)
    if standing.status is Status.TRACKED:  # it has no rate of its own and, without a word, no number
        head = padded(f"{MARKS[standing.status]} {cut(w.number(standing.value or None), _HEAD - 3)}", _HEAD)
    else:
        percent = w.t("{percent}%", percent=standing.percent)
        head = f"{MARKS[standing.status]}{percent:>4} {bar(standing.percent, _BLOCKS)}"
    tail = f" 🔥{standing.streak.current}" if standing.streak and standing.streak.current else ""
    room = max(_NARROWEST, _COLUMNS - 13 - len(indent) - 4 - (len(tail) + 1 if tail else 0))
    return f"{head} {indent}{sign}{level_letter(line.node)} {cut(line.node.title, room)}{tail}"


def _ended(reading: Reading, node: Node) -> bool:
    """Whether a goal's last day is over."""
    return reading.tree.active(node).end < reading.on


def _fold_button(line: TreeLine, place: TreePlace) -> Button:
    """The button that unfolds a line, or folds it into its parent."""
    title = cut(line.node.title, 24)
    if not line.unfolded:
        return Button(f"▸ {title}", replace(place, open=line.node.id, depth=0, page=None))
    if line.node.parent_id is None or line.node.id == place.root:
        return Button(f"▾ {title}", replace(place, open=0, depth=1, page=0))
    return Button(f"▾ {title}", replace(place, open=line.node.parent_id, depth=1, page=None))
