"""The farewell to a vision that ends, once. It begins on Monday 2026-11-23, 21:00."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.features.digest.letter import digest
from bot.telegram.html import CAPTION_LIMIT
from core.actions.reminders import set_digest
from core.asking.reminders import Message, MessageKind, MessageState
from core.asking.schedule import Schedule
from core.goals.model import Level
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.ports.entries import NewEntry
from core.ports.store import Transaction
from tests.bot.conftest import Said, Talk
from tests.bot.planting import planted
from tests.evenings import MONTHLY, QUARTERLY, WEEKLY

SCHEDULES = {Level.WEEKLY: WEEKLY, Level.MONTHLY: MONTHLY, Level.QUARTERLY: QUARTERLY}
SWIM = "Swim (from 2026-10-01 until {}) = 10 km sum\n  D: Lengths = 1 km\n"
OTHER = "Feel strong (from 2026-10-01)\n  D: Gym\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def swimming(chat: Talk, until: str, *levels: Level, beside: str = OTHER) -> None:
    await planted(chat, SWIM.format(until) + beside)
    for level in levels:
        await set_digest(chat.stage.store, Actor.host(chat.chat_id), level, SCHEDULES[level], chat.stage.clock())
    await chat.say("lengths 2 yesterday")
    await chat.say("lengths 3")


def farewells(heard: list[Said]) -> list[str]:
    """The first line of each farewell."""
    return [said.text.partition("\n")[0] for said in heard if "🎓" in said.text]


async def test_the_digest_of_the_week_says_how_far_it_came_and_what_may_come_next(chat: Talk) -> None:
    await swimming(chat, "2026-11-25", Level.WEEKLY)
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert said.text.split("\n\n")[1] == (
        "🎓 Swim ended on Wed 25 Nov.\n"
        "Since 1 Oct 2026: 5 of 10 km, 50% · longest streak: Lengths 2 days\n"
        "What next? /plan plants something new, or carries it on: /plan Swim (until 2027-11-25)"
    )
    assert said.buttons == ["All goals", "Why?", "🌱 Plan a goal"]
    assert farewells(await chat.until(at("2027-01-31 12:00"))) == []


async def test_on_the_evening_of_its_last_day_the_quarter_closes_with_it(chat: Talk) -> None:
    await swimming(chat, "2026-12-31", Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY, beside="  Q: Learn a stroke\n")
    heard = await chat.until(at("2027-02-28 12:00"))
    assert farewells(heard) == ["📊 Q4 2026"]
    [said] = [said for said in heard if "🎓" in said.text]
    assert "🎓 Swim ends today.\n" in said.text
    assert "🏁 Q4 closes: 0 reached, 1 missed\n🔸 Learn a stroke: 0%" in said.text


@pytest.mark.parametrize(("until", "headed"), [("2026-12-09", "📊 December 2026"), ("2026-11-30", "📊 November 2026")])
async def test_without_a_weekly_digest_another_says_it(chat: Talk, until: str, headed: str) -> None:
    await swimming(chat, until, Level.MONTHLY, Level.QUARTERLY)
    assert farewells(await chat.until(at("2026-12-30 12:00"))) + farewells(
        await chat.until(at("2027-03-31 20:00"))
    ) == [headed if until < "2026-12" else "📊 Q4 2026"]


async def test_when_no_goal_is_left_it_is_said_all_the_same(chat: Talk) -> None:
    await swimming(chat, "2026-11-25", beside="")
    fridays = Schedule(WEEKLY.at, frozenset({4}))
    await set_digest(chat.stage.store, Actor.host(chat.chat_id), Level.WEEKLY, fridays, at("2026-11-27 20:00"))
    heard = await chat.until(at("2026-12-31 12:00"))
    assert farewells(heard) == ["📊 Week of 30 Nov, so far"]
    assert heard[0].buttons == ["🌱 Plan a goal"]


async def test_the_same_message_says_it_again_and_no_other_one(chat: Talk) -> None:
    """It may have to be sent again."""
    await swimming(chat, "2026-11-25")
    owner = await chat.stage.store.read(lambda tx: tx.owners.by_chat(chat.chat_id))
    assert owner
    sunday, now = at("2026-11-29 19:00"), at("2026-11-29 19:00")

    async def said(number: int) -> bool:
        kind, state = MessageKind.WEEKLY_DIGEST, MessageState.SENDING
        message = Message(number, kind, owner.id, chat.chat_id, sunday.date(), sunday, state, 1)
        letter = await digest(chat.stage.bot.services, owner, message, now)
        return "🎓" in getattr(letter, "text", "")

    assert [await said(number) for number in (7, 7, 8, 7)] == [True, True, False, True]


async def test_a_vision_that_is_carried_on_ends_once_more(chat: Talk) -> None:
    await swimming(chat, "2026-11-25", Level.WEEKLY)
    await chat.until(at("2026-11-29 19:30"))
    await chat.say("/plan Swim (until 2026-12-09)")
    await chat.tap("Apply")
    heard = await chat.until(at("2026-12-31 12:00"))
    assert farewells(heard) == ["📊 Week of 7 Dec"]
    assert "🎓 Swim ended on Wed 9 Dec.\n" in next(said.text for said in heard if "🎓" in said.text)


async def test_a_vision_shorter_than_its_goals_shows_what_is_left_of_them(chat: Talk) -> None:
    await planted(chat, "Swim (from 2026-11-20 until 2026-11-25)\n  Q: A stroke\n    D: Lengths\n")
    chat.stage.clock.set(at("2026-11-25 21:00"))
    await chat.say("lengths")
    await chat.say("lengths yesterday")
    [said] = await chat.say("/digest")
    assert "🎓 Swim ends today.\nSince 20 Nov 2026: 33%" in said.text


async def test_many_visions_with_long_names_that_end_with_a_quarter_fit_below_its_picture(chat: Talk) -> None:
    title = "A vision with a long & winding <title> that goes on and on"
    goals = "".join(f"  Q: {title}, goal {n} = 40 km\n    D: {title}, leaf {n} = 5 km\n" for n in range(10))
    await planted(chat, "".join(f"{title} {v} (from 2026-10-01 until 2026-12-31)\n{goals}" for v in range(4)))
    await set_digest(chat.stage.store, Actor.host(chat.chat_id), Level.QUARTERLY, QUARTERLY, chat.stage.clock())
    await chat.stage.store.write(_log_every_leaf(chat.chat_id, chat.stage.clock()))
    [said] = await chat.until(at("2026-12-31 19:00"))
    assert said.is_picture
    assert len(said.text) <= CAPTION_LIMIT
    assert not said.text.endswith("…")
    assert "… and 3 more.\nWhat next? " in said.text
    assert "🏁 Q4 closes: 0 reached, 40 missed" in said.text


def _log_every_leaf(chat_id: int, now: datetime) -> Callable[[Transaction], None]:
    def work(tx: Transaction) -> None:
        owner = tx.owners.by_chat(chat_id)
        assert owner
        for vision in tx.trees.visions_of(owner.id):
            leaves = Tree(vision.nodes).leaves()
            tx.entries.add_many(vision.id, [NewEntry(leaf.id, now.date(), Decimal(5)) for leaf in leaves], now)
            tx.trees.mark_stale(vision.id)

    return work
