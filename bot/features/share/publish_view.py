"""A group's digests in channels."""

from __future__ import annotations

from collections.abc import Sequence

from bot.telegram.html import bold, code, esc
from core.group.records import Publication
from language.i18n import Words


def overview(there: Sequence[Publication], w: Words) -> str:
    """Where the digests go, and how to change that."""
    how = w.t(
        "<code>/publish @channel</code> sends this group's digests to a channel as well. You need to be an admin in "
        "both, and I need to be one there who may post."
    )
    if not there:
        return how
    titles = w.listed([bold(one.title) for one in there])
    return w.t("This group's digests also go to {channels}.", channels=titles) + f"\n{how}\n" + how_to_end(w)


def how_to_end(w: Words) -> str:
    """The hint how to stop publishing."""
    return w.t("<code>/unpublish @channel</code> ends that.")


def published(title: str, w: Words) -> str:
    """The answer when publishing begins."""
    return w.t("From the next one on, this group's digests go to {channel} as well.", channel=bold(title))


def unpublished(title: str, w: Words) -> str:
    """The answer when publishing is stopped."""
    return w.t("This group's digests go to {channel} no longer.", channel=bold(title))


def not_published(w: Words) -> str:
    """The refusal when nothing is published."""
    return w.t("This group's digests go to no such channel. /publish shows where they go.")


def no_channel(name: str, w: Words) -> str:
    """The refusal of an unknown or invisible channel."""
    return w.t(
        "I find no channel {name}. Name it as in its link, such as {example}; if it is private, make me an admin there "
        "first and give its number.",
        name=esc(name[:60]),
        example=code("/publish @ournews"),
    )


def make_me_admin(title: str, name: str, w: Words) -> str:
    """The refusal of a channel where the bot may not post."""
    return w.t(
        "I may not post in {channel} yet: make me an admin there with the right to post messages, then send {command} "
        "again.",
        channel=bold(title),
        command=code(f"/publish {name[:60]}"),
    )


def not_your_channel(title: str, w: Words) -> str:
    """The refusal of a channel that the sender does not manage."""
    return w.t("Only an admin of {channel} can have something published there.", channel=bold(title))


def shut_out(title: str, w: Words) -> str:
    """The message to the group when the bot was removed from the channel, or may no longer post."""
    return w.t(
        "I may not post in {channel} any more, so this group's digests go there no longer. Once I may again, "
        "<code>/publish</code> brings them back.",
        channel=bold(title),
    )


def only_groups(w: Words) -> str:
    """The refusal in a private chat."""
    return w.t("Digests are published from a group: send /publish there.")
