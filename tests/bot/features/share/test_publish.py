"""A group's digests in channels: set up by an admin of both, until the bot may no longer post there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.actions.owners import change_settings
from core.actions.publish import list_publications
from core.actions.reminders import set_digest
from core.goals.model import Level
from core.group.permissions import Actor
from sandbox.objects import Chat, Json
from tests.bot.company import PLAN, Company
from tests.bot.conftest import Stage, Talk, text_of
from tests.bot.features.start.test_start import owner
from tests.bot.planting import planted
from tests.evenings import QUARTERLY, WEEKLY

SUNDAY = datetime(2026, 11, 29, 19, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)
PUBLISHED = "From the next one on, this group's digests go to News as well."
ENDED = "I may not post in News any more, so this group's digests go there no longer."


@pytest.fixture
async def company(stage: Stage) -> Company:
    """Friends with a tree and a weekly digest on Sunday at 19:00 UTC; Anna is their admin."""
    company = await Company(stage).settled()
    await planted(company.anna, PLAN)
    await company.anna.say("/join")
    await company.anna.say("/log run 5")
    await change_settings(stage.store, Actor.host(company.chat.id), stage.clock(), timezone="UTC")
    await set_digest(stage.store, Actor.host(company.chat.id), Level.WEEKLY, WEEKLY, stage.clock())
    return company


@pytest.fixture
def news(company: Company) -> Chat:
    """Anna's channel, in which the bot may post."""
    world = company.stage.world
    channel = world.channel("News", company.anna.person, username="news")
    world.promote(channel, world.bot, by=company.anna.person)
    return channel


def posts(channel: Chat) -> list[Json]:
    return list(channel.messages.values())


async def channels(company: Company) -> list[str]:
    return [one.title for one in await list_publications(company.stage.store, Actor.host(company.chat.id))]


@pytest.mark.parametrize("name", ["@news", "t.me/news", "https://t.me/News", "NUMBER"])
async def test_a_digest_goes_to_the_group_and_to_the_channel(company: Company, news: Chat, name: str) -> None:
    name = name.replace("NUMBER", str(news.id))
    assert await company.anna.tell(f"/publish {name}") == PUBLISHED
    assert "This group's digests also go to News." in await company.ben.tell("/publish")
    [in_group] = await company.anna.until(SUNDAY + timedelta(minutes=1))
    [post] = posts(news)
    assert post["caption"].startswith("📊 Week of 23 Nov · Friends")
    assert "photo" in post
    assert "reply_markup" not in post
    assert in_group.buttons == ["All goals", "Why?"]
    await company.anna.until(SUNDAY + WEEK + timedelta(minutes=1))
    assert len(posts(news)) == 2


async def test_a_quarter_is_reported_to_a_channel_and_closed_in_the_group(company: Company, news: Chat) -> None:
    stage = company.stage
    await planted(company.anna, "Far (from 2026-10-01)\n  Q: 600 km = 600 km sum\n    D: Swim = 5 km\n")
    await set_digest(stage.store, Actor.host(company.chat.id), Level.QUARTERLY, QUARTERLY, stage.clock())
    await company.anna.say("/publish @news")
    said = await company.anna.until(datetime(2026, 12, 31, 20, 0, tzinfo=UTC))
    [closing] = [one for one in said if "Q4" in one.text]
    assert "Let go" in closing.buttons
    [post] = [post for post in posts(news) if "Q4" in text_of(post)]
    assert "600 km" in text_of(post)
    assert "goes on by itself" not in text_of(post)
    assert "reply_markup" not in post


async def test_an_empty_digest_is_not_published(company: Company, news: Chat, stage: Stage) -> None:
    others = await Company(stage, "Others").settled()
    await change_settings(stage.store, Actor.host(others.chat.id), stage.clock(), timezone="UTC")
    await set_digest(stage.store, Actor.host(others.chat.id), Level.WEEKLY, WEEKLY, stage.clock())
    assert await others.anna.tell("/publish @news") == PUBLISHED
    [invitation] = await others.anna.until(SUNDAY + timedelta(minutes=1))
    assert "There is no goal to report on yet" in invitation.text
    assert posts(news) == []


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("@nosuch", "I find no channel @nosuch."),
        ("news", "I find no channel news."),
        ("@friends", "I find no channel @friends."),
        ("-1001234567", "I find no channel -1001234567."),
        ("<b>x", "I find no channel <b>x."),
    ],
)
async def test_names_that_are_no_channel(company: Company, news: Chat, name: str, answer: str) -> None:
    company.chat.username = "friends"
    assert (await company.anna.tell(f"/publish {name}")).startswith(answer)
    assert await channels(company) == []


async def test_a_missing_right_is_named(company: Company, stage: Stage) -> None:
    world = stage.world
    news = world.channel("News", company.ben.person, username="news")
    asks = "I may not post in News yet: make me an admin there with the right to post messages"
    assert (await company.anna.tell("/publish @news")).startswith(asks)
    world.promote(news, world.bot, by=company.ben.person, can_post_messages=False)
    assert (await company.anna.tell("/publish @news")).startswith(asks)
    world.promote(news, world.bot, by=company.ben.person)
    only = "Only an admin of News can have something published there."
    assert await company.anna.tell("/publish @news") == only
    world.promote(company.chat, company.ben.person, by=company.anna.person)
    stage.clock.set(stage.clock() + timedelta(minutes=2))
    assert await company.ben.tell("/publish @news") == PUBLISHED
    assert (await company.cleo.tell("/publish @news")).startswith("Only the group's admins")


