"""Shared goals: the questions to their owners, and the group's view."""

from __future__ import annotations

from collections.abc import Sequence

from bot.columns import LETTERS, bar, cut
from bot.common.labels import MOST, goal_buttons
from bot.common.names import name_of
from bot.common.paging import pager
from bot.common.terms import streak_words
from bot.features.share.buttons import (
    CancelShare,
    Extent,
    PreviewShare,
    SharedPage,
    SharedTree,
    ShareGoal,
    ShareNow,
    Unshare,
)
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.sharing import Own
from core.goals.model import Owner
from core.group.sharing import SharedLine, SharedView, Today
from language.i18n import Words
from language.parsing.line import KnownGoal

PAGE = 10
"""Goals on a page of the group's view."""
TREE_PAGE = 20
"""Lines on a page of one goal's tree."""
_TITLE = 60
_DEEPEST = 6


def line(goal: SharedLine, w: Words) -> str:
    """A goal's progress in one line, for any message to the group."""
    title = f"{LETTERS[goal.level]} {esc(cut(goal.title, _TITLE))}"
    if goal.ended_on is not None:
        return " · ".join(
            (title, w.t("{percent}%", percent=goal.percent), w.t("ended {day}", day=w.date(goal.ended_on)))
        )
    if goal.begins_on is not None:
        return f"{title} · " + w.t("begins {day}", day=w.date(goal.begins_on))
    parts = [f"{bar(goal.percent, 5)} " + w.t("{percent}%", percent=goal.percent)]
    if goal.streak:
        parts.append(f"🔥 {streak_words(goal.streak, goal.streak_level, w)}")
    parts.append(_today(goal.today, w))
    return f"{title}  {' · '.join(parts)}"


def _today(state: Today, w: Words) -> str:
    return {Today.DONE: w.t("✅ done today"), Today.OPEN: w.t("⏳ open today"), Today.OFF: w.t("💤 off today")}[state]


def tree_lines(lines: Sequence[SharedLine], w: Words) -> list[str]:
    """A goal and the tree below it, indented."""
    top = lines[0].depth if lines else 0
    return ["\u2003" * min(one.depth - top, _DEEPEST) + line(one, w) for one in lines]


# --- in the private chat ---


def only_in_private(command: str, bot: str, w: Words) -> str:
    """The refusal in a group: people choose in private what to share."""
    return w.t(
        "Your goals are in our private chat: send me /{command} there, t.me/{bot}. /shared shows what members share.",
        command=command,
        bot=esc(bot),
    )


def no_group(w: Words) -> str:
    """The refusal for a person without a group."""
    return w.t("You are in no group with me yet. Join one first (/join there), then share a goal with it.")


def which(goals: Sequence[KnownGoal], w: Words, *, whole: bool, name: str = "") -> tuple[str, Keyboard]:
    """The goals to choose from."""
    text = w.t("Which one is “{name}”?", name=esc(cut(name, _TITLE))) if name else w.t("Which goal will you share?")
    if len(goals) > MOST:
        text += "\n" + w.t("These are the first {count}; <code>/share gym</code> finds others by name.", count=MOST)
    return text, _goals(goals, whole=whole)


def unknown(name: str, nearest: Sequence[KnownGoal], w: Words, *, whole: bool) -> tuple[str, Keyboard]:
    """Says that no goal has the name, and offers similar ones."""
    shown = esc(cut(name, _TITLE))
    if not nearest:
        return w.t("I know no goal called “{name}”. /tree shows your goals.", name=shown), ()
    text = w.t("I know no goal called “{name}”. Did you mean one of these?", name=shown)
    return text, _goals(nearest, whole=whole)


def _goals(goals: Sequence[KnownGoal], *, whole: bool) -> Keyboard:
    extent = Extent.WHOLE if whole else Extent.BRIEF
    return goal_buttons(goals, lambda goal: ShareGoal(goal.id, extent))


def which_group(title: str, node_id: int, groups: Sequence[Owner], w: Words, *, whole: bool) -> tuple[str, Keyboard]:
    """The groups to choose from."""
    extent = Extent.WHOLE if whole else Extent.BRIEF
    return w.t("Who is to see {goal}?", goal=bold(cut(title, _TITLE))), tuple(
        (Button(cut(group.title, 40) or "…", PreviewShare(node_id, extent, group.id)),) for group in groups[:MOST]
    )


