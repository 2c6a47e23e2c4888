"""The preview of an import, in a few lines of plain text for every front."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from core.importing import Remark
from core.importing.preview import Example, Preview
from core.planning.plan import PlanNode
from language.i18n import Words, mark
from language.lexicon import lexicon
from language.parsing.hearing import Hearing
from language.parsing.numbered import numbered
from language.remarks import remark

_LEVELS = {
    "daily": mark("daily"),
    "weekly": mark("weekly"),
    "monthly": mark("monthly"),
    "quarterly": mark("quarterly"),
    "yearly": mark("yearly"),
    "range": mark("by a date"),
}


def preview_lines(app: str, preview: Preview, w: Words) -> list[str]:
    """The app, its goals, the days and kinds of entries, and examples as they were understood."""
    goals = w.n("{count} goal", "{count} goals", len(preview.titles))
    levels = w.listed([f"{w.number(Decimal(count))} {w.t(_LEVELS[level])}" for level, count in preview.levels.items()])
    lines = [f"{app}: {goals} ({levels})"]
    if preview.first and preview.last:
        counts = [
            (preview.ticks, w.n("{count} tick", "{count} ticks", preview.ticks)),
            (preview.numbers, w.n("{count} number", "{count} numbers", preview.numbers)),
            (preview.skips, w.n("{count} skipped day", "{count} skipped days", preview.skips)),
            (preview.notes, w.n("{count} note", "{count} notes", preview.notes)),
        ]
        said = w.listed([text for count, text in counts if count])
        lines.append(f"{w.date(preview.first, year=True)} – {w.date(preview.last, year=True)}: {said}")
    if preview.ended:
        lines.append(w.n("{count} goal has ended.", "{count} goals have ended.", preview.ended))
    if preview.reminders:
        lines.append(w.n("{count} reminder comes along.", "{count} reminders come along.", preview.reminders))
    return [*lines, *(_example(example, w) for example in preview.examples)]


def remark_lines(remarks: Sequence[Remark], w: Words) -> list[str]:
    """Omissions and changes, with their reasons."""
    return [remark(said, w) for said in remarks]


def _example(example: Example, w: Words) -> str:
    entry = example.entry
    if entry.skipped:
        value = w.t("skipped")
    elif example.is_tick:
        value = w.t("done") if entry.value else w.t("not done")
    else:
        value = " ".join(filter(None, (w.number(entry.value or Decimal(0)), example.unit)))
    said = f"{example.title}, {w.date(entry.on, year=True)}: {value}"
    return f"{said} – {entry.note.splitlines()[0][:60]}" if entry.note else said


def number_hints(plans: Iterable[PlanNode], w: Words, today: date) -> list[str]:
    """A hint for each goal that is ticked although its title carries a number that may be its target."""
    asked = numbered(plans, Hearing(today, lexicon(w.locale), decimal_comma=w.decimal_comma))
    return [
        w.t(
            "“{title}” is ticked off. If its number is the target, write it as: {line}",
            title=one.title,
            line=one.as_target,
        )
        for one in asked
    ]
