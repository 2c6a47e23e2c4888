"""The law of buttons: every kind of button × every role × the ids of other chats: nothing changes, nothing is
revealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_type_hints

import pytest

from bot.features.group.buttons import Join
from bot.telegram.callback import Callback, codecs_of
from sandbox.objects import ANONYMOUS_ADMIN, CHANNEL_BOT, Chat, Json, Person
from tests.bot.conftest import Stage
from tests.bot.planting import planted
from tests.bot.telegram.test_callback import FORMS
from tests.bot.telegram.victims import GROUPS, HERS, ChatIds, DbRow, Victims, all_rows, settled

WHAT = {
    "node": "node", "parent": "node", "before": "node", "below": "node", "root": "node", "open": "node",
    "vision": "vision", "pause": "pause", "member": "member", "buddy": "buddy", "group": "owner",
    "round": "prompt", "prompt": "prompt", "reminder": "reminder", "share": "share", "token_id": "token",
    "message": "message", "word": "word",
}  # fmt: skip
"""The thing that each field of a button names. Add a new field here, or to those that name nothing."""
NAMES_NOTHING = {"at", "stamp", "page", "part", "place", "depth", "line", "mark", "is_same"}


@dataclass(frozen=True)
class Attacker:
    """A person in a chat, who taps there."""

    person: Person
    chat: Chat


def fields(button: Callback) -> list[str]:
    """The fields of a button that name something."""
    return [name for name in codecs_of(type(button)) if name in WHAT]


def forged(*of: ChatIds) -> Iterator[Callback]:
    """Every kind of button that names something, with the ids of each chat."""
    made = (
        replace(button, **{name: getattr(ids, WHAT[name]) for name in fields(button)})  # type: ignore[type-var]
        for button in FORMS.values()
        if fields(button)
        for ids in of
    )
    return iter(dict.fromkeys(made))


def plain() -> list[Callback]:
    """Every kind of button that names nothing."""
    return [button for button in FORMS.values() if not fields(button)]


def test_every_number_and_word_of_a_button_is_known_to_name_something_or_nothing() -> None:
    for kind in {type(button) for button in FORMS.values()}:
        hints = get_type_hints(kind)
        for name in codecs_of(kind):
            if hints[name] in (int, int | None) or name == "word":
                assert (name in WHAT) != (name in NAMES_NOTHING), f"{kind.__name__}.{name}"
    assert set(WHAT.values()) == set(ChatIds.__annotations__)


async def tapped(stage: Stage, by: Attacker, all_buttons: Iterable[Callback]) -> list[tuple[str, Json]]:
    """The bot's messages and changes while somebody taps one button after another."""
    before = len(stage.telegram.requests)
    for button in all_buttons:
        stage.world.tap(by.person, by.chat, max(by.chat.messages), button.pack())
    await stage.quiet()
    return stage.telegram.requests[before:]


def told(done: Sequence[tuple[str, Json]], secrets: Sequence[str]) -> list[tuple[str, Json]]:
    """The secrets in the bot's messages."""
    said = [one for one in done if one[0].lower().startswith(("send", "edit", "answer", "copy"))]
    return [one for one in said if any(secret in str(one[1]).casefold() for secret in secrets)]


def spoken_to(done: Sequence[tuple[str, Json]]) -> set[int]:
    """The chats in which something is written or changed."""
    writes = [params for method, params in done if method.lower().startswith(("send", "edit", "copy", "delete", "pin"))]
    return {int(params["chat_id"]) for params in writes if "chat_id" in params}


@pytest.fixture
async def victims(stage: Stage, tmp_path: Path) -> Victims:
    return await settled(stage, tmp_path / "goaltree.db")


async def elsewhere(stage: Stage, victims: Victims) -> dict[str, Attacker]:
    """People in chats of their own, some of whom were in the group."""
    eve, others = stage.talk("Eve"), stage.group("Others", "Eve")
    await stage.quiet()
    for talk in (eve, others):
        await planted(talk, "Mine (from 2026-10-01)\n  D: Walk = 5 km\n  D: Sit\n")
        await talk.say("/tree")
    result = {"a stranger": eve, "the admin of another group": others}
    for name, is_put_out in (("one who left", False), ("one who was put out", True)):
        there, alone = stage.group("Xjgroup", name), stage.talk(name)
        await there.say("/join")
        await planted(alone, "Mine (from 2026-10-01)\n  D: Walk = 5 km\n  D: Sit\n")
        await alone.say("/tree")
        await there.say("/leave")
        if is_put_out:
            stage.world.set_member(there.chat, there.person, "kicked", by=victims.anna.person)
        result[name] = alone
    channel = stage.world.channel("News", eve.person)
    stage.world.promote(channel, stage.world.bot, by=eve.person)
    stage.world.post(channel, "Hello")
    await stage.quiet()
    attackers = {name: Attacker(talk.person, talk.chat) for name, talk in result.items()}
    return attackers | {"the admin of a channel": Attacker(eve.person, channel)}


