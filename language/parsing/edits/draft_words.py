"""Changes to a proposed plan in words: "run 8 km", "stretch mon wed", "without yoga", "rename run to Jog", "add Swim
twice a week"."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import count

from core.goals.model import Direction, Node
from core.planning.draft import DraftChange, redrafted
from core.planning.outline import assign_keys
from core.planning.plan import PlanNode, nodes_of
from core.records import record
from language.meanings import Meaning
from language.parsing.edits.adding import read_addition, read_goal_line
from language.parsing.edits.change import SaidChange, read_change
from language.parsing.edits.naming import read_name, read_whole_name
from language.parsing.errors import Unclear
from language.parsing.goal_lines import is_spelled_out
from language.parsing.hearing import Hearing
from language.parsing.line import KnownGoal
from language.tokens import plain

_ARROWS = ("->", "→", "=", ":")
_QUOTES = '"“”„«»'


class DraftPart(StrEnum):
    """The changed part of a goal. OPEN: the goal was only named."""

    OPEN = "open"
    TITLE = "title"
    ASK = "ask"
    DROP = "drop"
    ADD = "add"


@record
class DraftEdit:
    """A change, in words, of the goal at a place of the plan."""

    at: int
    part: DraftPart
    said: str = ""

    def __str__(self) -> str:
        return f"{self.at} {self.part.value} {self.said}"

    @classmethod
    def read(cls, text: str) -> DraftEdit:
        """The inverse of `str`."""
        at, part, said = text.split(" ", 2)
        return cls(int(at), DraftPart(part), said)


def read_edit(text: str, plan: PlanNode, hearing: Hearing) -> DraftEdit | None:
    """The change of a plan that words ask for; None if they name none of its goals."""
    goals = _goals(plan)
    first, _, rest = " ".join(text.split()).partition(" ")
    meaning = hearing.lexicon.words.get(plain(first)) if rest else None
    if meaning in _READ_AS:
        return _READ_AS[meaning](rest, goals, hearing)
    if is_spelled_out(text):
        return _added(text, goals, hearing)
    named = read_name(text, goals)
    if named.sure is None:
        return None
    return DraftEdit(named.sure.id, DraftPart.ASK if named.rest else DraftPart.OPEN, named.rest)


def _dropped(text: str, goals: Sequence[KnownGoal], _: Hearing) -> DraftEdit | None:
    named = read_whole_name(text, goals).sure
    return DraftEdit(named.id, DraftPart.DROP) if named else None


def _renamed(text: str, goals: Sequence[KnownGoal], hearing: Hearing) -> DraftEdit | None:
    named = read_name(text, goals)
    title = _title(named.rest, hearing)
    return DraftEdit(named.sure.id, DraftPart.TITLE, title) if named.sure and title else None


def _added(text: str, goals: Sequence[KnownGoal], hearing: Hearing) -> DraftEdit | None:
    wanted = read_addition(text, goals, hearing.lexicon)
    above = wanted.above.sure if wanted.above else goals[0]
    return DraftEdit(above.id, DraftPart.ADD, wanted.line) if above and wanted.line else None


_READ_AS = {Meaning.DROP: _dropped, Meaning.UNDONE: _dropped, Meaning.RENAME: _renamed, Meaning.ADD: _added}
"""The readers of a text, by the meaning of its first word."""


def edited(plan: PlanNode, edit: DraftEdit, hearing: Hearing) -> PlanNode:
    """The plan with the change applied. Raises `InvalidPlan`, `NoSuchDay` and `Unclear`."""
    return redrafted(plan, [_change(plan, edit, hearing)])


def _change(plan: PlanNode, edit: DraftEdit, hearing: Hearing) -> DraftChange:
    match edit.part:
        case DraftPart.TITLE:
            return DraftChange(edit.at, title=edit.said)
        case DraftPart.DROP:
            return DraftChange(edit.at, is_dropped=True)
        case DraftPart.ADD:
            line = read_goal_line(edit.said, hearing)
            return DraftChange(edit.at, below=(line,))
        case _:
            node = _nodes(plan)[edit.at]
            said = read_change(edit.said, node, hearing)
            if said != SaidChange(said.target, said.direction, schedule=said.schedule) or said.direction not in (
                None,
                node.direction,
                Direction.AT_LEAST,
            ):
                raise Unclear("no_target", edit.said, title=node.title)
            return DraftChange(edit.at, target=said.target, schedule=said.schedule)


def _nodes(plan: PlanNode) -> list[Node]:
    return nodes_of(assign_keys(plan, set()), count())


def _goals(plan: PlanNode) -> list[KnownGoal]:
    return [KnownGoal(at, node.title, node.is_leaf) for at, node in enumerate(plan.walk())]


def _title(said: str, hearing: Hearing) -> str:
    """The new name, which follows the old one: "to Jog", "-> Jog"."""
    first, _, rest = said.partition(" ")
    is_lead = first in _ARROWS or hearing.lexicon.means(plain(first), Meaning.TO)
    return (rest if rest and is_lead else said).strip(_QUOTES)
