"""/share, /unshare and /shared: exactly what others see, who may show it, and how it ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.telegram.callback import packed
from core.actions.edit.ending import end
from core.goals.model import Node
from core.group.permissions import Actor
from core.ports.store import Transaction
from tests.bot.company import Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import MARATHON, planted

PLAN = "Together (from 2026-10-01)\n  D: Walk = 5 km\n"
SECRET = "Write a novel (from 2026-10-01)\n  D: Secret pages\n"


@pytest.fixture
async def company(stage: Stage) -> Company:
    """Anna and Ben have joined; Ben has goals of his own."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    await company.ben.say("/join")
    return company


@pytest.fixture
async def ben(stage: Stage, company: Company) -> Talk:
    """Ben's private chat."""
    ben = stage.talk("Ben")
    await planted(ben, SECRET)
    await planted(ben, MARATHON)
    return ben


async def nodes(stage: Stage, chat_id: int) -> dict[str, Node]:
    def nodes(tx: Transaction) -> dict[str, Node]:
        owner = tx.owners.by_chat(chat_id)
        assert owner is not None
        return {node.title: node for vision in tx.trees.visions_of(owner.id) for node in vision.nodes}

    return await stage.store.read(nodes)


async def group_id(company: Company) -> int:
    owner = await company.stage.store.read(lambda tx: tx.owners.by_chat(company.chat.id))
    assert owner is not None
    return owner.id


async def test_the_preview_is_what_the_group_sees(company: Company, ben: Talk) -> None:
    await ben.say("/log run 6 with a hidden note")
    [asked] = await ben.say("/share marathon")
    assert asked.text.splitlines() == [
        "Friends will see:",
        "",
        "Ben",
        "★ Run a marathon  ░░░░░ 0% · 🔥 1 day · ✅ done today",
        "",
        "Always as it stands. No notes, nothing of what is below it, none of your other goals.",
    ]
    assert asked.buttons == ["Share", "Cancel", "With the tree below"]
    assert await company.cleo.tell("/shared") == (
        "Nobody shares a goal here yet. Send me /share in our private chat to show one of yours."
    )
    [done] = await ben.tap("Share")
    assert done.text.startswith("Friends sees Run a marathon now")
    shown = await company.cleo.tell("/shared")
    assert shown == "Shared here\n\nBen\n★ Run a marathon  ░░░░░ 0% · 🔥 1 day · ✅ done today"


async def test_the_whole_tree_without_notes_amounts_or_other_goals(company: Company, ben: Talk) -> None:
    await ben.say("/log run 6 with a hidden note")
    [asked] = await ben.say("/share full marathon")
    preview = [line for line in asked.text.splitlines() if "%" in line]
    await ben.tap("Share")
    [listed] = await company.eve.say("/shared")
    assert listed.buttons == ["🌳 Ben: Run a marathon"]
    [tree] = await company.eve.tap("🌳")
    assert tree.text.splitlines()[1:] == preview
    assert len(preview) == 5
    assert preview[-1].strip() == "D Run  ▓▓▓▓▓ 100% · 🔥 1 day · ✅ done today"
    for untold in ("hidden", "secret", "Secret", "novel", "Gym", "km sum", "6 km"):
        assert untold not in tree.text + listed.text
    [back] = await company.eve.tap("all that is shared")
    assert back.text == listed.text


async def test_sharing_again_shows_less_or_more(stage: Stage, company: Company, ben: Talk) -> None:
    await ben.say("/share gym")
    await ben.tap("With the tree below")
    assert [b for b in ben.last[0].buttons if b.startswith("Only")] == ["Only how it stands"]
    await ben.tap("Only how it stands")
    await ben.tap("Share")
    shares = await stage.store.read(lambda tx: tx.shares.of_user(ben.person.id))
    assert [one.whole for one in shares] == [False]
    await ben.say("/share full gym")
    await ben.tap("Share")
    again = await stage.store.read(lambda tx: tx.shares.of_user(ben.person.id))
    assert [(one.id, one.whole) for one in again] == [(shares[0].id, True)]
    await ben.say("/share stretch")
    [kept] = await ben.tap("Cancel")
    assert kept.text == "Nothing is shared."
    assert len(await stage.store.read(lambda tx: tx.shares.of_user(ben.person.id))) == 1


