"""Entries that are exported as CSV come back unchanged."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.goals.model import Entry, Kind, Level, Measure, Node
from core.goals.tree import Tree
from core.importing import understand
from core.sheets import entries_sheet
from core.sheets.writing import quoted, unquoted

TITLES = st.sampled_from(["Run", "=1+1", "'quoted'", "Läufe, weit", 'a "b"', "@x", "-", "x"])
NOTES = st.none() | st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], include_characters="\n\t\r"), min_size=1, max_size=20
).filter(str.strip)
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))
VALUES = st.decimals(-(10**9), 10**9, places=3, allow_nan=False) | st.sampled_from([Decimal(0), Decimal(1)])


@st.composite
def logged(draw: st.DrawFn) -> tuple[Tree, list[Entry]]:
    nodes = [Node(1, None, "v", Kind.VISION, Level.VISION, draw(TITLES), starts_on=date(2000, 1, 1))]
    titles = draw(st.lists(TITLES, min_size=1, max_size=3, unique=True))
    for number, title in enumerate(titles, 2):
        is_number = draw(st.booleans())
        measure, unit = (Measure.NUMBER, draw(st.sampled_from(["km", "=x"]))) if is_number else (Measure.CHECK, None)
        nodes.append(Node(number, 1, str(number), Kind.KPI, Level.DAILY, title, measure=measure, unit=unit))
    entries = []
    for number in range(draw(st.integers(0, 6))):
        node = draw(st.sampled_from(nodes[1:]))
        skipped = draw(st.booleans())
        value = draw(VALUES if node.measure is Measure.NUMBER else st.sampled_from([Decimal(0), Decimal(1)]))
        on, note = draw(DAYS), draw(NOTES)
        entries.append(Entry(number, node.id, on, None if skipped else value, skipped, note, author_id=7))
    return Tree(nodes), entries


@given(logged(), st.none() | st.just({7: "=Ann"}))
def test_entries_come_back_the_same(given_: tuple[Tree, list[Entry]], names: dict[int, str] | None) -> None:
    tree, entries = given_
    sheet = entries_sheet([tree], [entries], names)
    if not entries:
        return
    content: Any = understand(sheet).document
    titles = {goal["key"]: goal["title"] for goal in content["visions"][0]["children"]}
    back = Counter(
        (
            titles[entry["node"]],
            entry["date"],
            None if entry.get("skipped") else Decimal(entry.get("value", 1)),
            entry.get("note"),
        )
        for entry in content["entries"]
    )
    for row in csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")):
        assert row["skipped"] or Decimal(row["value"]) is not None  # a negative number is a number
        assert not names or row["author"] == "'=Ann"
    assert back == Counter(
        (tree.nodes[entry.node_id].title, entry.on.isoformat(), entry.value, entry.note) for entry in entries
    )


@given(st.text(max_size=10))
def test_a_quoted_text_is_never_run_and_comes_back(text: str) -> None:
    assert not quoted(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unquoted(quoted(text)) == text
