"""/tree: folding, paging, branches, depths, other days, outlines. It is Monday 2026-11-23."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.columns import width
from core.planning.outline import parse_outline
from tests.bot.conftest import Said, Talk
from tests.bot.planting import MARATHON, STARTED, planted

LONG = "🏃 A goal with <b>a very</b> long & winding title that goes on and on and on, "


def huge(quarters: int = 20, leaves: int = 97) -> str:
    """A tree of about 2,000 nodes with titles of nearly 200 characters."""
    lines = ["Vision (from 2026-10-01)"]
    for quarter in range(quarters):
        lines.append(f"  Q: {LONG * 2}q{quarter}")
        lines.append(f"    W: {LONG * 2}w{quarter}")
        lines += [f"      D: {LONG * 2}{quarter} {leaf}" for leaf in range(leaves)]
    return "\n".join(lines)


def lines(said: Said) -> list[str]:
    return said.text.split("\n")


async def one(talk: Talk, text: str) -> Said:
    [said] = await talk.say(text)
    return said


async def test_a_small_tree_is_shown_whole(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    said = await one(chat, "/tree")
    assert lines(said) == [
        "🔴  0% ░░░░░ ▾★ Run a marathon",
        "🔴  0% ░░░░░  ▾Q 600 km a quarter",
        "🔴  2% ░░░░░   ▾M 200 km a month",
        "🟢 10% ░░░░░    ▾W 50 km a week",
        "✅100% ▓▓▓▓▓      D Run 🔥1",
        "🔴  0% ░░░░░ ▾★ Feel strong",
        "🟢  0% ░░░░░  ▾W Strength",
        "🟢  0% ░░░░░    D Gym",
        "🟢  0% ░░░░░    D Stretch",
        "🟢  0% ░░░░░   W Read 20 pages",
    ]


async def test_an_ended_goal_looks_ended_and_is_folded(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("run 5")
    for name in ("feel strong", "run a marathon"):
        await chat.say(f"/archive {name}")
        await chat.tap("End it")
    chat.stage.clock.advance(timedelta(days=1))
    said = await one(chat, "/tree")
    vision, other = lines(said)
    assert vision.startswith("◻ ended      ▸★ Run a marathon 2")
    assert other.startswith("◻ ended      ▸★ Feel strong 2")
    [opened] = await chat.tap("▸ Feel strong")
    assert any(line.startswith("◻ ended       ▸W Strength 2") for line in lines(opened))


async def test_taps_fold_and_unfold_in_place(chat: Talk) -> None:
    await planted(chat)
    await one(chat, "/tree")
    [folded] = await chat.tap("▾ Strength")
    assert folded.edited
    assert not any("Gym" in line for line in lines(folded))
    assert "▸ Strength" in folded.buttons
    [unfolded] = await chat.tap("▸ Strength")
    assert any("Gym" in line for line in lines(unfolded))
    [closed] = await chat.tap("▾ Feel strong")
    assert [line.split()[-1] for line in lines(closed)] == ["marathon", "strong"]
    assert closed.buttons == ["▸ Run a marathon", "▸ Feel strong", "✏️ Open a goal"]


async def test_a_depth_may_be_asked_for(chat: Talk) -> None:
    await planted(chat)
    assert len(lines(await one(chat, "/tree 1"))) == 5
    assert len(lines(await one(chat, "/tree 3"))) == 9
    assert len(lines(await one(chat, "/tree all"))) == 10


async def test_a_branch_by_name(chat: Talk) -> None:
    await planted(chat)
    said = await one(chat, "/tree strength")
    assert lines(said) == [
        "Feel strong",
        "🟢  0% ░░░░░ ▾W Strength",
        "🟢  0% ░░░░░   D Gym",
        "🟢  0% ░░░░░   D Stretch",
    ]
    assert said.buttons == ["▾ Strength", "‹ whole tree", "✏️ Open a goal"]
    [whole] = await chat.tap("‹ whole tree")
    assert len(lines(whole)) == 10


async def test_an_unclear_branch_is_asked_for(chat: Talk) -> None:
    await planted(chat)
    said = await one(chat, "/tree r")
    assert said.text == "Which branch is “r”?"
    assert said.buttons == ["Run a marathon", "Run", "Read 20 pages"]
    [branch] = await chat.tap("Read 20 pages")
    assert branch.text.endswith("W Read 20 pages")
    assert "I know no goal called “xyzzy”." in (await one(chat, "/tree xyzzy")).text


async def test_a_past_day_and_one_ahead(chat: Talk) -> None:
    await planted(chat)
    await chat.tell("gym yesterday")
    await chat.tell("gym")
    said = await one(chat, "/tree all 2026-11-22")
    assert lines(said)[0] == "As it stood on Sun, 22 Nov 2026"
    assert any(line.endswith("Gym 🔥1") for line in lines(said))
    [folded] = await chat.tap("▾ Strength")
    assert lines(folded)[0] == "As it stood on Sun, 22 Nov 2026"
    assert "lies ahead" in (await one(chat, "/tree tomorrow")).text
    assert "no such day" in (await one(chat, "/tree 30 feb")).text


async def test_the_outline_reads_back(chat: Talk) -> None:
    await planted(chat)
    said = await chat.say("/tree outline")
    text = "\n".join(answer.text for answer in said)
    assert parse_outline(text, STARTED) == parse_outline(MARATHON, STARTED)


async def test_an_outline_too_long_for_a_message_comes_as_a_file(chat: Talk) -> None:
    await planted(chat, huge(1, 60))
    said = await one(chat, "/tree outline")
    assert said.document is not None
    assert chat.content(said).decode().startswith("Vision (from 2026-10-01)\n  Q: ")


async def test_a_huge_tree_is_folded_and_paged(chat: Talk) -> None:
    await planted(chat, huge())
    said = await one(chat, "/tree")
    assert len(lines(said)) == 21
    assert all(width(line) <= 44 for line in lines(said))
    everything = await one(chat, "/tree all")
    assert len(lines(everything)) == 24
    assert everything.buttons[-4:-1] == ["‹", "page 1 of 83", "›"]
    [turned] = await chat.tap("›")
    assert turned.edited
    assert turned.buttons[-3] == "page 2 of 83"
    [last] = await chat.tap("‹")
    [last] = await chat.tap("‹")
    assert last.buttons[-3] == "page 83 of 83"


async def test_a_branch_far_down_opens_on_its_page(chat: Talk) -> None:
    await planted(chat, "Vision (from 2026-10-01)\n" + "".join(f"  W: Week {n}\n    D: Day {n}\n" for n in range(60)))
    said = await one(chat, "/tree")
    assert said.buttons[-3] == "page 1 of 3"
    await chat.tap("›")
    [opened] = await chat.tap("▸ Week 40")
    assert any(line.endswith("Day 40") for line in lines(opened))
    assert opened.buttons[-3] == "page 2 of 3"


async def test_markup_in_titles_is_shown_as_it_is(chat: Talk) -> None:
    await planted(chat, "<i>V</i> & co (from 2026-10-01)\n  D: <b>Gym</b>\n")
    assert "<b>Gym</b>" in (await one(chat, "/tree")).text
    assert "<b>Gym</b>" in (await one(chat, "/log <b>gym</b>")).text


@pytest.mark.parametrize("word", ["All", "Outline", "10"])
async def test_a_goal_may_be_called_like_an_option(chat: Talk, word: str) -> None:
    await planted(chat, f'Vision (from 2026-10-01)\n  D: "{word}"\n')
    assert lines(await one(chat, f"/tree {word}"))[-1].endswith(word)
