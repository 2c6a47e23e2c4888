"""Caps on what a chat may hold: each is refused in one sentence with the number and advice, and nothing is
half-written."""

from __future__ import annotations

import json

import pytest

from core.actions.documents import import_document
from core.actions.log_checks import MANY
from core.actions.plant import plant
from core.caps import UNCAPPED, Caps
from core.errors import CapReached, InvalidPlan
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from tests.bot.conftest import Stage, Talk
from tests.bot.logged import told
from tests.bot.planting import STARTED, planted

ONE = "Feel strong (from 2026-10-01)\n  D: Gym\n"


async def capped(stage: Stage, **caps: int) -> Talk:
    await stage.restart(caps=Caps(**caps))
    return stage.talk("Anna")


async def titles(talk: Talk) -> list[str]:
    owner = await talk.stage.store.read(lambda tx: tx.owners.by_chat(talk.chat_id))
    assert owner is not None
    visions = await talk.stage.store.read(lambda tx: tx.trees.visions_of(owner.id))
    return [node.title for vision in visions for node in vision.nodes]


async def test_trees(stage: Stage) -> None:
    anna = await capped(stage, trees=1)
    await planted(anna, ONE)
    assert await anna.tell("/plan Another\n  D: Walk") == (
        "There are 1 trees here and no more fit: add to one of them instead."
    )
    assert await titles(anna) == ["Feel strong", "Gym"]
    assert "Walk" in await anna.tell("/plan Feel strong\n  D: Walk")


async def test_goals_of_one_tree(stage: Stage) -> None:
    anna = await capped(stage, nodes_in_tree=3)
    assert "The tree has 4 goals and 3 fit in one: part it" in await anna.tell("/plan V\n  D: a\n  D: b\n  D: c")
    await planted(anna, ONE)
    assert "The tree has 4 goals and 3 fit in one: part it" in await anna.tell("/plan Feel strong\n  D: a\n  D: b")
    assert await titles(anna) == ["Feel strong", "Gym"]


async def test_goals_of_all_trees_together(stage: Stage) -> None:
    anna = await capped(stage, nodes=4)
    await planted(anna, ONE)
    refused = "This would make 5 goals, and 4 fit in all trees together: leave some out."
    assert await anna.tell("/plan Another\n  D: a\n  D: b") == refused
    assert await anna.tell("/plan Feel strong\n  D: a\n  D: b\n  D: c") == refused
    assert await anna.tell("/plan One\n  D: a\n\nTwo\n  D: b") != ""
    assert await titles(anna) == ["Feel strong", "Gym"]
    assert "Planted" in await anna.tell("/plan Another\n  D: a")


async def test_levels(stage: Stage) -> None:
    anna = await capped(stage, depth=3)
    assert "over 3 levels deep" in await anna.tell("/plan V\n  M: a\n    W: b\n      D: c")


async def test_entries_of_a_day(stage: Stage) -> None:
    anna = await capped(stage, entries_a_day=3)
    await planted(anna)
    for _ in range(3):
        await anna.say("run 1")
    full = "There are 3 entries for 2026-11-23, and no more fit in a day: log the rest as one number."
    assert await anna.tell("run 1") == full
    assert len(await told(anna)) == 3
    assert "Run" in await anna.tell("run 1 yesterday")
    [said] = await anna.edit("run 2 on 2026-11-23")
    assert said.text == f"{full}\nSo I left what this message had logged as it was."
    assert len(await told(anna)) == 4


async def test_entries_of_a_day_are_counted_over_all_goals_once_one_has_many(stage: Stage) -> None:
    anna = await capped(stage, entries_a_day=MANY + 1)
    await planted(anna)
    await anna.say("gym")
    for _ in range(MANY):
        assert "no more fit" not in await anna.tell("run 1")
    assert "no more fit in a day" in await anna.tell("run 1")


async def test_reminders(stage: Stage) -> None:
    anna = await capped(stage, reminders=2)
    await planted(anna)
    await anna.say("/remind 8:00")
    await anna.say("/remind 9:00")
    assert await anna.tell("/remind 10:00") == "There are 2 reminders already: delete one first, with /remind."
    assert "9:00" in await anna.tell("/remind 9:00")


async def test_the_size_of_an_export(stage: Stage) -> None:
    anna = await capped(stage, export=1_000)
    await planted(anna)
    said = await anna.tell("/export json")
    assert "bytes and 1,000 can be sent: whoever hosts this bot can give it you." in said


async def test_the_size_of_a_document(stage: Stage) -> None:
    anna = await capped(stage, document=100)
    [said] = await anna.send("mine.json", document(visions=[{"key": "v", "title": "V" * 100}]).encode())
    assert said.text.endswith("and 100 are read at most: part it.")


def document(**content: object) -> str:
    return json.dumps({"format": "goaltree/1", "visions": [{"key": "v", "title": "V"}], **content})


@pytest.mark.parametrize(
    ("raw", "caps", "refused"),
    [
        (
            document(visions=[{"key": f"v{at}", "title": "V"} for at in range(3)]),
            Caps(trees=2),
            "visions count=3 most=2",
        ),
        (
            document(entries=[{"node": "v", "date": "2026-11-01"}] * 3),
            Caps(document_entries=2),
            "entries count=3 most=2",
        ),
    ],
)
async def test_the_caps_of_a_document(chat: Talk, raw: str, caps: Caps, refused: str) -> None:
    await planted(chat, ONE)
    with pytest.raises(InvalidPlan, match=f"too_many_{refused}"):
        await import_document(chat.stage.store, Actor.host(chat.chat_id), raw, chat.stage.clock(), caps)
    assert await titles(chat) == ["Feel strong", "Gym"]


async def test_a_document_cannot_fill_a_day_over_its_brim_but_who_hosts_the_bot_can(chat: Talk) -> None:
    await planted(chat, ONE)
    entries = [{"node": "d", "date": "2026-11-01", "value": 1} for _ in range(4)]
    leaf = {"key": "d", "title": "D", "level": "daily", "measure": "number", "target": 5}
    raw = document(visions=[{"key": "v", "title": "V", "children": [leaf]}], entries=entries)
    store, now = chat.stage.store, chat.stage.clock()
    with pytest.raises(CapReached, match="day_overfull on=2026-11-01 count=4 most=3"):
        await import_document(store, Actor.host(chat.chat_id), raw, now, Caps(entries_a_day=3))
    assert await titles(chat) == ["Feel strong", "Gym"]
    done = await import_document(store, Actor.host(chat.chat_id), raw, now, UNCAPPED)
    assert done.entries_added == 4


async def test_existing_goals_stay_when_a_cap_is_lowered(chat: Talk) -> None:
    await planted(chat)
    store, now, low = chat.stage.store, chat.stage.clock(), Caps(trees=1, nodes=1, nodes_in_tree=3)
    [made] = await plant(
        store,
        Actor.host(chat.chat_id),
        parse_outline("Feel strong\n  W: Read 20 pages = 4 times\n", STARTED),
        STARTED,
        now,
        low,
    )
    assert (made.added, made.changed) == (0, 1)
    more = parse_outline("Feel strong\n  D: Walk\n", STARTED)
    with pytest.raises(CapReached, match="goals_full count=11 most=1"):
        await plant(store, Actor.host(chat.chat_id), more, STARTED, now, Caps(nodes=1))
