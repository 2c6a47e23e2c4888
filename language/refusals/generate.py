"""Why no plan can be made from an aim, and what to say instead."""

from language.i18n import mark
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    "span_too_long": mark("That is more than {years} years ahead: choose a date that is nearer."),
    "no_day_for_it": mark(
        "None of the days that you have for it comes before its end: choose other days, or a later end."
    ),
    "nothing_left": mark("All of the {amount} is done already: say a larger number."),
    "baseline_unknown": mark("The value now is not known: say it, such as 86."),
    "answer_unread": mark("“{question}” waits for an answer that can be read."),
    "template_gone": mark("That plan is not here (any more): choose one of the list."),
    # Changes before planting
    "no_such_place": mark("There is no goal at that place (any more): look at the plan anew."),
    "vision_stays": mark("Without the goal on top there is no plan: give it another title instead."),
    "nothing_to_count": mark("Nothing is counted there, so it takes no number: change the goals below it."),
    "ramp_unfit": mark("A week may ask from {least}% to {most}% more than the one before: choose a number between."),
}
