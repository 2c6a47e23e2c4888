"""`python -m benchmarks.upgrade --minutes 1`: a database of the first release is migrated while people check off.

It holds something in every table. First a process of that release checks off alone; then the database is migrated
meanwhile; then a process of this release checks off beside the old one, on the same goals, some of which now have
terms. Afterwards every confirmed check-off is there once, and no figure differs from the entries. A check-off that the
old process did not confirm is sent to the new one, as Telegram would, and is there once as well. On both databases.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from pathlib import Path
from time import monotonic

import asyncpg
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.earlier import FIRST_RELEASE, code_of
from benchmarks.loop import run
from benchmarks.postgres import own_server
from benchmarks.trees import DAY, NOW, TODAY, tree_of_chat
from benchmarks.worker import Worker, carry_out, working, working_in
from core.actions.cache import verify
from core.actions.edit.pauses import pause
from core.actions.edit.terms import TermsChange, change_terms
from core.actions.log import log
from core.actions.logged import Log
from core.goals.model import Pause
from core.group.permissions import Actor
from storage import migrate, open_store

RELEASED = Path(__file__).parent.parent / "tests" / "storage" / "releases"
REVISION = "0005"
"""The revision of the first release's database."""
CHATS = range(501, 509)
AT_A_TIME = len(CHATS)

_OLD = f"""
import asyncio, sys
from decimal import Decimal
from benchmarks.loop import run
from benchmarks.trees import NOW, TODAY, planted
from benchmarks.worker import carry_out
from core.actions.log import Log, log
from storage import open_store

OUTLINE = "Fit\\n  Q: A quarter = 600 km sum\\n    W: A week = 20 km sum\\n      D: Run = 5 km"

async def work(url):
    async with open_store(url) as store:
        leaves = {{chat: (await planted(store, chat, OUTLINE)).leaves()[0].id for chat in {list(CHATS)}}}
        async def go(number):
            said = {{chat: Log(leaf, TODAY, value=Decimal(1), source_key=f"{{chat}}:{{number}}:0")
                    for chat, leaf in leaves.items()}}
            await asyncio.gather(*(log(store, chat, one, NOW) for chat, one in said.items()))
        await carry_out(go)

run(work(sys.argv[1]))
"""


@dataclass
class Report:
    """The result. `wrong` is empty if everything holds."""

    database: str
    before: int = 0
    beside: int = 0
    ours: int = 0
    migrating: float = 0.0
    old_ended: str = ""
    wrong: list[str] = field(default_factory=list)

    def printed(self) -> str:
        """The report for people."""
        lines = [
            f"{self.database}: migrated in {self.migrating:.2f} s; the old process did {self.before:,} check-offs"
            f" before and {self.beside:,} from then on, the new one {self.ours:,}",
            *([f"the old process ended: {self.old_ended}"] if self.old_ended else []),
        ]
        return "\n".join([*lines, *(self.wrong or ["nothing lost, nothing twice, every figure right"])])


class Teller:
    """Sends a process a message in one chat after the other. `confirmed` and `unconfirmed` hold their numbers."""

    def __init__(self, worker: Worker, numbers: count[int]) -> None:
        self._worker = worker
        self._numbers = numbers
        self.confirmed: list[int] = []
        self.unconfirmed: list[int] = []
        self.ended = ""

    async def go_on(self, is_over: Callable[[], bool]) -> None:
        """Go on until it is over, or the process has ended."""
        while not is_over() and not self.ended:
            number = next(self._numbers)
            try:
                await self._worker.do(str(number))
                self.confirmed.append(number)
            except (RuntimeError, OSError) as error:
                self.unconfirmed.append(number)
                self.ended = str(error)


