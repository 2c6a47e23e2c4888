"""A sentence that is parsed by cutting: understood parts are removed, and what remains is the aim's title."""

from __future__ import annotations

import re
from functools import lru_cache

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.hearing import Hearing
from language.tokens import plain

GAP = "\uf8ff"
"""Marks the place of a cut; neither a letter nor a blank."""
LONGEST = 200
"""A longer text is not read as a sentence."""
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}(?!\d|[.,]\d)(?:\s?[ap]\.?m\b)?|\s?[ap]\.?m\b)", re.IGNORECASE)
_DURATION = re.compile(r"(?:(?P<before>\S+)\s+)?\b(?P<hours>\d{1,2})h(?P<minutes>[0-5]\d)\b", re.IGNORECASE)
_HIDDEN = 0xE000
_MARKS = " \t,;:–—-()[]." + GAP


class Sentence:
    """The text that is left. The digits of times of day are hidden until the end, so that they are not read as
    amounts."""

    def __init__(self, text: str, hearing: Hearing) -> None:
        in_minutes = _DURATION.sub(lambda matched: _in_minutes(matched, hearing.lexicon), " ".join(text.split()))
        self.text = _CLOCK.sub(lambda matched: _hidden(matched[0]), in_minutes)
        self.hearing = hearing
        self.lexicon = hearing.lexicon

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of the pattern."""
        return pattern.search(self.text)

    def cut(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of the pattern, which is cut out."""
        match = pattern.search(self.text)
        if match:
            self.cut_at(*match.span())
        return match

    def cut_at(self, start: int, end: int) -> None:
        """Cut a part out of the text."""
        self.text = f"{self.text[:start]} {GAP} {self.text[end:]}"

    @property
    def name(self) -> str:
        """The remaining text, as a title."""
        return capital(_shown(_trimmed(self.text, self.lexicon)))


def capital(name: str) -> str:
    """The name with its first letter in upper case."""
    return f"{name[:1].upper()}{name[1:]}"


def _trimmed(text: str, lexicon: Lexicon) -> str:
    """The text without gaps, and without the small words and punctuation that led to what was cut."""
    parts = [part for raw in re.split(GAP, text) if (part := _without_ends(raw, lexicon))]
    if parts and text.lstrip(" ").startswith(GAP):  # "€50 a week on takeaways"
        parts[0] = _leads(lexicon).sub("", parts[0])
    return " ".join(" ".join(parts).split())


def _without_ends(part: str, lexicon: Lexicon) -> str:
    part, before = part.strip(_MARKS), None
    while part != before:
        before = part
        part = _ends(lexicon).sub("", part).strip(_MARKS)
    return part


@lru_cache(maxsize=16)
def _ends(lexicon: Lexicon) -> re.Pattern[str]:
    """A pattern for small words left over at the end of a part, for a part of nothing else, or for a leading "of"."""
    small = lexicon.any_of(
        Meaning.OF, Meaning.FOR, Meaning.THE, Meaning.A, Meaning.FROM, Meaning.TO, Meaning.AND, Meaning.IS, Meaning.PER
    )
    return re.compile(rf"(?:^|(?<=\s)){small}\s*$|^(?:{lexicon.any_of(Meaning.OF, Meaning.AND)})\s+", re.IGNORECASE)


@lru_cache(maxsize=16)
def _leads(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"^{lexicon.any_of(Meaning.ON, Meaning.FOR)}\s+", re.IGNORECASE)


def _in_minutes(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "1h30" as minutes; "at 6h30" stays a time of day."""
    before = match["before"] or ""
    if lexicon.means(plain(before), Meaning.AT, Meaning.BY, Meaning.BEFORE, Meaning.AFTER, Meaning.UNTIL, Meaning.FROM):
        return match[0]
    return f"{before} {60 * int(match['hours']) + int(match['minutes'])} min".strip()


def _hidden(text: str) -> str:
    return re.sub(r"\d", lambda digit: chr(_HIDDEN + int(digit[0])), text)


def _shown(text: str) -> str:
    return re.sub(r"[\ue000-\ue009]", lambda digit: str(ord(digit[0]) - _HIDDEN), text)
