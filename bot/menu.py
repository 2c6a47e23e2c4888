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
    "help": mark("What I can do"),
}
IN_GROUPS = {
    "join": mark("Take part in this group's goals"),
    "leave": mark("Take part no longer"),
    **{name: MENU[name] for name in ("log", "tree", "summary", "digest", "streaks", "undo", "help")},
}
FOR_ADMINS = {
    **IN_GROUPS,
    "plan": MENU["plan"],
    "settings": mark("Time zone, start of day and week, topic"),
    "publish": mark("This group's digests in a channel"),
}
"""In groups, whoever may do more is shown more."""
