"""Rounds of a group that becomes a supergroup, or removes the bot."""

from __future__ import annotations

from dataclasses import replace

from tests.bot.circle import MIDNIGHT, Circle
from tests.bot.conftest import Stage, Talk


async def test_a_supergroup_takes_the_round_along(circle: Circle, stage: Stage) -> None:
    await circle.round()
    await circle["Ben"].tap("✅ Gym")
    old = circle.chat
    new = stage.world.migrate(old)
    await stage.quiet()
    await stage.postman.settle()
    circle.chat = new
    assert circle.shown.startswith("🔔 Tue 24 Nov")
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    cleo = Talk(stage, circle["Cleo"].person, new)
    await cleo.tap("✅ Gym")
    assert "Gym\n✅ Ben, Cleo · ⬜ Ann" in circle.shown
    [up] = await cleo.until(MIDNIGHT)
    assert up.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


async def test_put_out_and_taken_in_again_the_round_goes_on(circle: Circle, stage: Stage) -> None:
    await circle.round()
    stage.world.set_member(circle.chat, stage.world.bot, "kicked", by=circle["Ann"].person)
    await stage.quiet()
    stage.world.set_member(circle.chat, stage.world.bot, "member", by=circle["Ann"].person)
    await stage.quiet()
    await circle["Ben"].tap("✅ Gym")
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert up.edited
    assert up.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


async def test_a_topic_that_is_deleted_takes_the_round_with_it_but_not_the_round_up(
    circle: Circle, stage: Stage
) -> None:
    owner = await stage.store.read(lambda tx: tx.owners.by_chat(circle.chat.id))
    assert owner is not None
    await stage.store.write(lambda tx: tx.owners.save(replace(owner, thread_id=77)))
    stage.telegram.faults.error(400, "Bad Request: message thread not found", "sendMessage")
    said = await circle.round()
    del circle.chat.messages[said.raw["message_id"]]
    stage.telegram.faults.error(400, "Bad Request: message thread not found", "sendMessage")
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert up.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")
