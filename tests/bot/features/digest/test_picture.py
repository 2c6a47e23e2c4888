"""Pictures of digests: late, missing, and drawn for real."""

from __future__ import annotations

from datetime import date

import pytest

from bot.features.digest.buttons import DrawDigest
from bot.pictures.model import Picture
from bot.pictures.painter import NotPainted, Painter
from core.goals.model import Level
from tests.bot.conftest import Stage, Talk
from tests.bot.features.digest.week import at, switch_on
from tests.bot.planting import planted


async def test_a_picture_that_cannot_be_drawn_now_follows_its_words(
    chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    painter, tries = chat.stage.painter, 0

    async def not_now(asked: Picture) -> bytes | None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise NotPainted
        return await painter.paint(asked)

    monkeypatch.setattr(painter, "paint_in_time", not_now)
    [words] = await chat.until(at("2026-11-29 19:00"))
    assert words.text.startswith("📊 Week of 23 Nov")
    assert not words.is_picture
    assert "🖼 Picture" not in words.buttons
    [late] = await chat.until(at("2026-11-29 20:00"))
    assert (late.text, late.is_picture) == ("", True)
    assert late.raw["reply_to_message"]["message_id"] == words.raw["message_id"]
    assert tries == 4
    assert await chat.until(at("2026-11-30 20:00")) == []


async def test_a_late_picture_is_that_of_its_digest(chat: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    painter, drawn = chat.stage.painter, list[Picture]()

    async def not_at_first(asked: Picture) -> bytes | None:
        drawn.append(asked)
        if len(drawn) == 1:
            raise NotPainted
        return await painter.paint(asked)

    monkeypatch.setattr(painter, "paint_in_time", not_at_first)
    _, late = await chat.until(at("2026-11-29 19:00"))
    assert late.is_picture
    assert drawn[0] == drawn[1]


async def test_a_picture_that_can_never_be_drawn_is_given_up_one_day(
    chat: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")

    async def never(asked: Picture) -> bytes | None:
        raise NotPainted

    monkeypatch.setattr(chat.stage.painter, "paint_in_time", never)
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert not said.is_picture
    assert await chat.until(at("2026-12-03 19:00")) == []
    kept = await chat.stage.store.read(lambda tx: tx.statistics.waiting(chat.stage.clock()))
    assert kept.digests.waiting == 0


async def test_without_a_picture_the_text_comes_alone(chat: Talk) -> None:
    await planted(chat)
    await switch_on(chat, Level.WEEKLY)
    await chat.say("run 6")
    chat.stage.painter.fails = True
    [said] = await chat.until(at("2026-11-29 19:00"))
    assert not said.is_picture
    assert said.text.startswith("📊 Week of 23 Nov\n🔴 Daily goals")
    [again] = await chat.say("/digest")
    assert (again.text, again.is_picture) == (said.text, False)
    assert await chat.tap("🖼 Picture") == []
    assert "cannot be drawn" in chat.toasts[0]
    chat.stage.painter.fails = False
    [drawn] = await chat.tap("🖼 Picture")
    assert drawn.is_picture
    await chat.press(DrawDigest(Level.DAILY, date(2026, 11, 23)).pack())  # no digest is of a day


async def test_the_picture_is_drawn_for_real(stage: Stage) -> None:
    await stage.restart(painter=Painter())
    chat = stage.talk("Anna")
    await planted(chat)
    await chat.say("run 6")
    [said] = await chat.say("/digest")
    assert said.is_picture
    assert said.raw["photo"][-1]["width"] > 700
