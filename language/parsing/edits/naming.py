"""The goal named at the beginning of a text, and the words behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import itemgetter

from core.planning.names import longest_name_prefix, match
from core.records import record
from language.parsing.line import KnownGoal

_MARKS = ":,"
_MOST_WORDS = 20


@record
class NamedGoals:
    """`goals`: one is certain, several are candidates; if empty, `nearest` has the most similar ones.

    `name` holds the words that name them, `rest` the words behind.
    """

    goals: tuple[KnownGoal, ...] = ()
    nearest: tuple[KnownGoal, ...] = ()
    name: str = ""
    rest: str = ""

    @property
    def sure(self) -> KnownGoal | None:
        """The goal, if it is certain."""
        return self.goals[0] if len(self.goals) == 1 else None


def read_name(text: str, goals: Sequence[KnownGoal], *, ended_first: bool = False) -> NamedGoals:
    """The goal that a text begins with. Active goals come before ended ones, or after them with `ended_first`.

    A number belongs to a name only in a whole title or at its beginning; in "run 8" it is an amount.
    """
    words = text.split()
    bare = [word.rstrip(_MARKS) or word for word in words]
    ranks = _ranks(goals, ended_first=ended_first)
    for alike_too in (False, True):
        begun = [_begun(bare, rank, alike_too=alike_too) for rank in ranks]
        count, meant = max(begun, key=itemgetter(0), default=(0, ()))
        if meant:
            return NamedGoals(meant, (), " ".join(words[:count]), " ".join(words[count:]))
    if words and words[0][:1].isdigit():
        return _begun_with_number(words, ranks)
    _, matched = longest_name_prefix(bare[:1], _titles(goals))
    return NamedGoals((), _of_ids(matched.nearest, goals), " ".join(words[:1]), " ".join(words[1:]))


def _begun(words: Sequence[str], goals: Sequence[KnownGoal], *, alike_too: bool) -> tuple[int, tuple[KnownGoal, ...]]:
    """(the number of leading words that name goals, their ids)."""
    count, matched = longest_name_prefix(words, _titles(goals), alike_too=alike_too)
    meant = _of_ids(matched.exact, goals)
    return (count, meant) if meant else (0, ())


def _begun_with_number(words: Sequence[str], ranks: Sequence[Sequence[KnownGoal]]) -> NamedGoals:
    """The most words (at least two) that begin a title with a number: "20 km" of "20 km 30" begins "20 km a week"."""
    for count in range(min(len(words), _MOST_WORDS), 1, -1):
        name = " ".join(words[:count])
        for rank in ranks:
            begun = tuple(goal for goal in rank if goal.title.casefold().startswith(name.casefold()))
            if begun:
                return NamedGoals(begun, (), name, " ".join(words[count:]))
    return NamedGoals((), (), words[0], " ".join(words[1:]))


def read_whole_name(text: str, goals: Sequence[KnownGoal], *, ended_first: bool = False) -> NamedGoals:
    """The goal that a whole text names."""
    text = text.strip(" .!?") or text
    ranks = _ranks(goals, ended_first=ended_first)
    matches = [match(text, _titles(rank)) for rank in ranks]
    for matched in matches:
        if matched.exact:
            return NamedGoals(_of_ids(matched.exact, goals), (), text)
    nearest = {node_id for matched in matches for node_id in matched.nearest}
    return NamedGoals((), _of_ids(nearest, goals), text)


def _titles(goals: Sequence[KnownGoal]) -> list[tuple[int, str]]:
    return [(goal.id, goal.title) for goal in goals]


def _of_ids(ids: Collection[int], goals: Sequence[KnownGoal]) -> tuple[KnownGoal, ...]:
    return tuple(goal for goal in goals if goal.id in ids)


def _ranks(goals: Sequence[KnownGoal], *, ended_first: bool) -> tuple[list[KnownGoal], list[KnownGoal]]:
    """Active and ended goals, in order of precedence."""
    return [goal for goal in goals if goal.ended is ended_first], [goal for goal in goals if goal.ended != ended_first]
