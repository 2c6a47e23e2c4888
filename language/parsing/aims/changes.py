"""Changes to a proposal in words: "by 30 April", "60,000 words", "on weekdays", "5% more each week"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.errors import InvalidValue
from core.goals.terms import EVERY_DAY
from core.planning.generate import Aim
from core.values import parse_number
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.ends import cut_span
from language.parsing.aims.heard import Heard
from language.parsing.aims.numbers import cut_amount, cut_done, cut_ramp, most_below, unit_of
from language.parsing.aims.rhythms import SaidRhythm, cut_rhythm
from language.parsing.aims.sentence import read_aim
from language.parsing.aims.text import Sentence
from language.parsing.fractions import in_figures
from language.parsing.hearing import Hearing
from language.parsing.measures import same_unit
from language.parsing.until import is_never, until
from language.tokens import bare, phrase, plain

_NUMBER = re.compile(r"\d[\d.,'’ \xa0\u202f]*")
_SMALL = (
    Meaning.FILLER, Meaning.DO, Meaning.IT, Meaning.TO, Meaning.IS, Meaning.THE, Meaning.A, Meaning.I, Meaning.ON,
    Meaning.NUMBERED, Meaning.DENIED, Meaning.DID, Meaning.MY, Meaning.FROM, Meaning.IN, Meaning.AND, Meaning.FOR,
    Meaning.OF, Meaning.UNTIL, Meaning.AT, Meaning.ROUGHLY, Meaning.ONLY,
)  # fmt: skip


def understood(sentence: str, changes: Sequence[str], hearing: Hearing) -> Heard:
    """The aim of a sentence, with later changes applied in order. Anything that is not a change is ignored. Raises
    `NoSuchDay`."""
    heard = read_aim(sentence, hearing)
    for said in changes:
        heard = changed(heard, said, hearing) or heard
    return heard


def changed(heard: Heard, text: str, hearing: Hearing) -> Heard | None:
    """The aim with a change applied; None if the text is not a change. Raises `NoSuchDay`."""
    lexicon = hearing.lexicon
    if is_never(text, lexicon):
        if heard.aim.needs_end:
            return None
        return replace(_with(heard, starts_on=None, ends_on=None), unknown_end="")
    if lexicon.means(phrase(text), Meaning.IN_ALL):
        return _in_all(heard)
    if heard.needs_now and _is_of_other_unit(heard.aim, text, lexicon):
        return None
    sentence = Sentence(in_figures(text, lexicon, ones=True), hearing)
    number = _number(sentence)
    if number is not None and not _is_of_other_unit(heard.aim, sentence.text, lexicon):
        return heard.from_now(number) if heard.needs_now else _with_amount(heard, number, _written(sentence))
    if last := _date(text, hearing):
        return _with(heard, ends_on=last)
    return _cut(heard, sentence)


def _cut(heard: Heard, sentence: Sentence) -> Heard | None:
    """Apply every change that the sentence names; None if it says anything else."""
    before = heard
    if span := cut_span(sentence):
        heard = _with(heard, ends_on=span.ends_on, starts_on=span.opens_on)
    if (ramp := cut_ramp(sentence)) is not None:
        heard = _with(heard, ramp=ramp)
    if (done := cut_done(sentence)) is not None:
        heard = _with(heard, done=done)
    begins = plain(sentence.text).split()[:1]
    if rhythm := cut_rhythm(sentence):
        heard = _with_rhythm(
            heard, rhythm, is_each=any(sentence.lexicon.means(w, Meaning.A, Meaning.PER) for w in begins)
        )
    heard = _with_said_amount(heard, sentence)
    rest = [word for word in sentence.name.split() if not sentence.lexicon.means(bare(word), *_SMALL)]
    return None if rest or heard == before else heard


def _with_said_amount(heard: Heard, sentence: Sentence) -> Heard:
    """The aim with the amount and unit that the sentence names."""
    written = _written(sentence)
    amount = cut_amount(sentence)
    if amount is None:
        return heard
    heard = _with_amount(heard, amount.value, written)
    unit = amount.unit or (amount.nouns[-1] if amount.nouns else None)
    return _with(heard, unit=unit) if unit else heard


def _written(sentence: Sentence) -> str:
    """The number as typed, without its unit: the title already has that."""
    match = _NUMBER.search(sentence.text)
    return match[0].strip() if match else ""


def _with(heard: Heard, **changes: object) -> Heard:
    return replace(heard, aim=replace(heard.aim, **changes))  # type: ignore[arg-type]


def _with_amount(heard: Heard, amount: Decimal, written: str) -> Heard:
    """The aim with another amount, also in its title. An open aim has none to change."""
    aim = heard.aim
    if aim.amount is None:
        return heard
    title = _retitled(aim.title, aim.amount if heard.under is None else heard.under, written or f"{amount:f}")
    if heard.under is None:
        return replace(_with(heard, amount=amount, title=title), each_time=None)
    # The title still says "fewer than".
    return replace(_with(heard, amount=most_below(amount, aim.unit), title=title), under=amount)


def _retitled(title: str, amount: Decimal, written: str) -> str:
    for match in _NUMBER.finditer(title):
        number = match[0].rstrip(" .,")
        try:
            is_it = parse_number(number) == amount or parse_number(number, decimal_comma=True) == amount
        except InvalidValue:
            continue
        if is_it:
            return title[: match.start()] + written + title[match.start() + len(number) :]
    return title


def _in_all(heard: Heard) -> Heard:
    aim = heard.aim
    return heard if aim.amount is None else replace(heard, aim=replace(aim, each=None), assumed_each=False)


def _with_rhythm(heard: Heard, rhythm: SaidRhythm, *, is_each: bool) -> Heard:
    """The aim with other days, or with another period if it recurs or the text says "a day"."""
    aim = heard.aim
    if aim.is_open and rhythm.each is not None:
        return _with(heard, each=rhythm.each, schedule=rhythm.schedule)
    if rhythm.times is not None and aim.counts_ticks:
        return _with(heard, amount=Decimal(rhythm.times), each=rhythm.each, schedule=rhythm.schedule)
    if rhythm.schedule != EVERY_DAY or not is_each:
        return _with(heard, schedule=rhythm.schedule)
    return replace(_with(heard, each=rhythm.each, schedule=EVERY_DAY), assumed_each=False)


def _number(sentence: Sentence) -> Decimal | None:
    """A number alone, perhaps with a unit."""
    text = sentence.text.strip().rstrip(".!")
    match = re.fullmatch(r"(\d[\d.,'’ \xa0\u202f]*)\s*([^\W\d_]{1,3}|[€$£%])?", text)
    if match is None or re.fullmatch(r"20\d\d", match[1].strip()):
        return None
    try:
        return parse_number(match[1].strip(), decimal_comma=sentence.hearing.decimal_comma)
    except InvalidValue:
        return None


def _is_of_other_unit(aim: Aim, text: str, lexicon: Lexicon) -> bool:
    """Whether the number has another unit than the aim: "45 min" for hours."""
    match = re.search(r"\d\s*([^\W\d_]{1,3})[.!]?\s*$", text)
    if match is None or aim.unit is None or unit_of(match[1], lexicon) is None:
        return False
    return not same_unit(match[1], aim.unit, lexicon)


def _date(text: str, hearing: Hearing) -> date | None:
    """A day alone: "30 June 2027", "end of May". None for "a week", which is a rhythm."""
    is_rhythm = hearing.lexicon.means(plain(text).split()[0], Meaning.A, Meaning.PER) if text.strip() else True
    return None if is_rhythm else until(text, hearing.today, hearing.lexicon)