async def test_goals_and_groups_are_chosen_by_buttons(stage: Stage, company: Company, ben: Talk) -> None:
    [asked] = await ben.say("/share")
    assert asked.buttons[:3] == ["Write a novel", "Run a marathon", "Feel strong"]
    [two] = await ben.say("/share str")
    assert two.buttons == ["Strength", "Stretch"]
    other = stage.group("Family", "Ben")
    await other.say("/join")
    await ben.tap("Strength")
    assert ben.last[0].text == "Who is to see Strength?"
    assert ben.last[0].buttons == ["Friends", "Family"]
    await ben.tap("Family")
    assert ben.last[0].text.startswith("Family will see:")
    await ben.tap("Share")
    assert "Strength" in await other.tell("/shared")
    assert "Strength" not in await company.anna.tell("/shared")
    assert "I know no goal called “zebra”" in await ben.tell("/share zebra")


async def test_unsharing_by_name_and_by_button(stage: Stage, company: Company, ben: Talk) -> None:
    assert await ben.tell("/unshare") == "You share nothing. /share shows one of your goals to a group."
    for goal in ("gym", "marathon"):
        await ben.say(f"/share {goal}")
        await ben.tap("Share")
    assert await ben.tell("/unshare gym") == "Friends does not see Gym any more."
    assert "Gym" not in await company.anna.tell("/shared")
    [listed] = await ben.say("/unshare")
    assert listed.text == "You share this; a tap ends it:\n• Run a marathon → Friends (how it stands)"
    await ben.tap("✖ Run a marathon → Friends")
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")
    assert await ben.tell("/unshare gym") == "You share nothing. /share shows one of your goals to a group."


async def test_someone_who_leaves_or_is_put_out_shows_nothing_also_when_back(company: Company, ben: Talk) -> None:
    await ben.say("/share marathon")
    await ben.tap("Share")
    await company.ben.say("/leave")
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")
    await company.ben.say("/join")
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")
    await ben.say("/share marathon")
    await ben.tap("Share")
    company.stage.world.set_member(company.chat, ben.person, "kicked", by=company.anna.person)
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")
    assert await ben.tell("/share marathon") == (
        "You are in no group with me yet. Join one first (/join there), then share a goal with it."
    )


async def test_someone_who_went_unnoticed_is_asked_of_telegram(stage: Stage, company: Company, ben: Talk) -> None:
    await ben.say("/share marathon")
    company.chat.members[ben.person.id] = "left"  # a large group is not told
    [said] = await ben.tap("Share")
    assert said.text == "You are not in the chat of Friends any more, so I share nothing there."
    assert [member.name for member in await company.members()] == ["Anna"]
    assert await stage.store.read(lambda tx: tx.shares.of_user(ben.person.id)) == []


async def test_an_ended_goal_is_shown_as_ended_for_two_weeks(stage: Stage, company: Company, ben: Talk) -> None:
    await ben.say("/share gym")
    await ben.tap("Share")
    gym = (await nodes(stage, ben.chat_id))["Gym"]
    last = stage.clock().date() - timedelta(days=2)
    await end(stage.store, Actor.host(ben.chat_id), gym.id, last, stage.clock(), source_key=None)
    stage.clock.set(stage.clock() + timedelta(days=1))
    assert "D Gym · 0% · ended " in await company.anna.tell("/shared")
    assert (await ben.tell("/share gym")).startswith("I know no goal called “gym”.")
    await ben.press(f"share:n:{packed(gym.id)}:b")
    assert ben.toasts == ["That goal has ended: there is nothing to show of it any more."]
    stage.clock.set(stage.clock() + timedelta(days=15))
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")


async def test_many_shares_are_paged_and_fit(stage: Stage, company: Company, ben: Talk) -> None:
    titles = [f"{'Long title & more ' * 9} {n:02}" for n in range(22)]
    await planted(ben, "Much (from 2026-10-01)\n" + "".join(f"  D: {title}\n" for title in titles))
    by_title = await nodes(stage, ben.chat_id)
    group = await group_id(company)
    await ben.say("/tree")
    for title in titles:
        await ben.press(f"share:y:{packed(by_title[' '.join(title.split())].id)}:w:{packed(group)}")
    assert ben.toasts == ["You share 20 goals there, and no more fit: end one with /unshare first."]
    [page] = await company.anna.say("/shared")
    assert "page 1 of 2" in page.buttons
    assert len(page.text) < 4096
    [two] = await company.anna.tap("›")
    assert "page 2 of 2" in two.buttons
    await company.anna.tap("‹")
    [last] = await company.anna.press("shared:zz")
    assert "page 2 of 2" in last.buttons
    [whole] = await ben.say("/share full Much")
    assert "… and 3 more goals below." in whole.text
    await ben.say("/unshare")
    assert len(ben.last[0].text) < 4096


