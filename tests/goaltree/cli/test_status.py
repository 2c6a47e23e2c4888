"""goaltree status: late messages, and the last events."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.ports.store import Transaction
from goaltree.cli import main
from goaltree.text_views import ago
from storage import open_store
from tests.goaltree.cli.plans import PLAN, write
from tests.storage.remembering import message

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def status(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert main(["status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {line[:20].strip(): line[20:] for line in lines}


async def fill(url: str, now: datetime) -> None:
    """A person, and a group that cannot be reached; a late message and a sent one; a tick and a night's work."""
    async with open_store(url) as store:

        def work(tx: Transaction) -> None:
            [anna] = tx.owners.all()
            group = tx.owners.add(-5, OwnerType.GROUP, "Friends", "en", now)
            tx.owners.save(replace(group, unreachable_since=now))
            for due in (now + 30 * MINUTE, now + 20 * HOUR, now + 40 * HOUR):
                tx.reminders.add(Reminder(0, anna.id, MessageKind.CHECK_IN, Schedule(time(20)), next_due=due), now)
            written = now - 3 * HOUR
            messages = [message(anna.id, key, written) for key in ("late", "sent")]
            tx.outbox.add(messages, written)
            _, sent = tx.outbox.claim(now, now, 2)
            tx.outbox.mark_sent(sent, 41, now)
            weekly = MessageKind.WEEKLY_DIGEST
            tx.outbox.add([message(anna.id, f"w{n}", now + n * MINUTE, kind=weekly) for n in (5, 10)], now)
            tx.journal.note("tick", now - 2 * MINUTE, {})
            tx.journal.note("verification", now - 30 * HOUR, {"visions": 1, "differences": 0})
            tx.journal.note("backup", now - 49 * HOUR, {"path": "/data/backups/goaltree-20261123.db", "bytes": 4096})

        await store.write(work)


def test_the_status_of_an_empty_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    capsys.readouterr()
    assert status(capsys) == {
        "people": "0, and 0 groups",
        "trees": "0",
        "entries": "0",
        "reminders": "0: 0 due in an hour, 0 in a day",
        "outbox": "0 pending, 0 sending, 0 retry, 0 sent, 0 dead, 0 dropped",
        "oldest undelivered": "none",
        "digests": "none waits",
        "last tick": "never",
        "last verification": "never",
        "last backup": "never",
    }
    assert main(["status", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["outbox"] == {"pending": 0, "sending": 0, "retry": 0, "sent": 0, "dead": 0, "dropped": 0}
    assert {name for name, value in shown.items() if value is None} == {
        "oldestUndelivered", "digestsUntil", "lastTick", "lastVerification", "lastBackup",
    }  # fmt: skip


def test_the_status_says_what_is_late_and_what_last_happened(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    now = datetime.now(UTC).replace(microsecond=0)
    asyncio.run(fill(f"sqlite+aiosqlite:///{data_dir / 'goaltree.db'}", now))
    capsys.readouterr()
    shown = status(capsys)
    assert shown == {
        "people": "1, and 1 group, 1 of them out of reach",
        "trees": "1",
        "entries": "1",
        "reminders": "3: 1 due in an hour, 2 in a day",
        "outbox": "2 pending, 1 sending, 0 retry, 1 sent, 0 dead, 0 dropped",
        "oldest undelivered": "3 hours ago",
        "digests": "2 to be sent, the last in 9 minutes",
        "last tick": "2 minutes ago",
        "last verification": "1 day ago: 1 tree, every figure right",
        "last backup": "2 days ago: /data/backups/goaltree-20261123.db",
    }
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "people": 1,
        "groups": 1,
        "unreachable": 1,
        "trees": 1,
        "outdatedTrees": 0,
        "entries": 1,
        "reminders": 3,
        "dueWithinHour": 1,
        "dueWithinDay": 2,
        "outbox": {"pending": 2, "sending": 1, "retry": 0, "sent": 1, "dead": 0, "dropped": 0},
        "digestsWaiting": 2,
        "digestsUntil": (now + 10 * MINUTE).isoformat(),
        "oldestUndelivered": (now - 3 * HOUR).isoformat(),
        "lastTick": {"at": (now - 2 * MINUTE).isoformat()},
        "lastVerification": {"at": (now - 30 * HOUR).isoformat(), "visions": 1, "differences": 0},
        "lastBackup": {
            "at": (now - 49 * HOUR).isoformat(), "path": "/data/backups/goaltree-20261123.db", "bytes": 4096,
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds ago"),
        (1, "1 second ago"),
        (119, "1 minute ago"),
        (7199, "1 hour ago"),
        (172_800, "2 days ago"),
        (-60, "at 2026-11-23 21:01 UTC, which is still to come"),
    ],
)
def test_ages_are_in_the_largest_unit_that_fits(seconds: int, said: str) -> None:
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert ago(now - timedelta(seconds=seconds), now) == said
