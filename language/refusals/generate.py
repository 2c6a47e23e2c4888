"""Why no plan can be made of an aim, and what to say instead."""

from language.i18n import mark
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    "span_too_long": mark("That is more than {years} years ahead: choose a date that is nearer."),
    "no_day_for_it": mark(
        "None of the days that you have for it comes before its end: choose other days, or a later end."
    ),
    "nothing_left": mark("All of the {amount} is done already: say a larger number."),
    "baseline_unknown": mark("The value now is not known: say it, such as 86."),
    "ramp_unfit": mark("A week may ask from {least}% to {most}% more than the one before: choose a number between."),
}
