"""Broken updates do not stop those that come with them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.conftest import Stage
from tests.bot.logged import told
from tests.bot.planting import planted


@pytest.mark.parametrize(
    "broken",
    [
        *(None, 5, "x", [], {}, {"update_id": None}, {"update_id": "7"}, {"update_id": True}, {"update_id": 2**63}),
        *({"update_id": 7, "message": 5}, {"update_id": 7, "message": {"chat": 5}}, {"update_id": 7}),
        *({"update_id": 7, "message": {"chat": {"id": 10**30}}}, {"update_id": 7, "callback_query": None}),
        {
            "update_id": 7,
            "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "\ud83d"},
        },
    ],
)
async def test_a_broken_update_keeps_no_other_from_being_handled(stage: Stage, broken: Any) -> None:
    anna = stage.talk("Anna")
    await planted(anna)
    sound = stage.world.say(anna.person, anna.chat, "gym")
    stage.world.updates.clear()
    await stage.bot._inbox.take([broken, sound, broken])
    await stage.quiet()
    assert len(await told(anna)) == 1
    assert await stage.store.read(lambda tx: tx.inbox.pending()) == []
    await stage.restart()  # nothing is left that would stop the next process
    assert "Run" in (await anna.say("run 5"))[0].text


async def test_peoples_words_are_cleaned_on_arrival(stage: Stage) -> None:
    group = stage.group("Fri\u202eends", "An\u2066na")
    await stage.quiet()
    await planted(group, "Fit (from 2026-10-01)\n  D: Run = 5 km\n")
    await group.say("/join")
    await group.say("/plan\nRea\u202ed (from 2026-10-01)\n  D: Pages\x00 = 20")
    await group.say("/log run 5 done\u202e it")
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(group.chat_id))
    assert owner is not None
    members, visions = await stage.store.read(lambda tx: (tx.members.of_owner(owner.id), tx.trees.visions_of(owner.id)))
    kept = repr([owner, members, visions, *(await told(group))])
    assert "Friends" in kept
    assert "Anna" in kept
    assert not {"\\u202e", "\\u2066", "\\x00"} & {mark for mark in ("\\u202e", "\\u2066", "\\x00") if mark in kept}
