"""The goaltree/1 document in and out: all of an owner's trees, entries and reminders (design.md §5)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from core.actions.access import Access, enter
from core.actions.cache import rebuild_vision, tree_of
from core.actions.living import note_change
from core.actions.owners import save_settings
from core.actions.plant import Planted, Planting, settled
from core.actions.read import today_of
from core.actions.recording import Recording
from core.actions.reminders import take_over
from core.asking.reminders import Reminder
from core.caps import CAPS, Caps
from core.errors import CapReached, Fault, InvalidPlan
from core.goals.model import Entry, Node, Owner, OwnerType, Pause
from core.goals.tree import Tree
from core.group.notes import readable_by, without_note_beside
from core.group.permissions import Act, Actor, may
from core.planning.document import Document, dump_document, parse_document
from core.planning.edits import EditKind
from core.planning.outline.words import WEEKDAYS
from core.planning.plan import PlanEntry, PlanNode, PlanPause, PlanReminder
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.records import record


@record
class Imported:
    """The result of an import; `trees` are those of the document as they are now."""

    trees: tuple[Tree, ...]
    nodes_added: int
    nodes_changed: int
    entries_added: int
    settings_changed: bool
    pauses_added: int = 0
    reminders_changed: bool = False
    left_out: int = 0
    """Entries that the importer may not log in this group."""

    @property
    def unchanged(self) -> bool:
        """Whether everything in the document was there already."""
        changed = self.nodes_added or self.nodes_changed or self.entries_added or self.pauses_added
        return not (changed or self.settings_changed or self.reminders_changed)


async def import_document(
    store: Store, actor: Actor, said: bytes | str | Document, now: datetime, caps: Caps = CAPS
) -> Imported:
    """Brings a document's trees and entries into the actor's chat: all of it, or nothing. Visions and nodes are matched
    by key; whatever the document does not mention stays. Its reminders, if it names any, replace all that there are. An
    entry that exists already (same leaf, date, value, note and author) is not added again, so importing the same
    document twice changes nothing. Raises `InvalidPlan` with every fault and its place, `CapReached` for more than a
    chat may have, and `Refused`.

    In a group nobody speaks for another: only entries on the importer's own leaves and on shared ones are added, as the
    importer's. Leaves of others, and entries of others that do not exist yet, are left out. Only the host can restore
    everything.
    """
    document = said if isinstance(said, Document) else parse_document(said, caps)
    return await store.write(lambda tx: bring_in(tx, actor, document, now, caps))


async def export_document(store: Store, actor: Actor, caps: Caps = CAPS) -> str:
    """All trees of the actor's chat, entries and reminders as a document; `import_document` of it anywhere gives the
    same. In an admin's export of a group the notes that others wrote privately are left out; the host's has them all.
    Raises `CapReached` for one that is too large, and `Refused`."""

    def work(tx: Transaction) -> tuple[Owner, list[Tree], list[list[Entry]], list[Reminder], dict[int, int]]:
        access = enter(tx, actor, Act.SETTINGS)
        owner, visions = access.owner, tx.trees.visions_of(access.owner.id)
        trees, entries = [tree_of(vision) for vision in visions], [tx.entries.of_vision(one.id) for one in visions]
        members = tx.members.of_owner(owner.id, left_too=True)
        if not _speaks_for_all(access):
            entries = [readable_by(of_one, members, actor.user_id) for of_one in entries]
        users = {member.id: member.user_id for member in members}
        return owner, trees, entries, tx.reminders.of_owner(owner.id), users

    # Written on another thread: ten years of entries take a while.
    document = await asyncio.to_thread(dump_document, *await store.read(work))
    check_size(len(document.encode()), caps)
    return document


def check_size(size: int, caps: Caps) -> None:
    """Raises `CapReached` for a file that is too large to be sent."""
    if size > caps.export:
        raise CapReached("export_too_large", size=size, most=caps.export)


def bring_in(tx: Transaction, actor: Actor, document: Document, now: datetime, caps: Caps) -> Imported:
    """`import_document` of a parsed document, within a transaction."""
    access = enter(tx, actor, Act.EDIT_TREE, lock=True)
    owner = access.owner
    recording = Recording.of_all(tx, access, now)
    wanted = _with_settings(owner, document)
    _save(tx, access, wanted, document, now)
    today = today_of(wanted, now)
    trees: list[Tree] = []
    added = changed = left_out = 0
    written: list[int] = []
    for plan in document.visions:
        keys = {node.key for node in plan.walk()}
        said = [entry for entry in document.entries if entry.node in keys]
        first = _first_day(plan, said, today)
        sayable = plan if _speaks_for_all(access) else _without_others(plan, access)
        planted = Planting(tx, wanted, today, now, by_key=True, caps=caps, first=first).plant(sayable)
        added, changed = added + planted.added, changed + planted.changed
        new, others = _new_entries(tx, access, planted, said)
        written += _add_entries(tx, planted.vision_id, new, now, caps)
        left_out += others
        trees.append(settled(tx, wanted, planted, today, now).tree)
    node_ids = {node.key: node.id for tree in trees for node in tree.nodes.values()}
    paused = _add_pauses(tx, wanted, document.pauses, node_ids, caps)
    reminded = False
    if document.reminders is not None:
        reminded = take_over(tx, wanted, [_reminder(said, node_ids) for said in document.reminders], now)
    recording.end(EditKind.IMPORT, None, None, entries=written)
    note_change(tx, wanted, now)
    return Imported(tuple(trees), added, changed, len(written), wanted != owner, paused, reminded, left_out)


def _save(tx: Transaction, access: Access, wanted: Owner, document: Document, now: datetime) -> None:
    """Saves the settings of a document where they differ. Raises `Refused` for an actor who may not change them."""
    is_other = wanted != access.owner
    if is_other or document.reminders is not None:
        access.check(Act.SETTINGS)
    if is_other:
        save_settings(tx, access.owner, wanted, now)


def _add_pauses(
    tx: Transaction, owner: Owner, said: Sequence[PlanPause], node_ids: Mapping[str, int], caps: Caps
) -> int:
    """Adds the pauses that do not exist yet; returns how many."""
    there = tx.pauses.of_owner(owner.id)
    known = {(pause.first, pause.last, pause.node_id) for pause in there}
    wanted = dict.fromkeys(
        (pause.first, pause.last, None if pause.node is None else node_ids[pause.node]) for pause in said
    )
    new = [Pause(0, *dates) for dates in wanted if dates not in known]
    if not new:
        return 0
    if len(there) + len(new) > caps.pauses:
        raise CapReached("pauses_full", count=len(there) + len(new), most=caps.pauses)
    tx.pauses.add(owner.id, new)
    for vision_id in tx.trees.vision_ids(owner.id):
        tx.trees.mark_stale(vision_id)
        rebuild_vision(tx, vision_id)
    return len(new)


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


def _first_day(plan: PlanNode, entries: Sequence[PlanEntry], today: date) -> date:
    """The start of a vision without one: its first entry or change of terms, or today."""
    dates = [entry.on for entry in entries]
    dates += [terms.since for node in plan.walk() for terms in node.terms[1:]]
    return min([*dates, today, *([plan.ends_on] if plan.ends_on else [])])


def _speaks_for_all(access: Access) -> bool:
    """Whether the importer may write other people's entries. In a private chat there are no others."""
    return access.owner.type is not OwnerType.GROUP or may(Act.LOG_FOR_ANOTHER, access.roles)


