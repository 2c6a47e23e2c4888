"""Prompts of other days, across changes of the clocks, and of many goals."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.features.prompt.letter import check_in
from bot.telegram.letter import Letter
from core.actions.reminders import add_check_in
from core.asking.reminders import Message, MessageKind, MessageState
from core.asking.schedule import Schedule
from core.group.permissions import Actor
from storage.sql import Sql
from tests.bot.conftest import Stage, Talk
from tests.bot.features.prompt.test_prompt import DAYS_OWN, HALF_PAST, asked, at, reminded, rows_of
from tests.bot.logged import told
from tests.bot.planting import planted


async def test_the_owner_s_day_start_decides_which_day_is_meant(chat: Talk) -> None:
    await reminded(chat, DAYS_OWN, time(2, 30), day_start=time(4))
    [said] = await chat.until(at(2, 30, 24))
    assert said.text.startswith("🔔 Mon 23 Nov · how is it going?")
    await chat.tap("✅ Gym")
    assert chat.toasts == ["✅ Gym · today done · 🔥 1 day"]
    chat.stage.clock.set(at(4, 0, 24))
    await chat.tap("Run 5 km")
    assert chat.toasts == ["✅ Run  5 km · for Mon 23 Nov · done · 🔥 1 day"]
    assert [entry[0] for entry in await told(chat)] == ["11-23", "11-23"]


@pytest.mark.parametrize(
    ("before", "due", "snoozed", "shown"),
    [
        # 02:30 is skipped on 29 March 2026: the first moment after the gap is 03:00, an hour later it is 04:00.
        (datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=1), "04:00"),
        # 02:30 comes twice on 25 October 2026: the first one counts, and an hour later the clocks show it again.
        (
            datetime(2026, 10, 24, 20, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            timedelta(hours=1),
            "02:30",
        ),
    ],
)
async def test_on_a_night_when_the_clocks_change(
    chat: Talk, before: datetime, due: datetime, snoozed: timedelta, shown: str
) -> None:
    chat.stage.clock.set(before)
    outline = DAYS_OWN.replace("2026-10-01", "2026-01-01")
    await reminded(chat, outline, time(2, 30), timezone="Europe/Berlin", day_start=time(4))
    assert await chat.until(due - timedelta(seconds=1)) == []
    [said] = await chat.until(due)
    assert f"Sat {before.day} " in said.text
    await chat.tap("⏰ 1 h")
    assert chat.toasts == [f"⏰ I'll ask again at {shown}."]
    [again] = await chat.until(due + snoozed)
    assert again.text.startswith(f"⏰ Sat {before.day} ")


async def test_a_new_process_takes_the_answers(chat: Talk) -> None:
    await asked(chat, DAYS_OWN)
    await chat.stage.restart()
    await chat.tap("✅ Gym")
    await chat.tap("⏰ 15 min")
    await chat.stage.restart()
    [again] = await chat.until(at(21, 45))
    assert again.text == "⏰ Mon 23 Nov · still open:\n• Run · 0 of 5 km"


async def test_many_leaves_are_paged_and_an_answer_stays_on_its_page(chat: Talk) -> None:
    outline = "Vision (from 2026-10-01)\n" + "".join(f"  D: Habit {n:03} = {n + 1} km\n" for n in range(120))
    said = await asked(chat, outline)
    assert len(rows_of(said)) == 12
    assert rows_of(said)[-2] == ["‹", "page 1 of 12", "›"]
    assert said.text.count("•") == 10
    [turned] = await chat.tap("›")
    assert turned.edited
    assert turned.text.splitlines()[1] == "• Habit 010 · 0 of 11 km"
    [left] = await chat.tap("Habit 010 11 km")
    assert "• Habit 011 · 0 of 12 km" in left.text
    assert "page 2 of 12" in left.buttons


async def test_all_names_are_escaped(chat: Talk) -> None:
    said = await asked(chat, "Vision (from 2026-10-01)\n  D: <b>Gym</b> & co\n  D: ריצה בבוקר = 5 ק״מ\n")
    assert "• <b>Gym</b> & co\n• ריצה בבוקר · 0 of 5 ק״מ" in said.text
    assert rows_of(said)[0] == ["✅ <b>Gym</b> & co", "⏭ Skip"]
    assert rows_of(said)[1][0] == "ריצה בבוקר 5 ק״מ"
    await chat.tap("Gym")
    [said] = await chat.tap("ריצה בבוקר")
    assert "🔥 <b>Gym</b> & co 1 day · ריצה בבוקר 1 day" in said.text


async def test_the_statements_of_a_prompt_do_not_grow_with_its_leaves(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    rows = Sql.rows

    def counted(self, statement, *parameters):  # type: ignore[no-untyped-def]
        sent.append(statement)
        return rows(self, statement, *parameters)

    numbers = []
    for name, leaves in (("Anna", 1), ("Ben", 40)):
        chat = stage.talk(name)
        await reminded(chat, "Vision (from 2026-10-01)\n" + "".join(f"  D: Run {n} = 5 km\n" for n in range(leaves)))
        owner = await stage.store.read(lambda tx, chat_id=chat.chat_id: tx.owners.by_chat(chat_id))  # type: ignore[misc]
        message = Message(1, MessageKind.CHECK_IN, owner.id, chat.chat_id, date(2026, 11, 23), HALF_PAST,
                          MessageState.SENDING, 1)  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(Sql, "rows", counted)
            sent.clear()
            letter = await check_in(stage.bot.services, owner, message, HALF_PAST)
        assert isinstance(letter, Letter)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 4


async def test_a_branch_is_asked_for_by_itself(chat: Talk) -> None:
    nodes = await planted(chat)
    await add_check_in(
        chat.stage.store, Actor.host(chat.chat_id), Schedule(time(21, 30)), chat.stage.clock(), nodes["Strength"].id
    )
    [said] = await chat.until(HALF_PAST)
    assert said.text == "🔔 Mon 23 Nov · how is it going?\n• Gym\n• Stretch"
    await chat.tap("✅ Gym")
    [said] = await chat.tap("✅ Stretch")
    assert "🏁 Mon 23 Nov · 2 of 2 done" in said.text
    assert said.buttons == []
