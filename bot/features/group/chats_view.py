"""Messages to a group when the bot comes, comes back, or may not speak."""

from __future__ import annotations

from bot.features.group.members_view import join_button
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Keyboard
from language.i18n import Words


def arrived(title: str, w: Words) -> tuple[str, Keyboard]:
    """The greeting when the bot comes to a group."""
    text = w.t(
        "Hello, {title}! 🌳 I keep this group's goals as a tree: everyone ticks off their own small things, and every "
        "tick counts for the goal at the top.\nTap Join to take part. Admins: <code>/settings zone Lisbon</code> says "
        "where you are at home, /plan plants the first goal.",
        title=esc(title),
    )
    return text, join_button(w)


def back(w: Words) -> tuple[str, Keyboard]:
    """The greeting when it comes again."""
    return w.t("I am back, and nothing was lost. /tree shows how things stand."), join_button(w)


def topic_closed(title: str, w: Words) -> str:
    """The private message when only the General topic is closed."""
    return w.t(
        "The General topic of {title} is closed, so I cannot say hello there. Send <code>/settings topic here</code> "
        "in an open topic, and that is where I speak.",
        title=bold(title),
    )
