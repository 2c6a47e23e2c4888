"""The result of a line about goals, in short; by default on the evening of Monday 2026-11-23."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from babel import Locale

from core.errors import GoaltreeError
from core.values import plain_text
from language.lexicon import lexicon
from language.parsing.line import Context, KnownGoal, SaidOfGoal
from language.parsing.log_text import read_line
from language.parsing.several import split_goals

MONDAY = date(2026, 11, 23)
GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Read", number=True, unit="pages"),
    KnownGoal(4, "Meditate", number=True, unit="min"),
    KnownGoal(5, "Water", number=True, unit="l"),
    KnownGoal(6, "Sleep", number=True, unit="h"),
    KnownGoal(7, "Save", number=True, unit="€"),
    KnownGoal(8, "Steps", number=True),
    KnownGoal(9, "Brush"),
    KnownGoal(10, "Jog"),
    KnownGoal(11, "Study", number=True, unit="min"),
    KnownGoal(12, "Meat", number=True, unit="g"),
    KnownGoal(13, "Lesen", number=True, unit="Seiten"),
    KnownGoal(14, "Бег", number=True, unit="км"),
    KnownGoal(15, "قراءة", number=True),
    KnownGoal(16, "読書", number=True),
    KnownGoal(20, "Beer", number=True),
    KnownGoal(21, "Walk", number=True, unit="steps"),
    KnownGoal(22, "No smoking"),
    KnownGoal(23, "Weight", number=True, unit="kg"),
    KnownGoal(24, "Spanish lesson"),
    KnownGoal(25, "Flashcards", number=True, unit="cards"),
    KnownGoal(31, "Work on the thesis", number=True, unit="h"),
    KnownGoal(32, "Rent"),
    KnownGoal(33, "Push-ups", number=True),
    KnownGoal(34, "Call a customer"),
]
EVENING = Context(MONDAY, lexicon(Locale("en")), clock=time(21))


def shown(said: SaidOfGoal) -> str:
    """A meaning in one short line: the act, the day unless it is Monday 23, and the note."""
    act = said.how.value if said.value is None else f"{said.how.value} {plain_text(said.value)}"
    day = "" if said.on == MONDAY else f" {said.on:%d %b}"
    through = f"..{said.through:%d %b}" if said.through else ""
    return f"{act}{day}{through}" + (f" ({said.note})" if said.note else "")


def heard(text: str, context: Context = EVENING, goals: Sequence[KnownGoal] = GOALS) -> list[str]:
    """The result of a line: for each goal its meaning, or why the bot asks or refuses."""
    becomes = []
    for part in split_goals(text, goals, context):
        try:
            line = read_line(part, goals, context)
        except GoaltreeError as error:
            return [f"refused: {error.code}"]
        names = "/".join(goal.title for goal in line.goals) or "?"
        becomes.append(f"asked: {line.doubt.why.code}" if line.doubt else f"{names}: {shown(line.said)}")
    return becomes