@pytest.mark.long
async def test_nobody_elsewhere_changes_or_reads_anything(stage: Stage, victims: Victims) -> None:
    attackers = await elsewhere(stage, victims)
    before = victims.rows(victims.group, victims.alone)
    for name, attacker in attackers.items():
        done = await tapped(stage, attacker, forged(victims.group, victims.alone))
        assert victims.rows(victims.group, victims.alone) ^ before == set(), name
        assert told(done, (GROUPS, HERS)) == [], name
        assert spoken_to(done) <= {attacker.chat.id, attacker.person.id}, name


@pytest.mark.long
async def test_nobody_in_the_group_does_what_they_may_not(stage: Stage, victims: Victims) -> None:
    """People who did not join, or have left, can only join; nobody reads anything of Zoe's."""
    group = victims.anna.chat
    cleo, leo = (stage.group("Xjgroup", name) for name in ("Cleo", "Leo"))
    await leo.say("/join")
    await leo.say("/leave")
    before = victims.rows(victims.group, victims.alone)
    for person in (cleo.person, leo.person, ANONYMOUS_ADMIN, CHANNEL_BOT):
        own = [one for one in plain() if not isinstance(one, Join)]
        done = await tapped(stage, Attacker(person, group), [*own, *forged(victims.group, victims.alone)])
        mine = frozenset({person.id})
        assert {row for row in victims.rows(victims.group, victims.alone) ^ before if not of(row, mine)} == set(), (
            person
        )
        assert told(done, (HERS,)) == [], person


def of(row: DbRow, users: frozenset[int]) -> bool:
    """Whether a row is a conversation of one of these people."""
    return row[0] == "conversations" and dict(row[1])["user_id"] in users


@pytest.mark.long
async def test_a_member_changes_nothing_of_others(stage: Stage, victims: Victims) -> None:
    group = victims.anna.chat
    mia = stage.group("Xjgroup", "Mia")
    await mia.say("/join")
    mine = frozenset({mia.person.id})
    own_id = next(row["id"] for row in all_rows(victims.file)["members"] if row["user_id"] in mine)
    own = {"entries", "visions", "outbox", "owners"}  # a member's log, and its consequences

    def others() -> set[DbRow]:
        return {row for row in victims.rows(victims.group, victims.alone, but=mine) if row[0] not in own}

    before = others(), victims.rows(victims.alone)
    for chat in (group, stage.talk("Mia").chat):
        await stage.talk("Mia").say("/start")
        forgeries = forged(victims.annas, victims.alone, replace(victims.annas, buddy=own_id))
        done = await tapped(stage, Attacker(mia.person, chat), [*plain(), *forgeries])
        assert others() ^ before[0] == set()
        assert victims.rows(victims.alone) == before[1]
        assert told(done, (HERS,)) == []
    entries = all_rows(victims.file)["entries"]
    assert not [row for row in entries if row["author_id"] == mia.person.id and row["node_id"] == victims.annas.node]
    assert not [row for row in entries if row["voided_at"] and row["author_id"] != mia.person.id]


@pytest.mark.long
async def test_strangers_get_nothing_at_all_where_only_some_are_served(stage: Stage, victims: Victims) -> None:
    eve = stage.talk("Eve")
    await eve.say("/start")
    cleo = stage.group("Xjgroup", "Cleo")
    await stage.restart(allowed=frozenset({victims.anna.person.id, victims.zoe.person.id}))
    await stage.quiet()
    before = all_rows(victims.file)
    for attacker in (Attacker(eve.person, eve.chat), Attacker(cleo.person, cleo.chat)):
        done = await tapped(stage, attacker, [*plain(), *forged(victims.group)])
        assert all_rows(victims.file) == before
        assert spoken_to(done) == set()
        assert [params for method, params in done if method == "answerCallbackQuery" and "text" in params] == []
