"""Several goals in one line: `run 5, read 10, gym`, `run 3.5km & read 20 pages`, `ran 5k then gym`, `run 5 gym`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from core.actions.logged import How
from core.errors import GoaltreeError
from core.planning.names import spoken
from language.lexicon import Lexicon
from language.meanings import Meaning
from language.parsing.amounts import begins_amount, units_of
from language.parsing.counted import goals_of_unit
from language.parsing.each_day import on_each_day
from language.parsing.errors import Unclear
from language.parsing.fractions import part_behind
from language.parsing.joined import joins
from language.parsing.leftover import beginnings
from language.parsing.line import Context, Doubt, KnownGoal, SaidLine, known
from language.parsing.log_text import read_line
from language.parsing.measures import unit_words
from language.parsing.names import Name, find_name, words_of
from language.parsing.spelled import spelled
from language.tokens import Token, tokens

MOST_PARTS = 10
"""A line with more joints is a single log with a note."""
_MARKS = ",;"
_ENDS = (*_MARKS, ".", "!")
_DENIALS = (Meaning.NO, Meaning.NOT, Meaning.UNDONE, Meaning.SKIP, Meaning.SKIPPED)


def split_goals(line: str, goals: Sequence[KnownGoal], context: Context) -> list[str]:
    """The logs in a line, in order; the line itself if it is one. A leading day holds for every part without its own.

    A line is split only if each part names a goal and is understood to its last word, so that a note stays whole. Only
    the last part may have a note, behind what was done.
    """
    heard = words_of(line, goals, context.lexicon)
    if len(heard) < 2:
        return [line]
    joints = _joints(heard, goals, context)
    is_joined = 0 < len(joints) <= MOST_PARTS
    # "gym mon tue" has no joint.
    lists_days = heard[-1].word in context.lexicon.weekdays
    name = _name(heard, goals, context) if is_joined or lists_days else None
    if name is None:
        return [line]
    if days := on_each_day(heard, name, context):
        return days
    if not is_joined:
        return [line]
    day = _leading_day(heard, context)
    parts = _parts(heard, _starts(heard, name, joints, goals, context), day, context)
    is_clear = all(_is_clear(part, goals, context, last=at == len(parts)) for at, part in enumerate(parts, 1))
    return _alike(line, parts, heard[len(day)], goals, context) if is_clear else [line]


def _starts(
    heard: Sequence[Token], name: Name, joints: Sequence[int], goals: Sequence[KnownGoal], context: Context
) -> Iterator[int]:
    """The joints at which a different goal is named."""
    behind = name.end
    for start in joints:
        if start >= behind and (other := _name(heard[start:], goals, context)):
            if start > behind or other.goals != name.goals:  # "dog walk" is one goal, named twice
                yield start
            name, behind = other, start + other.end


def _parts(heard: Sequence[Token], starts: Iterable[int], day: Sequence[Token], context: Context) -> list[str]:
    """The parts of the line. Each gets the line's leading `day` unless it begins with its own."""
    first, *others = (heard[start:end] for start, end in pairwise([0, *starts, len(heard)]))
    dated = (part if _leading_day(part, context) else [*day, *part] for part in others)
    return [_text(part, context) for part in (first, *dated)]


def _alike(line: str, parts: list[str], first: Token, goals: Sequence[KnownGoal], context: Context) -> list[str]:
    """Extend a leading "skip" to every part: "skip journal and walk". The whole line if the later goal may be either
    denied or done: "no coffee, gym"."""
    if not context.lexicon.means(first.word, *_DENIALS):
        return parts
    bare = [_says_nothing_else(part, goals, context) for part in parts[1:]]
    if not any(bare):
        return parts
    if context.lexicon.means(first.word, Meaning.NO, Meaning.NOT) or any(mark in line for mark in _MARKS):
        return [line]
    others = (f"{first.text} {part}" if is_bare else part for part, is_bare in zip(parts[1:], bare, strict=True))
    return [parts[0], *others]


def _says_nothing_else(part: str, goals: Sequence[KnownGoal], context: Context) -> bool:
    """Whether a part names a goal, and perhaps a day, but nothing done."""
    said = read_line(part, goals, context).said
    is_done = any(context.lexicon.means(token.word, Meaning.DONE, Meaning.YES) for token in tokens(part))
    return said.value is None and said.how is How.ADD and not is_done


