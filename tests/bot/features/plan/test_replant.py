"""A plan that is sent again or edited: its changes are shown before anything is written."""

from __future__ import annotations

from datetime import timedelta

from tests.bot.conftest import Talk

FIT = "/plan Fit\n  W: 20 km = 20 km sum\n    D: Run = 5 km\n  D: Gym\n  D: Tea <= 2 cups"


async def outline(talk: Talk) -> str:
    return await talk.tell("/tree outline")


async def test_a_preview_lists_every_change_before_anything_is_written(chat: Talk) -> None:
    await chat.say(FIT)
    before = await outline(chat)
    shown = await chat.say("/plan Fit\n  W: 20 km = 25 km sum\n    D: Run = 5 km\n    D: Gyms\n  D: Yoga [sun]")
    assert shown[0].text == (
        "This would change Fit:\n"
        "🎯 W: 20 km = 20 km sum becomes W: 20 km = 25 km sum\n"
        "➕ D: Gyms (from 2026-11-23), below 20 km\n"
        "➕ D: Yoga [sun] (from 2026-11-23), below Fit\n"
        "Not mentioned: Gym and Tea. They stay as they are."
    ).replace(" (from 2026-11-23)", "")
    assert shown[0].buttons == ["Apply", "Apply, and end these 2", "Cancel"]
    assert await outline(chat) == before
    assert "2 goals added, 1 goal changed" in (await chat.tap("Apply"))[0].text
    after = await outline(chat)
    assert "= 25 km sum\n    D: Run = 5 km\n    D: Gyms\n" in after
    assert "\n  D: Gym\n  D: Tea <= 2 cups\n" in after


async def test_a_preview_is_answered_in_words_as_well(chat: Talk) -> None:
    await chat.say(FIT)
    await chat.say("/plan Fit\n  D: Yoga [sun]")
    before = await outline(chat)
    await chat.say("no")
    assert await outline(chat) == before
    await chat.say("/plan Fit\n  D: Yoga [sun]")
    assert "1 goal added" in await chat.tell("yes")
    await chat.stage.store.write(lambda tx: tx.inbox.prune(chat.stage.clock() + timedelta(days=1)))
    [again] = await chat.again()  # as after a process that died before it could answer
    assert "nothing new" in again.text
    after = await outline(chat)
    assert after.count("D: Yoga [sun]") == 1
    assert "D: Gym\n" in after
    assert (await chat.tell("yes")).startswith("👍")  # another yes has nothing to agree to
    assert await outline(chat) == after
    await chat.say("/undo")
    assert await chat.tell("ok") == "👍"
    assert await outline(chat) == before
    await chat.say("/plan Fit\n  D: Swim [sun]")
    before = await outline(chat)
    for said in ("done", "all done"):  # that is about a day
        await chat.say(said)
    chat.stage.clock.set(chat.stage.clock() + timedelta(minutes=11))
    await chat.say("ok")
    assert await outline(chat) == before


async def test_unmentioned_goals_end_if_that_is_tapped(chat: Talk) -> None:
    await chat.say(FIT.replace("/plan Fit", "/plan Fit (from 2026-11-01)"))
    await chat.say("gym")
    await chat.say("/plan Fit\n  W: 20 km = 20 km sum\n    D: Run = 6 km")
    await chat.tap("Apply, and end these 2")
    after = await outline(chat)
    assert "D: Run = 6 km" in after
    assert "D: Gym (until 2026-11-23)" in after  # it was done today
    assert "D: Tea <= 2 cups (until 2026-11-22)" in after


async def test_cancel_changes_nothing(chat: Talk) -> None:
    await chat.say(FIT)
    before = await outline(chat)
    await chat.say(FIT.replace("Run = 5", "Run = 9"))
    assert (await chat.tap("Cancel"))[0].text == "Nothing was changed."
    assert await outline(chat) == before


async def test_a_new_name_is_asked_about_and_keeps_the_history(chat: Talk) -> None:
    await chat.say(FIT)
    await chat.say("gym")
    shown = await chat.say(FIT.replace("D: Gym", "D: Gyms"))
    assert "✏️ Gym is called Gyms" in shown[0].text
    denied = await chat.tap("No, Gyms is new")
    assert denied[0].edited
    assert "➕ D: Gyms, below Fit" in denied[0].text
    assert "Not mentioned: Gym." in denied[0].text
    assert "✏️ Gym is called Gyms" in (await chat.tap("Yes, Gym is Gyms now"))[0].text
    await chat.tap("Apply")
    assert "D: Gyms" in await outline(chat)
    assert "🔥 Gyms  1 day" in await chat.tell("/streaks")


async def test_a_goal_goes_elsewhere_with_all_below_it(chat: Talk) -> None:
    await chat.say(FIT)
    text = "/plan Fit\n  M: A good month\n    W: 20 km = 20 km sum\n      D: Run = 5 km\n  D: Gym\n  D: Tea <= 2 cups"
    shown = await chat.say(text)
    assert "➡️ 20 km goes below A good month" in shown[0].text
    await chat.tap("Apply")
    assert "  M: A good month\n    W: 20 km = 20 km sum\n      D: Run = 5 km" in await outline(chat)


async def test_another_level_of_the_same_name_takes_its_place(chat: Talk) -> None:
    await chat.say(FIT)
    shown = await chat.say(FIT.replace("D: Gym", "W: Gym = 3 times"))
    assert "🔁 Gym ends, and W: Gym = 3 times takes its place. Its history stays." in shown[0].text
    await chat.tap("Apply")
    after = await outline(chat)
    assert "D: Gym (until 2026-11-23)" in after
    assert "W: Gym = 3 times" in after


