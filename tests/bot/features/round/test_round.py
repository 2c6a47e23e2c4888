"""A group's day: the round with its buttons, what each tap does, and the round-up at the deadline. Five people."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from core.actions.members import join
from core.actions.owners import welcome
from core.actions.reminders import add_check_in, set_round
from core.asking.schedule import Schedule
from core.goals.model import OwnerType
from core.group.permissions import Actor
from sandbox.objects import Chat, Json
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted

NAMES = ("Ann", "Ben", "Cleo", "Dan", "Eve")
PLAN = """\
Read more (from 2026-10-01)
  D: Read = 20 pages each
  D: Gym each
  D: Run = 5 km
"""
ROUND = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
NEXT = ROUND + timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 25, 0, 0, tzinfo=UTC)


class Circle:
    """Five people in a group; those named have joined."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.talks = {name: stage.group("Friends", name) for name in NAMES}
        self.chat: Chat = self.talks["Ann"].chat

    def __getitem__(self, name: str) -> Talk:
        return self.talks[name]

    async def begin(self, *joined: str, plan: str = PLAN) -> Circle:
        await welcome(self.stage.store, Actor.host(self.chat.id), OwnerType.GROUP, "Friends", "en", self.stage.clock())
        await planted(self["Ann"], plan)
        for name in joined:
            await self[name].say("/join")
        await set_round(self.stage.store, Actor.host(self.chat.id), time(20), self.stage.clock())
        return self

    async def round(self, at: datetime = ROUND) -> Said:
        return (await self["Ann"].until(at))[-1]

    @property
    def shown(self) -> str:
        """The newest round as it stands in the chat."""
        return str(self._last["text"])

    @property
    def buttons(self) -> list[str]:
        rows = self._last.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    @property
    def _last(self) -> Json:
        found = [m for m in self.chat.messages.values() if str(m.get("text", "")).startswith(("🔔", "🏁", "⤵️"))]
        return found[-1]


@pytest.fixture
async def circle(stage: Stage) -> Circle:
    return await Circle(stage).begin("Ben", "Cleo")


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


async def test_another_amount_comes_as_a_reply_and_each_is_asked_alone(circle: Circle) -> None:
    await circle.round()
    [of_ben] = await circle["Ben"].tap("other…")
    assert of_ben.text == "Ben, how many pages of Read is it today in all? Reply to this message with the number."
    [of_cleo] = await circle["Cleo"].tap("other…")
    said = await circle["Cleo"].say("7", reply_to=of_cleo.raw["message_id"])
    assert said[0].text.startswith("✅ Read  7 pages · 7 of 20 pages today")
    await circle["Ben"].say("12", reply_to=of_ben.raw["message_id"])
    assert "⬜ Ann, Ben 12, Cleo 7" in circle.shown


async def test_a_reply_to_the_round_is_a_log_or_talk(circle: Circle) -> None:
    said = await circle.round()
    number = said.raw["message_id"]
    assert await circle["Ben"].say("great work everyone!", reply_to=number) == []
    answers = await circle["Ben"].say("read 9", reply_to=number)
    assert answers[0].text.startswith("✅ Read  9 pages")
    await circle["Ben"].say("/log run 5")
    answers = await circle["Cleo"].say("11", reply_to=number)
    assert answers[0].text.startswith("✅ Read  11 pages")  # nothing else that takes a number is open


async def test_a_reply_adds_to_what_all_share_or_asks(stage: Stage) -> None:
    circle = await Circle(stage).begin("Ben", plan="Move (from 2026-10-01)\n  D: Run = 5 km\n  D: Tidy\n")
    number = (await circle.round()).raw["message_id"]
    await circle["Ann"].say("/log run 12.5")
    assert "Run · together 12.5 of 5 km" in circle.shown
    [asked] = await circle["Ben"].say("4", reply_to=number)
    assert asked.text.endswith("Is 4 more, or all?")
    await circle["Ben"].tap("+ 4 km")
    assert "Run · together 16.5 of 5 km\nAnn 12.5, Ben 4" in circle.shown


