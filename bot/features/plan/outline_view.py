"""An outline's questions, changes and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.features.plan.outline_buttons import (
    ApplyPlan,
    LeavePlan,
    LeftGoals,
    NumberMeaning,
    NumberMeans,
    NumbersMean,
    PutBelow,
    SameGoal,
)
from bot.telegram.callback import Callback
from bot.telegram.errors import faults
from bot.telegram.html import bold, code, esc
from bot.telegram.keyboard import Button, Keyboard
from core.actions.replant import Outlook
from core.errors import Fault
from core.goals.model import Node
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.planning.changes import AddedGoal, Change, Changed, MovedGoal, Renamed, Replaced, Replanting
from core.planning.days_off import PlannedPause
from core.planning.outline import print_changes, print_line
from core.planning.plan import PlanNode, plan_of
from core.ports.plan_messages import PlanMessage
from language.i18n import Words
from language.parsing.numbered import Numbered
from language.tokens import shortened

SHOWN = 20
"""The most changes, or titles in question, in one message."""
SHOWN_LEFT = 8
SHORT = 24


def faulty(wrong: Sequence[Fault], w: Words, *, private: bool) -> str:
    """The faults of an outline, and how to correct them."""
    if private:
        how = w.t("Send just the corrected line, or edit your message.")
    else:
        how = w.t("Answer this message with just the corrected line, or edit yours.")
    return f"{faults(wrong, w)}\n\n{how}"


def waiting(w: Words, *, private: bool) -> str:
    """The answer to an outline that fills a message: there may be more of it."""
    if not private:
        return w.t("⏳ That plan fills a whole message. Send the rest of it as an answer to this one.")
    return w.t("⏳ That plan fills a whole message. I wait a minute for the rest of it.")


def loose(message: PlanMessage, visions: Sequence[tuple[int, str]], w: Words) -> tuple[str, Keyboard]:
    """Asks where lines without a vision belong."""
    if not visions:
        return w.t("What is that for? Type what you want to become true, such as <i>Run a marathon</i>."), ()
    buttons = tuple(
        (Button(shortened(title, 40), PutBelow(message.message_id, vision_id)),) for vision_id, title in visions[:20]
    )
    return w.t("What is that for? Tap, or type something new that you want to become true."), (
        *buttons,
        _leave(message, w),
    )


# Numbers in titles


def numbers(message: PlanMessage, asked: Sequence[Numbered], w: Words) -> tuple[str, Keyboard]:
    """Asks whether the numbers in titles are targets."""
    if len(asked) == 1:
        return _one_number(message, asked[0], w)
    shown = asked[:SHOWN]
    lines = [f"{at}. {esc(one.title)} → {code(one.as_target.strip())}" for at, one in enumerate(shown, start=1)]
    question = w.t("Some titles carry a number. Is it the target, or a part of the name?")
    both = [
        (
            Button(w.t("{number}: target", number=at), _means(message, one, NumberMeaning.TARGET)),
            Button(w.t("{number}: name", number=at), _means(message, one, NumberMeaning.NAME)),
        )
        for at, one in enumerate(shown, start=1)
    ]
    every = (
        (Button(w.t("All as targets"), NumbersMean(message.message_id, NumberMeaning.TARGET)),),
        (Button(w.t("All as names"), NumbersMean(message.message_id, NumberMeaning.NAME)),),
    )
    return "\n".join([question, *lines]), (*every, *both)


def _one_number(message: PlanMessage, one: Numbered, w: Words) -> tuple[str, Keyboard]:
    return one_number(one, lambda meant: _means(message, one, meant), w)


def one_number(one: Numbered, means: Callable[[NumberMeaning], Callback], w: Words) -> tuple[str, Keyboard]:
    """Asks whether the number in one title is its target."""
    question = w.t("{title}: is {target} the target?", title=bold(one.title), target=esc(one.target))
    yes = w.t("Yes: {line}", line=shortened(one.as_target.strip(), 40))
    no = w.t("No, it is the name")
    return question, ((Button(yes, means(NumberMeaning.TARGET)),), (Button(no, means(NumberMeaning.NAME)),))


def _means(message: PlanMessage, one: Numbered, meant: NumberMeaning) -> NumberMeans:
    return NumberMeans(message.message_id, one.line, one.mark, meant)


# What would change


def preview(message: PlanMessage, mark: int, looks: Sequence[Outlook], w: Words) -> tuple[str, Keyboard]:
    """The changes that planting would make."""
    parts, keyboard = [], list[tuple[Button, ...]]()
    left: list[Node] = []
    for look in looks:
        if look.changes is None:
            parts.append(w.t("🌱 New: {title}", title=bold(look.plan.title)))
        else:
            parts.append(_changes(look.changes, w))
            keyboard += _twins(message, look.changes, w)
            left += look.changes.left
    keyboard.append((Button(w.t("Apply"), ApplyPlan(message.message_id, mark, LeftGoals.KEEP)),))
    if left:
        ends = w.n("Apply, and end {title}", "Apply, and end these {count}", len(left), title=left[0].title[:SHORT])
        keyboard.append((Button(ends, ApplyPlan(message.message_id, mark, LeftGoals.END)),))
    return "\n\n".join(parts), (*keyboard, _leave(message, w))


def _leave(message: PlanMessage, w: Words) -> tuple[Button, ...]:
    return (Button(w.t("Cancel"), LeavePlan(message.message_id)),)


def _changes(changes: Replanting, w: Words) -> str:
    lines = [_line(change, changes, w) for change in changes.changes]
    title = bold(changes.before.vision.title)
    head = w.t("This would change {title}:", title=title) if lines else f"{title}:"
    if len(lines) > SHOWN:
        more = len(lines) - SHOWN
        lines = [*lines[:SHOWN], w.n("… and {count} more change", "… and {count} more changes", more)]
    lines += [_twin(twin.node.title, twin.title, w) for twin in changes.twins if not twin.taken]
    if changes.left:
        lines.append(_left(changes.left, w))
    return "\n".join([head, *lines])


def _twin(before: str, after: str, w: Words) -> str:
    return w.t("❔ Is {after} the same goal as {before}?", before=bold(before), after=bold(after))


def _left(left: Sequence[Node], w: Words) -> str:
    titles = [bold(node.title) for node in left[:SHOWN_LEFT]]
    if len(left) > SHOWN_LEFT:
        titles.append(w.n("{count} more", "{count} more", len(left) - SHOWN_LEFT))
    return w.n(
        "Not mentioned: {titles}. It stays as it is.",
        "Not mentioned: {titles}. They stay as they are.",
        len(left),
        titles=w.listed(titles),
    )


def _line(change: Change, changes: Replanting, w: Words) -> str:
    match change:
        case AddedGoal(node, above):
            return w.t("➕ {line}, below {above}", line=code(_printed(changes.after, node)), above=esc(above.title))
        case Renamed(before, after):
            return w.t("✏️ {before} is called {after}", before=bold(before.title), after=bold(after.title))
        case MovedGoal(node, above):
            return w.t("➡️ {title} goes below {above}", title=bold(node.title), above=bold(above.title))
        case Replaced(node, by):
            line = code(_printed(changes.after, by))
            return w.t(
                "🔁 {title} ends, and {line} takes its place. Its history stays.", title=bold(node.title), line=line
            )
        case Changed():
            return _asked_otherwise(change, changes, w)
        case PlannedPause():
            return _paused(change, w)


def _asked_otherwise(change: Changed, changes: Replanting, w: Words) -> str:
    since = change.since or date.max
    before, after = _alone(changes.before, change.before), _alone(changes.after, change.after)
    later = [code(line) for line in print_changes(after, since)]
    was, now = code(print_line(before, since)), code(print_line(after, since))
    if change.since is None:
        return w.t("🎯 {before} becomes {after}", before=was, after=now)
    on = w.date(change.since)
    if was == now:
        # It ends or is resumed, or only later days change.
        later = [code(line) for line in print_changes(after, change.since - DAY)] or later
        text = w.t("🎯 {before} from {day} on:", before=was, day=on)
    else:
        text = w.t("🎯 {before} becomes {after} from {day} on", before=was, after=now, day=on)
    return "\n".join([text, *(f"   {line}" for line in later)])


def _paused(change: PlannedPause, w: Words) -> str:
    title = w.t("Everything") if change.node is None else bold(change.node.title)
    first, last = w.date(change.pause.first), w.date(change.pause.last)
    if change.is_off:
        return w.t("▶️ {title}: the pause from {first} to {last} is called off", title=title, first=first, last=last)
    return w.t("⏸ {title} is paused from {first} to {last}", title=title, first=first, last=last)


def _printed(tree: Tree, node: Node) -> str:
    """A goal as outline lines."""
    plan = _alone(tree, node)
    return "\n".join([print_line(plan), *(f"  {line}" for line in print_changes(plan))])


def _alone(tree: Tree, node: Node) -> PlanNode:
    child = PlanNode("", node.kind, node.level)
    alone = plan_of(Tree([replace(node, parent_id=None)]))
    return replace(alone, children=(child,) if tree.children(node) and node.each is None else ())


def _twins(message: PlanMessage, changes: Replanting, w: Words) -> Iterator[tuple[Button, ...]]:
    for twin in changes.twins[:SHOWN]:
        before, after = twin.node.title[:SHORT], twin.title[:SHORT]
        if twin.taken:
            label = w.t("No, {after} is new", after=after)
        else:
            label = w.t("Yes, {before} is {after} now", before=before, after=after)
        yield (Button(label, SameGoal(message.message_id, twin.node.id, int(not twin.taken))),)


def stale(w: Words) -> str:
    """The answer to a button of a plan that was planted, changed or dropped since."""
    return w.t("That plan was changed or planted since.")


def planted_before(w: Words) -> str:
    """The answer to a message that arrives again after its plan was undone."""
    return w.t("What that message planted was taken back. To plant it after all, send it anew.")


def left_alone(w: Words) -> str:
    """The answer when a preview is dropped."""
    return w.t("Nothing was changed.")
