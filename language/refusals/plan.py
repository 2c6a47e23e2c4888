"""Which rule of `core.planning.rules` a plan breaks, and what to do instead."""

from language.i18n import mark
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # The tree
    "too_deep": mark("The tree is over {most} levels deep here: leave a level out."),
    "too_many_nodes": mark("The tree has {count} goals and {most} fit in one: part it into several visions."),
    "too_many_nodes:count": mark(
        "The tree has more goals than the {most} that fit in one: part it into several visions."
    ),
    "root_not_vision": mark("A tree begins with a vision: put one above this goal."),
    "vision_below": mark("A vision stands only at the top: give this goal a shorter level, or a tree of its own."),
    "level_mismatch": mark("A {kind} is {fixed}, not {level}: change the kind or the level."),
    "level_of_vision": mark("Only the vision has that level: choose daily, weekly, monthly, quarterly or yearly."),
    "level_of_target": mark("Only a target (T:) has that level: choose daily, weekly, monthly, quarterly or yearly."),
    "coarser_than_parent": mark("A {level} goal cannot stand under a {above} one: swap them, or move it further up."),
    "duplicate_key": mark("The key “{key}” is taken by {by}: give each goal its own."),
    "key_of_another_vision": mark("The key “{key}” belongs to another vision here: use another one."),
    "logged_parent": mark("“{title}” has been logged, so it cannot have goals below it: add them beside it."),
    # Texts
    "title_empty": mark("The title is empty: give it at least one letter."),
    "unit_empty": mark("The unit is empty: give it at least one letter."),
    "key_empty": mark("The key is empty: give it at least one letter."),
    "note_empty": mark("The note is empty: give it at least one letter."),
    "title_too_long": mark("The title has {length} characters and {most} fit: shorten it."),
    "unit_too_long": mark("The unit has {length} characters and {most} fit: shorten it."),
    "key_too_long": mark("The key has {length} characters and {most} fit: shorten it."),
    "note_too_long": mark("The note has {length} characters and {most} fit: shorten it."),
    "title_unprintable": mark("The title holds a control character or half of one: take it out."),
    "unit_unprintable": mark("The unit holds a control character or half of one: take it out."),
    "key_unprintable": mark("The key holds a control character or half of one: take it out."),
    "note_unprintable": mark("The note holds a control character or half of one: take it out."),
    # Sums
    "sum_of_nothing": mark(
        "Nothing below adds up in {unit}: put a goal below that is measured in it, or one that is ticked off, or use"
        " average instead."
    ),
    "sum_of_nothing:unit": mark(
        "Nothing below adds up: put a goal below that is measured in the same unit, or one that is ticked off, or use"
        " average instead."
    ),
    # Numbers
    "target_not_positive": mark("A target is above zero, not {target}: for none at all, make it a limit of 0."),
    "weight_negative": mark("A weight is zero or more: 0 shows the goal and counts it nowhere."),
    "target_not_whole": mark("A check counts days, so its target is a whole number; to log amounts, measure a number."),
    "aggregate_on_check": mark(
        "Only numbers are aggregated, and this is a check: measure a number, or leave the aggregate out."
    ),
    "sum_without_target": mark("A sum needs a target: say how much, or use average instead."),
    "measure_on_parent": mark("A goal with goals below is not logged itself: leave its measure out."),
    "aggregate_on_parent": mark("A goal with goals below is not logged itself: leave its aggregate out."),
    "all_weights_zero": mark(
        "Every goal below has weight 0, so nothing would count: give at least one a weight above zero."
    ),
    # Terms, limits, and values that move from one number to another
    "terms_before_start": mark("These terms begin on {since}, before the goal starts on {starts}: choose a later day."),
    "terms_unordered": mark("The terms are not in order: list them by date, the oldest first."),
    "limit_negative": mark("A limit is zero or more: {target} cannot be kept."),
    "limit_on_parent": mark("A limit is for a goal that is logged itself: set it on one of the goals below."),
    "limit_of_a_sum": mark("A limit for each one cannot be a sum of all: leave the sum out."),
    "limit_without_target": mark("A limit needs a number: say how much is the most, 0 for none at all."),
    "baseline_not_on_target": mark(
        "A way from one value to another ends on a day, and this goal recurs: make it a target (T:) with an end."
    ),
    "baseline_on_other": mark(
        "Only a number that is logged itself goes from one value to another: leave the baseline out here."
    ),
    "baseline_on_limit": mark("A way from one value to another is no limit as well: leave out one of both."),
    "baseline_without_target": mark("A way from one value needs another to end at: add the target."),
    "baseline_is_target": mark("The way would begin and end at {baseline}: choose another target."),
    "several_goals": mark("These are {count} goals: add them one by one."),
    "value_now_unknown": mark(
        "This leads from today's value to another one: write both, such as T: Weight = 86 -> 78 kg."
    ),
    "target_without_end": mark("A target needs a day by which it is to be reached: add its end, or the vision's."),
    "terms_after_end": mark("That would begin on {since}, and the goal ends on {ends}: choose an earlier day."),
    "target_on_mean": mark(
        "“{title}” follows from the goals below it, so it has no target of its own: change one of those."
    ),
    "nothing_to_change": mark("Say what is to change: the target, the days or the weight."),
    "title_taken": mark("There is “{title}” below “{above}” already: choose another name."),
    # Moving, ending, reopening
    "vision_stays": mark("A vision stands at the top: it cannot stand below anything."),
    "other_tree": mark(
        "What was logged of “{title}” counts for “{tree}”: end it there, and add it anew where you want it."
    ),
    "below_itself": mark("A goal cannot stand below itself: choose one that is not below it."),
    "end_before_start": mark("It only starts on {starts}: choose a later day, or delete it."),
    "ends_earlier": mark("It ends on {ends} anyway: take it up again if it is to go on."),
    "once_only": mark("“{title}” is for one period only: plan it anew."),
    # The calendar
    "two_schedules": mark("There are two schedules here: keep weekdays, every so many days, or days of the month."),
    "every_days_unfit": mark("Write every how many days, from 1 to {most}."),
    "month_day_unfit": mark("Days of the month go from 1 to 31, and a month that is shorter takes its last day."),
    "no_weekdays": mark("No weekday is left: name at least one, or leave them out for every day."),
    "weekdays_not_daily": mark("Chosen days are for daily goals, this one is {level}: leave them out."),
    "date_out_of_range": mark("Dates lie between {first} and {last}: correct the year."),
    "ends_before_start": mark("It ends on {ends}, before it starts on {starts}: swap the two dates."),
    "day_passed": mark("That day has passed: today is {today}. Choose a later one."),
    "outside_vision": mark(
        "It would never be active. The vision lasts from {starts} until {ends}: choose dates within."
    ),
    "outside_vision:starts": mark("It would never be active. The vision ends on {ends}: choose an earlier day."),
    "outside_vision:ends": mark("It would never be active. The vision starts on {starts}: choose a later day."),
    # Shared goals
    "each_on_vision": mark("A vision is everyone's: say “each” of the goals below it."),
    "each_without_target": mark("A number needs a target: say how much everyone is to bring."),
    "each_without_group": mark(
        "“Each” is for goals of a group, where everyone has a part of their own: plan it there, or leave the word out."
        ' If it belongs to the name, put that in "double quotes".'
    ),
    "each_with_goals_below": mark(
        "“{title}” cannot be what each one does and have other goals below it: add one beside it."
    ),
    "measure_beside_each": mark("Say how everyone's part is measured within “each”: leave its measure out."),
    "aggregate_beside_each": mark("Say how everyone's part is measured within “each”: leave its aggregate out."),
    "member_without_each": mark("Only below a goal of each one stands whose part it is."),
    "other_below_each": mark(
        "“{title}” is what each one does: it has no other goals below. If “each” belongs to its name, put that in"
        ' "double quotes".'
    ),
}
