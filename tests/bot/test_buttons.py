"""The law of buttons: every kind, with every id of another chat or of other people, tapped by whoever may not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from bot.features.group.buttons import Join
from bot.features.log.buttons import SetAmount
from bot.telegram.callback import Callback, codecs_of
from core.ports.store import Transaction
from tests.bot.company import Company
from tests.bot.conftest import MONDAY_EVENING, Stage, Talk
from tests.bot.planting import planted
from tests.bot.telegram.test_callback import FORMS, KINDS
from tests.laws.test_permissions import all_of

PLAN = "Together (from 2026-10-01)\n  D: Run = 5 km\n  D: Read = 20 pages each\n"
SAMPLES = {type(button): button for button in FORMS.values()}


class Group:
    """A group of Anna (who made it) and Ben with something of everything; Cleo is in the chat and did not join."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.chat_id = 0
        self.ids: list[int] = []

    async def open(self) -> Group:
        self.company = await Company(self.stage).settled()
        self.chat_id = self.company.chat.id
        await planted(self.company.anna, PLAN)
        for talk in (self.company.anna, self.company.ben):
            await talk.say("/join")
        await self.company.anna.say("/remind 21:30")
        await self.company.anna.say("/log run 5")
        alone = self.stage.talk("Anna")
        await planted(alone, "Mine (from 2026-10-01)\n  D: Swim = 2 km\n")
        await alone.until(MONDAY_EVENING.replace(hour=22))
        self.ids = await self.stage.store.read(self._all_ids)
        return self

    def _all_ids(self, tx: Transaction) -> list[int]:
        found: set[int] = set()
        for owner in tx.owners.all():
            found |= {owner.id}
            found |= {node.id for vision in tx.trees.visions_of(owner.id) for node in vision.nodes}
            found |= {one.id for one in tx.members.of_owner(owner.id, left_too=True)}
            found |= {one.id for one in tx.reminders.of_owner(owner.id)}
        return sorted(found | set(range(1, 6)))  # messages and shares are numbered from 1

    async def state(self) -> list[Any]:
        """All that the group and Anna's own chat have."""
        store = self.stage.store
        return [await all_of(store, chat_id) for chat_id in (self.chat_id, self.stage.talk("Anna").chat_id)]

    async def plan_and_settings(self) -> list[Any]:
        """What a member may not change: what all share of the plan, the settings, and what is Anna's."""
        exported, (owner, members, reminders, *rest) = (await self.state())[0]
        document = json.loads(exported)
        hers = [entry for entry in document["entries"] if entry.get("member") == self.company.anna.person.id]
        anna = [member for member in members if member.user_id == self.company.anna.person.id]
        return [document["visions"], owner, anna, reminders, rest, hers]


def with_ids(kind: type[Callback], ids: Iterable[int]) -> list[str]:
    """A button of this kind for every id, in each of its numbers."""
    button = SAMPLES[kind]
    numbers = [name for name in codecs_of(kind) if type(getattr(button, name)) is int]
    return (
        [kind(**{**vars(button), **dict.fromkeys(numbers, one)}).pack() for one in ids] if numbers else [button.pack()]
    )


async def tap_all(stage: Stage, talk: Talk, kind: type[Callback], ids: Iterable[int]) -> None:
    newest = max(talk.chat.messages)
    for data in with_ids(kind, ids):
        stage.world.tap(talk.person, talk.chat, newest, data)
    await stage.quiet()


@pytest.mark.long
async def test_no_button_touches_another_chat(stage: Stage) -> None:
    group = await Group(stage).open()
    fay, elsewhere = stage.talk("Fay"), stage.group("Elsewhere", "Fay")
    for talk in (fay, elsewhere):
        await planted(talk, "Hers (from 2026-10-01)\n  D: Row = 5 km\n")
        await talk.say("/log")
    before = await group.state()
    for kind in KINDS:
        for talk in (fay, elsewhere):
            await tap_all(stage, talk, kind, group.ids)
        assert await group.state() == before, kind


@pytest.mark.long
async def test_someone_who_did_not_join_changes_nothing_with_a_button(stage: Stage) -> None:
    group = await Group(stage).open()
    before = await group.state()
    for kind in KINDS:
        if kind is not Join:
            await tap_all(stage, group.company.cleo, kind, group.ids)
            assert await group.state() == before, kind
    await tap_all(stage, group.company.ben, SetAmount, group.ids)
    assert await group.state() != before  # the same taps by somebody who joined


@pytest.mark.long
async def test_a_member_changes_neither_the_plan_nor_what_is_anothers_with_a_button(stage: Stage) -> None:
    group = await Group(stage).open()
    before = await group.plan_and_settings()
    for kind in KINDS:
        await tap_all(stage, group.company.ben, kind, group.ids)
        assert await group.plan_and_settings() == before, kind
