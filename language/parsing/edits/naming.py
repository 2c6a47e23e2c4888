"""The goal that words begin with, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.planning.names import longest_name_prefix
from language.parsing.line import Goal

_MARKS = ":,"


@dataclass(frozen=True, slots=True)
class Named:
    """`goals`: one is meant, several are candidates; without any, `nearest` are those that the words resemble.

    `name` are the words that name them, `rest` the words behind.
    """

    goals: tuple[Goal, ...] = ()
    nearest: tuple[Goal, ...] = ()
    name: str = ""
    rest: str = ""

    @property
    def sure(self) -> Goal | None:
        """The one that is meant, if there is no doubt."""
        return self.goals[0] if len(self.goals) == 1 else None


def read_name(text: str, goals: Sequence[Goal], *, ended_first: bool = False) -> Named:
    """The goal that a text begins with. What is active goes before what has ended, or behind it.

    A number is part of a name only in a whole title: in "run 8" it is said of the goal.
    """
    words = text.split()
    bare = [word.rstrip(_MARKS) or word for word in words]
    ranks = [goal for goal in goals if goal.ended is ended_first], [goal for goal in goals if goal.ended != ended_first]
    best = Named()
    for alike_too in (False, True):
        for rank in ranks:
            count, found = longest_name_prefix(bare, [(goal.id, goal.title) for goal in rank], alike_too=alike_too)
            meant = tuple(goal for goal in rank if goal.id in found.exact)
            if count > len(best.name.split()) and meant:
                best = Named(meant, (), " ".join(words[:count]), " ".join(words[count:]))
        if best.goals:
            return best
    _, found = longest_name_prefix(bare[:1], [(goal.id, goal.title) for goal in goals])
    nearest = tuple(goal for goal in goals if goal.id in found.nearest)
    return Named((), nearest, " ".join(words[:1]), " ".join(words[1:]))


def read_whole_name(text: str, goals: Sequence[Goal], *, ended_first: bool = False) -> Named:
    """The goal that a whole text names: the words behind the name belong to it too, or it names none."""
    found = read_name(text, goals, ended_first=ended_first)
    if not found.rest:
        return found
    return Named((), found.goals or found.nearest, text)
