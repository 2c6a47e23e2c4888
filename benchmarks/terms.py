"""A check-off in a tree with terms, pauses and limits, beside a plain tree and the first release; and the time to
compute such a tree of a thousand nodes from its entries.

Each is a process of its own; they check off in turn, on the last days of leaves with five ancestors. The first release
runs its own code.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from benchmarks.earlier import FIRST_RELEASE, code_of
from benchmarks.filling import computed_anew
from benchmarks.harness import Bench, Row, Work, at_most, side_by_side
from benchmarks.loop import run
from benchmarks.trees import DAY, NOW, TODAY, CheckOffs, deep_leaves, grown, planted
from benchmarks.worker import Worker, carry_out, working, working_in
from core.actions.cache import rebuild
from core.actions.edit.pauses import pause
from core.actions.edit.terms import TermsChange, change_terms
from core.goals.model import Direction, Level, Measure, Node, Pause
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.entries import NewEntry
from core.ports.store import Store
from storage import migrate, open_store

DAYS = 240
"""The number of last days of a leaf that are checked off."""
AT_A_TIME = 10
NODES, WEEKS = 1_000, 104
"""The tree that is computed: every leaf was logged once a week."""

_PLAIN = f"""
import sys
from benchmarks.loop import run
from benchmarks.trees import DAY, TODAY, CheckOffs, deep_leaves, planted
from benchmarks.worker import carry_out
from storage import migrate, open_store

async def work(url):
    await migrate(url)
    async with open_store(url) as store:
        check_offs = CheckOffs(store, 1, deep_leaves(await planted(store, 1)), TODAY - {DAYS} * DAY)
        async def go(wish):
            for _ in range(int(wish)):
                await check_offs.next()
        await carry_out(go)

run(work(sys.argv[1]))
"""
"""An outline that both releases understand."""


async def measure(bench: Bench) -> list[Row]:
    earlier = code_of(FIRST_RELEASE, bench.directory)
    rows = []
    for database in ("SQLite", "PostgreSQL"):
        urls = [
            bench.sqlite_url(f"terms{number}") if database == "SQLite" else await bench.postgres.database()
            for number in range(3)
        ]
        rows += await _check_offs(bench, database, urls, earlier)
    return [*rows, await _rebuild(bench)]


async def _check_offs(bench: Bench, database: str, urls: Sequence[str], earlier: Path) -> list[Row]:
    here = Path(__file__).parent.parent
    async with AsyncExitStack() as stack:
        workers = [
            await stack.enter_async_context(started)
            for started in (
                working("benchmarks.terms", urls[0]),
                working_in(here, "plain", "-c", _PLAIN, urls[1]),
                working_in(earlier, FIRST_RELEASE, "-c", _PLAIN, urls[2]),
            )
        ]
        works = [_some(worker) for worker in workers]
        await side_by_side(works, 3)
        begun = [worker.processor_time for worker in workers]
        rounds, warm = bench.times(120), 5
        taken = await side_by_side(works, rounds, warm)
        spent = [worker.processor_time - before for worker, before in zip(workers, begun, strict=True)]
    asked, plain, before = (each / AT_A_TIME for each in taken)
    done = (rounds + min(warm, rounds)) * AT_A_TIME
    busy, busy_plain, busy_before = (1000 * max(seconds, 0.01) / done for seconds in spent)
    work = f"check-off with terms, pauses and limits, {database}"
    return [
        Row(work, asked, "ms", "in a plain tree", plain),
        Row(work, asked, "ms", "of the first release", before),
        Row(f"processor time of a {work}", busy, "ms", "in a plain tree", busy_plain, at_most(1.1)),
        Row(f"processor time of a {work}", busy, "ms", "of the first release", busy_before, at_most(1.1)),
    ]


def _some(worker: Worker) -> Work:
    return lambda: worker.do(str(AT_A_TIME))


async def _asked(url: str) -> None:
    """The process whose goals have changing terms."""
    await migrate(url)
    async with open_store(url) as store:
        tree = await planted(store, 1)
        await ask_otherwise(store, 1, tree)
        check_offs = CheckOffs(store, 1, deep_leaves(tree), TODAY - DAYS * DAY)

        async def go(wish: str) -> None:
            for _ in range(int(wish)):
                await check_offs.next()

        await carry_out(go)


async def ask_otherwise(store: Store, chat_id: int, tree: Tree, every: int = 1) -> None:
    """Three more terms for every `every` goals within the days that are checked off, days off for everything and for
    branches, and a limit for every second goal with a number."""
    actor, monday = Actor.alone(chat_id), TODAY - DAYS // 7 * timedelta(weeks=1)
    numbers = [leaf for leaf in tree.leaves() if leaf.measure is Measure.NUMBER]
    limits = {leaf.id for leaf in numbers[::2]}
    for node in [*tree.goals()][::every]:
        for change in _changes(tree, node, is_limit=node.id in limits):
            await change_terms(store, actor, node.id, change, NOW, source_key=None)
    branches = [None, *(child.id for child in tree.children(tree.vision)), *sorted(limits)[:20]]
    for number, branch in enumerate(branches):
        # Not up to the end of a week, where an entry on a day off changes nothing above it.
        first = monday + timedelta(weeks=3 * number % (DAYS // 7), days=1)
        await pause(store, actor, Pause(0, first, first + timedelta(days=3), branch), NOW, source_key=None)


def _changes(tree: Tree, node: Node, *, is_limit: bool) -> list[TermsChange]:
    changes = []
    for number in range(1, 4):
        since = max(TODAY - DAYS * (4 - number) // 4 * DAY, tree.active(node).start + number * DAY)
        if node.measure is Measure.NUMBER and node.target is not None:
            # A check-off always meets the least that is asked.
            direction = Direction.AT_MOST if is_limit else None
            changes.append(TermsChange(target=node.target - Decimal(number) / 10, starting=since, direction=direction))
        elif node.level is not Level.VISION:
            changes.append(TermsChange(weight=Decimal(1 + number), starting=since))
    return changes


async def _rebuild(bench: Bench) -> Row:
    nodes, weeks = bench.times(NODES, quick=30), bench.times(WEEKS)
    url = bench.sqlite_url("rebuilt")
    await migrate(url)
    async with open_store(url) as store:
        tree = await planted(store, 1, grown(nodes))
        await ask_otherwise(store, 1, tree, every=50)
        new = [
            NewEntry(leaf.id, TODAY - (7 * week + number % 7) * DAY, Decimal(1))
            for week in reversed(range(weeks))
            for number, leaf in enumerate(tree.leaves())
        ]
        await store.write(lambda tx: tx.entries.add_many(1, new, NOW))
        begun = perf_counter()
        await rebuild(store, Actor.host())
        taken = perf_counter() - begun
        [computed] = await side_by_side([lambda: computed_anew(store, 1)], bench.times(3, quick=1), warm=0)
    work = f"rebuild of {nodes:,} nodes with {len(new):,} entries of two years"
    return Row(work, taken, "s", "computing alone", computed / 1000)


if __name__ == "__main__":
    run(_asked(sys.argv[1]))
