"""The commands that Telegram lists behind "/"."""

from bot.i18n import mark

MENU = {
    "log": mark("Tick off today's goals, or log one: /log run 5"),
    "tree": mark("Your goals as a tree"),
    "summary": mark("How today, the week, month and quarter stand"),
    "digest": mark("A report on the week, month or quarter"),
    "streaks": mark("What you keep up, and for how long"),
    "plan": mark("Plant a new vision or extend one"),
    "undo": mark("Take the last entry back"),
    "remind": mark("When I ask how it went: /remind 21:00"),
    "settings": mark("Time zone, start of day and week, quiet hours, digests"),
    "export": mark("Everything as a file"),
    "join": mark("In a group: take part"),
    "leave": mark("In a group: take part no longer"),
    "help": mark("What I can do"),
}
ONLY_IN_GROUPS = frozenset({"join", "leave"})
SHOWN_IN_GROUPS = frozenset(MENU) - {"export", "remind"}
