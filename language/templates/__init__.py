"""Plans that are there to be taken: one TOML file each, read when it is asked for.

| in a file | means |
|---|---|
| `order` | its place in the list |
| `name`, `about` | what it is called in the list, and what it is |
| `title` | what the vision is called |
| `words`, `without` | a sentence with one of the words, and none of the others, may want this plan |
| `asks` | what is asked first, in this order: `what`, `now`, `amount`, `until` |
| `amount`, `unit`, `days` | what is taken where nothing is said: the number, its unit, and days until the end |
| `total`, `finest` | the amount is split by the generator; what is logged of it, and the shortest period for a part |
| `goals` | lines of an outline: level letter (indented below another), title, and what stands behind it |
| `weeks` | numbers of each week, named in the goals: the last one is that of the last day |

`{what}`, `{now}`, `{amount}` and `{unit}` stand for what was answered. Titles and questions are translated as all
sentences are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from core.goals.model import Level
from core.planning.generate import Aim
from core.records import record
from language.tokens import words

FOLDER = Path(__file__).parent


@record
class Template:
    """A template as its file has it, not yet translated."""

    key: str
    order: int
    name: str
    title: str
    about: str
    words: Sequence[str] = ()
    without: Sequence[str] = ()
    asks: Sequence[str] = ()
    amount: int | None = None
    unit: str | None = None
    days: int | None = None
    total: str | None = None
    finest: Level = Level.DAILY
    goals: Sequence[tuple[str, str, str]] = ()
    questions: Mapping[str, str] = field(default_factory=dict)
    weeks: Mapping[str, Sequence[int]] = field(default_factory=dict)


@record
class Answers:
    """The answers to a template's questions."""

    what: str = ""
    now: Decimal | None = None
    amount: Decimal | None = None
    unit: str | None = None
    until: date | None = None


@lru_cache(maxsize=1)
def templates() -> Mapping[str, Template]:
    """All templates by key, in list order."""
    listed = [_read(path) for path in FOLDER.glob("*.toml")]
    return {one.key: one for one in sorted(listed, key=lambda one: one.order)}


def wanted(sentence: str) -> Template | None:
    """The template that a sentence asks for: "run a marathon", "learn Spanish"."""
    said = frozenset(words(sentence))
    return next((one for one in templates().values() if said & set(one.words) and not said & set(one.without)), None)


def by_name(name: str) -> Template | None:
    """The template with this key, or with this word in its title or its `words`."""
    said = name.strip().casefold()
    for one in templates().values():
        if said == one.key or said in one.words or said in re.findall(r"\w{4,}", one.name.casefold()):
            return one
    return None


def total_of(template: Template, answers: Answers, title: str, goal: str) -> Aim | None:
    """The amount that the generator splits; None if the template has none."""
    if template.total is None:
        return None
    return Aim(title, goal, answers.amount, answers.unit, ends_on=answers.until, finest=template.finest)


def _read(path: Path) -> Template:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    finest = Level(content.pop("finest", Level.DAILY.value))
    goals = [(letter, title, behind) for letter, title, behind in content.pop("goals")]
    return Template(key=path.stem, finest=finest, goals=goals, **content)
