"""The goaltree/1 document in and out: all of an owner's trees, entries and reminders (DESIGN.md §5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal

from core.actions.cache import rebuild_vision, tree_of
from core.actions.living import note_change
from core.actions.owners import save_settings
from core.actions.plant import Planted, plant_one, settled
from core.actions.read import today_of
from core.actions.reminders import take_over
from core.caps import CAPS, Caps
from core.document import Document, dump_document, parse_document
from core.errors import CapReached, Fault, InvalidPlan, NotFound
from core.model import Entry, Owner, OwnerType
from core.outline.words import WEEKDAYS
from core.plan import PlanEntry, PlanNode, PlanReminder
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.reminders import Reminder
from core.tree import Tree


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote; `trees` are those of the document as they are now."""

    trees: tuple[Tree, ...]
    nodes_added: int
    nodes_changed: int
    entries_added: int
    settings_changed: bool
    reminders_changed: bool = False

    @property
    def unchanged(self) -> bool:
        """Whether everything in the document was there already."""
        changed = self.nodes_added or self.nodes_changed or self.entries_added
        return not (changed or self.settings_changed or self.reminders_changed)


async def import_document(store: Store, chat_id: int, raw: bytes | str, now: datetime, caps: Caps = CAPS) -> Imported:
    """Brings a document's trees and entries into a chat: all of it, or nothing.

    Visions and nodes are matched by key; what the document does not mention stays. Its reminders, if it speaks of
    them, are all that there are afterwards. An entry that is there already
    (same leaf, date, value, note and author) is not added again, so the same document twice changes nothing. Raises
    `InvalidPlan` with every fault and its place, and `CapReached` for more than a chat may have.
    """
    document = parse_document(raw, caps)
    return await store.write(lambda tx: _import(tx, chat_id, document, now, caps))


async def export_document(store: Store, chat_id: int, caps: Caps = CAPS) -> str:
    """All of a chat's trees, entries and reminders as a document; `import_document` of it anywhere gives the same.
    Raises `CapReached` for one that is too large."""

    def work(tx: Transaction) -> tuple[Owner, list[Tree], list[list[Entry]], list[Reminder], dict[int, int]]:
        owner = tx.owners.by_chat(chat_id)
        if owner is None:
            raise NotFound("chat_unknown", chat_id=chat_id)
        visions = tx.trees.visions_of(owner.id)
        entries = [tx.entries.of_vision(vision.id) for vision in visions]
        trees = [tree_of(vision) for vision in visions]
        users = {member.id: member.user_id for member in tx.members.of_owner(owner.id, left_too=True)}
        return owner, trees, entries, tx.reminders.of_owner(owner.id), users

    document = dump_document(*await store.read(work))
    if (size := len(document.encode())) > caps.export:
        raise CapReached("export_too_large", size=size, most=caps.export)
    return document


def _import(tx: Transaction, chat_id: int, document: Document, now: datetime, caps: Caps) -> Imported:
    owner = tx.owners.by_chat(chat_id, lock=True)
    if owner is None:
        raise NotFound("chat_unknown", chat_id=chat_id)
    wanted = _with_settings(owner, document)
    if wanted != owner:
        save_settings(tx, owner, wanted, now)
    today = today_of(wanted, now)
    trees: list[Tree] = []
    by_key: dict[str, list[PlanEntry]] = {}
    for entry in document.entries:
        by_key.setdefault(entry.node, []).append(entry)
    added = changed = entries_added = 0
    for plan in document.visions:
        first = _first_day(plan, by_key, today)
        planted = plant_one(tx, wanted, plan, today, now, by_key=True, first=first, caps=caps)
        added, changed = added + planted.added, changed + planted.changed
        entries_added += _add_entries(tx, wanted, planted, plan, document, now, caps)
        trees.append(settled(tx, wanted, planted, today, now).tree)
    reminded = False
    if document.reminders is not None:
        node_ids = {node.key: node.id for tree in trees for node in tree.nodes.values()}
        reminded = take_over(tx, wanted, [_reminder(said, node_ids) for said in document.reminders], now)
    note_change(tx, wanted, now)
    return Imported(tuple(trees), added, changed, entries_added, wanted != owner, reminded)