async def test_replies_are_heard(circle: Circle) -> None:
    number = (await circle.round()).raw["message_id"]
    await circle["Ben"].say("/log run 5")
    said = (await circle["Cleo"].say("11 but tired", reply_to=number))[0]
    assert said.text.startswith("✅ Read  11 pages")
    assert "but tired" in said.text
    again = (await circle["Cleo"].say("11", reply_to=number))[0]
    assert again.text == "Read has 11 pages on Tue 24 Nov. Is 11 more, or all?"
    log = (await circle["Cleo"].say("read 3", reply_to=said.raw["message_id"]))[0]
    assert log.text.startswith("✅ Read  3 pages · 14 of 20 pages today")
    day = (await circle["Cleo"].say("rest day", reply_to=number))[0]
    assert "Which one do you skip?" in day.text
    assert await circle["Cleo"].say("well done Ben!", reply_to=log.raw["message_id"]) == []


async def test_contributions_of_former_members_are_told_too(circle: Circle) -> None:
    await circle["Ben"].say("/log run 2")
    await circle["Cleo"].say("/log run 3")
    await circle["Ben"].say("/leave")
    assert "together 5 km: Cleo 3, others 2" in await circle["Cleo"].tell("/board")


async def test_contributions_to_a_shared_goal_add_up(circle: Circle) -> None:
    await circle.round()
    await circle["Ben"].tap("2.5")
    assert "Run · together 2.5 of 5 km\nBen 2.5" in circle.shown
    await circle["Cleo"].say("/log run 2.5")
    assert "Run · together 5 of 5 km\nBen 2.5, Cleo 2.5" in circle.shown
    assert "Run 5 km" in circle.buttons  # somebody may run more


async def test_the_round_becomes_the_round_up(circle: Circle) -> None:
    await circle["Cleo"].say("/away tomorrow")
    await circle.round()
    await circle["Ben"].tap("✅ Gym")
    await circle["Ben"].tap("Read 20")
    await circle["Ann"].tap("✅ Gym")
    count = len(circle.chat.messages)
    [said] = await circle["Ann"].until(MIDNIGHT)
    assert said.edited
    assert said.buttons == []
    assert said.text == (
        "🏁 Tue 24 Nov · 1 of 2 in\n✅ Ben\n▫️ Missed: Ann (Read)\n🏖 Away: Cleo\n\nRun, together: 0 of 5 km"
    )
    assert len(circle.chat.messages) == count


async def test_days_with_everyone_in(circle: Circle) -> None:
    for day in (0, 1):
        await circle.round(ROUND + timedelta(days=day))
        for name in ("Ann", "Ben", "Cleo"):
            await circle[name].tap("✅ Gym")
            await circle[name].tap("Read 20")
        assert ("🔥 1 day with nothing missed", "🔥 2 days with nothing missed")[day] in circle.shown
        [said] = await circle["Ann"].until(MIDNIGHT + timedelta(days=day))
        assert said.text.startswith(f"🏁 {('Tue 24', 'Wed 25')[day]} Nov · everyone is in! 🎉\n✅ Ann, Ben, Cleo")


async def test_a_tap_next_morning_answers_yesterday_and_says_so(circle: Circle) -> None:
    said = await circle.round()
    [gym] = [
        b["callback_data"] for row in said.raw["reply_markup"]["inline_keyboard"] for b in row if "Gym" in b["text"]
    ]
    await circle["Ann"].until(MIDNIGHT + timedelta(hours=8))
    await circle["Ben"].press(gym, said.raw["message_id"])  # on a screen that was not refreshed
    assert circle["Ben"].toasts == ["✅ Gym · for Tue 24 Nov · done · 🔥 1 day"]
    assert circle.shown.startswith("🏁 Tue 24 Nov · 0 of 3 in\n▫️ Missed: Ann, Ben (Read), Cleo")


async def test_a_deadline_of_its_own(circle: Circle) -> None:
    await circle["Ann"].say("/settings deadline 22:00")
    await circle.round()
    [said] = await circle["Ann"].until(ROUND + timedelta(hours=2))
    assert said.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


async def test_a_round_that_was_deleted_is_followed_by_a_new_message(circle: Circle) -> None:
    said = await circle.round()
    del circle.chat.messages[said.raw["message_id"]]
    await circle["Ben"].say("/log gym")
    [up] = await circle["Ann"].until(MIDNIGHT)
    assert not up.edited
    assert up.text.startswith("🏁 Tue 24 Nov · 0 of 3 in")


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


