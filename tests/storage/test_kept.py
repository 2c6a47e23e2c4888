"""A process's cache of trees."""

from __future__ import annotations

from datetime import date

from core.goals.model import Owner, OwnerType
from core.ports.check_offs import Route
from storage.kept import KeptPath, KeptPaths

DAY = date(2026, 11, 23)


def route(node_id: int, user_id: int | None = 7) -> Route:
    return Route(7, node_id, user_id, DAY, DAY)


def known(nodes: int) -> KeptPath:
    return KeptPath(1, 3, Owner(1, 7, OwnerType.PRIVATE, "Anna"), 5, "path", nodes)


def test_a_path_is_remembered_for_whom_it_was_read() -> None:
    kept, path = KeptPaths(), known(3)
    kept.keep(route(1), path)
    assert kept.get(route(1)) is path
    assert kept.get(route(1, None)) is None
    assert kept.get(route(2)) is None
    kept.forget(route(1))
    kept.forget(route(1))
    assert kept.get(route(1)) is None


def test_the_least_recently_used_tree_goes_first() -> None:
    kept = KeptPaths(10)
    for node_id in (1, 2, 3):
        kept.keep(route(node_id), known(3))
    assert kept.get(route(1)) is not None
    kept.keep(route(4), known(4))
    assert [kept.get(route(node_id)) is not None for node_id in (1, 2, 3, 4)] == [True, False, True, True]
    kept.keep(route(5), known(11))
    assert [kept.get(route(node_id)) for node_id in (1, 2, 3, 4, 5)] == [None] * 5
    kept.keep(route(6), known(10))
    assert kept.get(route(6)) is not None


def test_nothing_is_remembered_twice() -> None:
    kept = KeptPaths(10)
    for _ in range(5):
        kept.keep(route(1), known(5))
    kept.keep(route(2), known(5))
    assert kept.get(route(1)) is not None
    kept.clear()
    assert kept.get(route(1)) is None
    kept.keep(route(3), known(10))
    assert kept.get(route(3)) is not None
