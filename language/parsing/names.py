"""The words of a line that name a goal: a title, its beginning or a form of it ("ran"), or the unit of an amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.errors import GoaltreeError
from core.planning.names import longest_name_prefix, spoken
from core.records import record
from language.lexicon import SHORTEST, Lexicon
from language.meanings import Meaning
from language.parsing.amounts import begins_amount, looks_like_amount, units_of
from language.parsing.articles import without_articles
from language.parsing.fractions import said_in_words
from language.parsing.line import Context, KnownGoal, KnownGoals, Rank, known
from language.parsing.measures import unit_words
from language.parsing.spelled import spelled
from language.tokens import Token, tokens

_SAID_BEFORE = (Meaning.SKIP, Meaning.SKIPPED, Meaning.UNDONE, Meaning.NO, Meaning.NOT)
"""Acts that can stand before a name: "no run today", "missed gym"."""
_PASSED_OVER = (
    Meaning.I, Meaning.MY, Meaning.THE, Meaning.A, Meaning.OF, Meaning.DID, Meaning.TO, Meaning.DONE,
    Meaning.LOG, Meaning.ROUGHLY, Meaning.SO, Meaning.AND, Meaning.MORE, Meaning.GREETING, Meaning.OK,
)  # fmt: skip
"""Words before a name that say nothing: "did the gym", "5 km of run"."""
_BEHIND_A_DENIAL = (
    Meaning.ABLE,
    Meaning.AGREED,
    Meaning.DO,
    Meaning.FOR,
    Meaning.IT,
    Meaning.ONLY,
    Meaning.TIME,
    Meaning.UP,
)
"""Words between a denial and a name: "didn't go to the gym", "no time for the gym"."""
_MOST_LOOKED_AT = 24
_LONG_ENOUGH = 4
"""The shortest word within a line that names a goal by its title's beginning."""
_MOST_BEFORE = 8
"""The most words before a name."""
_STUCK = re.compile(r"\b([^\W\d_]{3,})(\d\S*)")
"""A word joined to a number: "run3", "ran3.5k"."""
PART = (1, 0)
"""The strength of a name that is part of a title."""
_WHOLE = (2, 0)
"""The least strength of a name that is a whole title."""