def _reminder(said: PlanReminder, node_ids: Mapping[str, int]) -> Reminder:
    node_id = None if said.node is None else node_ids[said.node]
    return Reminder(0, 0, said.kind, said.schedule, node_id, said.paused)


def _with_settings(owner: Owner, document: Document) -> Owner:
    said = document.owner
    return replace(
        owner,
        timezone=said.get("timezone", owner.timezone),
        zone_chosen=owner.zone_chosen or said.get("timezone", owner.timezone) != owner.timezone,
        day_start=time.fromisoformat(said["day_start"]) if "day_start" in said else owner.day_start,
        week_start=WEEKDAYS.index(said["week_start"]) if "week_start" in said else owner.week_start,
        locale=said.get("locale", owner.locale),
        quiet=document.quiet or owner.quiet,
        nudge_after=document.nudge_after or owner.nudge_after,
    )


def _first_day(plan: PlanNode, entries: dict[str, list[PlanEntry]], today: date) -> date:
    """When a vision that says no start began: with its first entry, or today."""
    dates = [entry.on for node in plan.walk() for entry in entries.get(node.key or "", ())]
    return min([*dates, today, *([plan.ends_on] if plan.ends_on else [])])


def _add_entries(
    tx: Transaction, owner: Owner, planted: Planted, plan: PlanNode, document: Document, now: datetime, caps: Caps
) -> int:
    author_of = _authors(tx, owner)
    tree = planted.tree
    nodes = {node.key: node for node in tree.nodes.values()}
    mine = {item.key for item in plan.walk()}
    wanted: list[NewEntry] = []
    # In the document's order: it is the order of logging, which decides what the last word on a day is.
    for entry in document.entries:
        if entry.node not in mine:
            continue
        node = nodes[entry.node]
        if not tree.is_leaf(node):
            raise InvalidPlan([Fault(entry.place, "entry_on_parent_here", title=node.title)])
        author = author_of(entry.author_id)
        wanted.append(NewEntry(node.id, entry.on, entry.value, entry.skipped, entry.note, author))
    if not wanted:
        return 0
    new = _not_there(wanted, tx.entries.of_vision(planted.vision_id))
    if new:
        tx.entries.add_many(planted.vision_id, new, now)
        days = {entry.on for entry in new}
        for on, count in tx.entries.full_days(planted.vision_id, caps.entries_a_day + 1, min(days), max(days)).items():
            if on in days:
                raise CapReached("day_overfull", on=on, count=count, most=caps.entries_a_day)
        rebuild_vision(tx, planted.vision_id)
    return len(new)


def _authors(tx: Transaction, owner: Owner) -> Callable[[int | None], int | None]:
    """Who becomes the author of an entry here: in a private chat the one person; in a group nobody who never was a
    member. So no stranger's number is kept: who wants to be forgotten is looked for where they have been."""
    match owner.type:
        case OwnerType.PRIVATE:
            return lambda author: None if author is None else owner.chat_id
        case OwnerType.GROUP:
            known = {member.user_id for member in tx.members.of_owner(owner.id, left_too=True)}
            return lambda author: author if author in known else None
        case OwnerType.LOCAL:
            return lambda author: author


def _identity(entry: Entry | NewEntry) -> tuple[int, date, Decimal | None, bool, str | None, int | None]:
    return entry.node_id, entry.on, entry.value, entry.skipped, entry.note, entry.author_id


def _not_there(wanted: Sequence[NewEntry], there: Sequence[Entry]) -> list[NewEntry]:
    """Those that are not there yet; of equal ones, as many as the document has more of."""
    known = Counter(_identity(entry) for entry in there)
    new = []
    for entry in wanted:
        if known[_identity(entry)]:
            known[_identity(entry)] -= 1
        else:
            new.append(entry)
    return new
