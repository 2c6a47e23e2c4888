"""The link that invites into a group, and the messages to people who open it."""

from __future__ import annotations

from bot.columns import cut
from bot.telegram.html import bold, code, esc
from core.actions.members import Joined
from language.i18n import Words

LINK = "j_"
"""The prefix of the link's start parameter."""
MOST = 5
"""How many goals are named."""


def link(bot: str, token: str, w: Words, *, renew: bool) -> str:
    """The link, for admins."""
    url = code(f"https://t.me/{bot}?start={LINK}{token}")
    text = w.t("This link brings people in:\n{link}", link=url)
    if renew:
        return text + "\n" + w.t("Links that I gave before lead nowhere now.")
    return (
        text
        + "\n"
        + w.t(
            "Who is in this chat joins with it at once. Others are shown the way into the chat if I may invite people. "
            "<code>/invite new</code> makes another link, and this one void."
        )
    )


def only_in_groups(w: Words) -> str:
    """The refusal in a private chat."""
    return w.t("That is for groups: an admin sends /invite there and gets a link.")


def void(w: Words) -> str:
    """The answer to an invalid link."""
    return w.t("This invitation does not work (any more): ask in the group for a new link.")


def not_reached(title: str, w: Words) -> str:
    """The answer when the bot is not in the group, or Telegram does not answer."""
    return w.t("I cannot reach {group} just now. Ask an admin there, or try again later.", group=_named(title))


def joined(title: str, done: Joined, w: Words) -> str:
    """The answer to a person who has joined by the link."""
    if not done.new:
        return w.t("You are in {group} already. /log in the group shows what there is to do.", group=_named(title))
    text = w.t("You are in {group}. 🙌", group=_named(title))
    if done.each:
        goals = w.listed([esc(cut(goal, 40)) for goal in done.each[:MOST]])
        text += " " + w.t("From today on you do for yourself: {goals}.", goals=goals)
    return text + "\n" + w.t("/log in the group ticks off. Send me /start here for goals of your own.")


def come_in(title: str, way: str | None, w: Words) -> str:
    """The answer to a person who is not in the chat; `way` is a link into it."""
    if way is None:
        return w.t(
            "You are not in the chat of {group} yet: ask an admin to add you. Then open this link again, or tap Join "
            "there.",
            group=_named(title),
        )
    return w.t(
        "First come into the chat of {group}: {link} (open for you until tomorrow). Then open the invitation again, or "
        "send /join there.",
        group=_named(title),
        link=esc(way),
    )


def _named(title: str) -> str:
    return bold(cut(title, 60)) if title.strip() else "…"
