"""Goals with the same name below the same parent."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import Fault
from core.planning.plan import PlanNode
from core.planning.titles import compared


def namesakes(plan: PlanNode) -> Iterator[Fault]:
    """A fault for each goal with the name of a sibling: nobody could tell them apart."""
    for node in plan.walk():
        seen: set[str] = set()
        for child in node.children if node.each is None else ():
            title = compared(child.title)
            if title in seen:
                yield Fault(child.place or f"“{child.title}”", "title_taken", title=child.title, above=node.title)
            seen.add(title)
