"""Several aims in one sentence: "run 5 km a day and read 20 pages"."""

from __future__ import annotations

import re

from core.errors import GoaltreeError
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.aims.sentence import read_aim
from language.parsing.fractions import in_figures
from language.parsing.hearing import Hearing
from language.parsing.weekdays import weekdays
from language.tokens import plain

_LONG = 6
"""Words that cannot be a goal between two commas."""
_DOING = (
    Meaning.DEED, Meaning.DO, Meaning.GAIN, Meaning.KEEP, Meaning.LOSE, Meaning.NO, Meaning.QUIT, Meaning.TRAVEL,
    Meaning.WEIGH,
)  # fmt: skip
"""Small words that can begin a goal."""


def apart(text: str, hearing: Hearing, *, listed: bool = False) -> list[str]:
    """Split a text into its goals, if each part has a number or a day; otherwise return it whole. `listed`: bare names
    count as goals too, as in the answer "Read, Write" to "What will you do?"."""
    if re.search(r"[\"“”\[(]", text):
        return [text]
    commas = [part.strip() for part in re.split(r",\s+|;\s*", text)]
    if len(commas) > 1 and all(_is_goal(part, hearing, may_be_name=listed) for part in commas):
        return commas
    joint = rf"\s+{hearing.lexicon.any_of(Meaning.AND)}\s+"
    joined = re.split(joint, in_figures(text, hearing.lexicon), flags=re.IGNORECASE)
    is_several = len(joined) > 1 and all(_is_goal(part, hearing, may_be_name=False) for part in joined)
    return joined if is_several else [text]


def _is_goal(part: str, hearing: Hearing, *, may_be_name: bool) -> bool:
    """Whether words say what is done, not only how often, on which days or by when."""
    if weekdays(part, hearing.lexicon) or (may_be_name and not part[:1].isalpha()):
        return False
    try:
        aim = read_aim(part, hearing).aim
    except GoaltreeError:
        return False
    if not _says_what(aim.goal, hearing.lexicon):
        return False
    if may_be_name:
        return not aim.is_open or len(part.split()) < _LONG
    return aim.amount is not None or aim.ends_on is not None


def _says_what(goal: str, lexicon: Lexicon) -> bool:
    """Whether a name is more than a small word or a day."""
    first = plain(goal).partition(" ")[0]
    is_small = first in lexicon.words and not lexicon.means(first, *_DOING)
    return bool(first) and not is_small and not weekdays(goal, lexicon)
