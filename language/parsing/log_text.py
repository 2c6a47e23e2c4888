"""What a person says they did: `run 5 km yesterday felt great`, `ran 5k`, `5 km run`, `no run today`, `gym skip`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.actions.logged import How
from core.errors import GoaltreeError
from core.planning.names import longest_name_prefix, match
from language.lexicon import SHORTEST, Lexicon
from language.meanings import Meaning
from language.parsing.amounts import AMOUNT, amount_at, looks_like_amount, units_of
from language.parsing.errors import NoSuchDay
from language.parsing.leftover import doubt_about, is_denial
from language.parsing.line import Context, KnownGoal, SaidLine, SaidOfGoal
from language.parsing.measures import same_unit, unit_words
from language.parsing.said import read_said
from language.tokens import Token, tokens

_NO_NAMES = (
    Meaning.NO, Meaning.NOT, Meaning.ALL, Meaning.NONE, Meaning.NOTHING, Meaning.EVERYTHING, Meaning.YES, Meaning.ANY,
    Meaning.THE, Meaning.I, Meaning.MY, Meaning.SO,
)  # fmt: skip
"""Words that alone are no goal's name, though a title may begin with them or sound alike."""
_SAID_BEFORE = (Meaning.SKIP, Meaning.SKIPPED, Meaning.UNDONE, Meaning.NO, Meaning.NOT)
"""Acts that stand before a name: "no run today", "missed gym"."""
_PASSED_OVER = (
    Meaning.I, Meaning.MY, Meaning.THE, Meaning.A, Meaning.OF, Meaning.DID, Meaning.TO, Meaning.DONE,
    Meaning.LOG, Meaning.ROUGHLY,
)  # fmt: skip
_BEHIND_A_DENIAL = (Meaning.ABLE, Meaning.AGREED, Meaning.DO, Meaning.FOR, Meaning.IT, Meaning.TIME, Meaning.UP)
"""Words between a denial and a name: "didn't go to the gym", "no time for the gym"."""
"""Words before a name that say nothing: "did the gym", "5 km of run"."""
_MOST_BEFORE = 8
"""Words that may stand before a name."""
FOUND = (1, 0)
"""Strength of a name that stands in a title."""


