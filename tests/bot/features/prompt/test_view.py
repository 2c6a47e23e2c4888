"""The prompt as data → text and buttons, without a bot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from bot.features.prompt.view import PAGE, asks_again, prompt
from bot.telegram.html import plain, units
from bot.telegram.keyboard import MAX_BUTTONS, Keyboard
from core.actions.day.items import Item, items_of
from core.actions.day.prompt import OpenLeaf, PromptSheet
from core.asking.reminders import Message, MessageKind, MessageState
from core.goals.model import Kind, Level, Measure, Node, Strategy
from core.goals.progress import ONE, Cell
from core.goals.reading import Reading
from core.goals.streaks import Run
from core.goals.terms import Terms
from core.goals.tree import Tree
from language.i18n import words

W = words("en")
MONDAY = date(2026, 11, 23)
LATER = datetime(2026, 11, 24, tzinfo=UTC)
ASKED = Message(36**6, MessageKind.CHECK_IN, 1, 4, MONDAY, LATER, MessageState.SENT, 1, message_id=9)
ROOT = Node(1, None, "v", Kind.VISION, Level.VISION, "Vision", Strategy.AVERAGE, starts_on=date(2026, 10, 1))


def leaf(id: int, title: str, target: str | None = None, level: Level = Level.DAILY, unit: str | None = "km") -> Node:
    """A number with a target, or a tick without."""
    measure = Measure.NUMBER if target else Measure.CHECK
    terms = (Terms(target=Decimal(target) if target else None),)
    return Node(id, 1, f"n{id}", Kind.KPI, level, title, measure=measure, unit=unit, terms=terms, position=id)


def sheet(
    *leaves: Node, cells: dict[int, Cell] | None = None, totals: tuple[str, ...] = (), **more: object
) -> PromptSheet:
    """A prompt about these leaves; those below their target are open."""
    cells = cells or {}
    runs = {id: Run(3, 4, MONDAY) for id, cell in cells.items() if cell.done}
    readings = [Reading(Tree([ROOT, *leaves]), MONDAY, cells, runs)]
    items = items_of(readings)
    rows = [OpenLeaf(item, Decimal(0), _offered(item, totals)) for item in items if not item.settled]
    return PromptSheet(ASKED, readings, items, rows, MONDAY, **more)  # type: ignore[arg-type]


def _offered(item: Item, totals: tuple[str, ...]) -> tuple[Decimal, ...]:
    return () if item.is_check else tuple(map(Decimal, totals))


def labels(keyboard: Keyboard) -> list[list[str]]:
    return [[button.label for button in row] for row in keyboard]


def test_a_row_has_as_many_amounts_as_a_phone_can_show() -> None:
    offered = ("5", "2.5", "8")
    _, keyboard = prompt(sheet(leaf(2, "Run", "5"), totals=offered), W)
    assert labels(keyboard)[0] == ["Run 5 km", "2.5", "8", "other…", "⏭"]
    _, keyboard = prompt(sheet(leaf(2, "Meditation in the morning", "5", unit="min"), totals=offered), W)
    assert labels(keyboard)[0] == ["Meditation… 5 min", "2.5", "other…", "⏭"]


def test_a_number_without_an_amount_is_asked_for() -> None:
    text, keyboard = prompt(sheet(leaf(2, "Weight", "70", unit="kg")), W)
    assert plain(text) == "🔔 Mon 23 Nov · how is it going?\n• Weight · 0 of 70 kg"
    assert labels(keyboard)[0] == ["Weight: other…", "⏭ Skip"]


def test_a_skip_names_a_period_that_is_longer_than_the_day() -> None:
    levels = (Level.WEEKLY, Level.MONTHLY, Level.QUARTERLY)
    text, keyboard = prompt(sheet(*(leaf(at, f"Call {at}", level=level) for at, level in enumerate(levels, 2))), W)
    assert [row[1] for row in labels(keyboard)[:3]] == ["⏭ Skip week", "⏭ Skip month", "⏭ Skip quarter"]
    assert plain(text).splitlines()[1:] == ["• Call 2 · this week", "• Call 3 · this month", "• Call 4 · this quarter"]


def test_a_longer_goal_without_days_own_ones_is_asked_for_like_them() -> None:
    text, keyboard = prompt(sheet(leaf(2, "Read", level=Level.WEEKLY)), W)
    assert plain(text).startswith("🔔")
    assert labels(keyboard)[-1] == ["⏰ 15 min", "⏰ 1 h", "⏰ Tomorrow"]


def test_the_closing_counts_what_was_done_and_skipped() -> None:
    done, skipped = Cell(Decimal(1), ONE), Cell(counts=False, excused=True)
    text, keyboard = prompt(sheet(leaf(2, "Gym"), leaf(3, "Stretch"), cells={2: done, 3: skipped}), W, above="so")
    assert plain(text) == "so\n\n🏁 Mon 23 Nov · 1 of 1 done · 1 skipped\n🔥 Gym 3 days"
    assert keyboard == ()
    text, _ = prompt(sheet(leaf(3, "Stretch"), cells={3: skipped}), W)
    assert plain(text) == "🏁 Mon 23 Nov · 1 skipped"


def test_the_longest_page_fits_into_a_message() -> None:
    title = "<&> very long title " * 10
    leaves = [leaf(36**6 + at, f"{at} {title}", "999999999.999999", unit="kilometers an hour") for at in range(200)]
    amounts = ("999999999.999999", "1.999999", "2.999999")
    full = sheet(*leaves, totals=amounts)
    text, keyboard = prompt(full, W, page=19, above="x" * 2000)
    assert units(plain(text)) < 4096
    assert sum(map(len, keyboard)) <= MAX_BUTTONS
    assert len(keyboard) == PAGE + 2


def test_a_page_that_is_gone_is_the_last_there_is() -> None:
    text, _ = prompt(sheet(leaf(2, "Gym")), W, page=7)
    assert "• Gym" in text


def test_another_day_is_named_where_it_asks_again() -> None:
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert asks_again(now.replace(minute=15), now, W) == "⏰ I'll ask again at 21:15."
    assert asks_again(now.replace(day=24, hour=9), now, W) == "⏰ I'll ask again on Tue 24 Nov at 09:00."
