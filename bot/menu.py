"""The commands that Telegram lists behind "/"."""

from language.i18n import mark

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
    "share": mark("Show one of your goals to a group"),
    "forget_me": mark("Erase everything about you"),
    "help": mark("What I can do"),
}
IN_GROUPS = {
    "join": mark("Take part in this group's goals"),
    "leave": mark("Take part no longer"),
    "board": mark("How everyone does"),
    "nudge": mark("A friendly word to who is still open"),
    "away": mark("Not counted for some days: /away 3 days"),
    "back": mark("Here again"),
    "buddy": mark("Somebody confirms what you check off"),
    "shared": mark("What members show of their own goals"),
    **{name: MENU[name] for name in ("log", "tree", "summary", "digest", "streaks", "undo", "help")},
}
FOR_ADMINS = {
    **IN_GROUPS,
    "plan": MENU["plan"],
    "settings": mark("Time zone, start of day and week, round, digests, topic"),
    "remind": mark("When the round comes: /remind 21:00"),
    "invite": mark("A link that brings people in"),
    "publish": mark("This group's digests in a channel"),
}
"""In groups, whoever may do more is shown more."""
