"""Faults of a goaltree/1 document, and what belongs there instead."""

from language.i18n import mark, several
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # The file
    "document_too_large": mark("The document has {size} bytes and {most} are read at most: part it."),
    "not_text": mark("This is no text in UTF-8: send the document as it was exported."),
    "broken_json": mark("This is no JSON, something is missing or left over ({problem}): mend it here."),
    "nested_too_deeply": mark("The document is nested too deeply: a tree has at most {most} levels."),
    "not_a_document": mark('A document is an object: {{"format": "goaltree/1", "visions": […]}}.'),
    "wrong_format": mark('This is no document that can be read: its format has to be "goaltree/1".'),
    "too_many_visions": mark("There are {count} visions and {most} are read at most: part the document."),
    "too_many_entries": mark("There are {count} entries and {most} are read at most: part the document."),
    "too_many_reminders": mark("There are {count} reminders and {most} are read at most: part the document."),
    "very_many_faults": mark("There are more than {most} faults: the first are named, the rest was not read."),
    "more_faults": several(
        "And {count} more fault of this kind or others.", "And {count} more faults of this kind or others."
    ),
    # Fields
    "duplicate_field": mark("The field “{field}” stands twice in one object: keep one of them."),
    "unknown_field": mark("There is no such field in goaltree/1: correct its name or take it out."),
    "too_many_fields": mark("There are more fields here than goaltree/1 has: take some out."),
    "missing_field": mark("This field is missing: add it."),
    "not_an_object": mark("Write an object in braces here: {{…}}."),
    "list_type": mark("Write a list in brackets here: […]."),
    "list_too_long": mark("This list is too long: leave some of it out."),
    "string_type": mark("Write text in quotes here."),
    "string_unicode": mark("This text holds half a character: take it out."),
    "bool_type": mark("Write true or false here, without quotes."),
    "int_type": mark("Write a whole number here, without quotes."),
    "number_expected": mark("Write a number here, without quotes, such as 5 or 5.5."),
    "not_a_date": mark("Write a date as YYYY-MM-DD, such as 2026-11-23."),
    "not_a_time": mark("Write a time as HH:MM, from 00:00 to 23:59."),
    "unknown_word": mark("Write one of these words: {words}."),
    "unfit": mark("This does not fit here: correct it, or take it out."),
    # Settings
    "unknown_week_start": mark("Write a weekday in full, such as monday or sunday."),
    "unknown_locale": mark("Write a language tag, such as en or pt-BR."),
    "no_quiet_hours": mark("Quiet hours end at another time than they begin: correct one of both, or take them out."),
    "nudge_unfit": mark("Write a number of minutes from {least} to {most}."),
    # Goals
    "level_missing": mark("A KPI says its level: daily, weekly, monthly, quarterly or yearly."),
    "terms_start": mark("The first terms hold from the beginning: leave out their “from”."),
    "terms_without_from": mark("Only the first hold from the beginning: say from which day on these do."),
    "terms_differ": mark("This differs from the last of the terms: make them agree, or leave one of both out."),
    "terms_and_targets": mark("The terms hold the targets as well: leave the targets out."),
    "targets_start": mark("The first target holds from the beginning: leave out its “from”."),
    "targets_differ": mark(
        "The target differs from the last of its targets: make them agree, or leave one of both out."
    ),
    "id_too_large": mark("This number is too large: write the person's Telegram id."),
    "id_too_small": mark("This number is too small: write the person's Telegram id."),
    # Entries
    "unknown_node": mark("There is no goal with the key “{key}”: correct it, or add the goal."),
    "entry_on_parent": mark("“{title}” is not logged itself: log one of the goals below it."),
    "entry_on_parent_here": mark("“{title}” has goals below it here, so entries belong to those."),
    "value_on_skip": mark("A skipped day has no value: leave out one of both."),
    "not_a_tick": mark("This goal is a check: its value is 1 for done or 0 for not."),
    "value_missing": mark("This goal measures a number: give its value, or skip the day."),
    # Pauses
    "too_many_pauses": mark("There are {count} pauses and {most} are read at most: leave old ones out."),
    # Reminders
    "unknown_weekday": mark("Write weekdays as mon, tue, wed, thu, fri, sat or sun."),
    "reminder_without_weekdays": mark('Name at least one weekday, such as ["mon"].'),
    "no_single_weekday": mark('A weekly digest says its one weekday, such as ["sun"].'),
    "weekdays_on_last_day": mark("A {level} digest comes on the period's last day: leave this out."),
    "node_on_digest": mark("A digest reports all goals: leave this out."),
    "second_digest": mark("There is one {level} digest already: leave one of both out."),
    "too_many_check_ins": mark("There can be {most} check-ins at most: leave out this one and what is over."),
}
