"""/invite and its links: who joins by them, who is only shown the way, and what a link reveals."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.bot.company import NAMES, PLAN, Company
from tests.bot.conftest import Stage, Talk
from tests.bot.planting import planted

VOID = "This invitation does not work (any more): ask in the group for a new link."


@pytest.fixture
async def company(stage: Stage) -> Company:
    """Anna is an admin and has joined; nobody else has."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN + "  D: Read = 20 pages each\n")
    return company


async def link(company: Company, text: str = "/invite") -> str:
    """The start parameter of Anna's link."""
    said = await company.anna.tell(text)
    result = re.search(r"t\.me/goaltree_bot\?start=([\w-]+)", said)
    assert result is not None, said
    assert len(result[1]) <= 64
    return result[1]


async def test_someone_who_is_in_the_chat_joins_by_the_link(stage: Stage, company: Company) -> None:
    start = await link(company)
    assert await link(company) == start
    ben = stage.talk("Ben")
    assert await ben.tell(f"/start {start}") == (
        "You are in Friends. 🙌 From today on you do for yourself: Read.\n"
        "/log in the group ticks off. Send me /start here for goals of your own."
    )
    assert [member.name for member in await company.members()] == ["Anna", "Ben"]
    assert await ben.tell(f"/start {start}") == (
        "You are in Friends already. /log in the group shows what there is to do."
    )
    assert (await ben.say("/start"))[0].text.startswith("Hello, Ben!")


async def test_many_openings_of_an_invitation_make_one_link(stage: Stage, company: Company) -> None:
    start = await link(company)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    strangers = [stage.talk(name) for name in ("Fay", "Gus", "Hal")]
    for _ in range(10):
        for talk in strangers:
            stage.world.say(talk.person, talk.chat, f"/start {start}")
    await stage.quiet()
    assert made(stage) == 1
    stage.clock.set(stage.clock() + timedelta(hours=25))  # it is no longer open until the next day
    await strangers[0].say(f"/start {start}")
    assert made(stage) == 2
    await strangers[0].say(f"/start {await link(company, '/invite new')}")
    assert made(stage) == 3


def made(stage: Stage) -> int:
    """The number of links into groups."""
    return sum(method.lower() == "createchatinvitelink" for method, _ in stage.telegram.requests)


async def test_others_are_shown_the_way_if_the_bot_may(stage: Stage, company: Company) -> None:
    start = await link(company)
    fay = stage.talk("Fay")
    assert await fay.tell(f"/start {start}") == (
        "You are not in the chat of Friends yet: ask an admin to add you. Then open this link again, or tap Join there."
    )
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    said = await fay.tell(f"/start {start}")
    assert re.match(r"First come into the chat of Friends: https://t\.me/\+\w+ \(open for you until tomorrow\)", said)
    assert await company.members() == [(await company.members())[0]]
    stage.world.join(fay.person, company.chat)
    assert (await fay.tell(f"/start {start}")).startswith("You are in Friends.")
    for untold in ("Anna", "Run", "Gym", "Together"):
        assert untold not in said


async def test_a_person_removed_by_the_admins_cannot_join_by_a_link(stage: Stage, company: Company) -> None:
    start = await link(company)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    stage.world.set_member(company.chat, company.ben.person, "kicked", by=company.anna.person)
    ben = stage.talk("Ben")
    assert "ask an admin to add you" in await ben.tell(f"/start {start}")
    assert [member.name for member in await company.members()] == ["Anna"]


async def test_a_new_link_makes_the_old_one_void(stage: Stage, company: Company) -> None:
    old, new = await link(company), await link(company, "/invite new")
    assert old != new
    ben = stage.talk("Ben")
    assert await ben.tell(f"/start {old}") == VOID
    assert (await ben.tell(f"/start {new}")).startswith("You are in Friends.")


@pytest.mark.parametrize("forged", ["j_", "j_x", "j_" + "A" * 62, "j_-1", "j_%", "j_null", "j_' OR 1=1"])
async def test_a_forged_link_leads_nowhere(stage: Stage, company: Company, forged: str) -> None:
    await link(company)
    ben = stage.talk("Ben")
    assert await ben.tell(f"/start {forged}") == VOID
    assert [member.name for member in await company.members()] == ["Anna"]


async def test_a_group_without_a_link_is_not_found_by_none(stage: Stage, company: Company) -> None:
    assert await stage.talk("Ben").tell("/start j_None") == VOID


async def test_only_admins_get_the_link(stage: Stage, company: Company) -> None:
    await company.ben.say("/join")
    for name in ("Ben", "Cleo"):
        said = await company.talks[NAMES.index(name)].tell("/invite new")
        assert said == "Only the group's admins can do that: ask one of them."
    [answer] = await company.as_group("/invite")
    assert "start=j_" in answer.text
    assert (await stage.talk("Ben").tell("/invite")).startswith("That is for groups")


async def test_a_group_that_removed_the_bot_is_not_reached(stage: Stage, company: Company) -> None:
    start = await link(company)
    stage.world.set_member(company.chat, stage.world.bot, "kicked", by=company.anna.person)
    await stage.quiet()
    ben: Talk = stage.talk("Ben")
    said = await ben.tell(f"/start {start}")
    assert said == "I cannot reach Friends just now. Ask an admin there, or try again later."
    assert [member.name for member in await company.members()] == ["Anna"]


@pytest.mark.parametrize(
    "said", ["Bad Request: PARTICIPANT_ID_INVALID", "Bad Request: USER_NOT_PARTICIPANT", "Bad Request: user not found"]
)
async def test_somebody_whom_the_chat_has_never_seen_is_shown_the_way(
    stage: Stage, company: Company, said: str
) -> None:
    start = await link(company)
    stage.world.promote(company.chat, stage.world.bot, by=company.anna.person)
    stage.telegram.faults.error(400, said, "getChatMember")
    answer = await stage.talk("Zoe").tell(f"/start {start}")
    assert "t.me/+" in answer
    assert not answer.startswith("I cannot reach")
    assert [member.name for member in await company.members()] == ["Anna"]
