"""What may be done about a goal when its quarter ends: continue it, with another target if wanted, or let it go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from core.actions.access import enter
from core.actions.cache import rebuild_vision, tree_of
from core.actions.each import settle_vision
from core.actions.edit.ending import ended_with
from core.actions.living import note_change
from core.actions.read import today_of
from core.actions.recording import Recording
from core.caps import UNCAPPED
from core.errors import Fault, InvalidPlan, NotFound
from core.goals.model import Level, Node
from core.goals.periods import DAY, Period, period_of
from core.goals.terms import changed_from
from core.goals.tree import ENDLESS, Tree
from core.group.permissions import Act, Actor
from core.planning.edits import EditKind
from core.planning.plan import plan_of
from core.planning.rules import FIRST_DATE, LAST_DATE, check
from core.ports.endings import LetGo
from core.ports.store import Store, Transaction


@dataclass(frozen=True, slots=True)
class Closed:
    """A goal after its quarter was closed. `until` is its last day now, None if it has no end; `changed` is False if
    nothing changed (a second tap)."""

    node: Node
    quarter: Period
    until: date | None
    changed: bool


@dataclass(frozen=True, slots=True)
class _LetGoGoals:
    """What was let go of a vision at the end of a quarter, kept so that people may change their minds: the goals that
    were chosen, and the end that each of them and of those below them had before (None: no end of its own)."""

    vision_id: int
    quarter: Period
    goals: set[int]
    ends: dict[int, date | None]

    @classmethod
    def read(cls, tx: Transaction, vision_id: int, quarter: Period) -> _LetGoGoals:
        """As it is stored."""
        stored = tx.endings.let_go(vision_id, quarter.start)
        goals = {goal.node_id for goal in stored if goal.chosen}
        return cls(vision_id, quarter, goals, {goal.node_id: goal.end_before for goal in stored if goal.ended})

    def add(self, tree: Tree, node: Node, ended: Sequence[Node]) -> None:
        """A goal is let go, which ends these."""
        self.goals.add(node.id)
        self.ends.update({below.id: tree.nodes[below.id].ends_on for below in ended})

    def take_back(self, tree: Tree, node: Node) -> dict[int, Node]:
        """A goal is not let go any more: it and those below it as they were, but for what was let go by itself or has
        got another end since."""
        self.goals.discard(node.id)
        still = {below.id for goal in self.goals & tree.nodes.keys() for _, below in tree.walk(tree.nodes[goal])}
        back = {}
        for _, below in tree.walk(node):
            if below.id in self.ends and (below is node or below.id not in still):
                end = self.ends.pop(below.id)
                if below.ends_on == max(tree.active(below).start, self.quarter.end):
                    back[below.id] = replace(below, ends_on=end, let_go=False)
        return back

    def save(self, tx: Transaction) -> None:
        """Stores it. That of the quarter before is kept, which can still be changed; older ones are not."""
        before = period_of(Level.QUARTERLY, self.quarter.start - DAY)
        goals = [
            LetGo(node_id, node_id in self.goals, node_id in self.ends, self.ends.get(node_id))
            for node_id in sorted({*self.goals, *self.ends})
        ]
        tx.endings.save_let_go(self.vision_id, self.quarter.start, goals, keep_from=before.start)


async def carry_over(
    store: Store, actor: Actor, node_id: int, quarter_start: date, now: datetime, target: Decimal | None = None
) -> Closed:
    """Continues a quarterly goal in the quarter after the one that began on `quarter_start`.

    It, and what is below it and ended with the quarter as well, now ends with the next quarter (or the vision). A goal
    that goes on anyway keeps its end, and one that was let go first gets back the end that it had, as does all below
    it: in whatever order these two come, and however often, the last one holds. `target` counts from the next
    quarter's first day on; the quarter that was keeps its own. No figure of a period that had ended changes. There is
    one exception, and it is the calendar's: a week that straddles the quarters belongs to one of them by its middle
    day, so where it belongs to the old one and is itself the mean of days, its days in the new quarter count for it,
    as they do for every goal that recurs.

    From the quarter's last day until the end of the next quarter. The same again changes nothing. Raises `NotFound` for
    a node that is not in the actor's chat, `Refused`, and `InvalidPlan`: for a goal that is not quarterly or was not
    active in the quarter, too early or too late, a vision that ends with the quarter, a target that breaks the rules.
    """

    def changed(let_go: _LetGoGoals, tree: Tree, node: Node) -> list[Node]:
        quarter = let_go.quarter
        back = let_go.take_back(tree, node)
        tree = tree.changed(back.values())
        node = tree.nodes[node_id]
        following = period_of(Level.QUARTERLY, quarter.end + DAY)
        until = min(following.end, tree.active(tree.vision).end)
        if until <= quarter.end:
            raise _refused(node, "vision_ended", ended=until)
        last = tree.active(node).end
        if last < quarter.end:
            raise _refused(node, "ended_before", ended=last)
        # A goal that goes on already is left as it is, and so is what was let go below it since.
        ended = [below for _, below in tree.walk(node) if last == tree.active(below).end == quarter.end]
        continued = back | {below.id: replace(below, ends_on=until, let_go=False) for below in ended}
        if target is not None and node.target_for(following.end) != target:
            terms = changed_from(node.terms, following.start, target=target)
            continued[node.id] = replace(continued.get(node.id, node), terms=terms)
        return list(continued.values())

    return await store.write(lambda tx: _close(tx, actor, node_id, quarter_start, now, changed))


async def let_go(store: Store, actor: Actor, node_id: int, quarter_start: date, now: datetime) -> Closed:
    """Ends a quarterly goal, and all below it, with the quarter that began on `quarter_start`: one that recurs does not
    go on, one that was carried over is taken back, one that ended anyway stays as it is. Its history stays.

    When, how often and with which errors as `carry_over`.
    """

    def changed(let_go: _LetGoGoals, tree: Tree, node: Node) -> list[Node]:
        ended = ended_with(tree, node, let_go.quarter.end)
        let_go.add(tree, node, ended)
        return ended

    return await store.write(lambda tx: _close(tx, actor, node_id, quarter_start, now, changed))


def _close(
    tx: Transaction,
    actor: Actor,
    node_id: int,
    quarter_start: date,
    now: datetime,
    changed: Callable[[_LetGoGoals, Tree, Node], list[Node]],
) -> Closed:
    access = enter(tx, actor, Act.EDIT_TREE)
    path = tx.trees.lock_path(access.owner.chat_id, node_id)
    vision = tx.trees.vision(path.id, lock=True) if path else None
    if vision is None:
        raise NotFound("goal_gone")
    tree = tree_of(vision)
    node = tree.nodes[node_id]
    access.check_own(node)
    quarter = quarter_to_close(tree, node, quarter_start, today_of(vision.owner, now))
    let_go = _LetGoGoals.read(tx, vision.id, quarter)
    recording = Recording.of_one(tx, access, now, vision)
    nodes = changed(let_go, tree, node)
    let_go.save(tx)
    after = tree.changed(nodes)
    if nodes:
        check(plan_of(after), UNCAPPED)
        tx.trees.save_nodes(nodes)
        tx.trees.mark_stale(vision.id)
        rebuild_vision(tx, vision.id)
        settle_vision(tx, vision.owner, vision.id, today_of(vision.owner, now), now)
        note_change(tx, vision.owner, now)
        recording.end(EditKind.CLOSE, node, None)
    last = after.active(after.nodes[node_id]).end
    return Closed(after.nodes[node_id], quarter, None if last == ENDLESS else last, bool(nodes))


def quarter_to_close(tree: Tree, node: Node, start: date, today: date) -> Period:
    """The quarter that is closed, if this goal can be closed with it today; raises `InvalidPlan` if not."""
    if node.level is not Level.QUARTERLY:
        raise _refused(node, "not_quarterly")
    if not FIRST_DATE <= start <= LAST_DATE:
        raise _refused(node, "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)
    quarter = period_of(Level.QUARTERLY, start)
    if today < quarter.end:
        raise _refused(node, "quarter_open", ends=quarter.end)
    if today > period_of(Level.QUARTERLY, quarter.end + DAY).end:
        raise _refused(node, "quarter_past", ended=quarter.end)
    if tree.active(node).meets(quarter) is None:
        raise _refused(node, "not_in_quarter", first=quarter.start, last=quarter.end)
    return quarter


def _refused(node: Node, code: str, /, **values: object) -> InvalidPlan:
    return InvalidPlan([Fault(f"“{node.title}”", code, **values)])
