"""Why an action is refused. No command is named here; the chat adds its own sentence where a command helps."""

from language.i18n import mark, several
from language.refusals.sentences import Sentences

SENTENCES: Sentences = {
    # Numbers
    "number_missing": mark("A number is missing: write one such as 5 or 5.5."),
    "not_a_number": mark("“{text}” is no number: write one such as 5 or 5.5."),
    "not_a_number:text": mark("That is no number: write one such as 5 or 5.5."),
    "number_infinite": mark("“{text}” is no number that can be reached: write one such as 5 or 5.5."),
    "number_too_large": mark("That number is too large: goals are kept up to {most}."),
    "number_too_fine": mark("That number is too fine: at most {decimals} decimals are kept."),
    "day_below_zero": mark("“{title}” would stand below zero that day: log a smaller correction."),
    "takes_no_number": mark("“{title}” is done or not done: it takes no number."),
    "value_needed": mark("“{title}” needs a number of {unit}."),
    "value_needed:unit": mark("“{title}” needs a number."),
    "far_outside": mark("{value} is far more than “{title}” had before, {usual} at most. Nothing was logged yet."),
    "far_from_way": mark("{value} is far from where “{title}” goes, {low} to {high}. Nothing was logged yet."),
    "delete_logged": several(
        "“{title}” was logged once, and that would be gone as well: end it instead, or say that you are sure.",
        "“{title}” was logged {count} times, and that would be gone as well: end it instead, or say that you are sure.",
    ),
    # Logging
    "not_a_leaf": mark("“{title}” is not logged itself: log one of the goals below it."),
    "day_ahead": mark("{on:short} lies ahead: today is {limit:short}. Log it when the day has come."),
    "day_before_start": mark("{on:long} is too early: this goal starts on {limit:long}."),
    "day_after_end": mark("{on:long} is too late: this goal ended on {limit:long}."),
    "nothing_to_undo": mark("There is nothing to undo."),
    "undo_logged": mark("“{title}” was logged since, which would be gone as well: end it instead."),
    "undo_changed": mark("“{title}” was changed since, so that cannot be taken back: change it by hand."),
    "entry_gone": mark("What that message logged was taken back or replaced since: write it anew."),
    # Missing things
    "goal_gone": mark("That goal is not here (any more)."),
    "key_unknown": mark("There is no goal with the key “{key}” here."),
    "share_gone": mark("That goal is not shared (any more)."),
    "reminder_gone": mark("That reminder is not here (any more)."),
    "member_gone": mark("Whoever that was is not in this group any more."),
    "check_in_gone": mark("That check-in is not here any more."),
    "chat_unknown:chat_id": mark("There is no chat here."),
    "chat_unknown": mark("There is no chat {chat_id!s} here."),
    "pause_gone": mark("That pause is not here (any more)."),
    # Pauses
    "pause_ends_before": mark("The pause ends on {last}, before it begins on {first}: swap the two dates."),
    "pause_too_long": mark("A pause lasts {days} days at most: end the goal instead, and take it up again later."),
    "pause_of_member": mark("One person's days off are an absence: leave this out, or pause the goal of all."),
    "paused_above": mark("It is paused with “{title}” until {until}: end that pause instead."),
    "paused_above:title": mark("It is paused with everything else until {until}: end that pause instead."),
    # Caps
    "pauses_full": mark("This would make {count} pauses, and {most} fit: leave old ones out."),
    "trees_full": mark("There are {count} trees here and no more fit: add to one of them instead."),
    "goals_full": mark("This would make {count} goals, and {most} fit in all trees together: leave some out."),
    "day_full": mark("There are {count} entries for {on}, and no more fit in a day: log the rest as one number."),
    "day_overfull": mark("{on} would have {count} entries, and {most} fit in a day: leave some out."),
    "reminders_full": mark("There are {count} reminders already: delete one first."),
    "shares_full": mark("You share {count} goals there, and no more fit: end one first."),
    "export_too_large": mark(
        "Your export has {size} bytes and {most} can be sent: whoever hosts this bot can give it you."
    ),
    # Settings
    "unknown_zone": mark("There is no time zone called “{name}”. Use a name such as Europe/Berlin."),
    "unknown_zone:name": mark("There is no such time zone: use a name such as Europe/Berlin or UTC."),
    "day_start_late": mark("The day can start between 00:00 and 12:00."),
    "week_start_unknown": mark("The week starts on a weekday, such as monday."),
    "nudge_out_of_range": mark("A second reminder can come 15 minutes to 12 hours after the first."),
    "never_asked": mark("Nothing of that goal is ever due on those days, so there would be nothing to ask."),
    "until_passed": mark("{until} has passed: today is {today}."),
    "away_too_long": mark("You can be away for {days} days at once: choose {latest}."),
    # Permissions in a group
    "channel": mark("A channel has no check-offs here: write as yourself, please."),
    "anonymous": mark("You write here in the name of the group, so I cannot tell who you are. Send it as yourself."),
    "anothers": mark("That is somebody else's: only they can change it."),
    "join_first": mark("You are not in yet: join first, then try again."),
    "admins_only": mark("Only the group's admins can do that: ask one of them."),
    "everyones": mark("This goal is everyone's: only an admin can skip it, for all."),
    "pause_is_shared": mark("Only the group's admins can pause its goals: be away yourself instead."),
    "buddies_only": mark("Only the buddy who was asked can confirm that."),
    "buddy_not_asked": mark("That question is over: it was answered, or somebody else was asked since."),
    "part_of_each": mark("That is one person's part of “{title}”: change “{title}” itself, for all."),
    "anothers_goal": mark("That goal is somebody else's: share one of your own."),
    "ended_goal": mark("That goal has ended: there is nothing to show of it any more."),
    "not_here": mark("That is only for the people of that group."),
    # The end of a quarter or a year
    "vision_ended": mark("The vision ends on {ended}: give it a later end first."),
    "ended_before": mark("It ended on {ended}, before its period did: plan it anew."),
    "never_closed": mark("Only quarterly and yearly goals are closed with their period: choose one of these."),
    "period_open": mark("Its period ends on {ends}: close it from that day on."),
    "period_past": mark("Its period ended on {ended}: it is too late to close it."),
    "not_in_period": mark("It was not active between {first} and {last}."),
}
