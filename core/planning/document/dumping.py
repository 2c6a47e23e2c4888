"""Trees and entries as a goaltree/1 document: the same trees give the same text, character by character."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from itertools import chain
from operator import attrgetter

from core.asking.reminders import Reminder
from core.goals.model import WEEKDAY_NAMES, Each, Entry, Kind, Node, Owner, Pause
from core.goals.terms import ALL_WEEK, EVERY_DAY
from core.goals.tree import Tree
from core.planning.document.content import FORMAT
from core.planning.document.dumped import dump_number, dump_schedule, dump_terms, known
from core.planning.outline.words import WEEKDAYS


def dump_document(
    owner: Owner,
    trees: Sequence[Tree],
    entries_by_tree: Sequence[Sequence[Entry]],
    reminders: Sequence[Reminder] = (),
    users: Mapping[int, int] | None = None,
) -> str:
    """The document of an owner's trees with each tree's entries, in the given order, and the owner's pauses and
    reminders. `users` maps member ids to user ids."""
    keys = {node.id: node.key for tree in trees for node in tree.nodes.values()}
    content: dict[str, object] = {
        "format": FORMAT,
        "owner": _owner(owner),
        "visions": [_tree(tree, users or {}) for tree in trees],
        "entries": [_entry(keys[entry.node_id], entry) for entry in chain.from_iterable(entries_by_tree)],
    }
    if pauses := _pauses(trees, keys):
        content["pauses"] = pauses
    if owner.defaults_given or reminders:
        content["reminders"] = [_reminder(reminder, keys) for reminder in reminders]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def dump_own_entries(groups: Sequence[tuple[str, Sequence[tuple[str, Entry]]]]) -> str:
    """One person's entries in groups, for them to keep: by group title, every entry with the name of its goal. It holds
    nobody else's data, and cannot be imported."""
    content = {
        "groups": [
            {"title": title, "entries": [{"goal": goal, **_fact(entry)} for goal, entry in entries]}
            for title, entries in groups
        ]
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _owner(owner: Owner) -> dict[str, object]:
    fields: dict[str, object] = {
        "timezone": owner.timezone,
        "day_start": _time(owner.day_start),
        "week_start": WEEKDAYS[owner.week_start],
        "locale": owner.locale,
        "quiet_hours": owner.quiet and {"from": _time(owner.quiet.start), "to": _time(owner.quiet.end)},
        "nudge_after_minutes": owner.nudge_after and owner.nudge_after // timedelta(minutes=1),
    }
    return known(fields)


def _pauses(trees: Sequence[Tree], keys: Mapping[int, str]) -> list[dict[str, object]]:
    pauses = {pause for tree in trees for pause in tree.pauses}
    return [_pause(pause, keys) for pause in sorted(pauses, key=attrgetter("id"))]


def _pause(pause: Pause, keys: Mapping[int, str]) -> dict[str, object]:
    node = {} if pause.node_id is None else {"node": keys[pause.node_id]}
    return {"from": pause.first.isoformat(), "to": pause.last.isoformat(), **node}


def _reminder(reminder: Reminder, keys: Mapping[int, str]) -> dict[str, object]:
    fields: dict[str, object] = {
        "kind": reminder.kind.value,
        "at": _time(reminder.schedule.at),
        "weekdays": _weekdays(reminder.schedule.weekdays),
        "node": None if reminder.node_id is None else keys[reminder.node_id],
        "paused": reminder.paused or None,
    }
    return known(fields)


def _tree(tree: Tree, users: Mapping[int, int]) -> dict[str, object]:
    written: dict[int, dict[str, object]] = {}
    for node in tree.bottom_up:
        fields = _node(node, users)
        children = [written.pop(child.id) for child in tree.children(node)]
        written[node.id] = {**fields, "children": children} if children else fields
    return written[tree.vision.id]


def _node(node: Node, users: Mapping[int, int]) -> dict[str, object]:
    schedule = {} if node.schedule == EVERY_DAY else dump_schedule(node.schedule)
    fields: dict[str, object] = {
        "key": node.key,
        "title": node.title,
        "kind": node.kind,
        "level": node.level if node.kind is Kind.KPI else None,
        "strategy": node.strategy,
        "measure": node.measure,
        "aggregate": node.aggregate,
        "unit": node.unit,
        "direction": node.direction if node.is_limit else None,
        "baseline": dump_number(node.baseline),
        "target": dump_number(node.target),
        "weight": None if node.weight == 1 else dump_number(node.weight),
        **schedule,
        "terms": dump_terms(node.terms),
        "starts_on": node.starts_on and node.starts_on.isoformat(),
        "ends_on": node.ends_on and node.ends_on.isoformat(),
        "each": None if node.each is None else _each(node.each),
        "member": None if node.member_id is None else users.get(node.member_id),
        "let_go": node.let_go or None,
    }
    return known(fields)


def _each(each: Each) -> dict[str, str]:
    fields = {"measure": each.measure, "aggregate": each.aggregate}
    return {name: value.value for name, value in fields.items() if value is not None}


def _entry(key: str, entry: Entry) -> dict[str, object]:
    author = {} if entry.author_id is None else {"author": entry.author_id}
    return {"node": key, **_fact(entry), **author}


def _fact(entry: Entry) -> dict[str, object]:
    fields = {
        "date": entry.on.isoformat(),
        "value": dump_number(entry.value),
        "skipped": entry.skipped or None,
        "note": entry.note,
    }
    return known(fields)


def _weekdays(chosen: frozenset[int]) -> list[str] | None:
    return None if chosen == ALL_WEEK else [WEEKDAY_NAMES[day] for day in sorted(chosen)]


def _time(at: time) -> str:
    return at.strftime("%H:%M")
