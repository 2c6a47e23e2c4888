"""Days off, for everything or for one goal and all below it. Nothing is asked for on them, and nothing counts as
missed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.actions.access import Access, enter
from core.actions.cache import tree_of
from core.actions.edit.edited import EditOutcome, Paused
from core.actions.edit.editing import known_edit
from core.actions.living import note_change
from core.actions.read import today_of
from core.actions.recording import Recording
from core.caps import CAPS, Caps
from core.errors import CapReached, InvalidSetting, NotFound, Refused
from core.goals.model import Node, Pause
from core.goals.periods import DAY
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.planning.edits import EditKind
from core.planning.rules import FIRST_DATE, LAST_DATE
from core.planning.term_rules import LONGEST_PAUSE
from core.ports.store import Store, Transaction
from core.ports.trees import StoredVision
from core.records import record


async def pause(
    store: Store, actor: Actor, wanted: Pause, now: datetime, caps: Caps = CAPS, *, source_key: str | None
) -> Paused:
    """Pauses a goal and all below it, or everything in the chat, on the wanted days (the id is ignored). Past days may
    be paused as well. Nothing changes for goals that are paused on all of these days already, or if the `source_key` is
    repeated. Raises `NotFound`, `Refused`, `CapReached`, and `InvalidSetting` for a pause that ends before it begins or
    that is too long."""

    def work(tx: Transaction) -> Paused:
        edit = _Pausing.open(tx, actor, wanted.node_id, now, lock=True)
        if known := edit.repeated(source_key):
            return known
        _check(wanted)
        if any(one.first <= wanted.first and wanted.last <= one.last for one in edit.own):
            return edit.result(EditOutcome.UNCHANGED)
        if len(edit.pauses) >= caps.pauses:
            raise CapReached("pauses_full", count=len(edit.pauses) + 1, most=caps.pauses)
        recording = Recording.of_all(tx, edit.access, now)
        tx.pauses.add(edit.access.owner.id, [wanted])
        return edit.finished(recording, EditKind.PAUSE, source_key)

    return await store.write(work)


async def resume(store: Store, actor: Actor, node_id: int | None, now: datetime, *, source_key: str | None) -> Paused:
    """Ends the pause of a goal, or of everything (None), with yesterday: today counts again. If none is under way,
    future ones are cancelled. Pauses of other goals go on, and are returned (`Paused.running`).

    The same `source_key` again changes nothing. Raises `NotFound`, `Refused`, and `InvalidSetting` for a goal that is
    paused only with a goal above it, or with everything.
    """

    def work(tx: Transaction) -> Paused:
        edit = _Pausing.open(tx, actor, node_id, now, lock=True)
        if known := edit.repeated(source_key):
            return known
        current = [one for one in edit.own if one.last >= edit.today]
        chosen = [one for one in current if one.first <= edit.today] or current
        if not chosen:
            edit.refuse_paused_above()
            return edit.result(EditOutcome.UNCHANGED)
        return edit.end(chosen, source_key)

    return await store.write(work)


async def end_pause(store: Store, actor: Actor, pause_id: int, now: datetime, *, source_key: str | None) -> Paused:
    """Ends one pause with yesterday, or cancels it if it has not begun; one that is over stays as it is. Raises
    `NotFound` and `Refused`."""

    def work(tx: Transaction) -> Paused:
        everything = _Pausing.open(tx, actor, None, now, lock=True)
        if known := everything.repeated(source_key):
            return known
        chosen = next((one for one in everything.pauses if one.id == pause_id), None)
        if chosen is None:
            raise NotFound("pause_gone")
        edit = _Pausing.open(tx, actor, chosen.node_id, now)
        if chosen.last < edit.today:
            return edit.result(EditOutcome.UNCHANGED)
        return edit.end([chosen], source_key)

    return await store.write(work)


async def list_pauses(store: Store, actor: Actor) -> list[Pause]:
    """All pauses of the actor's chat, past ones included, in the order of creation. Raises `NotFound` and `Refused`."""
    return await store.read(lambda tx: tx.pauses.of_owner(enter(tx, actor, Act.SEE).owner.id))


