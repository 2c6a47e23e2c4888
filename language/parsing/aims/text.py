"""A sentence that is read part by part: what is understood is cut out, and the rest is what the aim is called."""

from __future__ import annotations

import re
from functools import lru_cache

from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import plain

GAP = "\uf8ff"
"""Stands where something was cut out: no letter, and no blank either."""
LONGEST = 200
"""Characters: a longer text is no sentence."""
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}(?!\d|[.,]\d)(?:\s?[ap]\.?m\b)?|\s?[ap]\.?m\b)", re.IGNORECASE)
_DURATION = re.compile(r"(?:(?P<before>\S+)\s+)?\b(?P<hours>\d{1,2})h(?P<minutes>[0-5]\d)\b", re.IGNORECASE)
_HIDDEN = 0xE000
_MARKS = " \t,;:–—-()[]." + GAP


class Sentence:
    """The text that is left. Times of day are no amounts, so their digits are hidden until the end."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        in_minutes = _DURATION.sub(lambda matched: _in_minutes(matched, lexicon), " ".join(text.split()))
        self.text = _CLOCK.sub(lambda matched: _hidden(matched[0]), in_minutes)
        self.lexicon = lexicon

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where the pattern is found first."""
        return pattern.search(self.text)

    def cut(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Where the pattern is found first; it is cut out."""
        match = pattern.search(self.text)
        if match:
            self.cut_at(*match.span())
        return match

    def cut_at(self, start: int, end: int) -> None:
        """Cuts out a part of the text."""
        self.text = f"{self.text[:start]} {GAP} {self.text[end:]}"

    @property
    def name(self) -> str:
        """What is left, as a title."""
        return capital(_shown(_trimmed(self.text, self.lexicon)))


def capital(name: str) -> str:
    """The name with a large first letter."""
    return f"{name[:1].upper()}{name[1:]}"


def _trimmed(text: str, lexicon: Lexicon) -> str:
    """The text without gaps, and without small words and marks that led to what was cut out."""
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
    """Small words at the end, or alone, or "of" at the beginning, where something stood beside them."""
    small = lexicon.any_of(
        Meaning.OF, Meaning.FOR, Meaning.THE, Meaning.A, Meaning.FROM, Meaning.TO, Meaning.AND, Meaning.IS, Meaning.PER
    )
    return re.compile(rf"(?:^|(?<=\s)){small}\s*$|^(?:{lexicon.any_of(Meaning.OF, Meaning.AND)})\s+", re.IGNORECASE)


@lru_cache(maxsize=16)
def _leads(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"^{lexicon.any_of(Meaning.ON, Meaning.FOR)}\s+", re.IGNORECASE)


def _in_minutes(match: re.Match[str], lexicon: Lexicon) -> str:
    """ "1h30" as minutes; "at 6h30" is a time of day."""
    before = match["before"] or ""
    if lexicon.means(plain(before), Meaning.AT, Meaning.BY, Meaning.BEFORE, Meaning.AFTER, Meaning.UNTIL, Meaning.FROM):
        return match[0]
    return f"{before} {60 * int(match['hours']) + int(match['minutes'])} min".strip()


def _hidden(text: str) -> str:
    return re.sub(r"\d", lambda digit: chr(_HIDDEN + int(digit[0])), text)


def _shown(text: str) -> str:
    return re.sub(r"[\ue000-\ue009]", lambda digit: str(ord(digit[0]) - _HIDDEN), text)
