"""The arguments of /share: a goal's name, and how much of it is shown."""

from __future__ import annotations

from core.records import record
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.tokens import plain


@record
class ShareWish:
    """The goal's name (empty if none was given), and whether the whole tree below it is shown."""

    name: str
    whole: bool


def wish(args: str, lexicon: Lexicon) -> ShareWish:
    """Parse `gym`, `full gym` and `full`."""
    first, _, rest = args.strip().partition(" ")
    whole = lexicon.means(plain(first), Meaning.FULL, Meaning.ALL)
    return ShareWish(rest.strip(), True) if whole else ShareWish(args.strip(), False)
