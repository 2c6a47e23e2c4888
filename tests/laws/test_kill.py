"""kill -9 in the middle of a stream of check-offs."""

from __future__ import annotations

import pytest

import storage
from core.actions.log import log
from core.group.permissions import Actor
from tests.laws.shared_tree import CHAT, all_is_well, make, source_keys, start_stream
from tests.laws.stream import NOON, wanted

MOST = 10_000


@pytest.mark.parametrize("acknowledged", [1, 17, 60])
async def test_acknowledged_check_offs_survive_a_kill_and_none_is_doubled(store_url: str, acknowledged: int) -> None:
    async with storage.open_store(store_url) as store:
        await make(store)
    process = await start_stream(store_url, 0, MOST)
    assert process.stdout is not None
    heard = [await process.stdout.readline() for _ in range(acknowledged)]
    process.kill()
    rest, _ = await process.communicate()
    told = [int(line) for line in [*heard, *rest.splitlines(keepends=True)] if line.endswith(b"\n")]
    assert told == list(range(len(told)))
    assert len(told) >= acknowledged

    async with storage.open_store(store_url) as store:
        there = await source_keys(store)
        # The last one may have been written without being acknowledged.
        assert (
            {f"{CHAT}:{number}:0" for number in told}
            <= set(there)
            <= {f"{CHAT}:{number}:0" for number in range(len(told) + 1)}
        )
        assert len(there) == len(set(there))
        await all_is_well(store)
        for number in range(len(there)):  # the same messages once more
            await log(store, Actor.alone(CHAT), await wanted(store, CHAT, number), NOON)
        assert sorted(map(str, await source_keys(store))) == sorted(map(str, there))
        await all_is_well(store)
