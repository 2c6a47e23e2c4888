"""Keys for goals without one: short, readable, unique within an owner."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from core.goals.model import Kind
from core.planning.plan import PlanNode

_LONGEST = 40


def assign_keys(plan: PlanNode, taken: set[str]) -> PlanNode:
    """The plan with a key on every node, different from those taken and from each other."""
    used = taken | {node.key for node in plan.walk() if node.key is not None}
    counts: dict[str, int] = {}

    def keyed(node: PlanNode) -> PlanNode:
        if node.key is not None:
            return node
        slug = _slug(node.title)
        base = slug or _letter(node)
        # A title without Latin letters has no slug: the key is then the level's letter and a number from 1.
        key = base if slug else f"{base}1"
        while key in used:
            counts[base] = counts.get(base, 1) + 1
            key = f"{base}-{counts[base]}" if slug else f"{base}{counts[base]}"
        used.add(key)
        return replace(node, key=key)

    return plan.mapped(keyed)


def _slug(title: str) -> str:
    latin = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-")[:_LONGEST].strip("-")


def _letter(node: PlanNode) -> str:
    return "p" if node.kind is Kind.POWER_GOAL else node.level.value[0]
