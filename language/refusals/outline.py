"""Faults of an outline, and how to write it instead."""

from language.i18n import mark
from language.refusals.sentences import Sentences

QUOTES_HELP = mark('If it belongs to the title, put the title in "double quotes".')
WITH_QUOTES_HELP = frozenset({"leftover_words", "bad_number", "not_closed", "bad_weekday", "bad_date"})
"""Codes whose sentence ends with this one."""

SENTENCES: Sentences = {
    # The text
    "outline_too_large": mark("The outline is too large: {lines} lines and {characters} characters fit. Part it."),
    "empty_outline": mark("There is no goal in it: write a vision, and its goals on indented lines below."),
    "mixed_indent": mark("Tabs and spaces are mixed in the indents: use one of them throughout."),
    "no_vision": mark("A goal stands below a vision: write the vision alone on a line above, and indent this one."),
    "left_of_first_line": mark("This line stands further left than the first: begin all visions in the same column."),
    "wrong_indent": mark("This indent matches no line above: align it with the goal beside which it stands."),
    "line_too_long": mark("This line is too long: {most} characters fit."),
    "no_level": mark(
        "This line has no level letter: begin it with Y:, Q:, M:, W: or D: for its level (W!: for a target of one"
        " week), P: for a power goal, or T: for a target by a date."
    ),
    "unknown_level": mark(
        "“{letter}:” is no level letter: begin it with Y:, Q:, M:, W: or D: for its level (W!: for a target of one"
        " week), P: for a power goal, or T: for a target by a date."
    ),
    "no_title": mark("A title is missing here: say what is to be done."),
    "open_quotes": mark('The quotes around the title are not closed: end it with " (a quote inside is written \\").'),
    # Behind the title
    "leftover_words": mark("“{words}” has no meaning here. A unit of several words goes in quotes."),
    "bad_number": mark("“{word}” is no number: after “=” comes one, such as = 5 km."),
    "bad_number:word": mark("The number is missing: after “=” comes one, such as = 5 km."),
    "product_of_numbers": mark("“{said}” is two numbers: write what it is to come to, such as = {product!s}."),
    "not_closed": mark("“{opening}” is not closed: add “{closing}”."),
    "bad_weekday": mark("“{word}” is no weekday: write mon tue wed thu fri sat sun."),
    "other_weeks": mark(
        "I cannot plan “{said}”. Write [every 14 days], and (from 2027-01-03) with the first of those days."
    ),
    "no_weekday_named": mark("No weekday is named: write some, such as [mon wed fri]."),
    "bad_date": mark("Dates are written (from 2026-11-01 until 2026-11-30), with either alone, or (on 2026-11-14)."),
    # Below a goal
    "later_without_goal": mark("This says something of the goal above it, and there is none: write the goal first."),
    "change_on_its_own_line": mark("Put “{said}” on a line of its own, below the goal."),
    "bad_change": mark(
        "A change is written below its goal: then from 2027-01-04: = 6 km, with [mon wed], x2, stopped or again beside"
        " the number or in its place."
    ),
    "change_of_unit": mark("The goal is counted in {unit}, also later: write = 6 {unit}, or plan another goal."),
    "change_of_unit:unit": mark("The goal has no unit, also later: write the number alone, or plan another goal."),
    "change_of_tick": mark(
        "The goal is ticked off, also later: write = 3 times, or give it a number in its own line, such as = 5 km."
    ),
    "bad_pause": mark(
        "A pause is written below its goal: pause from 2026-12-20 until 2027-01-03, or pause everything from … until …."
    ),
    "second_word": mark("There is a second word for how it adds up here: keep one of them."),
    "second_each": mark("There is a second “each” here: keep one of them."),
    "second_weight": mark("There is a second weight here: keep one of them."),
    "second_target": mark("There is a second target here: keep one of them."),
    "second_weekdays": mark("There is a second list of weekdays here: keep one of them."),
    "second_dates": mark("There is a second pair of dates here: keep one of them."),
    # How it adds up
    "word_without_target": mark("“{word}” needs a target before it (= 20 pages {word}), or goals below this one."),
    "each_word_without_target": mark("“{word}” needs a target before it (= 20 pages {word} each)."),
    "word_of_two_meanings": mark(
        "“{word}” can mean two things: a limit is written ≤ 2, and the largest or smallest of several entries is"
        " called “highest” or “lowest”."
    ),
    "word_on_parent": mark("“{word}” is for goals without others below: here choose sum, avg, min, max or count."),
    "word_behind_each": mark(
        "“{word}” behind “each” would be said of all together: choose sum, avg, min, max or count."
    ),
    "goals_below_each": mark("What each one does has no goals below it: add them beside it, or leave “each” out here."),
    "strategy_missing": mark(
        "How the goals below make this target is not said: end the line with sum, avg, min, max or count."
    ),
}
