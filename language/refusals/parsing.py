"""Why words are not understood."""

from language.i18n import mark
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # Days
    "no_such_day": mark("There is no such day: “{day}”. Write it like 2026-11-20 or 20 Nov."),
    "doubtful_day": mark("I cannot tell which day “{day}” is: write it like 2026-11-20 or 20 Nov."),
    "like_a_day": mark("I know no day called “{said}”: write yesterday or 20 Nov. Nothing was logged."),
    "another_day": mark("“{said}” may be the day that you mean. Nothing was logged yet."),
    "which_day": mark("Which day is “{said}” for? Nothing was logged of it yet."),
    "several_days": mark("“{said}” names several days: log the number of each by itself. Nothing was logged."),
    "several_days_meant": mark(
        "“{said}” is more than one day. Nothing was logged yet: name the days, such as mon-fri."
    ),
    "still_ahead": mark("“{said}” is still ahead: tell me when it is done. Nothing was logged."),
    "other_weeks": mark(
        "I cannot plan “{said}”. Say “every 2 weeks” and begin on one of those days, or name the days of the month."
    ),
    # Logging
    "other_unit": mark("{title} is counted in {unit}, not in “{said}”. Nothing was logged."),
    "number_and_skip": mark("“{said}” is a number and a skip: write one of them. Nothing was logged."),
    "two_numbers": mark("I cannot tell which number is meant in “{said}”: write one. Nothing was logged."),
    "unclear_time": mark("“{said}” may be hours or minutes: write 90 min or 1h30. Nothing was logged."),
    "another_amount": mark("“{said}” may be an amount, too. Nothing was logged yet."),
    "thousands": mark("“{said}” may be thousands or decimals. Nothing was logged yet."),
    "not_sure": mark("I am not sure what to log of “{said}”. Nothing was logged yet."),
    "another_goal": mark("“{said}” may be another goal: write each on a line. Nothing was logged yet."),
    "denied": mark("“{said}”: so was it done or not? Nothing was logged yet."),
    "for_another": mark("“{said}”: everybody logs what they did themselves. Nothing was logged yet."),
    "a_question": mark("“{said}” is a question, it seems. Nothing was logged."),
    # Changes of goals
    "no_target": mark("“{said}” is no target for {title}: write 8, at most 2, or days such as mon wed fri."),
    "ticks_only": mark(
        "{title} is done or not done, so “{said}” is no target for it: choose its days, such as mon wed fri, or add a"
        " goal that counts."
    ),
    "other_target_unit": mark("{title} is counted in {unit}, not in “{said}”: write its target in {unit}."),
    "other_rhythm": mark("{title} is {level}, and “{said}” is another rhythm: add a goal of its own for that."),
    "no_first_day": mark("I cannot tell from when “{said}” is: write tomorrow, next week or 1 Jan."),
    "no_days_off": mark("I cannot tell which days “{said}” are: write 2 weeks, until 12 Jan or 20 Dec - 3 Jan."),
    "no_last_day": mark("“{said}” does not say until when: write it like from 20 Dec until 3 Jan."),
    # Reminders
    "no_such_time": mark("There is no time {said}: hours go from 0:00 to 23:59."),
    "several_times": mark("One time for each reminder, please."),
    "no_such_rhythm": mark("I can ask every day or on some weekdays, each week the same."),
    "too_many_words": mark("That is too long for me."),
}
