"""Connections outside the stores, for work on whole tables: migrating, backing up, restoring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Connection

from storage.sqlite import reading_engine, writing_engine
from storage.urls import sqlite_path

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")


async def in_transaction(url: URL, work: Callable[[Connection], T]) -> T:
    """Runs a function in one transaction. A SQLite file (and its folder) is created if it does not exist."""
    path = sqlite_path(url)
    if path is not None:
        return await asyncio.to_thread(_write_file, path, work)
    engine = _postgres_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


async def on_snapshot(url: URL, work: Callable[[Connection], T]) -> T:
    """Runs a read-only function on a snapshot of the database, without blocking writers."""
    path = sqlite_path(url)
    if path is not None:
        return await asyncio.to_thread(_read_file, path, work)
    engine = _postgres_engine(url)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _postgres_engine(url: URL) -> AsyncEngine:
    from storage.postgres import postgres_engine  # a SQLite user does not load its driver

    return postgres_engine(url)


def _write_file(path: Path, work: Callable[[Connection], T]) -> T:
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing_engine(path).connect() as connection:
        # A migration may have to recreate a table, which must not cascade to tables that refer to it. The pragma works
        # only outside a transaction.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            driver.execute("BEGIN IMMEDIATE")
            return work(connection)


def _read_file(path: Path, work: Callable[[Connection], T]) -> T:
    with reading_engine(path).connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("BEGIN")
        try:
            return work(connection)
        finally:
            driver.rollback()
