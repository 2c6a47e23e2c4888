"""Members, and a group's records of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from core.goals.model import Aggregate, Each, Kind, Level, Measure, Node, Owner, OwnerType
from core.ports.entries import NewEntry
from core.ports.store import Store, Transaction
from tests.storage.planting import MONDAY, NOW, planted

LATER = NOW + timedelta(days=3)
GROUP, OTHER = -100, -200
ANN, BEN = 11, 12


def a_group(tx: Transaction, chat_id: int = GROUP) -> Owner:
    return tx.owners.add(chat_id, OwnerType.GROUP, "Readers", "en", NOW)


async def test_someone_who_joins_again_finds_their_row_and_what_they_allowed(store: Store) -> None:
    def work(tx: Transaction) -> None:
        group = a_group(tx)
        ann = tx.members.join(group.id, ANN, "Ann", NOW)
        assert (ann.name, ann.joined_at, ann.present) == ("Ann", NOW, True)
        tx.members.save(replace(ann, nudges=True))
        assert tx.members.join(group.id, ANN, "Anna", LATER) == replace(ann, name="Anna", nudges=True)
        tx.members.leave(ann.id, LATER)
        gone = tx.members.by_user(group.id, ANN)
        assert gone is not None
        assert gone.left_at == LATER
        assert tx.members.of_owner(group.id) == []
        assert tx.members.of_owner(group.id, left_too=True) == [gone]
        tx.members.leave(ann.id, LATER + timedelta(days=1))
        assert tx.members.by_id(ann.id) == gone
        back = tx.members.join(group.id, ANN, "Anna", LATER)
        assert back == replace(gone, joined_at=LATER, left_at=None)

    await store.write(work)


async def test_a_user_is_in_several_groups_under_one_name(store: Store) -> None:
    def work(tx: Transaction) -> None:
        group, other = a_group(tx), a_group(tx, OTHER)
        ann, elsewhere = tx.members.join(group.id, ANN, "Ann", NOW), tx.members.join(other.id, ANN, "Ann", NOW)
        tx.members.join(group.id, BEN, "Ben", NOW)
        tx.members.rename(ANN, "Anna")
        of_ann = [(replace(ann, name="Anna"), group), (replace(elsewhere, name="Anna"), other)]
        assert tx.members.of_user(ANN) == of_ann
        assert [member.name for member in tx.members.of_owner(group.id)] == ["Anna", "Ben"]
        tx.members.leave(elsewhere.id, NOW)
        assert tx.members.of_user(ANN) == of_ann[:1]

    await store.write(work)


async def test_rows_about_a_member_go_with_them_but_their_leaf_stays(store: Store) -> None:
    tree = await planted(store)

    def work(tx: Transaction) -> None:
        group = a_group(tx)
        ann, ben = tx.members.join(group.id, ANN, "Ann", NOW), tx.members.join(group.id, BEN, "Ben", NOW)
        tx.members.save(replace(ben, buddy_id=ann.id))
        tx.absences.add(ann.id, MONDAY, MONDAY)
        tx.shares.put(tree.run, group.id, ann.id, False, NOW)
        entry = tx.entries.add(tree.vision, NewEntry(tree.run, MONDAY, Decimal(1)), NOW)
        assert entry is not None
        assert tx.confirmations.add(entry.id, ann.id, NOW)
        [leaf] = tx.trees.new_node_ids(1)
        each = Each(Measure.NUMBER, Aggregate.MAX)
        node = Node(leaf, tree.week, "hers", Kind.KPI, Level.DAILY, "Ann", each=each, member_id=ann.id)
        tx.trees.add_nodes(tree.vision, [node])
        assert node in _nodes(tx, tree.vision)
        tx.members.remove(ann.id, "Former member")
        assert tx.members.by_id(ben.id) == ben
        assert tx.absences.of_owner(group.id, MONDAY, MONDAY) == []
        assert tx.shares.of_owner(group.id) == []
        assert tx.confirmations.of_entries([entry.id]) == {}
        assert replace(node, member_id=None, title="Former member") in _nodes(tx, tree.vision)

    await store.write(work)


def _nodes(tx: Transaction, vision_id: int) -> tuple[Node, ...]:
    vision = tx.trees.vision(vision_id)
    assert vision is not None
    return vision.nodes


async def test_absences_are_found_by_the_days_that_they_touch(store: Store) -> None:
    def work(tx: Transaction) -> None:
        group = a_group(tx)
        ann, ben = tx.members.join(group.id, ANN, "Ann", NOW), tx.members.join(group.id, BEN, "Ben", NOW)
        away = tx.absences.add(ann.id, MONDAY, MONDAY + timedelta(days=2))
        later = tx.absences.add(ben.id, MONDAY + timedelta(days=4), MONDAY + timedelta(days=9))
        day = timedelta(days=1)
        assert tx.absences.of_owner(group.id, MONDAY + 2 * day, MONDAY + 3 * day) == [away]
        assert tx.absences.of_owner(group.id, MONDAY, MONDAY + 4 * day) == [away, later]
        assert tx.absences.of_owner(group.id, MONDAY + 3 * day, MONDAY + 3 * day) == []
        short = replace(away, last=MONDAY)
        tx.absences.save(short)
        assert tx.absences.of_member(ann.id, MONDAY) == [short]
        assert tx.absences.of_member(ann.id, MONDAY + day) == []
        tx.absences.remove(later.id)
        assert tx.absences.of_member(ben.id, MONDAY) == []

    await store.write(work)


async def test_shares_publications_and_confirmations_are_there_once(store: Store) -> None:
    tree = await planted(store)

    def work(tx: Transaction) -> None:
        group = a_group(tx)
        ann = tx.members.join(group.id, ANN, "Ann", NOW)
        share = tx.shares.put(tree.run, group.id, ann.id, False, NOW)
        assert tx.shares.put(tree.run, group.id, ann.id, True, LATER) == replace(share, whole=True)
        assert tx.shares.of_owner(group.id) == tx.shares.of_user(ANN) == [replace(share, whole=True)]
        tx.shares.remove([share.id])
        assert tx.shares.of_user(ANN) == []
        told = tx.publications.put(group.id, -1001, "News", ANN, NOW)
        assert tx.publications.put(group.id, -1001, "The news", BEN, LATER) == replace(
            told, title="The news", by_user=BEN
        )
        assert tx.publications.by_chat(-1001) == tx.publications.of_owner(group.id)
        assert tx.publications.of_owners([group.id, 999]) == tx.publications.of_owner(group.id)
        assert tx.publications.of_owners([999]) == tx.publications.of_owners([]) == []
        assert tx.owners.by_id(group.id) == group
        assert tx.owners.by_id(999) is None
        tx.publications.remove([told.id])
        assert tx.publications.by_chat(-1001) == []
        entry = tx.entries.add(tree.vision, NewEntry(tree.run, MONDAY, Decimal(1)), NOW)
        assert entry is not None
        assert tx.confirmations.add(entry.id, ann.id, NOW)
        assert not tx.confirmations.add(entry.id, ann.id, LATER)
        assert tx.confirmations.of_entries([entry.id])[entry.id].at == NOW

    await store.write(work)


async def test_a_groups_settings_are_kept_and_its_invitation_finds_it(store: Store) -> None:
    def work(tx: Transaction) -> None:
        group = replace(
            a_group(tx), thread_id=3, round_deadline=time(22), board_ordered=False, invite="word", members_plan=True
        )
        tx.owners.save(group)
        assert tx.owners.by_chat(GROUP) == tx.owners.by_invite("word") == group
        assert tx.owners.by_invite("other") is None
        tx.owners.remove(group.id)
        assert tx.owners.by_invite("word") is None

    await store.write(work)


async def test_with_a_group_goes_all_that_it_kept(store: Store) -> None:
    def work(tx: Transaction) -> None:
        group = a_group(tx)
        ann = tx.members.join(group.id, ANN, "Ann", NOW)
        vision = tx.trees.add_vision(group.id, NOW)
        root, leaf = tx.trees.new_node_ids(2)
        tx.trees.add_nodes(
            vision,
            [
                Node(root, None, "read", Kind.VISION, Level.VISION, "Read"),
                Node(leaf, root, "hers", Kind.KPI, Level.DAILY, "Ann", member_id=ann.id),
            ],
        )
        tx.owners.remove(group.id)
        assert tx.members.of_user(ANN) == []
        assert tx.trees.vision(vision) is None

    await store.write(work)
