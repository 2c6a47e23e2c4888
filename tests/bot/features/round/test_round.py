"""A group's round: its buttons, and the effect of each tap."""

from __future__ import annotations

from datetime import time, timedelta

from core.actions.members import join
from core.actions.reminders import add_check_in
from core.asking.schedule import Schedule
from core.group.permissions import Actor
from tests.bot.circle import MIDNIGHT, ROUND, Circle
from tests.bot.conftest import Stage


async def test_one_message_asks_everyone(circle: Circle) -> None:
    said = await circle.round()
    assert said.text == (
        "🔔 Tue 24 Nov · how is it going?\n\n"
        "Read · 20 pages each\n⬜ Ann, Ben, Cleo\n\n"
        "Gym\n⬜ Ann, Ben, Cleo\n\n"
        "Run · together 0 of 5 km"
    )
    assert said.buttons == [
        "Read 20 pages", "10", "other…", "⏭", "✅ Gym", "⏭", "Run 5 km", "2.5", "other…", "✅ All done",
        "🙋 Join",
    ]  # fmt: skip
    assert all(not entity["type"].endswith("mention") for entity in said.raw["entities"])


async def test_a_tap_counts_for_who_tapped(circle: Circle) -> None:
    await circle.round()
    assert await circle["Ben"].tap("✅ Gym")
    assert circle["Ben"].toasts == ["✅ Gym · today done · 🔥 1 day"]
    await circle["Cleo"].tap("Read 20")
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert "Read · 20 pages each\n✅ Cleo · ⬜ Ann, Ben" in circle.shown
    await circle["Ben"].tap("⏭")
    assert "Read · 20 pages each\n✅ Cleo · ⬜ Ann · ⏭ Ben\n" in circle.shown


async def test_the_same_tap_again_changes_nothing_but_after_undo_it_counts(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].tap("✅ Gym")
    await circle["Ben"].again()
    assert "before" in circle["Ben"].toasts[0]
    await circle["Ben"].tap("✅ Gym")
    assert "already" in circle["Ben"].toasts[0]
    await circle["Ben"].say("/undo")
    assert "Gym\n⬜ Ann, Ben, Cleo" in circle.shown
    await circle["Ben"].tap("✅ Gym")
    assert circle["Ben"].toasts == ["✅ Gym · today done · 🔥 1 day"]
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown


async def test_someone_who_did_not_join_is_told_how(circle: Circle) -> None:
    await circle.round()
    await circle["Dan"].tap("✅ Gym")
    assert circle["Dan"].toasts == ["You are not in yet: tap 🙋 Join below the list, then tap again."]
    await circle["Dan"].tap("Join")
    assert "Gym\n⬜ Ann, Ben, Cleo, Dan" in circle.shown
    await circle["Dan"].tap("✅ Gym")
    assert "Gym\n✅ Dan · ⬜ Ann, Ben, Cleo" in circle.shown


async def test_an_amount_that_is_less_than_what_is_there_takes_nothing_away(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].say("/log read 30")
    await circle["Ben"].tap("Read 20")
    assert circle["Ben"].toasts == ["You have logged that much already, so nothing was changed. /log Read =20 sets it."]
    await circle["Cleo"].say("/log read 5")
    assert "Read · 20 pages each\n✅ Ben · ⬜ Ann, Cleo 5" in circle.shown


async def test_contributions_to_a_shared_goal_add_up(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].tap("2.5")
    assert "Run · together 2.5 of 5 km\nBen 2.5" in circle.shown
    await circle["Cleo"].say("/log run 2.5")
    assert "Run · together 5 of 5 km\nBen 2.5, Cleo 2.5" in circle.shown
    assert "Run 5 km" in circle.buttons  # a member may run more


async def test_the_later_round_of_a_day_takes_over(circle: Circle, stage: Stage) -> None:
    await add_check_in(stage.store, Actor.host(circle.chat.id), Schedule(time(8)), stage.clock())
    first = await circle.round(ROUND - timedelta(hours=12))
    await circle["Ben"].tap("✅ Gym")
    said = await circle["Ann"].until(ROUND)
    assert [(one.text, one.buttons) for one in said if one.edited] == [("⤵️ Tue 24 Nov · it goes on below.", [])]
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert first.raw["message_id"] != circle._last["message_id"]
    ups = await circle["Ann"].until(MIDNIGHT)
    assert [one.text[:1] for one in ups] == ["🏁"]


async def test_a_forged_button_crosses_nothing(circle: Circle, stage: Stage) -> None:
    await circle.round()
    rows = circle._last["reply_markup"]["inline_keyboard"]
    gym = next(b["callback_data"] for row in rows for b in row if "Gym" in b["text"])
    other = stage.group("Others", "Mallory")
    await other.say("/join")
    await other.press(gym)
    assert "Gym\n⬜ Ann, Ben, Cleo" in circle.shown
    verb, number, node, _, stamp = gym.split(":")[1:]
    for forged in (f"rd:{verb}:{number}:{node}:20261123:{stamp}", "rd:x:1:1:20261124:0", f"rd:d:{number}", "my:d:1:1"):
        await circle["Ben"].press(forged)
        assert circle["Ben"].toasts, forged


async def test_names_are_text_and_nobody_is_someone(stage: Stage) -> None:
    circle = await Circle(stage).begin()
    store, now = stage.store, stage.clock()
    for user, name in ((901, "<b>Bo & Co</b>"), (902, ""), (903, "דנה"), (904, "@ann\u202e")):
        await join(store, Actor.in_group(circle.chat.id, user), name, now)
    said = await circle.round()
    assert "⬜ Ann, <b>Bo & Co</b>, Someone, \u2068דנה\u2069, @ann\n" in said.text
    assert [entity["type"] for entity in said.raw["entities"]].count("bold") == 4


async def test_many_members_fit_into_a_message(stage: Stage) -> None:
    circle = await Circle(stage).begin()
    for user in range(1000, 1060):
        await join(
            stage.store, Actor.in_group(circle.chat.id, user), f"Somebody with a long name {user}", stage.clock()
        )
    said = await circle.round()
    assert "and 46 more" in said.text
    assert len(said.text) <= 4096
