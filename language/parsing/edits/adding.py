"""Additions in words: "Body: Stretch", "Body: D: Stretch = 10 min [mon wed]", "Stretch below Body"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from core.errors import Fault, InvalidPlan
from core.planning.plan import PlanNode
from core.records import record
from language.lexicon import Lexicon
from language.parsing import goal_lines
from language.parsing.aims import is_sentence
from language.parsing.edits.moving import split_at_place
from language.parsing.edits.naming import NamedGoals, read_whole_name
from language.parsing.goal_lines import is_spelled_out
from language.parsing.hearing import Hearing
from language.parsing.line import KnownGoal
from language.parsing.numbered import SETS

_LETTER = re.compile(r"\s*[^\W\d_]\s*!?\s*:")
_LONGEST, _MOST_COLONS = 400, 6
"""The longest name of a goal above, in characters."""


@record
class Addition:
    """The goal above (None if not given) and the line to add below it."""

    above: NamedGoals | None
    line: str


def read_addition(text: str, goals: Sequence[KnownGoal], lexicon: Lexicon) -> Addition:
    """The new line, and the goal to add it below."""
    text = " ".join(text.split())
    whole = next((goal for goal in goals if " ".join(goal.title.split()).casefold() == text.casefold()), None)
    if whole is not None:
        return Addition(NamedGoals((whole,), (), text), "")
    splits = list(_splits(text, lexicon))
    for name, line in splits:
        above = read_whole_name(name, goals)
        if above.goals:
            return Addition(above, line)
    if splits:
        name, line = splits[0]
        return Addition(read_whole_name(name, goals), line)
    return Addition(None, text)


def _splits(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(the possible name of the goal above, the line). A level letter before a colon is no name."""
    if not _LETTER.match(text):
        for colon in islice(re.finditer(r":", text[:_LONGEST]), _MOST_COLONS):
            name, line = text[: colon.start()].strip(), text[colon.end() :].strip()
            if name:
                yield name, line
    line, name = split_at_place(text, lexicon)
    if name:
        yield name, line


def read_goal_line(line: str, hearing: Hearing) -> PlanNode:
    """A line of an outline, or a goal in plain words: "run 5 km a week". Raises `InvalidPlan`."""
    line = line[:_LONGEST]
    try:
        if _LETTER.match(line):
            return goal_lines.outlined(line, hearing)
        return _in_words(line, hearing)
    except InvalidPlan as error:
        raise InvalidPlan([fault.at("") for fault in error.faults]) from None


def _in_words(line: str, hearing: Hearing) -> PlanNode:
    """A goal without a level letter, in plain words or in the outline's."""
    if is_sentence(line) and not SETS.search(line):
        named = goal_lines.goals(line, hearing)
        if len(named) == 1:
            return goal_lines.node(named[0], hearing)
        if any(is_spelled_out(goal.line) for goal in named):
            raise InvalidPlan([Fault("", "several_goals", count=len(named))])
    return goal_lines.outlined(f"D: {line}", hearing)
