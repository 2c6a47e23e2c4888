"""Three people in a group: joining by word and by button, each member's part, and whose entries are whose."""

from __future__ import annotations

from datetime import date

import pytest

from bot.telegram.callback import packed
from core.ports.store import Transaction
from sandbox.objects import Chat
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted

PLAN = """/plan Read more
  W: A good week
    D: Read = 20 pages each
    D: Run = 5 km"""


@pytest.fixture
def friends(stage: Stage) -> tuple[Talk, Talk, Talk]:
    """Anna, Ben and Cleo in a group; nobody has joined yet."""
    anna = stage.group()
    return anna, _into(stage, anna.chat, "Ben"), _into(stage, anna.chat, "Cleo")


def _into(stage: Stage, chat: Chat, name: str) -> Talk:
    person = stage.world.person(name)
    stage.world.join(person, chat)
    return Talk(stage, person, chat)


async def test_three_people_read_each_their_pages(friends: tuple[Talk, Talk, Talk]) -> None:
    anna, ben, cleo = friends
    await anna.say(PLAN)
    refused = await anna.say("/log read 20")
    assert "/join first" in refused[0].text
    assert refused[0].buttons == ["🙋 Join"]
    said = await anna.tap("Join")
    assert anna.toasts == ["You are in. 🙌"]
    assert "Anna is in. Yours from today on: Read." in said[0].text
    assert "Ben is in" in await ben.tell("/join")
    assert "Ben is in already" in await ben.tell("/join")
    assert await ben.tap("Join") == []
    assert ben.toasts == ["You are in already."]

    answer = await anna.tell("/log read 20")
    assert answer.startswith("✅ Read  20 pages · today done")
    assert "Read" in answer
    assert " 50%" in answer
    assert "75%" in await ben.tell("/log read 10")
    # Names are no goals, and nobody is mentioned by them.
    assert "@" not in await ben.tell("/log anna 5")
    assert "Ben" not in await anna.tell("/tree")
    assert "each" in await anna.tell("/tree outline")

    await cleo.say("/join")
    assert "10 of 20" not in (await cleo.say("/log"))[0].text
    assert "Read · 1 of 3" in cleo.last[0].buttons
    await ben.tap("Read")
    assert "So far 10 pages" in ben.last[0].text
    # A tap counts for the person who taps.
    assert "✅ Read  20 pages" in (await cleo.tap("= 20 pages"))[0].text
    assert "Read · 2 of 3" in cleo.last[0].buttons

    assert "Ben has left" in await ben.tell("/leave")
    assert "/join first" in (await ben.say("/log run 5"))[0].text
    # He read today, so today is his as well.
    assert "Read · 2 of 3" in (await cleo.say("/log"))[0].buttons


async def test_the_summary_names_what_is_open_and_nobody(friends: tuple[Talk, Talk, Talk]) -> None:
    anna, ben, _ = friends
    await anna.say(PLAN)
    for talk in (anna, ben):
        await talk.say("/join")
    assert "Still open: Read, Run. /log" in await anna.tell("/summary")
    await anna.say("/log read 20")
    assert "Still open: Read, Run. /log" in await ben.tell("/summary")
    await ben.say("/log read 20")
    assert "Still open: Run. /log" in await ben.tell("/summary")


async def test_undo_takes_back_what_is_ones_own(friends: tuple[Talk, Talk, Talk]) -> None:
    anna, ben, _ = friends
    await anna.say(PLAN)
    for talk in (anna, ben):
        await talk.say("/join")
    await anna.say("/log run 3")
    await ben.say("/log run 1")
    assert "Taken back: Run  3 km" in await anna.tell("/undo")
    assert "nothing to undo" in await anna.tell("/undo")
    assert "everyone's" in await ben.tell("/log run skip")  # Anna created the group: she could
    assert "needs a number" in await anna.tell("/log read")


async def test_a_button_that_names_anothers_leaf_is_refused(friends: tuple[Talk, Talk, Talk], stage: Stage) -> None:
    anna, ben, cleo = friends
    await anna.say(PLAN)
    for talk in (anna, ben):
        await talk.say("/join")

    owner = await stage.store.read(lambda tx: tx.owners.by_chat(anna.chat_id))
    assert owner is not None
    [vision] = await stage.store.read(lambda tx: tx.trees.visions_of(owner.id))
    hers = next(node.id for node in vision.nodes if node.title == "Anna")
    await anna.say("/log")
    for talk, words in ((ben, "somebody else's"), (cleo, "/join first")):
        await talk.press(f"log:v:{packed(hers)}:20261123:1:20")
        assert words in talk.toasts[0]
    await anna.press(f"log:v:{packed(hers)}:20261123:1:20")
    assert "Read" in anna.toasts[0]


async def test_each_and_join_are_for_groups(chat: Talk) -> None:
    assert "“Each” is for goals of a group" in await chat.tell("/plan Fit\n  D: Gym each")
    assert "for groups" in await chat.tell("/join")
    assert "for groups" in await chat.tell("/leave")


async def test_someone_who_writes_in_the_name_of_the_group_cannot_join(stage: Stage) -> None:
    anna = stage.group()
    anonymous = {"sender_chat": {"id": anna.chat_id, "type": "supergroup", "title": "Friends"}}
    sent = {"text": "/join", "entities": [{"type": "bot_command", "offset": 0, "length": 5}], **anonymous}
    said = await anna._after(lambda: stage.world.push("message", stage.world.store(anna.chat, anna.person, dict(sent))))
    assert "Send it as yourself" in said[0].text


@pytest.mark.parametrize(
    ("said", "told", "away"),
    [
        ("tomorrow", "Ben will be away: Tue 24 Nov.", [24]),
        ("24 nov to 26 nov", "Ben will be away: 24–26 Nov", [24, 25, 26]),
        ("next week", "Ben will be away: 30 Nov", [30]),
        ("2 days", "Ben is away until the end of Tue 24 Nov.", [23, 24]),
        ("until wednesday", "Ben is away until the end of Wed 25 Nov.", [23, 24, 25]),
        ("wednesday", "Ben is away until the end of Wed 25 Nov.", [23, 24, 25]),
    ],
)
async def test_an_absence_begins_on_the_day_that_is_said(
    friends: tuple[Talk, Talk, Talk], said: str, told: str, away: list[int]
) -> None:
    anna, ben, _ = friends
    await planted(anna, "Read (from 2026-11-01)\n  D: Read = 20 pages each\n")
    await ben.say("/join")
    assert told in await ben.tell(f"/away {said}")
    result = [number for number in range(23, 31) if await _is_away(ben, date(2026, 11, number))]
    assert result == away


async def _is_away(talk: Talk, on: date) -> bool:
    def look(tx: Transaction) -> bool:
        owner = tx.owners.by_chat(talk.chat_id)
        assert owner is not None
        return bool(tx.absences.of_owner(owner.id, on, on))

    return await talk.stage.store.read(look)


async def test_a_skip_brings_no_trophy_of_what_the_others_did(friends: tuple[Talk, Talk, Talk]) -> None:
    anna, ben, _ = friends
    await planted(anna, "Read (from 2026-11-01)\n  W: A good week\n    D: Read = 20 pages each\n")
    await ben.say("/join")
    assert "🏆" not in await anna.tell("/log read 20")
    skipped = await ben.tell("/log read skip")
    assert "⏭ Read" in skipped
    assert "100%" in skipped
    assert "🏆" not in skipped