async def test_a_nudge_reaches_who_allows_it_once_a_day(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Cleo")
    await private.say("/start")
    await circle["Cleo"].say("/nudges on")
    await circle["Ben"].say("/nudges on")
    assert await circle["Ann"].tell("/nudge") == (
        "👋 Ben: there is something left for today. /log shows it.\n👋 I have sent a nudge to Cleo."
    )
    [said] = await private.until(stage.clock())
    assert said.text == "👋 A nudge from Friends: still open today: Read, Gym. /log ticks it off."
    assert await circle["Ann"].tell("/nudge cleo") == "Nudged today already: Cleo. Once a day is enough."
    assert await circle["Ben"].tell("/nudge ann") == "I nudge only who has sent /nudges on, and not: Ann."
    assert (await circle["Dan"].tell("/nudge ben")).startswith("You are not in yet")
    assert (await circle["Ben"].tell("/nudge zoe")).startswith("There is no “zoe” among those who joined.")


async def test_a_buddy_confirms(circle: Circle) -> None:
    await circle.round()
    [asks] = await circle["Ann"].say("/buddy ben")
    assert asks.buttons == ["🤝 Accept", "No, thanks"]
    await circle["Cleo"].tap("Accept")
    assert circle["Cleo"].toasts == ["Only the buddy who was asked can confirm that."]
    await circle["Ben"].tap("Accept")
    said = await circle["Ann"].say("/log gym")
    assert said[0].text.endswith("⏳ To be confirmed by Ben.")
    assert "✅ Ann ⏳ · ⬜ Ben, Cleo" in circle.shown
    assert "⏳ To be confirmed: Ann (by Ben)" in circle.shown
    await circle["Cleo"].tap("Confirm Ann")
    assert circle["Cleo"].toasts == ["Only the buddy who was asked can confirm that."]
    await circle["Ben"].tap("Confirm Ann")
    assert circle["Ben"].toasts == ["Confirmed. Thank you for looking after Ann!"]
    assert "✅ Ann 🤝 · ⬜ Ben, Cleo" in circle.shown
    said = await circle["Ann"].say("/buddy off")
    assert said[0].text.startswith("Ben is your buddy no longer")
    assert "✅ Ann · ⬜ Ben, Cleo" in circle.shown


async def test_away_and_back(circle: Circle) -> None:
    assert (await circle["Ben"].tell("/away 3 days")).startswith("🏖 Ben is away until the end of Wed 25 Nov.")
    await circle.round()
    assert "Gym\n⬜ Ann, Cleo · 🏖 Ben" in circle.shown
    await circle["Ben"].say("/back")
    assert "Gym\n⬜ Ann, Ben, Cleo" in circle.shown
    assert (await circle["Ben"].tell("/away sometime")).startswith("I cannot tell until when that is: “sometime”.")
    assert (await circle["Eve"].tell("/away")).startswith("You are not in yet")


async def test_the_board(circle: Circle) -> None:
    await circle["Ben"].say("/log gym")
    await circle["Ben"].say("/log read 20")
    await circle["Cleo"].say("/away today")
    assert await circle["Dan"].tell("/board") == (
        "📋 Friends · Mon 23 Nov\n"
        "🥇 Ben · today 2 of 2 · week 100% · 🔥 1 day\n"
        "▫️ Ann · today 0 of 2 · week 0%\n"
        "▫️ Cleo · 🏖 away"
    )
    await circle["Ann"].say("/settings board unordered")
    assert (await circle["Dan"].tell("/board")).split("\n")[1].startswith("▫️ Ann")


async def test_the_newest_board_is_kept_up_to_date(circle: Circle) -> None:
    [old] = await circle["Dan"].say("/board")
    [board] = await circle["Dan"].say("/board")
    answers = await circle["Ben"].say("/log gym")
    [edited] = [said for said in answers if said.edited]
    assert edited.raw["message_id"] == board.raw["message_id"]
    assert edited.text.split("\n")[1] == "🥇 Ben · today 1 of 2 · week 50%"
    answers = await circle["Eve"].say("/join")
    assert "Eve" in answers[-1].text
    assert circle.chat.messages[old.raw["message_id"]]["text"] == old.text


async def test_one_ticks_in_private_and_the_group_sees_it(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Ben")
    await circle.round()
    [section] = await private.say("/log")
    assert section.text == "👥 Friends · Tue 24 Nov\n• Read · 0 of 20 pages\n• Gym\n• Run · 0 of 5 km"
    [after] = await private.tap("✅ Gym")
    assert after.text == "👥 Friends · Tue 24 Nov\n• Read · 0 of 20 pages\n✅ Gym\n• Run · 0 of 5 km"
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert (await private.tell("read 20")).startswith("👥 Friends\n✅ Read  20 pages · today done")
    assert "Read · 20 pages each\n✅ Ben · ⬜ Ann, Cleo" in circle.shown
    assert (await private.tell("/undo")).startswith("👥 Friends\n↩ Taken back: Read")
    assert "Read · 20 pages each\n⬜ Ann, Ben, Cleo" in circle.shown
    stranger = stage.talk("Mallory")
    assert "Friends" not in await stranger.tell("/log")
    data = after.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await stranger.press(data)
    assert stranger.toasts == ["That is only for the people of that group."]
    await circle["Ben"].say("/leave")
    assert "Friends" not in await private.tell("/log")
    await private.press(data)
    assert private.toasts == ["That is only for the people of that group."]


async def test_goals_of_the_same_name_are_told_apart(circle: Circle, stage: Stage) -> None:
    private = stage.talk("Ben")
    await planted(private, "Mine (from 2026-10-01)\n  D: Read = 10 pages\n")
    [which] = await private.say("read 7")
    assert which.buttons == ["Read · Mine · 7", "Read · 👥 Friends · 7"]
    [said] = await private.tap("👥")
    assert said.text.startswith("👥 Friends\n✅ Read  7 pages")
    await add_check_in(stage.store, Actor.host(private.chat_id), Schedule(time(20)), stage.clock())
    [prompt] = await private.until(ROUND)
    assert "👥 Friends\n• Read · 0 of 20 pages\n• Gym\n• Run · 0 of 5 km" in prompt.text
    [after] = await private.tap("✅ Gym")
    assert "• Gym" not in after.text
    assert "Gym\n✅ Ben · ⬜ Ann, Cleo" in circle.shown


async def test_a_group_is_set_up_by_its_settings(stage: Stage) -> None:
    circle = Circle(stage)
    [planted_] = await circle["Ann"].say(f"/plan {PLAN}")
    assert "⏰ I'll ask everyone here every day at 20:00 how it went. /settings changes that." in planted_.text
    for said in ("round 21:00", "deadline 23:30", "board unordered", "plan members", "weekly off"):
        await circle["Ann"].say(f"/settings {said}")
    text = await circle["Ann"].tell("/settings")
    for line in (
        "The round comes every day at 21:00",
        "It ends at 23:30",
        "Digests: quarterly (10:00), yearly (10:00)",
        "The board goes by name",
        "Members and admins may change the goals",
    ):
        assert line in text.split("\n")
    [choices] = await circle["Ann"].tap("Deadline")
    assert "With the day" in choices.buttons
    [back] = await circle["Ann"].tap("With the day")
    assert "It ends with the day" in back.text
    assert await stage.talk("Ann").tell("/settings board ordered") == (
        "That is for groups: add me to yours, and send it there."
    )


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


async def test_a_week_that_goes_on_is_nobodys_miss(stage: Stage) -> None:
    circle = await Circle(stage).begin(
        "Ben", "Cleo", plan="Fit (from 2026-10-01)\n  D: Gym each\n  W: Swim = 2 km each\n"
    )
    await circle.round()
    for name in ("Ann", "Ben"):
        await circle[name].tap("✅ Gym")
    await circle["Ann"].tap("Swim 2 km")
    assert "Swim · 2 km each · this week\n✅ Ann · ⬜ Ben, Cleo" in circle.shown
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown == "🏁 Tue 24 Nov · 2 of 3 in\n✅ Ann, Ben\n▫️ Missed: Cleo"
    await circle.round(ROUND + timedelta(days=3))
    await circle["Ann"].tap("✅ Gym")  # else the group would be asked whether to go on
    sunday = ROUND + timedelta(days=5)
    await circle.round(sunday)
    for name in ("Ann", "Ben", "Cleo"):
        await circle[name].tap("✅ Gym")
    await circle["Ann"].until(sunday + timedelta(hours=4))
    assert circle.shown.startswith("🏁 Sun 29 Nov · 1 of 3 in\n✅ Ann\n▫️ Missed: Ben (Swim), Cleo (Swim)")


@pytest.mark.parametrize("goal", ["D: Run = 5 km", "W: Run = 20 km each"])
async def test_a_day_without_goals_for_each_never_says_that_everyone_is_in(stage: Stage, goal: str) -> None:
    circle = await Circle(stage).begin("Ben", "Cleo", plan=f"Fit (from 2026-10-01)\n  {goal}\n")
    await circle.round()
    await circle["Ben"].tap("Run")
    await circle["Ann"].until(MIDNIGHT)
    assert circle.shown.startswith("🏁 Tue 24 Nov\n✅ Ben")
    assert "Missed" not in circle.shown
