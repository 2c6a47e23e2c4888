"""The contents of a private chat's check-in prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from core.actions.access import enter
from core.actions.day.circle import logged_on
from core.actions.day.items import Item, items_of
from core.actions.day.mine import sections_of
from core.actions.read import on_snapshot, today_of, trees_of
from core.asking.amounts import is_open, offers_for, usual_amounts
from core.asking.reminders import PROMPTS, Message
from core.asking.worth import is_worth_asking
from core.goals.model import Entry, Level, Measure, Owner, Status
from core.goals.progress import contribution
from core.goals.reading import Reading
from core.group.mine import GroupSection
from core.group.permissions import Act, Actor
from core.ports.store import Store, Transaction
from core.records import record


@record
class OpenLeaf:
    """A leaf that is still open: its day's total so far, the totals that its buttons set, and the usual total (None if
    there is none above the current one)."""

    item: Item
    so_far: Decimal = Decimal(0)
    offers: tuple[Decimal, ...] = ()
    usual: Decimal | None = None

    @property
    def at_once(self) -> Decimal | None:
        """The amount to which "all done" sets the day: a tick, or the usual amount. None without a usual amount, and
        for a limit, whose value only the person knows."""
        if self.item.standing.node.is_limit:
            return None
        return Decimal(1) if self.item.is_check else self.usual


@record
class PromptSheet:
    """The contents of a prompt. `items` are all leaves that it asks about (see `worth`; a reminder for a branch asks
    about all of it), `rows` those still open, `groups` the tasks from the person's groups."""

    prompt: Message
    readings: Sequence[Reading]
    items: Sequence[Item]
    rows: Sequence[OpenLeaf]
    today: date
    groups: Sequence[GroupSection] = ()

    @property
    def on(self) -> date:
        """The day that it is about."""
        return self.prompt.on

    @property
    def days_own(self) -> list[Item]:
        """The daily leaves; all leaves, if none of them is daily."""
        return [item for item in self.items if item.standing.node.level is Level.DAILY] or list(self.items)

    @property
    def is_over(self) -> bool:
        """Whether none of `days_own` is open; leaves of longer periods may be."""
        own = {item.id for item in self.days_own}
        return all(row.item.id not in own for row in self.rows)

    @property
    def unsettled(self) -> list[Item]:
        """The open leaves that need an amount from the person; tracked ones do not."""
        needing = [row.item for row in self.rows if row.at_once is None]
        return [item for item in needing if item.standing.status is not Status.TRACKED]

    def row(self, node_id: int) -> OpenLeaf | None:
        """A leaf's row, if it is open."""
        return next((row for row in self.rows if row.item.id == node_id), None)


async def read_prompt(store: Store, actor: Actor, prompt_id: int, now: datetime) -> PromptSheet | None:
    """The current contents of a prompt; None if it belongs to another chat or is forgotten."""

    def work(tx: Transaction) -> PromptSheet | None:
        owner = enter(tx, actor, Act.SEE).owner
        asked = tx.outbox.by_id(prompt_id, owner.chat_id)
        if asked is None or asked.kind not in PROMPTS:
            return None
        return prompt_sheet(tx, owner, asked, now)

    return await on_snapshot(store, work)


def prompt_sheet(tx: Transaction, owner: Owner, asked: Message, now: datetime) -> PromptSheet:
    """The same within a transaction. Raises `CacheStale`."""
    readings = trees_of(tx, asked.chat_id, asked.on)
    items = _within(readings, items_of(readings), asked.nodes)
    asking = [item.id for item in items if not item.is_check or item.standing.node.level is not Level.DAILY]
    logged = logged_on(tx, asking, asked.on) if asking else {}
    if not asked.nodes:
        items = _worth_asking(readings, items, logged)
    rows = [row for item in items if (row := _row(item, logged.get(item.id, ()), asked.on))]
    groups = () if asked.nodes else sections_of(tx, asked.chat_id, now, asked.on)
    return PromptSheet(asked, readings, items, rows, today_of(owner, now), groups)


def _within(readings: Sequence[Reading], items: Sequence[Item], nodes: Sequence[int]) -> list[Item]:
    """The leaves at or below the nodes; all of them, if none are given."""
    if not nodes:
        return list(items)
    below = set[int]().union(*(reading.tree.below(nodes) for reading in readings))
    return [item for item in items if item.id in below]


def _worth_asking(
    readings: Sequence[Reading], items: Sequence[Item], logged: Mapping[int, Sequence[Entry]]
) -> list[Item]:
    trees = {reading.tree.vision.id: reading for reading in readings}
    return [
        item for item in items if is_worth_asking(trees[item.vision_id], item.standing.node, logged.get(item.id, ()))
    ]


def _row(item: Item, logged: Sequence[Entry], on: date) -> OpenLeaf | None:
    day = [entry for entry in logged if entry.on == on]
    if not is_open(item.standing, skipped=item.skipped, day=day):
        return None
    if item.is_check:
        return OpenLeaf(item)
    so_far = contribution(Measure.NUMBER, day)
    usual = next(iter(usual_amounts(entry for entry in logged if entry.on < on)), Decimal(0))
    offered = offers_for(item.standing, logged, on, so_far)
    return OpenLeaf(item, so_far, offered, usual if usual > so_far else None)