async def test_a_tree_that_changed_meanwhile_is_shown_again(chat: Talk) -> None:
    await chat.say(FIT)
    old = await chat.say(FIT.replace("Run = 5", "Run = 6"))
    data = old[0].raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await chat.say(FIT.replace("Run = 5", "Run = 7"))
    await chat.tap("Apply")
    again = await chat.press(data, old[0].raw["message_id"])
    assert "D: Run = 7 km becomes D: Run = 6 km" in again[0].text
    assert "D: Run = 7 km" in await outline(chat)


async def test_an_edited_message_changes_what_it_planted(chat: Talk) -> None:
    planted = await chat.say(FIT)
    assert planted[0].text.startswith("🌱 Planted: Fit")
    changed = await chat.edit(FIT.replace("D: Gym", "D: Climbing").replace("Fit", "Strong").replace("= 5", "= 6"))
    assert changed[0].text.startswith("🌿 Strong: 3 goals changed")
    after = await outline(chat)
    assert after.startswith("Strong")
    assert "D: Climbing" in after
    assert "Gym" not in after
    assert "Fit" not in after


async def test_an_edit_that_loses_something_is_shown_first(chat: Talk) -> None:
    await chat.say(FIT)
    first = min(chat.chat.messages)
    await chat.say("/plan Fit\n  D: Swim")
    await chat.tap("Apply")
    shown = await chat.edit(FIT.replace("\n  D: Tea <= 2 cups", ""), first)
    assert "Not mentioned: Tea. It stays as it is." in shown[0].text
    await chat.tap("Apply, and end Tea")
    assert "Tea <= 2 cups (until 2026-11-23)" in await outline(chat)


async def test_one_undo_takes_the_whole_replant_back(chat: Talk) -> None:
    await chat.say(FIT)
    before = await outline(chat)
    await chat.say("/plan Fit\n  W: 20 km = 25 km sum\n    D: Gyms\n    D: Run = 6 km\n  D: Swim")
    await chat.tap("Apply, and end")
    assert await outline(chat) != before
    await chat.say("/undo")
    assert await outline(chat) == before


async def test_two_goals_of_one_name_are_refused(chat: Talk) -> None:
    answer = await chat.tell("/plan Fit\n  D: Run\n  D: run")
    assert "line 3, column 3: There is “run” below “Fit” already: choose another name." in answer


async def test_a_plan_that_was_taken_back_is_not_planted_by_its_message_again(chat: Talk) -> None:
    world = chat.stage.world
    await chat.say("/plan Read\n  D: A page")
    sent = (world.last_update or {})["message"]
    assert "Planted" not in (await chat._after(lambda: world.push("message", sent)))[-1].text
    await chat.say("/undo")
    [said] = await chat._after(lambda: world.push("message", sent))
    assert said.text == "What that message planted was taken back. To plant it after all, send it anew."
    assert "no goals" in await chat.tell("/tree")
    assert "Planted" in await chat.tell("/plan Read\n  D: A page")
    await chat.edit("/plan Read\n  D: Two pages")
    edited = (world.last_update or {})["edited_message"]
    assert "D: Two pages" in (after := await outline(chat))
    await chat._after(lambda: world.push("edited_message", edited))
    assert await outline(chat) == after


RUN = "  D: Run = 5 km\n    then from {since}: = 6 km [mon wed]\n    pause from {first} until {last}\n  D: Gym"
LATER = "/plan Fit\n" + RUN.format(since="4 Jan 2027", first="20 Dec", last="3 Jan")
SAID = RUN.format(since="2027-01-04", first="2026-12-20", last="2027-01-03")


async def test_later_terms_and_days_off_come_back_and_change_nothing(chat: Talk) -> None:
    assert SAID in await chat.tell(LATER)
    given = await outline(chat)
    assert given.endswith(SAID)
    assert await chat.tell(f"/plan {given}") == "Fit: nothing new, it is as it was."
    assert "🎯 Run" not in await chat.tell("/tree")


async def test_lines_about_later_days_are_changes_that_can_be_taken_back(chat: Talk) -> None:
    await chat.say(LATER)
    before = await outline(chat)
    shown = await chat.say(
        LATER.replace("6 km [mon wed]", "7 km").replace("until 3 Jan", "until 6 Jan")
        + "\n    then from 1 Feb 2027: stopped"
    )
    assert shown[0].text == (
        "This would change Fit:\n"
        "🎯 D: Run = 6 km [mon wed] becomes D: Run = 7 km from Mon 4 Jan on\n"
        "🎯 D: Gym from Mon 1 Feb on:\n"
        "   then from 2027-02-01: stopped\n"
        "▶️ Run: the pause from Sun 20 Dec to Sun 3 Jan is called off\n"
        "⏸ Run is paused from Sun 20 Dec to Wed 6 Jan"
    )
    assert await outline(chat) == before
    await chat.tap("Apply")
    assert "    then from 2027-01-04: = 7 km\n    pause from 2026-12-20 until 2027-01-06" in await outline(chat)
    await chat.say("/undo")
    assert await outline(chat) == before


async def test_a_corrected_line_may_be_one_about_later_days(chat: Talk) -> None:
    told = await chat.tell(LATER.replace("= 6 km", "= 6 miles"))
    assert "line 3, column 5: The goal is counted in km, also later: write = 6 km, or plan another goal." in told
    assert SAID in await chat.tell("then from 4 Jan 2027: = 6 km [mon wed]")
