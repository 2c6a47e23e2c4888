"""What people say they want, in one sentence: "write a book of 80,000 words by 30 June", "at most 2 coffees a day"."""

from __future__ import annotations

from language.parsing.aims.sentence import Heard, read_aim

__all__ = ["Heard", "read_aim"]
