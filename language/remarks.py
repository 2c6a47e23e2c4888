"""Remarks on what an import left out or read differently, and why: a sentence for every code of
`core.importing.Remark`."""

from __future__ import annotations

from core.importing import Remark
from language.i18n import Words, mark, several
from language.refusals import worded
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # Days without an entry
    "computed": several(
        "{count} day that the app filled in by itself is left out: nobody did it.",
        "{count} days that the app filled in by itself are left out: nobody did them.",
    ),
    "computed_misses": several(
        "{count} day that the app counted as missed is left out: nobody said so.",
        "{count} days that the app counted as missed are left out: nobody said so.",
    ),
    "undone": several(
        "{count} day marked as not done makes no entry: a day without an entry says as much.",
        "{count} days marked as not done make no entry: a day without an entry says as much.",
    ),
    "unknown": several(
        "{count} day of which nothing is known makes no entry.", "{count} days of which nothing is known make no entry."
    ),
    "unknown_states": several(
        "{count} day has a state that I do not know, and is left out.",
        "{count} days have a state that I do not know, and are left out.",
    ),
    "partly_done": several(
        "{count} day was done only in part, without an amount, and is left out.",
        "{count} days were done only in part, without an amount, and are left out.",
    ),
    "state_in_number": several(
        "{count} day of a number has a word in place of its amount, and is left out.",
        "{count} days of a number have a word in place of their amount, and are left out.",
    ),
    "minuses": several(
        "{count} minus of a habit with both signs is left out.",
        "{count} minuses of habits with both signs are left out.",
    ),
    "thinned_out": several(
        "{count} older row only has an average, as Habitica keeps it, and is left out.",
        "{count} older rows only have averages, as Habitica keeps them, and are left out.",
    ),
    "initial_values": several(
        "{count} value that only marks the beginning is left out.",
        "{count} values that only mark the beginning are left out.",
    ),
    "unknown_moods": several(
        "{count} mood has a name that stands for no number, and is left out.",
        "{count} moods have names that stand for no number, and are left out.",
    ),
    "values_too_large": several(
        "{count} value is larger than {most}, and is left out.",
        "{count} values are larger than {most}, and are left out.",
    ),
    "of_others": several(
        "{count} entry of somebody else is left out: people log for themselves.",
        "{count} entries of others are left out: people log for themselves.",
    ),
    "of_nobody": several(
        "{count} entry without a name is left out: nobody knows whose it is.",
        "{count} entries without a name are left out: nobody knows whose they are.",
    ),
    "authors": several(
        "{count} entry names who logged it, which is not kept.",
        "{count} entries name who logged them, which is not kept.",
    ),
    "rows_damaged": several(
        "{count} row without a sound date or value is left out.",
        "{count} rows without a sound date or value are left out.",
    ),
    "orphans": several(
        "{count} entry belongs to no habit of this file, and is left out.",
        "{count} entries belong to no habit of this file, and are left out.",
    ),
    # Days that were merged
    "repeated": several(
        "{count} entry repeats another of its day, and counts once.",
        "{count} entries repeat others of their day, and count once.",
    ),
    "added_up": several(
        "{count} entry is added to another of its day.", "{count} entries are added to others of their day."
    ),
    "rounded": several(
        "{count} number is rounded to {decimals} decimals.", "{count} numbers are rounded to {decimals} decimals."
    ),
    "totals": several(
        "{count} row has a word in place of a date, as totals have, and is left out.",
        "{count} rows have a word in place of a date, as totals have, and are left out.",
    ),
    "dates_serial": several(
        "{count} date is a spreadsheet's day number, counted from 1900.",
        "{count} dates are a spreadsheet's day numbers, counted from 1900.",
    ),
    "encoding_guessed": several(
        "The file is not in UTF-8: {count} letter was read as {encoding}. If a name looks wrong, save it in UTF-8.",
        "The file is not in UTF-8: {count} letters were read as {encoding}. If a name looks wrong, save it in UTF-8.",
    ),
    "dated_from_utc": several(
        "{count} time is in UTC in the file, and is dated in your time zone.",
        "{count} times are in UTC in the file, and are dated in your time zone.",
    ),
    "dated_by_zone": several(
        "{count} time has no time zone in the file, and is dated in yours.",
        "{count} times have no time zone in the file, and are dated in yours.",
    ),
    # Text
    "notes_alone": several(
        "{count} note is left out: its day has no entry to stand in.",
        "{count} notes are left out: their days have no entry to stand in.",
    ),
    "notes_of_days": several(
        "{count} note about a whole day is left out: notes belong to one habit.",
        "{count} notes about whole days are left out: notes belong to one habit.",
    ),
    "descriptions": several(
        "{count} description or question is left out: a goal has its title only.",
        "{count} descriptions or questions are left out: a goal has its title only.",
    ),
    "groupings": several(
        "{count} category or tag is left out: put goals below one another instead.",
        "{count} categories or tags are left out: put goals below one another instead.",
    ),
    "texts_cut": several("{count} text is too long, and is cut.", "{count} texts are too long, and are cut."),
    # Habits
    "frequency_unknown": several(
        "The file does not say how often {count} habit is wanted: ticks are read as daily, numbers are only noted.",
        "The file does not say how often {count} habits are wanted: ticks are read as daily, numbers are only noted.",
    ),
    "rolling_weekly": mark("“{title}”, {times} times in {days} days, becomes {share} times a week."),
    "rolling_monthly": mark("“{title}”, {times} times in {days} days, becomes {share} times a month."),
    "rolling_yearly": mark("“{title}”, {times} times in {days} days, becomes {share} times a year."),
    "every_days_from_start": mark("“{title}”, once in {days} days, is due every {days} days from its first day on."),
    "period_changed": mark("“{title}” is wanted in periods of {days} days, and becomes {level}."),
    "earlier_period": mark("“{title}” had another period before: only its present one is kept."),
    "rule_unknown": mark("“{title}” repeats by a rule that has no counterpart here ({rule}): look at it afterwards."),
    "limit_needs_word": mark("“{title}” becomes a limit, and a day counts for it once something is logged, also 0."),
    "only_noted": mark("“{title}” has no target that can be kept, and is only noted."),
    "without_datapoints": mark("“{title}” comes without its datapoints: export it with them."),
    "deleted": several("{count} deleted habit is left out.", "{count} deleted habits are left out."),
    "tasks": several("{count} task that is done once is left out.", "{count} tasks that are done once are left out."),
    "asks_left_out": several(
        "{count} reminder is left out: {most} fit.", "{count} reminders are left out: {most} fit."
    ),
}


def remark(said: Remark, w: Words) -> str:
    """The sentence of a remark, as plain text."""
    return worded(said.code, said.values, w, SENTENCES)