@dataclass(frozen=True, slots=True)
class Name:
    """How many words name goals, which, and how surely; `front` are the words before them that say something."""

    words: int = 0
    goals: tuple[KnownGoal, ...] = ()
    strength: tuple[int, int] = (0, 0)
    start: int = 0
    front: tuple[Token, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.words


def split_lines(text: str) -> list[str]:
    """The lines that say something: each is a log of its own."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_line(text: str, goals: Sequence[KnownGoal], context: Context) -> SaidLine:
    """What one line says. The longest run of words that names a goal is its name, so a title may hold numbers and
    days; leaves are meant before the goals above them, and these before what has ended.

    Raises `InvalidValue` for a number that cannot be logged, `NoSuchDay` for a date that is not in the calendar, and
    `Unclear` for what could be meant in two ways.
    """
    heard = tokens(text)
    found = find_name(heard, goals, context) or named(_texts(heard), goals)
    if not found.goals:
        return _of_unit(heard, goals, context) or _unknown(heard, goals, context)
    name = " ".join(_texts(heard[found.start : found.end]))
    said = read_said(heard[found.end :], found.goals, context, front=found.front)
    return SaidLine(
        name, found.goals, (), said, _sounds_like_talk(name, found.goals, said, context.lexicon),
        doubt_about(text, said, found.goals, goals, context),
    )  # fmt: skip


def only_a_day(text: str, goals: Sequence[KnownGoal], context: Context) -> date | None:
    """The day that words name which say nothing else: "yesterday", "on monday", "the 9th". None for other words, and
    for those that are a goal's whole title. Raises `NoSuchDay`."""
    heard = tokens(text)
    if named(_texts(heard), goals, alike_too=False).strength == (2, len(heard)):
        return None
    return context.calendar.only_date(heard)


def _texts(heard: Sequence[Token]) -> list[str]:
    """Words as names are written: a colon belongs to none."""
    return [token.text.rstrip(":") or token.text for token in heard]


def _sounds_like_talk(name: str, goals: Sequence[KnownGoal], said: SaidOfGoal, lexicon: Lexicon) -> bool:
    small = name.casefold()
    if small in _titles(goals):
        return False
    return lexicon.means(small, *_NO_NAMES) or (said.plain and said.note is not None)


def _titles(goals: Sequence[KnownGoal]) -> list[str]:
    return [" ".join(goal.title.split()).casefold() for goal in goals]


def find_name(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name | None:
    """The name that stands in a line as a title has it, or as a form of it ("ran"): at the beginning, or behind an act,
    a day, and words that say nothing. None if there is none, or only a word that may be one of those."""
    front: list[Token] = []
    at = 0
    while at < min(len(heard), _MOST_BEFORE):
        if name := _name_here(heard[at:], goals, context.lexicon, is_first=at == 0):
            return replace(name, start=at, front=tuple(front))
        try:
            words = _said_before(heard, at, goals, context)
        except GoaltreeError:
            return None
        if not words and _is_behind_denial(heard[:at], heard[at], context.lexicon):
            at += 1
            continue
        if not words:
            return None
        if not context.lexicon.means(heard[at].word, *_PASSED_OVER) and not _is_mark(heard[at]):
            front += heard[at : at + words]
        at += words
    return None


def _is_behind_denial(before: Sequence[Token], token: Token, lexicon: Lexicon) -> bool:
    """Whether a word belongs to a denial in front: "didn't go to the gym"."""
    is_denied = any(lexicon.means(one.word, Meaning.UNDONE, Meaning.NO, Meaning.NOT) for one in before)
    return is_denied and lexicon.means(token.word, *_BEHIND_A_DENIAL)


def goals_of_unit(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name | None:
    """The goals that count in the unit of an amount that words begin with: "20 pages", "did 20 pages". Those that
    count in another unit of its kind are meant only where there are no others."""
    at = 0
    while at < len(heard) and (context.lexicon.means(heard[at].word, *_PASSED_OVER) or _is_mark(heard[at])):
        at += 1
    if at == len(heard) or not (looks_like_amount(heard[at]) or heard[at].word in context.lexicon.numbers):
        return None
    meant = tuple(goal for goal in goals if not goal.ended and goal.leaf and _counts(heard, at, goal, context))
    written = AMOUNT.fullmatch(heard[at].word)
    behind = heard[at + 1].word if at + 1 < len(heard) else ""
    unit = (written["unit"] if written else "") or behind
    own = tuple(goal for goal in meant if same_unit(unit, goal.unit or "", context.lexicon))
    found = own or (meant if len(meant) == 1 else ())
    return Name(0, found, FOUND, start=at) if found else None


def _counts(heard: Sequence[Token], at: int, goal: KnownGoal, context: Context) -> bool:
    """Whether a goal counts in the unit of the amount at a place."""
    if not goal.number or not goal.unit:
        return False
    try:
        return amount_at(heard, at, (goal,), context).measured
    except GoaltreeError:
        return False


def _of_unit(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> SaidLine | None:
    """A line that names its goal by nothing but the unit of an amount."""
    found = goals_of_unit(heard, goals, context)
    if found is None:
        return None
    try:
        said = read_said(heard[found.start :], found.goals, context)
    except GoaltreeError:
        return None
    if said.value is None or said.note is not None:
        return None
    name = found.goals[0].title if len(found.goals) == 1 else " ".join(_texts(heard[found.start :]))
    return SaidLine(name, found.goals, (), said)


def _name_here(heard: Sequence[Token], goals: Sequence[KnownGoal], lexicon: Lexicon, *, is_first: bool) -> Name | None:
    """A name that the words begin with, as it is written or in another form."""
    written, first = _texts(heard), heard[0].word
    bare = _bare(heard)
    for words in (written, bare) if bare != written else (written,):
        found = named(words, goals, alike_too=False)
        is_whole = found.strength >= (2, 0)
        is_said = found.words == 1 and (_says_more(first, lexicon) or (not is_first and len(first) < SHORTEST))
        if found.strength >= FOUND and (is_whole or not is_said):
            return found
    for stem in lexicon.stems(first):
        if (found := named([*stem.split(), *bare[1:]], goals, alike_too=False)).strength >= FOUND:
            return replace(found, words=found.words - len(stem.split()) + 1)
    return None


def _says_more(word: str, lexicon: Lexicon) -> bool:
    """Whether a word alone may be something else than a name: a day, a number, "no"."""
    return word in lexicon.words or word in lexicon.begins_day


def _bare(heard: Sequence[Token]) -> list[str]:
    """Words as they were typed, without the marks behind them."""
    return [token.text if token.text[-1].isalnum() else _without_marks(token.text) for token in heard]


def _without_marks(text: str) -> str:
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return text[:end] or text


def _is_mark(token: Token) -> bool:
    """Whether a word is only a sign: a bullet, an emoji."""
    return not any(char.isalnum() for char in token.text) and token.text not in ("+", "=")


def _said_before(heard: Sequence[Token], at: int, goals: Sequence[KnownGoal], context: Context) -> int:
    """How many words here say something of a goal whose name stands behind them; 0 if they do not."""
    token, lexicon = heard[at], context.lexicon
    if dated := context.calendar.date_at(heard, at):
        return dated.words
    if lexicon.means(token.word, *_SAID_BEFORE, *_PASSED_OVER) or _is_mark(token):
        return 1
    if looks_like_amount(token) or token.word in lexicon.numbers:
        has_unit = at + 1 < len(heard) and heard[at + 1].word in lexicon.units
        return 1 + (unit_words(heard, at + 1, set(units_of(goals)), lexicon) or has_unit)
    return 0


def named(words: Sequence[str], goals: Sequence[KnownGoal], *, alike_too: bool = True) -> Name:
    """The goals that the first words name. Leaves go before parents, these before what has ended; but a longer whole
    title goes before a shorter name, and what is only alike comes last."""
    best = Name()
    for rank in _ranks(goals):
        # What is only alike would never win against a name that was found.
        count, found = longest_name_prefix(
            words, [(goal.id, goal.title) for goal in rank], alike_too=alike_too and best.strength < FOUND
        )
        meant = tuple(goal for goal in rank if goal.id in found.exact) if count else ()
        name = Name(count, meant, _strength(" ".join(words[:count]).casefold(), count, meant))
        if name.strength > best.strength:
            best = name
    return best


def _ranks(goals: Sequence[KnownGoal]) -> tuple[list[KnownGoal], ...]:
    """Leaves, the goals above them, and what has ended."""
    ranks: tuple[list[KnownGoal], ...] = ([], [], [])
    for goal in goals:
        ranks[2 if goal.ended else 0 if goal.leaf else 1].append(goal)
    return ranks


def _strength(name: str, count: int, meant: Sequence[KnownGoal]) -> tuple[int, int]:
    titles = _titles(meant)
    if name in titles:
        return 2, count
    return FOUND if any(name in title for title in titles) else (0, bool(titles))


def _unknown(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> SaidLine:
    """A line that names nothing; whatever else is wrong with it matters less."""
    count = _words_of_unknown_name(heard, context)
    name, behind = " ".join(_texts(heard[:count])), heard[count:]
    nearest = _nearest(name, goals)
    try:
        said = read_said(behind, nearest, context)
    except GoaltreeError:
        said = SaidOfGoal(context.usual_day, note=" ".join(token.text for token in behind) or None)
    if any(is_denial(token, context.lexicon) for token in heard):
        said = replace(said, how=How.SKIP, value=None, plain=False)
    return SaidLine(name, (), nearest, said, _sounds_like_talk(name, (), said, context.lexicon))


def _nearest(name: str, goals: Sequence[KnownGoal]) -> tuple[KnownGoal, ...]:
    """The goals that resemble a name: those that can be logged, if there are any."""
    likely = _ranks(goals)[0] or list(goals)
    by_id = {goal.id: goal for goal in likely}
    return tuple(by_id[found] for found in match(name, [(goal.id, goal.title) for goal in likely]).nearest)


def _words_of_unknown_name(heard: Sequence[Token], context: Context) -> int:
    """How many words stand before the first amount, skip or day."""
    for at, token in enumerate(heard[1:], 1):
        try:
            is_day = context.calendar.date_at(heard, at) is not None
        except NoSuchDay:
            return len(heard)
        if is_day or AMOUNT.match(token.text.lstrip("=+")) or context.lexicon.means(token.word, Meaning.SKIP):
            return at
    return len(heard)