def doubt_days(lines: Sequence[SaidLine | None], context: Context) -> list[SaidLine | None]:
    """Add a doubt if only the last of several lines has a day, which may hold for all: "run 5 and gym yesterday". None
    stands for a line that cannot be read."""
    last = lines[-1]
    others = [line for line in lines[:-1] if line is not None]
    if last is None or not last.said.dated or last.said.through or any(line.said.dated for line in others):
        return list(lines)
    return [line if line in (None, last) else _of_which_day(line, last.said.on, context) for line in lines]


def _of_which_day(line: SaidLine, on: date, context: Context) -> SaidLine:
    if on == context.usual_day or line.doubt is not None:
        return line
    why = Unclear("which_day", line.name)
    return replace(line, doubt=Doubt(why, (replace(line.said, on=on, dated=True), line.said)))


def _joints(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> list[int]:
    """The positions where a new part may begin: behind a comma or "and", or at a title."""
    joined = [_joins(token, context) for token in heard]
    titles, units = beginnings(known(goals).all_titles), set(units_of(goals))
    whole = {at + more for at in range(len(heard)) for more in range(1, spelled(heard, at, context.lexicon)[1])}

    def may_begin(at: int) -> bool:
        is_end = joined[at - 1] or heard[at - 1].text[-1] in _ENDS
        is_joint = is_end or _begins_title(heard, at, titles, units, context.lexicon)
        is_inside = joined[at] or at in whole
        return is_joint and not is_inside and not part_behind(heard, at - 1, context.lexicon)[1]

    return _before_denials([at for at in range(1, len(heard)) if may_begin(at)], heard, context.lexicon)


def _before_denials(begins: list[int], heard: Sequence[Token], lexicon: Lexicon) -> list[int]:
    """ "no run no gym": if the line begins with a denial, move each position before the denial that belongs to it."""
    denied = [lexicon.means(token.word, *_DENIALS) for token in heard]
    if not denied[0]:
        return begins
    return list(dict.fromkeys(at - 1 if denied[at - 1] and at > 1 else at for at in begins))


def _begins_title(
    heard: Sequence[Token],
    at: int,
    titles: Mapping[str, Sequence[Sequence[str]]],
    units: Collection[str],
    lexicon: Lexicon,
) -> bool:
    """Whether the words from `at` on may begin one of the `titles`."""
    word = heard[at].word
    first = word if word in titles else spoken(word).partition(" ")[0]
    begun = titles.get(first)
    if not begun:
        return False
    # "words" in "500 words" is a unit, not the goal "Words".
    if begins_amount(heard, at - 1, lexicon) and unit_words(heard, at, units, lexicon):
        return False
    # "30" alone does not begin "30 km a week": it may be an amount.
    words = [token.word for token in heard[at:]]
    return any(not first[:1].isdigit() or words[: len(title)] == [*title] for title in begun)


def _name(heard: Sequence[Token], goals: Sequence[KnownGoal], context: Context) -> Name | None:
    return find_name(heard, goals, context) or goals_of_unit(heard, goals, context)


def _joins(token: Token, context: Context) -> bool:
    return joins(token, context.lexicon) or context.lexicon.means(token.word, Meaning.DASH)


def _leading_day(heard: Sequence[Token], context: Context) -> Sequence[Token]:
    """The words of a leading day."""
    try:
        dated = context.calendar.date_at(heard)
    except GoaltreeError:
        return ()
    return heard[: dated.words] if dated else ()


def _text(heard: Sequence[Token], context: Context) -> str:
    """The text of a part, without what joins it to the next."""
    kept = list(heard)
    while kept and _joins(kept[-1], context):
        kept.pop()
    return " ".join(token.text for token in kept).rstrip(_MARKS)


def _is_clear(part: str, goals: Sequence[KnownGoal], context: Context, *, last: bool) -> bool:
    """Whether a part leaves nothing over; the last may leave a note behind an act or a day."""
    try:
        line = read_line(part, goals, context)
    except GoaltreeError:
        return False
    is_note = line.said.note is not None
    return bool(line.goals) and line.doubt is None and (not is_note or (last and not line.said.plain))
