"""Several goals in one line: `run 5, read 10, gym`, `run 3.5km & read 20 pages`, `run 5 and gym`."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import GoaltreeError
from language.meanings import Meaning
from language.parsing.line import Context, Goal
from language.parsing.log_text import FOUND, named, read_line
from language.tokens import Token, tokens

MOST_PARTS = 10
"""More joints in a line are those of a note."""
_MARKS = ",;"


def split_goals(line: str, goals: Sequence[Goal], context: Context) -> list[str]:
    """The logs that a line holds, in their order; the whole line where it is one.

    It is parted only where each part begins with a goal's name and is understood to its last word, so that a note stays
    whole; the last part may have a note behind what was done.
    """
    heard = tokens(line)
    joints = _joints(heard, context)
    if not 0 < len(joints) <= MOST_PARTS:
        return [line]
    title = named(_words(heard), goals).words
    starts = [start for start in joints if start >= title > 0 and _begins_with_name(heard[start:], goals, context)]
    parts = [_text(heard[start:end], context) for start, end in zip([0, *starts], [*starts, None], strict=True)]
    is_clear = all(_is_clear(part, goals, context, last=at == len(parts)) for at, part in enumerate(parts, 1))
    return parts if is_clear else [line]


def _joints(heard: Sequence[Token], context: Context) -> list[int]:
    """Where a new part may begin: behind a comma, or behind "and"."""
    joined = [_joins(token, context) for token in heard]
    return [
        at for at in range(1, len(heard)) if not joined[at] and (joined[at - 1] or heard[at - 1].text[-1] in _MARKS)
    ]


def _joins(token: Token, context: Context) -> bool:
    return token.text in ("+", *_MARKS) or context.lexicon.means(token.word, Meaning.AND)


def _words(heard: Sequence[Token]) -> list[str]:
    return [token.text.rstrip(_MARKS) for token in heard]


def _begins_with_name(heard: Sequence[Token], goals: Sequence[Goal], context: Context) -> bool:
    """Whether a goal's name stands here as it is written, and no day."""
    try:
        is_day = context.calendar.date_at(heard) is not None
    except GoaltreeError:
        return False
    return not is_day and named(_words(heard), goals).strength >= FOUND


def _text(heard: Sequence[Token], context: Context) -> str:
    """The words of a part without what joins it to the next."""
    kept = list(heard)
    while kept and _joins(kept[-1], context):
        kept.pop()
    return " ".join(token.text for token in kept).rstrip(_MARKS)


def _is_clear(part: str, goals: Sequence[Goal], context: Context, *, last: bool) -> bool:
    """Whether nothing of a part is left over, or of the last only a note behind an act or a day."""
    try:
        line = read_line(part, goals, context)
    except GoaltreeError:
        return False
    return bool(line.goals) and (line.said.note is None or (last and not line.said.plain))
