"""Visions and their nodes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.goals.engine import CALCULATION_VERSION
from core.goals.model import Kind, Level, Node
from core.goals.progress import ONE, Cell
from core.goals.streaks import Run
from core.goals.terms import Terms
from core.ports.store import Store
from core.ports.trees import StoredVision, VisionPath
from tests.storage.planting import CHAT, MONDAY, NOW, logged, plant, planted


def ids(vision: StoredVision | VisionPath | None) -> list[int]:
    assert vision is not None
    return [node.id for node in vision.nodes]


async def test_an_owner_sees_all_visions_in_the_order_of_their_making(store: Store) -> None:
    first, second, other = await planted(store), await planted(store), await planted(store, CHAT + 1)
    visions = await store.read(lambda transaction: transaction.trees.visions_of(first.owner))
    assert [vision.id for vision in visions] == [first.vision, second.vision]
    assert other.vision not in [vision.id for vision in visions]
    assert [len(vision.nodes) for vision in visions] == [4, 4]
    assert visions[0].owner.chat_id == CHAT


async def test_a_vision_knows_the_date_of_its_latest_entry_that_counts(store: Store) -> None:
    tree = await planted(store)

    def log(transaction):  # type: ignore[no-untyped-def]
        transaction.entries.add(tree.vision, logged(tree.run, date(2026, 11, 20)), NOW)
        newest = transaction.entries.add(tree.vision, logged(tree.run, MONDAY), NOW)
        [before] = transaction.trees.view(tree.owner, MONDAY, 0)
        transaction.entries.void([newest.id], NOW)
        [after] = transaction.trees.view(tree.owner, MONDAY, 0)
        return before.latest, after.latest

    assert await store.write(log) == (MONDAY, date(2026, 11, 20))


async def test_a_vision_that_is_not_there_is_none(store: Store) -> None:
    assert await store.read(lambda transaction: transaction.trees.vision(99)) is None


async def test_a_path_holds_the_node_its_ancestors_and_their_children(store: Store) -> None:
    tree = await planted(store)

    def grow(transaction):  # type: ignore[no-untyped-def]
        sibling, nephew = transaction.trees.new_node_ids(2)
        transaction.trees.add_nodes(
            tree.vision,
            [
                Node(sibling, tree.root, "w2", Kind.WEEKLY_TARGET, Level.WEEKLY, "Read"),
                Node(nephew, sibling, "d2", Kind.DAILY_ACTION, Level.DAILY, "A page"),
            ],
        )
        return sibling, nephew

    sibling, nephew = await store.write(grow)
    path = await store.write(lambda transaction: transaction.trees.lock_path(CHAT, tree.run))
    assert ids(path) == sorted([tree.root, tree.week, tree.run, tree.stretch, sibling])
    assert nephew not in ids(path)
    assert path is not None
    assert path.owner.chat_id == CHAT


async def test_another_chats_node_is_not_there(store: Store) -> None:
    tree = await planted(store)
    await planted(store, CHAT + 1)
    assert await store.write(lambda transaction: transaction.trees.lock_path(CHAT + 1, tree.run)) is None
    assert await store.write(lambda transaction: transaction.trees.lock_path(CHAT, 10**9)) is None


async def test_ids_are_given_out_once_even_before_they_are_used(store: Store) -> None:
    await planted(store)
    first, second = await store.write(lambda transaction: [list(transaction.trees.new_node_ids(3)) for _ in range(2)])
    assert len({*first, *second}) == 6
    assert first == sorted(first)


async def test_saved_nodes_replace_their_terms(store: Store) -> None:
    tree = await planted(store)

    def change(transaction):  # type: ignore[no-untyped-def]
        run = next(node for node in transaction.trees.vision(tree.vision).nodes if node.id == tree.run)
        changed = replace(run, title="Jog", terms=(Terms(target=Decimal(5)), Terms(MONDAY, Decimal(6))))
        transaction.trees.save_nodes([changed])
        again = replace(changed, parent_id=tree.root, terms=(Terms(target=Decimal(4)),), ends_on=MONDAY)
        transaction.trees.save_nodes([again])
        return again

    changed = await store.write(change)
    vision = await store.read(lambda transaction: transaction.trees.vision(tree.vision))
    assert vision is not None
    assert changed in vision.nodes
    assert len(vision.nodes) == 4


async def test_a_cache_is_stale_when_new_marked_or_of_another_version(store: Store) -> None:
    tree = await planted(store)

    def stale(transaction):  # type: ignore[no-untyped-def]
        return transaction.trees.vision(tree.vision).stale

    assert not await store.read(stale)
    await store.write(lambda transaction: transaction.trees.mark_stale(tree.vision))
    assert await store.read(stale)
    await store.write(lambda transaction: transaction.cache.mark_built(tree.vision, CALCULATION_VERSION + 1))
    assert await store.read(stale)
    await store.write(lambda transaction: transaction.cache.mark_built(tree.vision, CALCULATION_VERSION))
    assert not await store.read(stale)
    await store.write(lambda transaction: transaction.owners.mark_stale(tree.owner))
    assert await store.read(stale)


async def test_a_view_holds_the_cells_of_the_periods_around_the_date_and_the_runs(store: Store) -> None:
    tree = await planted(store)
    sunday, quarter = date(2026, 11, 22), date(2026, 10, 1)
    week, day, vision, run = Cell(Decimal(7), ONE // 2), Cell(Decimal("2.5"), 3, False, True), Cell(), Run(2, 5, MONDAY)

    def fill(transaction):  # type: ignore[no-untyped-def]
        transaction.cache.write(
            [
                (tree.root, quarter, vision),
                (tree.week, sunday, week),
                (tree.run, MONDAY, day),
                (tree.run, date(2026, 11, 24), Cell(Decimal(99))),
                (tree.week, MONDAY, Cell(Decimal(99))),
            ],
            {tree.run: run},
        )

    await store.write(fill)
    (view,) = await store.read(lambda transaction: transaction.trees.view(tree.owner, MONDAY, 6))
    assert view.cells == {tree.root: vision, tree.week: week, tree.run: day}
    assert view.runs == {tree.run: run}
    assert ids(view.vision) == [tree.root, tree.week, tree.run, tree.stretch]


async def test_the_view_of_a_chat_goes_by_its_owners_week(store: Store) -> None:
    def fill(transaction):  # type: ignore[no-untyped-def]
        tree = plant(transaction)
        owner = transaction.owners.by_chat(CHAT)
        transaction.owners.save(replace(owner, week_start=6))
        cells = [(tree.week, start, Cell(Decimal(start.day))) for start in (date(2026, 11, 22), MONDAY)]
        transaction.cache.write([*cells, (tree.run, MONDAY, Cell(Decimal(1)))], {tree.run: Run(2, 5, MONDAY)})
        return tree

    tree = await store.write(fill)
    (view,) = await store.read(lambda transaction: transaction.trees.view_of_chat(CHAT, MONDAY))
    assert view.cells == {tree.week: Cell(Decimal(22)), tree.run: Cell(Decimal(1))}
    assert [view] == await store.read(lambda transaction: transaction.trees.view(tree.owner, MONDAY, 6))
    assert await store.read(lambda transaction: transaction.trees.view_of_chat(CHAT + 1, MONDAY)) == []


async def test_a_vision_with_an_end_has_its_one_cell_at_its_start(store: Store) -> None:
    def grow(transaction):  # type: ignore[no-untyped-def]
        tree = plant(transaction)
        root = next(node for node in transaction.trees.vision(tree.vision).nodes if node.id == tree.root)
        transaction.trees.save_nodes([replace(root, starts_on=date(2026, 5, 4), ends_on=date(2027, 4, 30))])
        transaction.cache.write([(tree.root, date(2026, 5, 4), Cell(Decimal(12)))], {})
        return tree

    tree = await store.write(grow)
    (view,) = await store.read(lambda transaction: transaction.trees.view(tree.owner, MONDAY, 0))
    assert view.cells == {tree.root: Cell(Decimal(12))}


async def test_a_node_with_several_targets_is_one_node_of_a_view(store: Store) -> None:
    def grow(transaction):  # type: ignore[no-untyped-def]
        tree = plant(transaction)
        run = next(node for node in transaction.trees.vision(tree.vision).nodes if node.id == tree.run)
        history = tuple(Terms(date(2026, month, 1), Decimal(month)) for month in range(1, 12))
        transaction.trees.save_nodes([replace(run, terms=history)])
        return tree, history

    tree, history = await store.write(grow)
    (view,) = await store.read(lambda transaction: transaction.trees.view(tree.owner, MONDAY, 0))
    assert [node.terms for node in view.vision.nodes if node.id == tree.run] == [history]
    assert len(view.vision.nodes) == 4
