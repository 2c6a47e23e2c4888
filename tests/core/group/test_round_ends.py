"""When a group's round ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from core.asking.reminders import ends
from core.goals.model import Owner, OwnerType

ON = date(2026, 11, 25)
EVENING = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)
GROUP = Owner(1, -1, OwnerType.GROUP, timezone="Europe/Berlin")


@pytest.mark.parametrize(
    ("deadline", "day_start", "due", "end"),
    [
        (None, time(0), EVENING, datetime(2026, 11, 25, 23, 0, tzinfo=UTC)),
        (None, time(4), EVENING, datetime(2026, 11, 26, 3, 0, tzinfo=UTC)),
        (time(22), time(0), EVENING, datetime(2026, 11, 25, 21, 0, tzinfo=UTC)),
        (time(2), time(4), EVENING, datetime(2026, 11, 26, 1, 0, tzinfo=UTC)),
        (time(0), time(0), EVENING, datetime(2026, 11, 25, 23, 0, tzinfo=UTC)),
        (time(18), time(0), EVENING, datetime(2026, 11, 25, 20, 0, tzinfo=UTC)),  # an hour at least
    ],
)
def test_a_round_ends_at_its_deadline_or_with_the_day(
    deadline: time | None, day_start: time, due: datetime, end: datetime
) -> None:
    assert ends(replace(GROUP, round_deadline=deadline, day_start=day_start), ON, due) == end


def test_a_persons_prompt_knows_no_deadline() -> None:
    alone = replace(GROUP, type=OwnerType.PRIVATE, round_deadline=time(22))
    assert ends(alone, ON, EVENING) == datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
