"""Goals not to do something: "No smoking", "Sugar free", "Quit alcohol"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from core.actions.logged import How
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.errors import Unclear
from language.parsing.line import Doubt, KnownGoal, SaidOfGoal
from language.tokens import words

_ABSTAINS = (
    Meaning.NO, Meaning.NOT, Meaning.NOTHING, Meaning.NEVER, Meaning.NONE, Meaning.DENIED, Meaning.QUIT, Meaning.OFF,
    Meaning.ABSTAIN,
)  # fmt: skip


def doubt_of_abstaining(
    line: str, name: str, said: SaidOfGoal, goals: Sequence[KnownGoal], lexicon: Lexicon
) -> Doubt | None:
    """The doubt about a line that names such a goal by less than its whole title: "smoked" is the opposite of "Smoke
    free", "no smoking" is the same. None for all other goals."""
    if len(goals) != 1 or goals[0].number or said.how is How.SKIP:
        return None
    title = words(goals[0].title.replace("-", " "))
    if not any(lexicon.means(word, *_ABSTAINS) for word in title) or words(name.replace("-", " ")) == title:
        return None
    kept = replace(said, how=How.ADD, value=None, denied=False, plain=False)
    return Doubt(Unclear("denied", line), (kept, replace(kept, how=How.SET, value=Decimal(0), denied=True)))