@pytest.mark.parametrize("name", ["", " @news", " News"])
async def test_unpublishing_also_takes_back_what_waits(company: Company, news: Chat, name: str) -> None:
    await company.anna.say("/publish @news")
    company.stage.clock.set(SUNDAY)
    await company.stage.postman.remind()
    assert await company.anna.tell(f"/unpublish{name}") == "This group's digests go to News no longer."
    await company.anna.until(SUNDAY + WEEK + timedelta(minutes=1))
    assert posts(news) == []
    assert (await company.anna.tell("/unpublish @news")).startswith("This group's digests go to no such channel.")


async def test_a_channel_that_withdraws_the_right_is_reported_once(company: Company, news: Chat) -> None:
    world = company.stage.world
    await company.anna.say("/publish @news")
    await company.stage.quiet()
    world.promote(news, world.bot, by=company.anna.person, can_post_messages=False)
    await company.stage.quiet()
    said = await company.anna.until(company.stage.clock())
    assert [one.text[: len(ENDED)] for one in said] == [ENDED]
    assert await channels(company) == []
    assert (await owner(company.anna)).unreachable_since is None
    said = await company.anna.until(SUNDAY + WEEK + timedelta(minutes=1))
    assert len(said) == 2  # the digests, and nothing else about the channel
    world.promote(news, world.bot, by=company.anna.person)
    assert await company.anna.tell("/publish @news") == PUBLISHED
    await company.anna.say("/log run 1")
    await company.anna.until(SUNDAY + 2 * WEEK + timedelta(minutes=1))
    assert len(posts(news)) == 1


@pytest.mark.parametrize(
    ("code", "description"),
    [(403, "Forbidden: bot was kicked from the channel chat"), (400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
     (400, "Bad Request: need administrator rights in the channel chat")],
)  # fmt: skip
async def test_a_refusal_at_sending_ends_the_publication_and_never_the_group(
    company: Company, news: Chat, code: int, description: str
) -> None:
    await company.anna.say("/publish @news")
    company.stage.telegram.faults.error(code, description, chat=news.id, times=2)
    said = await company.anna.until(SUNDAY + timedelta(minutes=1))
    assert sorted(one.text.startswith(ENDED) for one in said) == [False, True]
    assert await channels(company) == []
    assert (await owner(company.anna)).unreachable_since is None
    assert posts(news) == []


async def test_two_groups_in_one_channel_each_have_their_own(company: Company, news: Chat, stage: Stage) -> None:
    others = await Company(stage, "Others").settled()
    await planted(others.anna, PLAN)
    await others.anna.say("/join")
    await others.anna.say("/log gym")
    await change_settings(stage.store, Actor.host(others.chat.id), stage.clock(), timezone="UTC")
    await set_digest(stage.store, Actor.host(others.chat.id), Level.WEEKLY, WEEKLY, stage.clock())
    for one in (company, others):
        assert await one.anna.tell("/publish @news") == PUBLISHED
    await stage.until(SUNDAY + timedelta(minutes=1))
    assert sorted(post["caption"].splitlines()[0] for post in posts(news)) == [
        "📊 Week of 23 Nov · Friends",
        "📊 Week of 23 Nov · Others",
    ]


async def test_the_channel_s_posts_in_the_group_s_discussion_are_not_words_of_anyone(
    company: Company, news: Chat
) -> None:
    company.stage.world.link(news, company.chat)
    await company.anna.say("/publish @news")
    before = len(company.bots)
    await company.anna.until(SUNDAY + timedelta(minutes=1))
    await company.stage.quiet()
    assert len(company.bots) == before + 1


async def test_a_group_that_moved_goes_on_publishing(stage: Stage) -> None:
    anna = stage.world.person("Anna")
    group = stage.world.group("Friends", anna, kind="group")
    talk = Talk(stage, anna, group)
    await stage.quiet()
    await planted(talk, PLAN)
    await talk.say("/join")
    await talk.say("/log gym")
    await change_settings(stage.store, Actor.host(group.id), stage.clock(), timezone="UTC")
    await set_digest(stage.store, Actor.host(group.id), Level.WEEKLY, WEEKLY, stage.clock())
    news = stage.world.channel("News", anna, username="news")
    stage.world.promote(news, stage.world.bot, by=anna)
    assert await talk.tell("/publish @news") == PUBLISHED
    stage.clock.set(SUNDAY)
    await stage.postman.remind()
    stage.world.migrate(group)
    stage.world.updates.clear()  # the move is noticed when sending
    await stage.until(SUNDAY + timedelta(minutes=5))
    await stage.until(SUNDAY + WEEK + timedelta(minutes=1))
    assert len(posts(news)) == 2


async def test_a_deleted_topic_is_forgotten_and_the_digest_comes_to_the_chat(company: Company, stage: Stage) -> None:
    sport = stage.world.topic(company.chat, "Sport", company.anna.person)
    say = stage.world.say
    await company.anna._after(lambda: say("Anna", company.chat, "/settings topic here", topic=sport))
    [said] = await company.anna.until(SUNDAY + timedelta(minutes=1))
    assert said.raw["message_thread_id"] == sport
    stage.world.close_topic(company.chat, sport)
    [said] = await company.anna.until(SUNDAY + WEEK + timedelta(minutes=1))
    assert "is_topic_message" not in said.raw
    assert (await owner(company.anna)).thread_id == sport
    stage.world.delete_topic(company.chat, sport)
    await company.anna.say("/log run 1")
    [said] = await company.anna.until(SUNDAY + 2 * WEEK + timedelta(minutes=1))
    assert "is_topic_message" not in said.raw
    assert (await owner(company.anna)).thread_id is None


async def test_publishing_is_for_groups(chat: Talk) -> None:
    await chat.say("/start")
    for command in ("/publish @news", "/unpublish"):
        assert await chat.tell(command) == "Digests are published from a group: send /publish there."
