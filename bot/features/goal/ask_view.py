"""Questions to a person who changes a goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.columns import cut
from bot.common.asked import terms_words
from bot.common.cards import ShowGoal
from bot.common.labels import MOST, goal_buttons
from bot.features.goal.buttons import (
    ArchiveGoal,
    ChooseGoal,
    DeleteGoal,
    EndPause,
    FromDay,
    GoalAction,
    Leave,
    MoveBelow,
    PauseDays,
)
from bot.telegram.callback import Callback
from bot.telegram.errors import sentence
from bot.telegram.html import bold, code, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.errors import NotSure
from core.goals.model import Level, Measure, Node, Pause
from core.goals.periods import DAY
from core.goals.terms import terms_on
from core.goals.tree import Tree
from core.planning.term_rules import LONGEST_PAUSE
from language.i18n import Words, mark
from language.parsing.edits.naming import NamedGoals
from language.parsing.edits.pausing import SaidDaysOff
from language.parsing.line import KnownGoal

_SAID = 40


def which(named: NamedGoals, what: GoalAction, w: Words) -> tuple[str, Keyboard]:
    """Asks which goal is meant: several or none go by the name."""
    offered = named.goals or named.nearest
    name = esc(cut(named.name, _SAID))
    if not offered:
        return w.t("I know no goal called “{name}”. /tree shows your goals.", name=name), ()
    if named.goals:
        text = w.t("Which goal do you mean by “{name}”?", name=name)
    else:
        text = w.t("I know no goal called “{name}”. Is it one of these?", name=name)
    return text, (*goal_buttons(offered, _choice(what)), (_cancel(w),))


def which_alone(goals: Sequence[KnownGoal], what: GoalAction, w: Words) -> tuple[str, Keyboard]:
    """Asks which goal a command without a name means."""
    return w.t(_EXAMPLES[what]), (*goal_buttons(goals, _choice(what)), (_cancel(w),))


def _choice(what: GoalAction) -> Callable[[KnownGoal], Callback]:
    """The button that chooses a goal. Anybody may open a card; only the person who began a change may make it."""
    return (lambda goal: ShowGoal(goal.id)) if what is GoalAction.CARD else (lambda goal: ChooseGoal(goal.id))


_EXAMPLES = {
    GoalAction.CARD: mark("Which goal do you want to see? Tap, or write <code>/goal gym</code>."),
    GoalAction.RENAME: mark("Which goal gets a new name? Tap, or write <code>/rename gym Weights</code>."),
    GoalAction.TARGET: mark("Which goal? Tap, or write <code>/target run 8 from 1 Jan</code>."),
    GoalAction.DAYS: mark("Which goal? Tap, or write <code>/target run mon wed fri</code>."),
    GoalAction.MOVE: mark("Which goal is to move? Tap, or write <code>/move gym below Body</code>."),
    GoalAction.PAUSE: mark("Which goal? Tap, or write <code>/pause gym until 12 Jan</code>."),
    GoalAction.BACK: mark("Which goal goes on? Tap, or write <code>/back gym</code>."),
    GoalAction.END: mark("Which goal has ended? Tap, or write <code>/end gym</code>. Its history stays."),
    GoalAction.DELETE: mark("Which goal is to be deleted? Tap, or write <code>/delete gym</code>."),
}


def rename(node: Node, w: Words) -> tuple[str, Keyboard]:
    """Asks for the new name."""
    return w.t("What is {title} to be called? Write the new name.", title=bold(cut(node.title, _SAID))), _back(node, w)


def target(tree: Tree, node: Node, on: date, w: Words) -> tuple[str, Keyboard]:
    """Asks for the new target, with a fitting example."""
    now = esc(terms_words(tree, node, terms_on(node.terms, on), w))
    text = w.t(
        "{title}: {terms}. Write what it is to be, such as {example}.",
        title=bold(cut(node.title, _SAID)),
        terms=now,
        example=code(_example(node)),
    )
    return text, _back(node, w)


def _example(node: Node) -> str:
    measured = node.each.measure if node.each else node.measure
    if measured is not Measure.NUMBER and node.strategy is None:
        return "mon wed fri" if node.level is Level.DAILY else "3 times"
    unit = f" {node.unit}" if node.unit else ""
    if node.is_limit:
        return f"<= 2{unit}"
    return f"8{unit} from 1 Jan"


def days(node: Node, w: Words) -> tuple[str, Keyboard]:
    """Asks for the new days."""
    text = w.t(
        "On which days is {title} to be done? Write them, such as <code>mon wed fri</code>, <code>weekdays</code>, "
        "<code>every 2 days</code> or <code>1st and last day</code>.",
        title=bold(cut(node.title, _SAID)),
    )
    return text, _back(node, w)


def since(node: Node, said: str, today: date, following: date, w: Words) -> tuple[str, Keyboard]:
    """Asks from when the change applies. `following` is the start of the goal's next period."""
    choices = [Button(w.t("today"), FromDay(node.id, today)), Button(w.t("tomorrow"), FromDay(node.id, today + DAY))]
    if following > today + DAY:
        choices.append(Button(w.t("from {day}", day=w.date(following)), FromDay(node.id, following)))
    text = w.t(
        "{title}, {said}: from when? Tap, or write a day such as <code>1 Jan</code>.",
        title=bold(cut(node.title, _SAID)),
        said=esc(cut(said, _SAID)),
    )
    return text, (*rows(choices, width=2), *_back(node, w))


