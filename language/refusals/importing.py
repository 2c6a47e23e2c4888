"""Why a file of another app, or a sheet, cannot be imported, and what is expected instead."""

from language.i18n import mark
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # The file
    "file_empty": mark("This file is empty: send an export of your app, a sheet as CSV, or a goaltree document."),
    "file_unknown": mark(
        "I cannot read this file: send an export of Loop Habit Tracker, HabitKit, HabitBull, Streaks, Habitica"
        " (userdata.json), Beeminder, beaverhabits, HabitTrove, Tickmate, Rewire or Daylio, a sheet as CSV, or a"
        " goaltree document."
    ),
    "file_too_large": mark("The file has {size} bytes and {most} are read at most: export less at once."),
    "file_too_many_rows": mark("The file holds more than {most} rows or values, and no more are read: part it."),
    "file_not_text": mark("This is no sound text: save the file as CSV in UTF-8 and send it again."),
    "file_is_workbook": mark("This is a spreadsheet's own file: save the sheet as CSV, and send that."),
    "file_protected": mark("This file is protected by a password: send it without."),
    "habitica_history": mark(
        "Habitica's history.csv does not say what was done: send userdata.json, from the same page of Habitica."
    ),
    "no_habits": mark("There is no habit in this file of {app}: export it again once there is one."),
    # A zip
    "zip_damaged": mark("This zip file is damaged: export it again and send it as it is."),
    "zip_too_many_files": mark(
        "This zip file holds too many files: {most} are read at most, as habit apps export them."
    ),
    "zip_too_large": mark("This zip file unpacks to more than {most} bytes: send a habit app's own export."),
    "zip_leads_elsewhere": mark("This zip file names files outside itself: send a habit app's own export."),
    # A database
    "database_damaged": mark(
        "This database is damaged or encrypted: make a new backup in the app, without a password."
    ),
    # A sheet
    "one_column": mark(
        "There is only one column here: a sheet has columns such as date, habit and value, or a date and a column for"
        " each habit."
    ),
    "too_many_habits": mark("There are more than {most} habits in this file, and no more are read: part it."),
    "file_too_many_entries": mark("There are more than {most} entries in this file, and no more are read: part it."),
    "too_many_columns": mark("There are {count} columns here and {most} are read at most: part the sheet."),
    "column_twice": mark("The column “{name}” is there twice: rename one of the two."),
    "columns_shifted": mark(
        "The columns of this sheet do not fit its habits, as with a comma in a name: send the whole zip of the export."
    ),
    "csv_broken": mark("Line {line!s} is no sound row of a CSV file, such as one with an open quote: mend it there."),
    "row_cut_off": mark("Line {line!s} is cut off: it has {count} of {columns} columns. Export the file again."),
    "row_too_long": mark(
        "Line {line!s} has {count} columns where the first line names {columns}: put quotes around text with commas."
    ),
    "value_unreadable": mark(
        "Line {line!s}: “{text}” says nothing that I know. Write 1, x or yes for done, a number, skip, or nothing."
    ),
    "number_beyond": mark(
        "Line {line!s}: the number {text} is too large or too fine. Up to a billion and six decimals are kept."
    ),
    "sheet_of_others": mark(
        "No entry in this sheet of a group has your name, and people log for themselves: allow your name in its "
        "sheets, and have it made again."
    ),
    "sheet_of_periods": mark(
        "This is the sheet of periods, which I only write. Send the sheet of entries: what was logged is in it."
    ),
    # Dates
    "date_unreadable": mark("“{text}” is no date of our time: write dates as YYYY-MM-DD, such as 2026-11-23."),
    "dates_ambiguous": mark(
        "“{text}” can be read in several ways: say in which order day, month and year stand, {choices}."
    ),
}
