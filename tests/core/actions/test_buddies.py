"""A member becomes somebody's buddy only if they were asked, and the question still stands."""

from __future__ import annotations

import pytest

from core.actions.buddies import AskResult, answer_buddy, ask_buddy, end_buddy
from core.errors import Refused
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, CLEO, Circle

OUTLINE = "Fit\n  D: Run = 5 km each\n"


@pytest.fixture
async def circle(store: Store) -> Circle:
    return await Circle(store).open(OUTLINE, ANN, BEN, CLEO)


async def member_id(circle: Circle, user_id: int) -> int:
    result = await circle.store.read(lambda tx: tx.members.of_user(user_id))
    return result[0][0].id


async def buddy_of(circle: Circle, user_id: int) -> int | None:
    result = await circle.store.read(lambda tx: tx.members.of_user(user_id))
    return result[0][0].buddy_id


async def answer(circle: Circle, by: int, to: int, *, accepts: bool = True) -> str:
    """The result of an answer: the code of its refusal, or ""."""
    try:
        await answer_buddy(circle.store, circle.by(by), await member_id(circle, to), circle.now, accepts=accepts)
    except Refused as error:
        return error.code
    return ""


async def test_nobody_becomes_a_buddy_unasked(circle: Circle) -> None:
    assert await answer(circle, by=BEN, to=ANN) == "buddy_not_asked"
    assert await answer(circle, by=BEN, to=ANN, accepts=False) == "buddy_not_asked"
    assert await buddy_of(circle, ANN) is None


async def test_the_one_who_was_asked_answers_once(circle: Circle) -> None:
    ben = await member_id(circle, BEN)
    assert (await ask_buddy(circle.store, circle.by(ANN), ben)).asked is AskResult.ASKED
    assert await answer(circle, by=CLEO, to=ANN) == "buddy_not_asked"
    assert await answer(circle, by=BEN, to=ANN) == ""
    assert await buddy_of(circle, ANN) == ben
    await end_buddy(circle.store, circle.by(ANN), circle.now)
    assert await answer(circle, by=BEN, to=ANN) == "buddy_not_asked"
    assert await buddy_of(circle, ANN) is None


async def test_an_old_question_is_over_once_somebody_else_was_asked(circle: Circle) -> None:
    ben, cleo = await member_id(circle, BEN), await member_id(circle, CLEO)
    await ask_buddy(circle.store, circle.by(ANN), ben)
    await ask_buddy(circle.store, circle.by(ANN), cleo)
    assert await answer(circle, by=CLEO, to=ANN) == ""
    assert await answer(circle, by=BEN, to=ANN) == "buddy_not_asked"
    assert await buddy_of(circle, ANN) == cleo
