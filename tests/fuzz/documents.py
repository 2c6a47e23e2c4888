"""Files that may be documents: sound ones, nearly sound ones, and others."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.texts import Json, piece

_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**30), 10**30), st.floats(), piece),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(piece, inner, max_size=4)),
    max_leaves=8,
)
_FIELDS = [
    *("key", "title", "kind", "level", "strategy", "measure", "aggregate", "unit", "target", "targets", "weight"),
    *("weekdays", "starts_on", "ends_on", "children"),
]
_FITTING: dict[str, list[Any]] = {
    "kind": ["vision", "kpi", "weekly_target", "power_goal", "quarterly_target"],
    "level": ["daily", "weekly", "monthly", "quarterly", "vision"],
    "strategy": ["sum", "average", "min", "max", "count"],
    "measure": ["check", "number"],
    "aggregate": ["sum", "last", "max"],
    "unit": ["km", "pages", "<b>"],
    "target": [1, 5.5, 0, -1, 1e-9, 10**12, None],
    "weight": [1, 0, 2.5, -1],
    "weekdays": [["mon"], ["mon", "wed"], [], ["xyz"], "mon"],
    "starts_on": ["2026-01-01", "0001-01-01", "9999-12-31", "2026-02-30", ""],
    "ends_on": ["2027-01-01", "0002-01-01", "8999-12-31", None],
    "targets": [[{"from": None, "target": 5}, {"from": "2026-11-01", "target": 7}], [], [{}]],
}


@st.composite
def _nodes(draw: st.DrawFn, depth: int = 0) -> Any:
    if draw(st.integers(0, 30)) == 0:
        return draw(_json)
    node: Json = {"key": draw(st.sampled_from([f"k{n}" for n in range(12)])), "title": draw(piece)}
    if depth:
        node["level"] = draw(st.sampled_from(["daily", "daily", "weekly"]))
    for name in draw(st.lists(st.sampled_from(_FIELDS), max_size=4)):
        if name in _FITTING:
            node[name] = draw(st.sampled_from(_FITTING[name]))
    if depth < 3:
        node["children"] = draw(st.lists(_nodes(depth=depth + 1), max_size=3))
    return node


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A file that may be a document: sound, nearly sound, or not at all."""
    entry = st.fixed_dictionaries(
        {
            "node": st.sampled_from([f"k{n}" for n in range(12)]),
            "date": st.sampled_from(["2026-11-20", "0001-01-01", 5]),
        },
        optional={
            "value": st.sampled_from([1, 0, 2.5, True, None, 10**15, -1, "5"]),
            "note": piece,
            "skipped": st.booleans(),
            "author": st.sampled_from([1, 2**63, -1, "me"]),
        },
    )
    reminder = st.fixed_dictionaries(
        {"kind": st.sampled_from(["check_in", "weekly_digest", "nudge"]), "at": st.sampled_from(["20:00", "24:00", 5])},
        optional={"weekdays": st.sampled_from([["mon"], [], ["sun", "sun"]]), "node": st.sampled_from(["k1", "none"])},
    )
    settings = st.fixed_dictionaries(
        {},
        optional={
            "timezone": st.sampled_from(["Europe/Berlin", "UTC", "../../etc/passwd", "", "Mars/Base", "\x00"]),
            "locale": st.sampled_from(["de", "xx", "zz-ZZ-qq", "en-US-POSIX", "root", "aa_bb", ""]),
            "day_start": st.sampled_from(["04:00", "23:59", "24:00"]),
            "week_start": st.sampled_from(["sunday", "mon"]),
            "quiet_hours": st.sampled_from([{"from": "22:00", "to": "07:00"}, {"from": "22:00", "to": "22:00"}, {}]),
            "nudge_after_minutes": st.sampled_from([60, 0, 10**9]),
        },
    )
    whole = st.fixed_dictionaries(
        {"format": st.just("goaltree/1"), "visions": st.lists(_nodes(), max_size=3)},
        optional={
            "owner": st.one_of(settings, settings, _json),
            "entries": st.lists(st.one_of(entry, entry, entry, _json), max_size=6),
            "reminders": st.lists(st.one_of(reminder, _json), max_size=3),
            "other": _json,
        },
    )
    content = draw(st.one_of(whole, whole, whole, _json))
    text = json.dumps(content, ensure_ascii=draw(st.booleans()))
    raw = text.encode("utf-8", "surrogatepass")
    cut = draw(st.one_of(st.none(), st.none(), st.none(), st.integers(0, len(raw))))
    return raw if cut is None else raw[:cut]
