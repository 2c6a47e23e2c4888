"""A person's tasks from their groups, in their own chat: a section for each group."""

from __future__ import annotations

from collections.abc import Sequence

from bot.columns import cut
from bot.common.names import group_title
from bot.common.terms import quantity
from bot.features.log.mine_buttons import MyDone, MyOtherTotal, MyReachTotal, MySkip
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard
from core.goals.model import Owner
from core.group.mine import GroupSection, Mine
from core.group.round import MemberState
from language.i18n import Words

_MOST = 12
_TITLE, _NARROW = 30, 14
_SIGNS = {MemberState.DONE: "✅", MemberState.OPEN: "•", MemberState.AWAY: "🏖", MemberState.SKIPPED: "⏭"}


def day(section: GroupSection, w: Words, *, stamp: int) -> tuple[str, Keyboard]:
    """A group's part of the day, as a message of its own."""
    head = f"👥 {bold(group_title(section.group, w))} · {w.date(section.round.on)}"
    lines = [f"{_SIGNS[goal.state]} {esc(_said(goal, w))}" for goal in section.goals[:_MOST]]
    if section.is_over:
        lines.append(w.t("All done here. 🎉"))
    return "\n".join([head, *lines]), buttons(section, w, stamp=stamp)


def open_lines(sections: Sequence[GroupSection], w: Words) -> str:
    """The open tasks from groups, below a prompt; empty without any."""
    parts = []
    for section in sections:
        still = [goal for goal in section.goals if goal.is_open][:_MOST]
        if still:
            parts.append(f"👥 {bold(group_title(section.group, w))}")
            parts += [f"• {esc(_said(goal, w))}" for goal in still]
    return "\n".join(parts)


def _said(goal: Mine, w: Words) -> str:
    ask = goal.ask
    named = cut(ask.node.title, _TITLE)
    if ask.is_check:
        return named
    if ask.is_shared:
        target = ask.standing.target
        whole = None if target is None else quantity(target, ask.node.unit, w)
        value = ask.standing.value
    else:
        own = ask.node.target_for(ask.standing.period.end)
        whole, value = None if own is None else quantity(own, ask.node.unit, w), goal.amount
    if whole is None:
        return f"{named} · {quantity(value, ask.node.unit, w)}"
    return f"{named} · " + w.t("{value} of {target}", value=w.number(value), target=whole)


def buttons(section: GroupSection, w: Words, *, stamp: int, prompt: int = 0) -> Keyboard:
    """A row for each goal that is open for the member. `prompt` is the prompt (an outbox id) that contains them."""
    still = [goal for goal in section.goals if goal.is_open][:_MOST]
    return tuple(_row(section, goal, w, stamp, prompt) for goal in still)


def _row(section: GroupSection, goal: Mine, w: Words, stamp: int, prompt: int) -> tuple[Button, ...]:
    node, ask = goal.ask.node, goal.ask
    place = section.group.id, node.id, section.round.on, stamp, prompt
    skip = () if ask.is_shared else (Button("⏭", MySkip(*place)),)
    if ask.is_check:
        return Button(w.t("✅ {title}", title=cut(node.title, _TITLE)), MyDone(*place)), *skip
    named, other = cut(node.title, _NARROW), Button(w.t("other…"), MyOtherTotal(*place))
    offers = goal.offers
    if not offers:
        return Button(w.t("{title}: {what}", title=named, what=w.t("other…")), other.data), *skip
    first, *more = offers
    label = f"{named} {quantity(first, node.unit, w)}" if first else f"{named}: {w.t('none today')}"
    return (
        Button(label, MyReachTotal(*place, first)),
        *(Button(w.number(value), MyReachTotal(*place, value)) for value in more),
        other,
        *skip,
    )


def in_group(group: Owner, said: str, w: Words) -> str:
    """The reply to a check-off that counts in a group."""
    return f"👥 {bold(group_title(group, w))}\n{said}"