def preview(
    lines: Sequence[SharedLine], name: str, node_id: int, group: Owner, w: Words, *, whole: bool
) -> tuple[str, Keyboard]:
    """A preview of the exact lines that the group would see."""
    where = bold(cut(group.title, _TITLE) or "…")
    parts = [w.t("{group} will see:", group=where), "", bold(cut(name, 40) or w.t("Someone"))]
    parts += tree_lines(lines[:TREE_PAGE], w)
    if len(lines) > TREE_PAGE:
        parts.append(w.n("… and {count} more goal below.", "… and {count} more goals below.", len(lines) - TREE_PAGE))
    if whole:
        rest = w.t("Always as it stands, with what you add below it. No notes, no amounts, none of your other goals.")
    else:
        rest = w.t("Always as it stands. No notes, nothing of what is below it, none of your other goals.")
    here, other = (Extent.WHOLE, Extent.BRIEF) if whole else (Extent.BRIEF, Extent.WHOLE)
    keyboard = (
        (Button(w.t("Share"), ShareNow(node_id, here, group.id)), Button(w.t("Cancel"), CancelShare())),
        (
            Button(
                w.t("Only how it stands") if whole else w.t("With the tree below"),
                PreviewShare(node_id, other, group.id),
            ),
        ),
    )
    return "\n".join([*parts, "", rest]), keyboard


def shared(title: str, group: str, w: Words) -> str:
    """The answer when sharing begins."""
    return w.t(
        "{group} sees {goal} now: /shared shows it there. /unshare ends it, and so does leaving the group.",
        group=bold(cut(group, _TITLE)),
        goal=bold(cut(title, _TITLE)),
    )


def cancelled(w: Words) -> str:
    """The answer when sharing is cancelled."""
    return w.t("Nothing is shared.")


def not_in_chat(group: str, w: Words) -> str:
    """The refusal for a person who has left the group's chat."""
    return w.t("You are not in the chat of {group} any more, so I share nothing there.", group=bold(cut(group, _TITLE)))


def not_reached(group: str, w: Words) -> str:
    """The refusal if Telegram does not say whether they are in the chat."""
    return w.t("I cannot reach {group} just now. Please try again later.", group=bold(cut(group, _TITLE)))


def shares(shared: Sequence[Own], w: Words) -> tuple[str, Keyboard]:
    """A person's shares, each with a button to end it."""
    if not shared:
        return w.t("You share nothing. /share shows one of your goals to a group."), ()
    lines = [w.t("You share this; a tap ends it:")]
    for own in shared[:MOST]:
        how = w.t("with the tree below") if own.share.whole else w.t("how it stands")
        lines.append(f"• {esc(cut(own.title, _TITLE))} → {esc(cut(own.group.title, 40))} ({how})")
    if len(shared) > MOST:
        lines.append(w.t("<code>/unshare gym</code> finds others by name."))
    return "\n".join(lines), tuple(
        (Button(f"✖ {cut(own.title, 30)} → {cut(own.group.title, 20)}", Unshare(own.share.id)),)
        for own in shared[:MOST]
    )


def unshared(title: str, group: str, w: Words) -> str:
    """The answer when a share is ended."""
    return w.t("{group} does not see {goal} any more.", group=bold(cut(group, _TITLE)), goal=bold(cut(title, _TITLE)))


def not_shared(w: Words) -> str:
    """The refusal when nothing is shared."""
    return w.t("That is not shared (any more). /unshare lists what is.")


# --- in the group ---


def only_in_groups(w: Words) -> str:
    """The refusal in a private chat."""
    return w.t("That is for groups: it shows what members share there. /unshare lists what you share yourself.")


def shown_here(shown: Sequence[SharedView], page: int, pages: int, w: Words) -> tuple[str, Keyboard]:
    """A page of the members' shares; those with a tree have a button."""
    if not shown:
        return w.t("Nobody shares a goal here yet. Send me /share in our private chat to show one of yours."), ()
    lines = [bold(w.t("Shared here"))]
    for one in shown:
        lines += ["", bold(name_of(one.member, w)), line(one.line, w)]
    keyboard: list[tuple[Button, ...]] = [
        (Button(f"🌳 {cut(name_of(one.member, w), 18)}: {cut(one.line.title, 30)}", SharedTree(one.share.id, 0)),)
        for one in shown
        if one.share.whole
    ]
    if pages > 1:
        keyboard.append(pager(page, pages, SharedPage, w))
    return "\n".join(lines), tuple(keyboard)


def whole_tree(shared: SharedView, page: int, w: Words) -> tuple[str, Keyboard]:
    """A page of one goal's tree."""
    pages = max(1, -(-len(shared.lines) // TREE_PAGE))
    page = min(page, pages - 1)
    shown = tree_lines(shared.lines, w)[page * TREE_PAGE : (page + 1) * TREE_PAGE]
    keyboard: list[tuple[Button, ...]] = []
    if pages > 1:
        keyboard.append(pager(page, pages, lambda to: SharedTree(shared.share.id, to), w))
    keyboard.append((Button(w.t("‹ all that is shared"), SharedPage(0)),))
    return "\n".join([bold(name_of(shared.member, w)), *shown]), tuple(keyboard)


def shown_no_longer(w: Words) -> str:
    """The answer to a button of a share that has ended."""
    return w.t("That is not shared here any more.")
