"""The leftover words of a line, behind its goal, act and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.errors import Unclear
from language.parsing.line import Context, Doubt, KnownGoal, SaidOfGoal
from language.tokens import Token


@record
class Rest:
    """The leftover words, and what is known of the line."""

    heard: Sequence[Token]
    said: SaidOfGoal
    meant: Sequence[KnownGoal]
    goals: Sequence[KnownGoal]
    context: Context

    @property
    def lexicon(self) -> Lexicon:
        return self.context.lexicon

    def text(self, at: int, words: int = 1) -> str:
        return " ".join(token.text for token in self.heard[at : at + words])

    def means(self, at: int, *meanings: Meaning) -> bool:
        return 0 <= at < len(self.heard) and self.lexicon.means(self.heard[at].word, *meanings)

    def on(self, day: date) -> tuple[SaidOfGoal, ...]:
        """The line's meaning, moved to another day."""
        return (replace(self.said, on=day),)

    def doubt(self, why: Unclear, *readings: SaidOfGoal) -> Doubt:
        """A doubt whose first `readings` are alternatives to the literal one."""
        return Doubt(why, tuple(dict.fromkeys((*readings, self.said))))
