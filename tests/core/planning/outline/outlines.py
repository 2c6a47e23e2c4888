"""Outlines and their lines, as read and printed on Monday 2026-11-23."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from core.errors import InvalidPlan
from core.goals.tree import Tree
from core.planning.outline import assign_keys, parse_outline, print_outline
from core.planning.plan import PlanNode, nodes_of

TODAY = date(2026, 11, 23)
MARATHON = """\
Run a marathon (from 2026-11-23 until 2027-04-30)
  Q: 600 km a quarter = 600 km sum
    M: 200 km a month = 200 km sum
      W: 50 km a week = 50 km sum
        D: Run = 5 km
        D: Stretch [mon wed fri] x2"""


def node(line: str) -> PlanNode:
    """The only goal below a vision, from its line."""
    (vision,) = parse_outline(f"V\n  {line}", TODAY)
    return vision.children[0]


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        parse_outline(text, TODAY)
    return [(fault.place, fault.code) for fault in refused.value.faults]


def printed(text: str) -> str:
    """The outline printed after it was stored."""
    return "\n".join(
        print_outline(Tree(nodes_of(assign_keys(plan, set()), itertools.count(1))), date.min)
        for plan in parse_outline(text, TODAY)
    )