def _without_others(plan: PlanNode, access: Access) -> PlanNode:
    """The plan without other people's leaves: nobody else can make them join."""

    def is_others(node: PlanNode) -> bool:
        return node.member is not None and (access.member is None or node.member != access.member.user_id)

    return plan.regrown(lambda _, children: [child for child in children if not is_others(child)])


def _new_entries(
    tx: Transaction, access: Access, planted: Planted, said: Sequence[PlanEntry]
) -> tuple[list[NewEntry], int]:
    """(the new entries that the importer may write; how many others they may not)."""
    if not said:
        return [], 0
    nodes = {node.key: node for node in planted.tree.nodes.values()}
    author_of, importer = _authors(tx, access.owner), access.actor.user_id
    speaks_for_all, known = _speaks_for_all(access), _known(tx, planted)
    new, left_out = [], 0
    # In the document's order, which is the order of logging: it decides which entry of a day is the last.
    for entry in said:
        node = nodes.get(entry.node)
        if node is None:
            left_out += 1
            continue
        _check_leaf(planted.tree, node, entry.place)
        wanted = NewEntry(node.id, entry.on, entry.value, entry.skipped, entry.note, author_of(entry.author_id))
        own = replace(wanted, author_id=importer) if entry.author_id is None and not speaks_for_all else wanted
        if _is_known(known, wanted, own):
            continue
        if speaks_for_all or _may_log(access, planted.tree, node, own):
            new.append(own)
        else:
            left_out += 1
    return new, left_out


def _check_leaf(tree: Tree, node: Node, place: str) -> None:
    if not tree.is_leaf(node):
        raise InvalidPlan([Fault(place, "entry_on_parent_here", title=node.title)])


def _known(tx: Transaction, planted: Planted) -> Counter[object]:
    """How often each entry exists, also counted without the notes that others wrote privately, which an admin's export
    lacks."""
    there = tx.entries.of_vision(planted.vision_id)
    known = Counter[object](map(_identity, there))
    shorter = ((entry, without_note_beside(entry)) for entry in there)
    known.update(_identity(short) for entry, short in shorter if short != entry)
    return known


def _is_known(known: Counter[object], *wanted: NewEntry) -> bool:
    """Whether one of these exists already; each existing entry matches once."""
    if not known:
        return False
    for entry in wanted:
        identity = _identity(entry)
        if known[identity]:
            known[identity] -= 1
            return True
    return False


def _may_log(access: Access, tree: Tree, node: Node, entry: NewEntry) -> bool:
    """Whether the importer could have logged this in the group themselves."""
    if access.member is None or entry.author_id != access.member.user_id or not may(Act.LOG, access.roles):
        return False
    is_somebodys = node.parent_id is not None and tree.nodes[node.parent_id].each is not None
    if is_somebodys:
        return node.member_id == access.member.id
    return not entry.skipped or may(Act.SKIP_SHARED, access.roles)


def _add_entries(tx: Transaction, vision_id: int, new: Sequence[NewEntry], now: datetime, caps: Caps) -> list[int]:
    if not new:
        return []
    written = tx.entries.add_many(vision_id, new, now)
    days = {entry.on for entry in new}
    for on, count in tx.entries.full_days(vision_id, caps.entries_a_day + 1, min(days), max(days)).items():
        if on in days:
            raise CapReached("day_overfull", on=on, count=count, most=caps.entries_a_day)
    rebuild_vision(tx, vision_id)
    return written


def _authors(tx: Transaction, owner: Owner) -> Callable[[int | None], int | None]:
    """The possible authors of imported entries: in a private chat the one person, in a group its present and former
    members. No stranger's id is stored, since a person who wants to be forgotten is only looked for where they have
    been."""
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
