"""How check-offs were done on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storage.postgres import PostgresStore
from storage.repositories import batches


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Works that ran by themselves after all, in a transaction of their own."""
    done: list[object] = []
    write = PostgresStore._write

    async def noted(store: PostgresStore, work: Callable[..., Any]) -> object:
        done.append(work)
        return await write(store, work)

    monkeypatch.setattr(PostgresStore, "_write", noted)
    return done


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of each batch."""
    done: list[int] = []
    to_write = batches.to_write

    def noted(marks: Any, revision: int, items: Any, *rows: Any) -> list[str]:
        done.append(len(items))
        return to_write(marks, revision, items, *rows)

    monkeypatch.setattr(batches, "to_write", noted)
    return done
