"""The choices for a goal when its quarter or year ends: continue it, with another target, or let it go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from core.digest.closing import CLOSED
from core.digest.when import previous_of
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
from core.records import record


@record
class Closed:
    """A goal after its period was closed. `until` is its last day now, None if it has no end; `changed` is False if
    nothing changed (a second tap)."""

    node: Node
    period: Period
    until: date | None
    changed: bool


@record
class _LetGoGoals:
    """The goals of a vision that were let go at the end of a period, kept so that people may change their minds.

    `ends` has the end that each of them, and each goal below, had before (None: no end of its own). A year ends with
    its last quarter, so goals let go with either are kept together, under that quarter.
    """

    vision_id: int
    period: Period
    goals: set[int]
    ends: dict[int, date | None]

    @classmethod
    def read(cls, tx: Transaction, vision_id: int, period: Period) -> _LetGoGoals:
        """Reads what is stored."""
        stored = tx.endings.let_go(vision_id, _last_quarter(period).start)
        goals = {goal.node_id for goal in stored if goal.chosen}
        return cls(vision_id, period, goals, {goal.node_id: goal.end_before for goal in stored if goal.ended})

    def add(self, tree: Tree, node: Node, ended: Sequence[Node]) -> None:
        """Notes that a goal is let go, which ends these."""
        self.goals.add(node.id)
        self.ends.update({below.id: tree.nodes[below.id].ends_on for below in ended})

    def take_back(self, tree: Tree, node: Node) -> dict[int, Node]:
        """Undoes letting a goal go. It and the goals below get back their ends, except those that were let go
        separately or whose end was changed since."""
        self.goals.discard(node.id)
        still = {below.id for goal in self.goals & tree.nodes.keys() for _, below in tree.walk(tree.nodes[goal])}
        back = {}
        for _, below in tree.walk(node):
            if below.id in self.ends and (below is node or below.id not in still):
                end = self.ends.pop(below.id)
                if below.ends_on == max(tree.active(below).start, self.period.end):
                    back[below.id] = replace(below, ends_on=end, let_go=False)
        return back

    def save(self, tx: Transaction) -> None:
        """Stores it. Older records are dropped, except those of the previous year, which can still be changed."""
        quarter = _last_quarter(self.period)
        before = _last_quarter(previous_of(Level.YEARLY, period_of(Level.YEARLY, quarter.start)))
        goals = [
            LetGo(node_id, node_id in self.goals, node_id in self.ends, self.ends.get(node_id))
            for node_id in sorted({*self.goals, *self.ends})
        ]
        tx.endings.save_let_go(self.vision_id, quarter.start, goals, keep_from=before.start)


async def carry_over(
    store: Store, actor: Actor, node_id: int, start: date, now: datetime, target: Decimal | None = None
) -> Closed:
    """Continues a quarterly or yearly goal in the period after the one that began on `start`.

    The goal, and every goal below it that ended with the same period, now ends with the next period (or the vision). A
    goal that goes on anyway keeps its end. One that was let go first gets back its end, as do the goals below it: of
    the two choices the last one holds, however often they are made. `target` counts from the first day of the next
    period; no figure of a period that has ended changes. The one exception is a week that straddles the two periods and
    belongs to the old one by its middle day: if it is the mean of its days, its days in the new period still count for
    it.

    Possible from the period's last day until the end of the next one. Doing it again changes nothing. Raises `NotFound`
    for a node that is not in the actor's chat, `Refused`, and `InvalidPlan`: for a goal that is neither quarterly nor
    yearly or was not active in the period, too early or too late, a vision that ends with the period, a target that
    breaks the rules.
    """

    def changed(let_go: _LetGoGoals, tree: Tree, node: Node) -> list[Node]:
        period = let_go.period
        back = let_go.take_back(tree, node)
        tree = tree.changed(back.values())
        node = tree.nodes[node_id]
        following = period_of(node.level, period.end + DAY)
        until = min(following.end, tree.active(tree.vision).end)
        if until <= period.end:
            raise _refused(node, "vision_ended", ended=until)
        last = tree.active(node).end
        if last < period.end:
            raise _refused(node, "ended_before", ended=last)
        # A goal that goes on already is left as it is, and so are goals below it that were let go since.
        ended = [below for _, below in tree.walk(node) if last == tree.active(below).end == period.end]
        continued = back | {below.id: replace(below, ends_on=until, let_go=False) for below in ended}
        if target is not None and node.target_for(following.end) != target:
            terms = changed_from(node.terms, following.start, target=target)
            continued[node.id] = replace(continued.get(node.id, node), terms=terms)
        return list(continued.values())

    return await store.write(lambda tx: _close(tx, actor, node_id, start, now, changed))


async def let_go(store: Store, actor: Actor, node_id: int, start: date, now: datetime) -> Closed:
    """Ends a quarterly or yearly goal, and all below it, with the period that began on `start`. This also undoes
    carrying it over.

    Its history stays. Timing, repetition and errors are as for `carry_over`.
    """

    def changed(let_go: _LetGoGoals, tree: Tree, node: Node) -> list[Node]:
        ended = ended_with(tree, node, let_go.period.end)
        let_go.add(tree, node, ended)
        return ended

    return await store.write(lambda tx: _close(tx, actor, node_id, start, now, changed))


def _close(
    tx: Transaction,
    actor: Actor,
    node_id: int,
    start: date,
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
    period = period_to_close(tree, node, start, today_of(vision.owner, now))
    let_go = _LetGoGoals.read(tx, vision.id, period)
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
    return Closed(after.nodes[node_id], period, None if last == ENDLESS else last, bool(nodes))


def period_to_close(tree: Tree, node: Node, start: date, today: date) -> Period:
    """The quarter or year to close, if this goal can be closed with it today; raises `InvalidPlan` if not."""
    if node.level not in CLOSED:
        raise _refused(node, "never_closed")
    if not FIRST_DATE <= start <= LAST_DATE:
        raise _refused(node, "date_out_of_range", first=FIRST_DATE, last=LAST_DATE)
    period = period_of(node.level, start)
    if today < period.end:
        raise _refused(node, "period_open", ends=period.end)
    if today > period_of(node.level, period.end + DAY).end:
        raise _refused(node, "period_past", ended=period.end)
    if tree.active(node).meets(period) is None:
        raise _refused(node, "not_in_period", first=period.start, last=period.end)
    return period


def _last_quarter(period: Period) -> Period:
    return period_of(Level.QUARTERLY, period.end)


def _refused(node: Node, code: str, /, **values: object) -> InvalidPlan:
    return InvalidPlan([Fault(f"“{node.title}”", code, **values)])
