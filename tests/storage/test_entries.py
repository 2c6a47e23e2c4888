"""The facts."""

from __future__ import annotations

from datetime import date

from core.ports.entries import NewEntry
from core.ports.store import Store
from tests.storage.planting import CHAT, MONDAY, NOW, logged, planted


async def test_a_redelivered_source_key_writes_nothing(store: Store) -> None:
    tree = await planted(store)
    new = logged(tree.run, source_key="4:17:log")
    first = await store.write(lambda transaction: transaction.entries.add(tree.vision, new, NOW))
    assert first is not None
    assert await store.write(lambda transaction: transaction.entries.add(tree.vision, new, NOW)) is None
    await store.write(lambda transaction: transaction.entries.void([first.id], NOW))
    assert await store.write(lambda transaction: transaction.entries.add(tree.vision, new, NOW)) is None
    assert await store.read(lambda transaction: transaction.entries.of_vision(tree.vision)) == []
    assert await store.read(lambda transaction: transaction.entries.by_source("4:17:log")) == (first, True)


async def test_entries_without_a_source_are_all_kept(store: Store) -> None:
    tree = await planted(store)
    for _ in range(2):
        await store.write(lambda transaction: transaction.entries.add(tree.vision, logged(tree.run), NOW))
    assert len(await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))) == 2


async def test_a_leafs_entries_come_by_date_then_logging_within_the_range(store: Store) -> None:
    tree = await planted(store)
    days = [date(2026, 11, 23), date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 21)]
    new = [logged(tree.run, day, str(number)) for number, day in enumerate(days)]
    new.append(logged(tree.stretch, MONDAY, "9"))
    await store.write(lambda transaction: transaction.entries.add_many(tree.vision, new, NOW))
    result = await store.read(
        lambda transaction: transaction.entries.of_leaf(tree.run, date(2026, 11, 22), date(2026, 11, 23))
    )
    assert [int(entry.value or 0) for entry in result] == [1, 0, 2]


async def test_the_entries_of_several_leaves_come_by_leaf(store: Store) -> None:
    tree, other = await planted(store), await planted(store, CHAT + 1)
    sunday = date(2026, 11, 22)
    new = [logged(tree.run, MONDAY, "1"), logged(tree.stretch), logged(tree.run, sunday, "2"), logged(tree.run)]
    await store.write(lambda transaction: transaction.entries.add_many(tree.vision, new, NOW))
    await store.write(lambda transaction: transaction.entries.add_many(other.vision, [logged(other.run)], NOW))
    await store.write(lambda transaction: transaction.entries.void([4], NOW))
    wanted = [tree.run, tree.stretch, tree.week]
    result = await store.read(lambda transaction: transaction.entries.of_leaves(wanted, sunday, MONDAY))
    assert {leaf: [(e.on, int(e.value or 0)) for e in entries] for leaf, entries in result.items()} == {
        tree.run: [(sunday, 2), (MONDAY, 1)],
        tree.stretch: [(MONDAY, 1)],
    }
    assert await store.read(lambda transaction: transaction.entries.of_leaves(wanted, sunday, sunday)) == {
        tree.run: result[tree.run][:1]
    }
    assert await store.read(lambda transaction: transaction.entries.of_leaves([], sunday, MONDAY)) == {}


async def test_a_skip_has_no_value(store: Store) -> None:
    tree = await planted(store)
    skip = NewEntry(tree.run, MONDAY, None, skipped=True)
    await store.write(lambda transaction: transaction.entries.add(tree.vision, skip, NOW))
    (entry,) = await store.read(lambda transaction: transaction.entries.of_vision(tree.vision))
    assert (entry.value, entry.skipped) == (None, True)


async def test_an_entry_of_a_message_is_found_by_the_beginning_of_its_key(store: Store) -> None:
    tree = await planted(store)
    keys = ["4:1:a", "4:1:b", "4:10:a", "4:1_:a", "4:2:a"]
    new = [logged(tree.run, source_key=key) for key in keys]
    await store.write(lambda transaction: transaction.entries.add_many(tree.vision, new, NOW))
    result = await store.read(lambda transaction: transaction.entries.by_message("4:1:"))
    assert [entry.source_key for entry in result] == ["4:1:a", "4:1:b"]
    await store.write(lambda transaction: transaction.entries.void([result[0].id], NOW))
    assert await store.read(lambda transaction: transaction.entries.by_message("4:1:")) == result[1:]


async def test_the_newest_entries_of_an_owner_come_first_and_from_all_visions(store: Store) -> None:
    first, second, other = await planted(store), await planted(store), await planted(store, CHAT + 1)

    def log(transaction):  # type: ignore[no-untyped-def]
        return [
            transaction.entries.add(tree.vision, NewEntry(tree.run, MONDAY, None, True, author_id=author), NOW).id
            for tree, author in [(first, 1), (second, 2), (first, 2), (other, 1), (second, 1), (first, 1)]
        ]

    written = await store.write(log)
    await store.write(lambda transaction: transaction.entries.void([written[5]], NOW))

    async def newest(author: int | None, limit: int) -> list[int]:
        entries = await store.read(lambda t: t.entries.of_owner_latest(first.owner, author, limit))
        return [entry.id for entry in entries]

    assert await newest(None, 3) == [written[4], written[2], written[1]]
    assert await newest(2, 5) == [written[2], written[1]]
    assert await newest(1, 1) == [written[4]]


async def test_an_owners_entries_since_a_day_come_by_date_then_logging_from_all_visions(store: Store) -> None:
    first, second, other = await planted(store), await planted(store), await planted(store, CHAT + 1)
    days = [date(2026, 11, 24), date(2026, 11, 22), date(2026, 11, 21), date(2026, 11, 24)]

    def log(transaction):  # type: ignore[no-untyped-def]
        written = [
            transaction.entries.add(tree.vision, logged(tree.run, day), NOW)
            for tree, day in zip([first, second, first, second], days, strict=True)
        ]
        gone = transaction.entries.add(first.vision, logged(first.run, days[0]), NOW)
        transaction.entries.void([gone.id], NOW)
        transaction.entries.add(other.vision, logged(other.run, days[0]), NOW)
        return written

    written = await store.write(log)
    result = await store.read(lambda transaction: transaction.entries.of_owner_since(first.owner, days[1]))
    assert result == [written[1], written[0], written[3]]


async def test_undoing_an_entry_restores_the_one_that_it_replaced(store: Store) -> None:
    tree = await planted(store)

    def replace(transaction):  # type: ignore[no-untyped-def]
        old = [transaction.entries.add(tree.vision, logged(tree.run), NOW) for _ in range(3)]
        new = transaction.entries.add(tree.vision, logged(tree.run, value="7"), NOW)
        transaction.entries.void([old[2].id], NOW)
        transaction.entries.void([old[0].id, old[1].id], NOW, replaced_by=new.id)
        return old, new

    old, new = await store.write(replace)
    assert await store.read(lambda transaction: transaction.entries.of_vision(tree.vision)) == [new]
    assert await store.read(lambda transaction: transaction.entries.replaced_by(new.id)) == old[:2]
    restored = await store.write(lambda transaction: transaction.entries.restore_replaced_by(new.id))
    assert restored == old[:2]
    assert await store.read(lambda transaction: transaction.entries.of_vision(tree.vision)) == [*old[:2], new]
    assert await store.write(lambda transaction: transaction.entries.restore_replaced_by(new.id)) == []