def _check(wanted: Pause) -> None:
    if wanted.first > wanted.last:
        raise InvalidSetting("pause_ends_before", first=wanted.first, last=wanted.last)
    if wanted.last - wanted.first >= LONGEST_PAUSE:
        raise InvalidSetting("pause_too_long", days=LONGEST_PAUSE.days)
    if wanted.first < FIRST_DATE or wanted.last > LAST_DATE:
        raise InvalidSetting("date_out_of_range", first=FIRST_DATE, last=LAST_DATE)


@record
class _Pausing:
    """An owner's pauses, to change for one goal or for everything (None)."""

    tx: Transaction
    access: Access
    visions: Sequence[StoredVision]
    pauses: Sequence[Pause]
    node: Node | None
    today: date
    now: datetime

    @classmethod
    def open(cls, tx: Transaction, actor: Actor, node_id: int | None, now: datetime, *, lock: bool = False) -> _Pausing:
        access = enter(tx, actor, Act.EDIT_TREE, lock=lock)
        visions = tx.trees.visions_of(access.owner.id)
        nodes = {node.id: node for vision in visions for node in vision.nodes}
        if node_id is not None and node_id not in nodes:
            raise NotFound("goal_gone")
        node = None if node_id is None else nodes[node_id]
        if node is not None and node.member_id is not None:
            access.check_own(node)
            raise Refused("pause_of_member")
        pauses = tx.pauses.of_owner(access.owner.id)
        return cls(tx, access, visions, pauses, node, today_of(access.owner, now), now)

    @property
    def node_id(self) -> int | None:
        return None if self.node is None else self.node.id

    @property
    def own(self) -> list[Pause]:
        """The pauses of just this goal, or of everything."""
        return [one for one in self.pauses if one.node_id == self.node_id]

    def refuse_paused_above(self) -> None:
        """Raises `InvalidSetting` for a goal that is paused today, but not by a pause of its own."""
        if self.node is None:
            return
        tree = next(tree_of(vision) for vision in self.visions if self.node in vision.nodes)
        above = {node.id: node for node in tree.ancestors(self.node)}
        for one in self.pauses:
            if one.first <= self.today <= one.last and (one.node_id is None or one.node_id in above):
                title = above[one.node_id].title if one.node_id is not None else None
                raise InvalidSetting("paused_above", title=title, until=one.last)

    def end(self, chosen: Iterable[Pause], source_key: str | None) -> Paused:
        """Ends pauses with yesterday; those that have not begun are cancelled."""
        recording = Recording.of_all(self.tx, self.access, self.now)
        for one in chosen:
            if one.first < self.today:
                self.tx.pauses.save(replace(one, last=self.today - DAY))
            else:
                self.tx.pauses.remove([one.id])
        return self.finished(recording, EditKind.RESUME, source_key)

    def finished(self, recording: Recording, kind: EditKind, source_key: str | None) -> Paused:
        for vision in self._reached():
            self.tx.trees.mark_stale(vision.id)
        note_change(self.tx, self.access.owner, self.now)
        recording.end(kind, self.node, source_key)
        return self.result(EditOutcome.DONE, self.tx.pauses.of_owner(self.access.owner.id))

    def repeated(self, source_key: str | None) -> Paused | None:
        """The result of an edit with this source key, if there is one."""
        known = known_edit(self.tx, self.access, source_key)
        if known is None:
            return None
        after = [change.after for change in known.effects.pauses if change.after is not None]
        before = [change.before for change in known.effects.pauses if change.before is not None]
        touched = {one.id for one in (*before, *after)}
        others = [one for one in self.pauses if one.id not in touched]
        return replace(self, pauses=[*others, *before]).result(EditOutcome.REPEATED, [*others, *after])

    def result(self, outcome: EditOutcome, now: Sequence[Pause] | None = None) -> Paused:
        after = self.pauses if now is None else now
        trees = [(self._tree(vision, self.pauses), self._tree(vision, after)) for vision in self._reached()]
        running = [one for one in after if one.last >= self.today and one.node_id != self.node_id]
        gone, new = [one for one in self.pauses if one not in after], [one for one in after if one not in self.pauses]
        return Paused(outcome, self.node, tuple(gone), tuple(new), tuple(trees), self.today, tuple(running))

    def _reached(self) -> list[StoredVision]:
        """The visions that these pauses affect."""
        return [vision for vision in self.visions if self.node is None or self.node in vision.nodes]

    def _tree(self, vision: StoredVision, pauses: Sequence[Pause]) -> Tree:
        return Tree(vision.nodes, vision.owner.week_start, pauses)
