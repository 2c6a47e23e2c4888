"""Messages for a person who wants to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from bot.columns import cut
from bot.features.forget.buttons import Erase, Keep
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from language.i18n import Words

MOST = 10
"""How many groups are named."""


def only_in_private(bot: str, w: Words) -> str:
    """The refusal in a group, with a link to the private chat."""
    return w.t("That is between the two of us: send me /forget_me in our private chat, t.me/{bot}.", bot=esc(bot))


def caption(w: Words) -> str:
    """The caption of their export."""
    return w.t("Everything you have here, to keep: goals, entries and settings.")


def caption_of_groups(w: Words) -> str:
    """The caption of the file with their entries in groups."""
    return w.t("What you logged in groups, to keep.")


def not_handed_out(w: Words) -> str:
    """The refusal when the file could not be sent."""
    return w.t("I could not send you your data just now, so I erased nothing. Please try again in a minute.")


def question(groups: Sequence[str], word: str, w: Words) -> tuple[str, Keyboard]:
    """The question, with what will be gone and what stays. `word` tells it from earlier questions."""
    text = [
        w.t(
            "<b>Shall I forget you?</b> Above is your data, to keep. Then I erase everything in this chat: goals, "
            "check-offs, notes, reminders and settings. This cannot be taken back."
        )
    ]
    if groups:
        named = w.listed([bold(cut(title, 40)) for title in groups[:MOST]])
        if len(groups) > MOST:
            named += " " + w.n("and {count} more", "and {count} more", len(groups) - MOST)
        text.append(
            w.t(
                "In {groups} you will be no member any more. Your name, your notes and what you share go; your figures "
                "stay in the group's totals as those of a former member.",
                groups=named,
            )
        )
    text.append(w.t("Messages that are in Telegram already stay there: delete those yourself."))
    buttons = (Button(w.t("🗑 Erase everything"), Erase(word)), Button(w.t("Keep it"), Keep(word)))
    return "\n\n".join(text), tuple((button,) for button in buttons)


def kept(w: Words) -> str:
    """The answer when they keep everything."""
    return w.t("Nothing was erased. Everything is as it was.")


def forgotten(w: Words) -> str:
    """The answer when everything is erased."""
    return w.t(
        "You are forgotten: nothing of yours is left here. If you ever write again, we start anew. Take care! 🌳"
    )


def nobody(w: Words) -> str:
    """The text that replaces a member's name."""
    return w.t("Former member")