async def upgrade(database: str, url: str, old_code: Path, seconds: float) -> Report:
    """A run on an empty database."""
    report, numbers = Report(database), count(1)
    await _fill(url)
    async with working_in(old_code, FIRST_RELEASE, "-c", _OLD, url) as old_worker:
        old = Teller(old_worker, numbers)
        over = asyncio.Event()
        talking = asyncio.create_task(old.go_on(over.is_set))
        await asyncio.sleep(seconds / 6)
        begun = monotonic()
        await migrate(url)
        report.migrating, report.before = monotonic() - begun, AT_A_TIME * len(old.confirmed)
        async with working("benchmarks.upgrade", url) as worker:
            new = Teller(worker, numbers)
            asyncio.get_running_loop().call_later(seconds, over.set)
            await asyncio.gather(talking, new.go_on(over.is_set))
            for number in old.unconfirmed:
                await worker.do(str(number))
    report.beside = AT_A_TIME * len(old.confirmed) - report.before
    report.ours, report.old_ended = AT_A_TIME * len(new.confirmed), old.ended
    await _check(url, [*old.confirmed, *old.unconfirmed, *new.confirmed], new.ended, report)
    return report


async def _fill(url: str) -> None:
    """Fill the first release's database, with something in every table."""
    parsed = make_url(url)
    script = (RELEASED / f"{REVISION}.{parsed.get_backend_name()}.sql").read_text(encoding="utf-8")
    if parsed.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(parsed.database))) as file:
            file.executescript(script)
        return
    connection = await asyncpg.connect(host=str(parsed.query["host"]), user="postgres", database=parsed.database)
    try:
        await connection.execute(script)
    finally:
        await connection.close()


async def _check(url: str, told: Sequence[int], ended: str, report: Report) -> None:
    if ended:
        report.wrong.append(f"the new process ended: {ended}")
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        query = "SELECT source_key FROM entries WHERE voided_at IS NULL AND source_key LIKE '50_:%'"
        made = Counter(key for (key,) in await connection.execute(text(query)))
    await engine.dispose()
    wanted = Counter(f"{chat}:{number}:0" for chat in CHATS for number in told)
    if made != wanted:
        report.wrong.append(f"{(wanted - made).total()} check-offs lost, {(made - wanted).total()} too many")
    async with open_store(url) as store:
        for chat in CHATS:
            await tree_of_chat(store, chat)  # as any reader does: outdated figures are computed again
        visions, differences = await verify(store, Actor.host())
        if differences:
            report.wrong.append(f"{len(differences)} figures of {visions} trees differ, such as {differences[0]}")


async def _new(url: str) -> None:
    """The process of this release."""
    async with open_store(url) as store:
        leaves = {chat: (await tree_of_chat(store, chat)).leaves()[0] for chat in CHATS}
        for chat in CHATS[::2]:
            # Features unknown to the old process
            change = TermsChange(target=Decimal(4), every_days=2, starting=TODAY)
            await change_terms(store, Actor.alone(chat), leaves[chat].id, change, NOW, source_key=None)
            days_off = Pause(0, TODAY - 3 * DAY, TODAY + 30 * DAY, None)
            await pause(store, Actor.alone(chat), days_off, NOW, source_key=None)

        async def go(number: str) -> None:
            await asyncio.gather(
                *(
                    log(
                        store,
                        Actor.alone(chat),
                        Log(leaf.id, TODAY, source_key=f"{chat}:{number}:0", value=Decimal(1)),
                        NOW,
                    )
                    for chat, leaf in leaves.items()
                )
            )

        await carry_out(go)


async def _run(minutes: float) -> int:
    with own_server() as server, tempfile.TemporaryDirectory(prefix="goaltree-upgrade-") as folder:
        old_code = code_of(FIRST_RELEASE, Path(folder))
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/goaltree.db", "PostgreSQL": await server.database()}
        reports = [await upgrade(name, url, old_code, minutes * 60) for name, url in urls.items()]
    print("\n".join(report.printed() for report in reports))
    return any(report.wrong for report in reports)


def main() -> int:
    """Run; return 1 if anything was lost or doubled, else 0."""
    parser = argparse.ArgumentParser(prog="benchmarks.upgrade", description=__doc__)
    parser.add_argument("url", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=float, default=1.0)
    arguments = parser.parse_args()
    if arguments.url:
        run(_new(arguments.url))
        return 0
    return run(_run(arguments.minutes))


if __name__ == "__main__":
    sys.exit(main())