def pause(node: Node | None, today: date, w: Words) -> tuple[str, Keyboard]:
    """Asks how long to pause; `node` None: everything."""
    node_id = node.id if node else 0

    def until(last: date) -> PauseDays:
        return PauseDays(node_id, today, last)

    choices = [
        Button(w.t("today"), until(today)),
        Button(w.n("{count} day", "{count} days", 3), until(today + 2 * DAY)),
        Button(w.n("{count} week", "{count} weeks", 1), until(today + 6 * DAY)),
        Button(w.n("{count} week", "{count} weeks", 2), until(today + 13 * DAY)),
        Button(w.t("until I am back"), until(today + LONGEST_PAUSE - DAY)),
    ]
    if node is None:
        text = w.t(
            "🏖 Everything pauses: nothing is asked, and nothing counts as missed. For how long? Tap, or write it, such "
            "as <code>until 12 Jan</code>."
        )
        return text, (*rows(choices, width=2), (_cancel(w),))
    text = w.t(
        "🏖 For how long does {title} pause? Tap, or write it, such as <code>until 12 Jan</code>.",
        title=bold(cut(node.title, _SAID)),
    )
    return text, (*rows(choices, width=2), *_back(node, w))


def which_days(node: Node | None, readings: Sequence[SaidDaysOff], w: Words) -> tuple[str, Keyboard]:
    """Asks whether a single day is the only one of the pause or the last one."""
    node_id = node.id if node else 0
    buttons = [
        Button(_days(off, w), PauseDays(node_id, off.first, off.last)) for off in readings if off.last is not None
    ]
    return w.t("Which days are off?"), (*rows(buttons, width=1), _back(node, w)[0] if node else (_cancel(w),))


def _days(off: SaidDaysOff, w: Words) -> str:
    if off.first == off.last:
        return w.t("only {day}", day=w.date(off.first))
    return w.t("until {day}", day=w.date(off.last or off.first))


def move(node: Node, places: Sequence[Node], w: Words) -> tuple[str, Keyboard]:
    """Asks below which goal to move it."""
    title = bold(cut(node.title, _SAID))
    if not places:
        return w.t("There is no other goal below which {title} could stand.", title=title), _back(node, w)
    buttons = tuple((Button(cut(one.title, 36), MoveBelow(node.id, one.id)),) for one in places[:MOST])
    text = w.t("Below which goal is {title} to stand? Tap one, or write its name.", title=title)
    return text, (*buttons, *_back(node, w))


def below_which(node: Node, named: NamedGoals, w: Words) -> tuple[str, Keyboard]:
    """Asks which goal is meant as the new parent."""
    text, _ = which(named, GoalAction.MOVE, w)
    offered = named.goals or named.nearest
    return text, (*goal_buttons(offered, lambda goal: MoveBelow(node.id, goal.id)), *_back(node, w))


def end(node: Node, below: int, w: Words) -> tuple[str, Keyboard]:
    """Asks whether to end it, and what is below it."""
    title = bold(node.title)
    if below:
        asked = w.n(
            "End {title} and the {count} goal below it? Its history stays.",
            "End {title} and the {count} goals below it? Its history stays.",
            below,
            title=title,
        )
    else:
        asked = w.t("End {title}? Its history stays.", title=title)
    return asked, ((Button(w.t("End it"), ArchiveGoal(node.id)), Button(w.t("Keep it"), ShowGoal(node.id))),)


def kept(w: Words) -> str:
    """The answer when a goal does not end after all."""
    return w.t("Kept as it is.")


def delete(node: Node, doubt: NotSure, w: Words) -> tuple[str, Keyboard]:
    """Asks whether to delete the entries with the goal."""
    buttons = [
        Button(w.t("Delete it"), DeleteGoal(node.id)),
        Button(w.t("End it"), ArchiveGoal(node.id)),
        Button(w.t("Keep it"), ShowGoal(node.id)),
    ]
    return sentence(doubt, w), rows(buttons, width=3)


def add(node: Node, w: Words) -> tuple[str, Keyboard]:
    """Asks for the goals to add below."""
    text = w.t(
        "What is to be done for {title}? Write it, such as <code>Stretch 10 min</code> or "
        "<code>D: Stretch = 10 min [mon wed fri]</code>.",
        title=bold(cut(node.title, _SAID)),
    )
    return text, _back(node, w)


def below_what(line: str, parents: Sequence[KnownGoal], w: Words) -> tuple[str, Keyboard]:
    """Asks below which goal to add a new one."""
    keyboard = (*goal_buttons(parents, lambda goal: ChooseGoal(goal.id)), (_cancel(w),))
    if not line:
        return w.t("Below which goal? Tap, or write <code>/add Body: Stretch</code>."), keyboard
    return w.t("Below which goal is “{line}” to stand?", line=esc(cut(line, _SAID))), keyboard


def which_pause(pauses: Sequence[Pause], nodes: Mapping[int, Node], w: Words) -> tuple[str, Keyboard]:
    """Asks which of several current or future pauses to end."""
    return w.t("Which pause ends?"), tuple((Button(_pause(one, nodes, w), EndPause(one.id)),) for one in pauses[:20])


def _pause(one: Pause, nodes: Mapping[int, Node], w: Words) -> str:
    node = nodes.get(one.node_id or 0)
    title = cut(node.title, 24) if node else w.t("Everything")
    return f"{title}: {w.span(one.first, one.last)}"


def over(w: Words) -> str:
    """The answer to a button of an earlier question."""
    return w.t("That question is over. Open the goal again with /goal.")


def left(w: Words) -> str:
    """The answer when a question is cancelled."""
    return w.t("Cancelled. Nothing was changed.")


def still_open(w: Words) -> str:
    """The reminder of an open question after a check-off in between."""
    return w.t("My question is still open: answer it to go on, or /cancel.")


def _back(node: Node, w: Words) -> Keyboard:
    return ((Button(w.t("Cancel"), ShowGoal(node.id)),),)


def _cancel(w: Words) -> Button:
    return Button(w.t("Cancel"), Leave())
