"""The board: its rows, its medals (no more than there are different results), and what changes it."""

from __future__ import annotations

import pytest

from bot.features.group.board_view import _medals
from core.goals.model import Member
from core.goals.progress import ONE
from core.group.board import BoardRow
from tests.bot.circle import Circle
from tests.bot.company import Company
from tests.bot.conftest import MONDAY_EVENING, Stage
from tests.bot.planting import planted


def row(member: int, week: int | None, streak: int = 0) -> BoardRow:
    """A member with this percentage for the week."""
    who = Member(member, 1, member, f"P{member}", MONDAY_EVENING)
    return BoardRow(who, 0, 1, None if week is None else week * ONE // 100, streak, away=False)


@pytest.mark.parametrize(
    ("weeks", "medals"),
    [
        ([90, 80, 70, 60], "🥇🥈🥉▫"),
        ([90, 90, 70, 60], "🥇🥇🥉▫"),
        ([90, 80, 80, 60], "🥇🥈🥈▫"),
        ([90, 80, 80, 80], "🥇▫▫▫"),
        ([50] * 12, "▫" * 12),
        ([50, 50, 50, 20], "🥇🥇🥇▫"),
        ([100, 0, 0, None], "🥇▫▫▫"),
        ([None, None], "▫▫"),
    ],
)
def test_medals(weeks: list[int | None], medals: str) -> None:
    rows = [row(at, week) for at, week in enumerate(weeks)]
    given = _medals(rows)
    assert "".join(given.get(one.member.id, "▫") for one in rows) == medals


def test_among_equal_weeks_the_longer_streak_goes_first() -> None:
    assert _medals([row(0, 50, 3), row(1, 50, 2)]) == {0: "🥇", 1: "🥈"}


async def test_the_board_gives_the_same_medal_to_who_did_alike(stage: Stage) -> None:
    company = await Company(stage).settled()
    await planted(company.anna, "Read (from 2026-11-01)\n  D: Read = 20 pages each\n")
    for talk in (company.ben, company.cleo):
        await talk.say("/join")
    for talk in (company.anna, company.ben):
        await talk.say("/log read 20")
    board = await company.anna.tell("/board")
    assert "🥇 Anna" in board
    assert "🥇 Ben" in board
    assert "▫️ Cleo" in board


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


async def test_contributions_of_former_members_are_told_too(circle: Circle) -> None:
    await circle["Ben"].say("/log run 2")
    await circle["Cleo"].say("/log run 3")
    await circle["Ben"].say("/leave")
    assert "together 5 km: Cleo 3, others 2" in await circle["Cleo"].tell("/board")
