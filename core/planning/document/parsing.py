"""Reads a whole goaltree/1 document before anything is written, and names every fault with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from core.asking.reminders import DIGEST_OF_LEVEL
from core.caps import Caps
from core.errors import Fault, InvalidPlan
from core.goals.model import Direction, Each, Kind, Measure
from core.goals.terms import beside_the_last
from core.planning.document.content import FORMAT, Document
from core.planning.document.json_text import read_json, refuse
from core.planning.document.reminders import check_together, nudge_after, quiet_hours, read_reminder
from core.planning.document.schema import MOST_FIELDS, EntryFields, NodeFields, OwnerFields, PauseFields, read_object
from core.planning.document.terms import read_terms
from core.planning.plan import PlanEntry, PlanNode, PlanPause, PlanReminder, planted
from core.planning.rules import FIRST_DATE, LAST_DATE, faults_of
from core.planning.term_rules import check_days_off

MOST_FAULTS = 20
"""The most faults that are listed."""
MOST_COUNTED = 1_000
"""Checking stops after this many faults."""

T = TypeVar("T")

_FIELDS = ("format", "owner", "visions", "entries", "pauses", "reminders")
_OF_REMINDERS = {"quiet_hours", "nudge_after_minutes"}
"""Settings of the owner that are objects or numbers."""


def parsed(said: bytes | str | Mapping[str, object], caps: Caps) -> Document:
    """See `core.planning.document.parse_document`."""
    content = said if isinstance(said, Mapping) else read_json(said, caps)
    if not isinstance(content, Mapping):
        refuse("", "not_a_document")
    if content.get("format") != FORMAT:
        refuse("format", "wrong_format")
    reader = _Reader(caps)
    document = reader.document(content)
    faults = reader.faults
    if len(faults) > MOST_COUNTED:
        faults = [*faults[:MOST_FAULTS], Fault("", "very_many_faults", most=MOST_COUNTED)]
    elif len(faults) > MOST_FAULTS:
        faults = [*faults[:MOST_FAULTS], Fault("", "more_faults", count=len(faults) - MOST_FAULTS)]
    if faults:
        raise InvalidPlan(faults)
    return document


@dataclass(slots=True)
class _Reader:
    caps: Caps
    faults: list[Fault] = field(default_factory=list)
    # By key; None for a node that could not be read.
    nodes: dict[str, PlanNode | None] = field(default_factory=dict)

    def fault(self, place: str, code: str, /, **values: object) -> None:
        self.faults.append(Fault(place, code, **values))

    def document(self, content: Mapping[str, object]) -> Document:
        if len(content) > MOST_FIELDS:
            refuse("", "too_many_fields")
        for name in content:
            if name not in _FIELDS:
                self.fault(name[:40], "unknown_field")
        if "visions" not in content:
            self.fault("visions", "missing_field")
        settings = content.get("owner")
        owner = read_object(OwnerFields, {} if settings is None else settings, "owner", self.faults)
        visions = self._each(content, "visions", self.caps.trees, self._vision)
        entries = self._each(content, "entries", self.caps.document_entries, self._entry)
        pauses = self._each(content, "pauses", self.caps.pauses, self._pause)
        reminders = self._each(content, "reminders", self.caps.reminders + len(DIGEST_OF_LEVEL), self._reminder)
        check_together(reminders, self.caps.reminders, self.faults)
        return Document(
            owner=owner.model_dump(exclude_none=True, exclude=_OF_REMINDERS) if owner else {},
            visions=_read(visions),
            entries=_read(entries),
            pauses=_read(pauses),
            quiet=quiet_hours(owner, self.faults),
            nudge_after=nudge_after(owner, self.faults),
            reminders=_read(reminders) if "reminders" in content else None,
        )

    def _each(
        self, content: Mapping[str, object], name: str, most: int, read: Callable[[object, str], T | None]
    ) -> list[T | None]:
        """The elements of a list, each read with its place; None for one that could not be read."""
        raw = content.get(name, [])
        if not isinstance(raw, list):
            self.fault(name, "list_type")
            return []
        if len(raw) > most:
            refuse(name, f"too_many_{name}", count=len(raw), most=most)
        items: list[T | None] = []
        for at, one in enumerate(raw):
            if len(self.faults) > MOST_COUNTED:
                break
            items.append(read(one, f"{name}[{at}]"))
        return items

    def _vision(self, raw: object, place: str) -> PlanNode | None:
        """One tree; None if any of its nodes could not be read."""
        sound = len(self.faults)
        order: list[tuple[PlanNode | None, int]] = []
        stack: list[tuple[object, str, int]] = [(raw, place, 1)]
        while stack:
            raw, here, depth = stack.pop()
            if depth > self.caps.depth:
                self.fault(here, "too_deep", most=self.caps.depth)
                continue
            fields = read_object(NodeFields, raw, here, self.faults)
            node = self._node(fields, here, depth) if fields else None
            below = fields.children if fields else _raw_value(raw, "children")
            children = below if isinstance(below, list) else []
            order.append((node, len(children)))
            if len(order) + len(stack) + len(children) > self.caps.nodes_in_tree:
                self.fault(place, "too_many_nodes", count=None, most=self.caps.nodes_in_tree)
                return None
            self._remember(node, raw, here)
            stack.extend((child, f"{here}.children[{at}]", depth + 1) for at, child in reversed([*enumerate(children)]))
        if len(self.faults) > sound:
            return None
        vision = planted(order)
        self.faults.extend(faults_of(vision, self.caps))
        for node in vision.walk():
            self.nodes[str(node.key)] = node
        return vision

    def _remember(self, node: PlanNode | None, raw: object, place: str) -> None:
        key = node.key if node else _raw_value(raw, "key")
        if not isinstance(key, str):
            return
        taken = self.nodes.get(key)
        # Within one vision `faults_of` reports it.
        if taken is not None and taken.place.split(".")[0] != place.split(".")[0]:
            self.fault(f"{place}.key", "duplicate_key", key=key[:100], by=taken.place)
        self.nodes.setdefault(key, None)

    def _node(self, fields: NodeFields, place: str, depth: int) -> PlanNode | None:
        kind = fields.kind or (Kind.VISION if depth == 1 else Kind.KPI)
        level = fields.level or kind.level
        if level is None:
            self.fault(f"{place}.level", "level_missing")
            return None
        terms = read_terms(fields, place, self.faults)
        return PlanNode(
            title=fields.title,
            kind=kind,
            level=level,
            key=fields.key,
            strategy=fields.strategy,
            measure=fields.measure,
            aggregate=fields.aggregate,
            unit=fields.unit,
            direction=fields.direction or Direction.AT_LEAST,
            baseline=fields.baseline,
            target=terms[-1].target,
            weight=terms[-1].weight,
            schedule=terms[-1].schedule,
            terms=beside_the_last(terms),
            starts_on=fields.starts_on,
            ends_on=fields.ends_on,
            let_go=fields.let_go,
            place=place,
            each=None if fields.each is None else Each(fields.each.measure, fields.each.aggregate),
            member=fields.member,
        )

    def _entry(self, raw: object, place: str) -> PlanEntry | None:
        fields = read_object(EntryFields, raw, place, self.faults)
        key = fields.node if fields else _raw_value(raw, "node")
        if isinstance(key, str) and key not in self.nodes:
            self.fault(f"{place}.node", "unknown_node", key=key[:100])
            return None
        if fields is None:
            return None
        if not FIRST_DATE <= fields.date <= LAST_DATE:
            self.fault(f"{place}.date", "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)
        node = self.nodes[fields.node]
        if node is None:  # its own fault is reported already
            return None
        if not node.is_leaf:
            self.fault(f"{place}.node", "entry_on_parent", title=node.title)
            return None
        value = self._value(fields, node, f"{place}.value")
        return PlanEntry(fields.node, fields.date, value, fields.skipped, fields.note, fields.author, place)

    def _value(self, fields: EntryFields, node: PlanNode, place: str) -> Decimal | None:
        is_tick = node.measure is not Measure.NUMBER
        if fields.skipped:
            if fields.value is not None:
                self.fault(place, "value_on_skip")
        elif fields.value is None:
            if is_tick:
                return Decimal(1)
            self.fault(place, "value_missing")
        elif is_tick and fields.value not in (0, 1):
            self.fault(place, "not_a_tick")
        return fields.value

    def _pause(self, raw: object, place: str) -> PlanPause | None:
        fields = read_object(PauseFields, raw, place, self.faults)
        if fields is None:
            return None
        if fields.node is not None and fields.node not in self.nodes:
            self.fault(f"{place}.node", "unknown_node", key=fields.node[:100])
            return None
        node = None if fields.node is None else self.nodes[fields.node]
        if node is not None and node.member is not None:
            self.fault(f"{place}.node", "pause_of_member")
        if not (FIRST_DATE <= fields.first <= LAST_DATE and FIRST_DATE <= fields.last <= LAST_DATE):
            self.fault(place, "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)
        else:
            self.faults.extend(check_days_off(fields.first, fields.last, f"{place}.to"))
        return PlanPause(fields.first, fields.last, fields.node, place)

    def _reminder(self, raw: object, place: str) -> PlanReminder | None:
        return read_reminder(raw, place, self.nodes, self.faults)


def _raw_value(raw: object, name: str) -> object:
    """The raw value of a field, for an object that could not be read."""
    return raw.get(name) if isinstance(raw, dict) else None


def _read(items: Iterable[T | None]) -> tuple[T, ...]:
    """The elements that could be read."""
    return tuple(item for item in items if item is not None)