async def test_forged_buttons_share_and_show_nothing_of_others(stage: Stage, company: Company, ben: Talk) -> None:
    anna = stage.talk("Anna")
    hers = await planted(anna, SECRET.replace("novel", "diary"))
    await anna.say("/tree")
    group = await group_id(company)
    his = (await nodes(stage, ben.chat_id))["Run a marathon"]
    together = (await nodes(stage, company.chat.id))["Walk"]
    other = stage.group("Strangers", "Dan")
    await planted(other, PLAN)
    strangers = await stage.store.read(lambda tx: tx.owners.by_chat(other.chat.id))
    assert strangers is not None
    await ben.say("/tree")
    for node in (hers["Write a diary"].id, together.id, 999_999):
        for step in ("p", "y"):
            await ben.press(f"share:{step}:{packed(node)}:w:{packed(group)}")
            assert ben.toasts == ["That goal is not here (any more). /tree shows what there is."]
        await ben.press(f"share:n:{packed(node)}:b")
        assert ben.toasts == ["That goal is not here (any more). /tree shows what there is."]
    for step in ("p", "y"):
        await ben.press(f"share:{step}:{packed(his.id)}:b:{packed(strangers.id)}")
        assert ben.toasts == ["That is only for the people of that group."]
    for forged in ("share", "share:", "share:y", "share:q:1:w:1", "share:y:!:w:1", "unshare", "unshare:", "shared:0"):
        await ben.press(forged)
        assert ben.toasts == ["This button does not work any more."], forged
    # In a group's name, by another person, from another chat.
    await company.ben.press(f"share:y:{packed(his.id)}:w:{packed(group)}")
    assert company.ben.toasts == ["This button does not work any more."]
    await anna.press(f"share:y:{packed(his.id)}:w:{packed(group)}")
    assert anna.toasts == ["That goal is not here (any more). /tree shows what there is."]
    assert await stage.store.read(lambda tx: tx.shares.of_owner(group)) == []

    await ben.say("/share full marathon")
    await ben.tap("Share")
    [mine] = await stage.store.read(lambda tx: tx.shares.of_owner(group))
    await anna.press(f"unshare:{packed(mine.id)}")
    assert anna.last[0].text == "That is not shared (any more). /unshare lists what is."
    await company.anna.press(f"unshare:{packed(mine.id)}")
    assert company.anna.toasts == ["This button does not work any more."]
    assert len(await stage.store.read(lambda tx: tx.shares.of_owner(group))) == 1
    await other.say("/shared")
    assert await other.press(f"shared:{packed(mine.id)}:0") == []
    assert other.toasts == ["That is not shared here any more."]


async def test_a_share_that_was_written_by_nobody_shows_nothing(stage: Stage, company: Company, ben: Talk) -> None:
    """Whatever the table holds: a goal that is not the sharer's own is not shown."""
    anna = stage.talk("Anna")
    hers = await planted(anna, SECRET)

    def forge(tx: Transaction) -> None:
        owner = tx.owners.by_chat(company.chat.id)
        assert owner is not None
        member = tx.members.by_user(owner.id, ben.person.id)
        assert member is not None
        tx.shares.put(hers["Write a novel"].id, owner.id, member.id, True, stage.clock())

    await stage.store.write(forge)
    assert (await company.anna.tell("/shared")).startswith("Nobody shares")


async def test_in_the_wrong_chat_each_command_says_where(company: Company, ben: Talk) -> None:
    where = (
        "Your goals are in our private chat: send me /{} there, t.me/goaltree_bot. /shared shows what members share."
    )
    assert await company.ben.tell("/share gym") == where.format("share")
    assert await company.ben.tell("/unshare gym") == where.format("unshare")
    assert (await ben.tell("/shared")).startswith("That is for groups")
