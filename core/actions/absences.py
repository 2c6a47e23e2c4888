"""Absences: a member's own leaves are skipped while they are away. The skips are entries, so nothing else has to
know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.actions.access import enter
from core.actions.cache import rebuild_vision, tree_of
from core.actions.living import note_change
from core.actions.read import today_of
from core.errors import InvalidSetting
from core.goals.model import Entry, Member, Node, Owner
from core.goals.periods import DAY, Period
from core.goals.progress import ONE, leaf_cell
from core.goals.tree import Tree
from core.group.permissions import Act, Actor
from core.group.records import Absence
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from core.records import record

LONGEST = timedelta(days=60)


@record
class Away:
    """A member's absence as it stands. `absence` is None for a member who was not away."""

    member: Member
    absence: Absence | None


async def go_away(store: Store, actor: Actor, last: date | None, now: datetime, *, first: date | None = None) -> Away:
    """Records that the actor is away from `first` (default today) to `last`, inclusive (default: 60 days).

    The new dates replace an absence that is under way or planned. `Refused` for somebody who did not join,
    `InvalidSetting` for a date that has passed or lies too far ahead.
    """

    def work(tx: Transaction) -> Away:
        owner, member = _member(tx, actor)
        today = today_of(owner, now)
        until = last or today + LONGEST - DAY
        if until < today:
            raise InvalidSetting("until_passed", until=until, today=today)
        if until > today + LONGEST - DAY:
            raise InvalidSetting("away_too_long", days=LONGEST.days, latest=today + LONGEST - DAY)
        _come_back(tx, owner, member, today, now)
        begins = max(first or today, today)
        before = next((a for a in tx.absences.of_member(member.id, today - DAY) if a.last == begins - DAY), None)
        if before is None:
            absence = tx.absences.add(member.id, begins, until)
        else:
            absence = replace(before, last=until)
            tx.absences.save(absence)
        _rebuild(tx, owner, today, now)
        note_change(tx, owner, now)
        return Away(member, absence)

    return await store.write(work)


async def come_back(store: Store, actor: Actor, now: datetime) -> Away:
    """Ends the actor's absence with yesterday, so that today counts again. Returns the absence that ended, if there was
    one. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> Away:
        owner, member = _member(tx, actor)
        ended = _come_back(tx, owner, member, today_of(owner, now), now)
        note_change(tx, owner, now)
        return Away(member, ended)

    return await store.write(work)


async def is_away(store: Store, actor: Actor, on: date) -> bool:
    """Whether the actor is away on a day, or will be. `Refused` for somebody who did not join."""

    def work(tx: Transaction) -> bool:
        return bool(tx.absences.of_member(enter(tx, actor, Act.AWAY).require_member().id, on))

    return await store.read(work)


def _member(tx: Transaction, actor: Actor) -> tuple[Owner, Member]:
    access = enter(tx, actor, Act.AWAY, lock=True)
    return access.owner, access.require_member()


def _come_back(tx: Transaction, owner: Owner, member: Member, today: date, now: datetime) -> Absence | None:
    """Ends a member's absence with yesterday and removes its skips from today on."""
    current = None
    for absence in tx.absences.of_member(member.id, today):
        current = absence
        ahead = tx.entries.known_ahead(member.id, today)
        tx.entries.void([entry.id for entry in ahead], now)
        if absence.first < today:
            tx.absences.save(replace(absence, last=today - DAY))
        else:
            tx.absences.remove(absence.id)
        if ahead:
            _rebuild(tx, owner, today, now)
    return current


def end_absences(tx: Transaction, owner: Owner, member: Member, today: date, now: datetime) -> None:
    """Ends the absence of somebody who leaves."""
    _come_back(tx, owner, member, today, now)


def _rebuild(tx: Transaction, owner: Owner, today: date, now: datetime) -> None:
    for vision_id in tx.trees.vision_ids(owner.id):
        vision = tx.trees.vision(vision_id, lock=True)
        if vision is not None and any(node.each is not None for node in vision.nodes):
            skip_absences(tx, owner, vision_id, tree_of(vision), today, now)
            rebuild_vision(tx, vision_id)


def skip_absences(tx: Transaction, owner: Owner, vision_id: int, tree: Tree, today: date, now: datetime) -> bool:
    """Skips the periods of members' own leaves, from today's on, in which they are away. Leaves that are done, or that
    have an entry since the absence began, are not touched. Returns whether anything was skipped."""
    wanted = list(_all_away(tx, owner, tree, today))
    if not wanted:
        return False
    first, last = min(period.start for *_, period in wanted), max(period.end for *_, period in wanted)
    known = tx.entries.of_leaves([leaf.id for _, leaf, _ in wanted], first, last)
    new = []
    for absence, leaf, period in wanted:
        on = max(period.start, absence.first)
        if not _is_settled(tree, leaf, period, on, known.get(leaf.id, [])):
            # The release before knows an absence's skips by this key: the next release writes none. It holds the
            # instant because coming back takes a day's skip back, and the day may be skipped again.
            key = f"away:{absence.id}:{leaf.id}:{on.isoformat()}:{now.timestamp():.6f}"
            new.append(NewEntry(leaf.id, on, None, skipped=True, source_key=key, is_known_ahead=True))
    tx.entries.add_many(vision_id, new, now)
    return bool(new)


def _all_away(tx: Transaction, owner: Owner, tree: Tree, today: date) -> Iterator[tuple[Absence, Node, Period]]:
    """All members' own leaves with the periods in which the member is away."""
    for absence in tx.absences.of_owner(owner.id, today, date.max):
        for leaf in tree.nodes.values():
            if leaf.member_id == absence.member_id:
                for period in periods_away(tree, leaf, absence, today):
                    yield absence, leaf, period


def _is_settled(tree: Tree, leaf: Node, period: Period, since: date, entries: Iterable[Entry]) -> bool:
    """Whether a period is done, or has an entry since a date."""
    inside = [entry for entry in entries if entry.on in period]
    return any(entry.on >= since for entry in inside) or leaf_cell(tree, leaf, period, inside).progress >= ONE


def periods_away(tree: Tree, leaf: Node, absence: Absence, since: date) -> Iterator[Period]:
    """The periods of a leaf, from the one that holds `since`, at least half of whose days the absence covers."""
    away = Period(absence.first, absence.last)
    active = tree.active(leaf)
    on = max(since, absence.first, active.start)
    while on <= min(absence.last, active.end):
        period = tree.period_of(leaf, on)
        covered = away.meets(period)
        if covered is not None and 2 * covered.days >= period.days and tree.is_due(leaf, period):
            yield period
        on = period.end + DAY