@record
class Name:
    """The number of words that name goals, the goals, and the certainty. `front`: the meaningful words before the
    name."""

    words: int = 0
    goals: tuple[KnownGoal, ...] = ()
    strength: tuple[int, int] = (0, 0)
    start: int = 0
    front: tuple[Token, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.words


def name_texts(heard: Sequence[Token]) -> list[str]:
    """Words as names are written, without a trailing colon."""
    return [token.text.rstrip(":") or token.text for token in heard]


def find_name(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name | None:
    """The name of a goal, as in its title or as a form of it ("ran"): at the beginning of a line, or behind an act, a
    day, and words that say nothing. None if there is none, or only a word that may be one of those."""
    front: list[Token] = []
    at, lexicon = 0, context.lexicon
    while at < min(len(heard), _MOST_BEFORE):
        if name := name_here(heard[at:], goals, lexicon, is_first=at == 0):
            return replace(name, start=at, front=tuple(front))
        if lexicon.means(" ".join(token.word for token in heard[at : at + 2]), Meaning.PLANNED):
            return None  # "have to run" says nothing of what was done, though each word alone is passed over
        try:
            words = _said_before(heard, at, goals, context)
        except GoaltreeError:
            return None
        if not words and not _is_behind_denial(heard[:at], heard[at], lexicon):
            return None
        if _joins_behind_amount(heard[at], front, lexicon):
            return None
        front += _telling(heard[at : at + words], lexicon)
        at += max(words, 1)
    return None


def _telling(words: Sequence[Token], lexicon: Lexicon) -> Sequence[Token]:
    """The words before a name, unless they are a single word that says nothing."""
    return () if len(words) == 1 and says_nothing(words[0], lexicon) else words


def _joins_behind_amount(token: Token, front: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether an "and" follows an amount, which then belongs to something other than the name."""
    return lexicon.means(token.word, Meaning.AND) and any(begins_amount(front, at, lexicon) for at in range(len(front)))


def _is_behind_denial(before: Sequence[Token], token: Token, lexicon: Lexicon) -> bool:
    """Whether a word continues a denial before it: "didn't go to the gym"."""
    is_denied = any(lexicon.means(one.word, Meaning.UNDONE, Meaning.NO, Meaning.NOT) for one in before)
    return is_denied and lexicon.means(token.word, *_BEHIND_A_DENIAL)


def find_within(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> list[Name]:
    """Names of leaves anywhere in a line: whole titles, and long enough words that begin one."""
    leaves, names, at = KnownGoals(open_leaves(goals)), list[Name](), 0
    while at < min(len(heard), _MOST_LOOKED_AT):
        name = name_here(heard[at:], leaves, context.lexicon, is_first=False)
        if name and len(name.goals) == 1 and (name.strength >= _WHOLE or len(heard[at].word) >= _LONG_ENOUGH):
            names.append(replace(name, start=at))
            at += name.words
        else:
            at += 1
    return names


def words_of(text: str, goals: Sequence[KnownGoal], lexicon: Lexicon) -> list[Token]:
    """The words of a line; "run3" becomes two if its letters are a goal's whole name, or a form of it."""
    heard = tokens(text)
    if not _STUCK.search(text):
        return heard
    return [word for token in heard for word in _parted(token, goals, lexicon)]


def _parted(token: Token, goals: Sequence[KnownGoal], lexicon: Lexicon) -> Sequence[Token]:
    match = _STUCK.fullmatch(token.text)
    if match is None or name_here([token], goals, lexicon, is_first=True):
        return [token]
    apart = tokens(f"{match[1]} {match[2]}")
    name = name_here(apart[:1], goals, lexicon, is_first=True)
    return apart if name and name.strength >= _WHOLE else [token]


def name_here(heard: Sequence[Token], goals: Sequence[KnownGoal], lexicon: Lexicon, *, is_first: bool) -> Name | None:
    """A name at the beginning of the words: as written, in another form, or without its articles."""
    name = _as_written(heard, goals, lexicon, is_first=is_first)
    if name is None or name.strength < _WHOLE:
        words, meant = without_articles(heard, goals, lexicon)
        if words > (name.words if name else 0):
            return Name(words, meant, (2, words))
    return name


def _as_written(heard: Sequence[Token], goals: Sequence[KnownGoal], lexicon: Lexicon, *, is_first: bool) -> Name | None:
    written, bare, first = name_texts(heard), _bare(heard), heard[0].word
    for words in (written, bare) if bare != written else (written,):
        name = named(words, goals, alike_too=False)
        if name.strength >= PART and not _may_be_other(name, first, lexicon, is_first=is_first):
            return name
    return _in_another_form(first, bare[1:], goals, lexicon)


def _may_be_other(name: Name, word: str, lexicon: Lexicon, *, is_first: bool) -> bool:
    """Whether a name is a single word, short of a whole title, that has another meaning or is too short within a
    line."""
    if name.strength >= _WHOLE or name.words > 1:
        return False
    return says_more(word, lexicon) or (not is_first and len(word) < SHORTEST)


def _in_another_form(first: str, behind: Sequence[str], goals: Sequence[KnownGoal], lexicon: Lexicon) -> Name | None:
    """A name whose first word is in a past form: "ran"."""
    stems = [stem.split() for stem in lexicon.stems(first)]
    meant = [(named([*stem, *behind], goals, alike_too=False), len(stem)) for stem in stems]
    name, used = max(meant, key=lambda each: each[0].strength, default=(Name(), 0))
    if name.strength < PART:
        return None
    if name.strength < _WHOLE and name.words == used:
        if says_more(first, lexicon):
            return None  # "did the gym" is not of Dog, nor of Do the dishes
        name = replace(name, goals=_all_that_have(name, stems, open_leaves(goals)))
    return replace(name, words=name.words - used + 1)


def _all_that_have(name: Name, stems: Sequence[Sequence[str]], leaves: Sequence[KnownGoal]) -> tuple[KnownGoal, ...]:
    """All goals that a form alone may mean: "ran" may be Long run or Run the race."""
    if not set(leaves).issuperset(name.goals):
        return name.goals
    words = {" ".join(stem) for stem in stems}
    others = (goal for goal in leaves if goal not in name.goals)
    return (*name.goals, *(goal for goal in others if words.intersection(spoken(goal.title).split())))


def says_more(word: str, lexicon: Lexicon) -> bool:
    """Whether a word alone may be something else than a name: a day, a number, "no". Verbs such as "walk" are names."""
    is_small = word in lexicon.words and not lexicon.means(word, Meaning.DEED, Meaning.TRAVEL)
    return is_small or word in lexicon.begins_day


def _bare(heard: Sequence[Token]) -> list[str]:
    """The words as typed, without trailing punctuation."""
    return [token.text if token.text[-1].isalnum() else _without_marks(token.text) for token in heard]


def _without_marks(text: str) -> str:
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return text[:end] or text


def _is_mark(token: Token) -> bool:
    """Whether a word is only a sign: a bullet, an emoji."""
    return not any(char.isalnum() for char in token.text) and token.text not in ("+", "=")


def says_nothing(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word before a name adds nothing: "the", a bullet, "drank" in "drank 2 l of water"."""
    return lexicon.means(token.word, *_PASSED_OVER) or token.word in lexicon.forms or _is_mark(token)


def _said_before(heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], context: Context) -> int:
    """The number of words here that belong to a name further on; 0 if they do not."""
    token, lexicon = heard[at], context.lexicon
    if dated := context.calendar.date_at(heard, at):
        return dated.words
    if words := said_in_words(heard, at, lexicon, ones=True)[2]:
        return words
    if lexicon.means(token.word, Meaning.MORE) and at and lexicon.means(heard[at - 1].word, *_SAID_BEFORE):
        return 0  # "no more run" means none today
    if lexicon.means(token.word, *_SAID_BEFORE) or says_nothing(token, lexicon):
        return 1
    return _words_of_amount(heard, at, goals, lexicon)


def _words_of_amount(heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], lexicon: Lexicon) -> int:
    """The number of words of an amount with its unit; 0 if none stands here."""
    token = heard[at]
    words = spelled(heard, at, lexicon)[1] or int(looks_like_amount(token) or token.word in lexicon.numbers)
    return words and words + _unit_behind(heard, at + words, goals, lexicon)


def _unit_behind(heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], lexicon: Lexicon) -> int:
    """The number of words of the unit behind a number; 0 if the unit is a goal's own title: "8000 steps"."""
    if own := unit_words(heard, at, set(units_of(goals)), lexicon):
        return own
    if at >= len(heard) or heard[at].word not in lexicon.units:
        return 0
    name = name_here(heard[at:], goals, lexicon, is_first=False)
    return int(name is None or name.strength < _WHOLE)


def named(words: Sequence[str], goals: Sequence[KnownGoal], *, alike_too: bool = True) -> Name:
    """The goals that the first words name. Leaves come before parents, and these before ended goals; but a longer whole
    title beats a shorter name, and a mere resemblance comes last."""
    best = Name()
    for rank in ranked(goals):
        # A mere resemblance never beats an exact name.
        count, matched = longest_name_prefix(words, rank.titles, alike_too=alike_too and best.strength < PART)
        if not count:
            continue
        meant = tuple(goal for goal in rank.goals if goal.id in matched.exact)
        name = Name(count, meant, _strength(spoken(" ".join(words[:count])), count, meant))
        if name.strength > best.strength:
            best = name
    return best


def ranked(goals: Sequence[KnownGoal]) -> tuple[Rank, ...]:
    """Leaves, the goals above them, and ended goals."""
    return known(goals).ranks


def open_leaves(goals: Sequence[KnownGoal]) -> tuple[KnownGoal, ...]:
    """The leaves that have not ended."""
    return ranked(goals)[0].goals


def _strength(name: str, count: int, meant: Sequence[KnownGoal]) -> tuple[int, int]:
    titles = [spoken(goal.title) for goal in meant]
    if name in titles:
        return 2, count
    return PART if any(name in title for title in titles) else (0, bool(titles))
