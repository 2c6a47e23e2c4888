"""A chat stays in order, and nobody holds up others, neither another chat nor people in the same group."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.lanes import AT_ONCE, AT_THE_SAME_TIME, Lanes
from bot.telegram.updates import Json, Sent, sent
from tests.bot.fake_time import run


async def test_one_chat_in_order_many_at_once() -> None:
    log: list[tuple[int, int]] = []
    running = most = 0

    async def handle(item: tuple[int, int]) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        log.append(item)
        running -= 1

    lanes: Lanes[tuple[int, int]] = Lanes(handle, width=4)
    for number in range(10):
        for chat_id in range(10):
            lanes.submit(chat_id, (chat_id, number))
    await lanes.idle()
    assert most == 4
    for chat_id in range(10):
        assert [number for chat, number in log if chat == chat_id] == list(range(10))
    assert lanes.held == 0


async def test_a_flood_from_one_chat_does_not_hold_up_another() -> None:
    log: list[int] = []

    async def handle(chat_id: int) -> None:
        await asyncio.sleep(0)
        log.append(chat_id)

    lanes: Lanes[int] = Lanes(handle, width=1)
    for _ in range(100):
        lanes.submit(1, 1)
    lanes.submit(2, 2)
    await lanes.idle()
    assert log.index(2) <= 2


async def test_there_is_an_end_to_what_is_held() -> None:
    gate = asyncio.Event()

    async def handle(_: int) -> None:
        await gate.wait()

    lanes: Lanes[int] = Lanes(handle, backlog=3)
    for chat_id in range(3):
        lanes.submit(chat_id, chat_id)
    waiting = asyncio.create_task(lanes.room())
    await asyncio.sleep(0.01)
    assert not waiting.done()
    gate.set()
    await waiting


@dataclass(frozen=True)
class Said:
    """A message to a group; `sent` is None for news about the chat."""

    number: int
    sent: Sent | None


async def handled(said: list[Said], at_first: int | None = None) -> list[Said]:
    """The order in which updates are handled if this many are there when the first one begins."""
    log: list[Said] = []

    async def handle(one: Said) -> None:
        await asyncio.sleep(1)
        log.append(one)

    lanes: Lanes[Said] = Lanes(handle, lambda one: one.sent)
    for number, one in enumerate(said):
        if at_first is not None and number >= at_first:
            await asyncio.sleep(0.5)
        lanes.submit(-1, one)
    await lanes.idle()
    return log


def test_a_flood_in_a_group_comes_behind_the_others() -> None:
    flood = [Said(number, Sent(1, 1000)) for number in range(45)]
    others = [Said(100, Sent(2, 1001)), Said(101, Sent(3, None)), Said(102, Sent(2, 1002))]
    log = run(handled([*flood, *others]))
    assert log == [*flood[:AT_ONCE], *others, *flood[AT_ONCE:]]


def test_two_who_flood_take_turns_and_a_third_comes_first() -> None:
    floods = [Said(number, Sent(by, 1000)) for by in (1, 2) for number in range(20)]
    log = run(handled([*floods, Said(99, Sent(3, 1005))]))
    assert log.index(Said(99, Sent(3, 1005))) <= 2 * AT_ONCE
    assert [one.sent.by for one in log[-20:] if one.sent] == [1, 2] * 10


def test_updates_during_a_downtime_stay_in_order() -> None:
    backlog = [Said(number, Sent(1, 1000 + number)) for number in range(10)]
    later = [Said(number, Sent(2, 1000 + 2 * AT_THE_SAME_TIME)) for number in range(10, 20)]
    assert run(handled([*backlog, *later])) == [*backlog, *later]


SENT = st.none() | st.builds(Sent, st.integers(1, 3), st.none() | st.sampled_from([1000, 1030, 1100, 2000]))


@given(st.lists(SENT, max_size=20), st.integers(1, 20))
def test_each_persons_own_stays_in_order_and_news_is_not_overtaken(kinds: list[Sent | None], at_first: int) -> None:
    said = [Said(number, one) for number, one in enumerate(kinds)]
    log = run(handled(said, at_first))
    assert sorted(one.number for one in log) == list(range(len(said)))
    place = {one.number: place for place, one in enumerate(log)}
    for later in said:
        for earlier in said[: later.number]:
            if earlier.sent is None or later.sent is None or earlier.sent.by == later.sent.by:
                assert place[earlier.number] < place[later.number]


def test_the_turn_of_an_update() -> None:
    ann, group = {"id": 7}, {"id": -5}
    said = {"from": ann, "chat": group, "date": 1000}
    tapped = {"from": ann, "message": {"from": {"id": 1}, "chat": group, "date": 1000}}
    updates: list[tuple[Json, Sent | None]] = [
        ({"message": said}, Sent(7, 1000)),
        ({"edited_message": said | {"edit_date": 1010}}, Sent(7, 1010)),
        ({"callback_query": tapped}, Sent(7, None)),
        ({"message": said | {"chat": ann}}, None),
        ({"message": said | {"left_chat_member": ann}}, None),
        ({"my_chat_member": said}, None),
        ({"message": {"chat": group, "date": 1000}}, None),
        ({"message": said | {"from": {"id": "7"}, "date": []}}, None),
        ({"message": None}, None),
    ]
    for update, expected in updates:
        assert sent(update | {"update_id": 1}) == expected
