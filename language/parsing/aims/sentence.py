"""From one sentence to the aim that it states."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from core.goals.model import Level
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.ends import cut_span, cut_unknown_end
from language.parsing.aims.heard import Heard, Said
from language.parsing.aims.meant import OF_A_DAY, SMALL, meaning_of
from language.parsing.aims.numbers import AimAmount, cut_amount, cut_done, cut_limit, cut_ramp, cut_way
from language.parsing.aims.rhythms import SaidRhythm, cut_rhythm
from language.parsing.aims.text import Sentence
from language.parsing.fractions import in_figures
from language.parsing.hearing import Hearing

_RANGE = re.compile(r"(?<![\w.,])\d{1,3}\s?[-–—]\s?\d{1,3}(?![\w.,])")


def read_aim(text: str, hearing: Hearing, *, each: Level | None = None) -> Heard:
    """The aim that a sentence states. `each`: the period of something that recurs, if the sentence names none. Raises
    `NoSuchDay` and `Unclear`."""
    sentence = Sentence(_shape(r"^\s*{}\s+(?=\S)", Meaning.WISH, hearing.lexicon).sub("", text), hearing)
    unknown_end = cut_unknown_end(sentence)
    span = None if unknown_end else cut_span(sentence)
    ramp, done = cut_ramp(sentence), cut_done(sentence)
    said = _parts(sentence)
    heard = meaning_of(said, hearing.lexicon, has_end=span is not None or bool(unknown_end), each=each)
    aim = replace(
        heard.aim,
        starts_on=span.opens_on if span and _begins_then(heard) else None,
        ends_on=span.ends_on if span else None,
        ramp=ramp or Decimal(0),
        done=done or Decimal(0),
    )
    return replace(heard, aim=aim, unknown_end=unknown_end)


def _begins_then(heard: Heard) -> bool:
    """Whether the aim is pursued during the month or year that it names, rather than due at its end."""
    return heard.aim.is_total or heard.aim.each is not None


def _parts(sentence: Sentence) -> Said:
    is_noted = sentence.cut(_shape(r"\(?{}\)?", Meaning.TRACKED, sentence.lexicon))
    full = sentence.name
    sentence.text = in_figures(sentence.text, sentence.lexicon)
    is_tracked = bool(is_noted or sentence.cut(_RANGE))
    whole = sentence.text
    is_least = sentence.cut(_shape("{}", Meaning.AT_LEAST, sentence.lexicon))
    limit, start = (None, 0) if is_tracked or is_least else cut_limit(sentence)
    way = None if limit else cut_way(sentence)
    rhythm = cut_rhythm(sentence)
    if limit is Meaning.NO and _says_how_often(rhythm):
        # "No meat 3 days a week" is to be done on three days.
        limit, start, sentence.text = None, 0, whole
        rhythm = cut_rhythm(sentence)
    amount = None if limit is Meaning.NO else _amount(sentence, start, rhythm)
    is_under = limit is Meaning.UNDER
    if limit and sentence.cut(_shape(r"^\s*{}\s+", Meaning.KEEP, sentence.lexicon)):
        limit = Meaning.KEEP
    return Said(full, sentence.name, limit, way, rhythm, amount, is_tracked, is_under)


def _says_how_often(rhythm: SaidRhythm | None) -> bool:
    return rhythm is not None and rhythm.times is not None


def _amount(sentence: Sentence, start: int, rhythm: SaidRhythm | None) -> AimAmount | None:
    """The amount: the one behind the words of a limit (at `start`) if there is one, else any before them."""
    amount = cut_amount(sentence, start)
    if amount is None and start:
        amount = cut_amount(sentence)
    return amount or _one(sentence, rhythm)


def _one(sentence: Sentence, rhythm: SaidRhythm | None) -> AimAmount | None:
    """ "A glass of water", "a chapter a day": a single unit of a daily amount. Not "write a chapter"."""
    before, sentence.text = sentence.text, in_figures(sentence.text, sentence.lexicon, ones=True)
    amount = cut_amount(sentence)
    if amount and (rhythm is not None or amount.unit in OF_A_DAY or amount.unit in SMALL):
        return amount
    sentence.text = before
    return None


@lru_cache(maxsize=64)
def _shape(pattern: str, meaning: Meaning, lexicon: Lexicon) -> re.Pattern[str]:
    """A pattern with the words of a meaning in place of its braces."""
    return re.compile(pattern.format(lexicon.any_of(meaning)), re.IGNORECASE)
