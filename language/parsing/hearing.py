"""The context in which words about goals are read."""

from __future__ import annotations

from datetime import date

from core.records import record
from language.lexicon import Lexicon


@record
class Hearing:
    """The day on which the words were written, the writer's lexicon, the first weekday of their week, and whether "1,5"
    is one and a half."""

    today: date
    lexicon: Lexicon
    week_start: int = 0
    decimal_comma: bool = False
