"""Plans from one sentence, by the API."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import Desk


async def test_a_sentence_is_proposed_with_its_parts_and_nothing_is_written(desk: Desk) -> None:
    before = await desk.ids()
    said = await desk.ask("POST", "/plans/propose", {"sentence": "write a book of 80,000 words by 30 June"})
    found = said.json()
    assert found["title"] == "Write a book"
    assert found["outline"].splitlines()[1] == "  T: 80,000 words = 80000 words sum"
    assert (found["startsOn"], found["endsOn"]) == ("2026-11-02", "2027-06-30")
    assert [level["level"] for level in found["parts"]] == ["quarterly", "monthly", "weekly"]
    for level in found["parts"]:
        assert sum(part["amount"] for part in level["parts"]) == 80_000
    assert found["parts"][0]["parts"][0]["periodStart"] == "2026-11-02"
    assert not found["assumedEnd"]
    assert await desk.ids() == before


async def test_changes_in_words_are_taken_in_their_order(desk: Desk) -> None:
    body = {"sentence": "lose 8 kg by June", "changes": ["86", "until 31 July 2027"]}
    found = (await desk.ask("POST", "/plans/propose", body)).json()
    assert "  T: Weight = 86 -> 78 kg" in found["outline"]
    assert found["endsOn"] == "2027-07-31"
    unknown = (await desk.ask("POST", "/plans/propose", {"sentence": "lose 8 kg by June"})).json()
    assert (unknown["needsNow"], unknown["outline"], unknown["unit"]) == (True, None, "kg")


async def test_what_is_proposed_is_planted(desk: Desk) -> None:
    planted = await desk.ask("POST", "/plans", {"sentence": "read 24 books in 2027"})
    [one] = planted.json()["planted"]
    assert (one["title"], one["isNew"], one["added"]) == ("Read 24 books", True, 4)
    tree = (await desk.ask("GET", f"/goal-tree/{one['visionId']}", on="2027-05-05")).json()["vision"]
    books = tree["kpis"][0]
    assert (books["title"], books["targetValue"]) == ("24 books", 24)
    assert books["children"][0]["targetValue"] == 6


@pytest.mark.parametrize(
    ("path", "sentence", "code"),
    [
        ("/plans/propose", "80,000 words by 1 January 2020", "invalid_plan"),
        ("/plans", "lose 8 kg by June", "invalid_plan"),
        ("/plans", "80,000 words by 30 February", "no_such_day"),
    ],
)
async def test_what_cannot_be_is_refused(desk: Desk, path: str, sentence: str, code: str) -> None:
    refused = await desk.ask("POST", path, {"sentence": sentence})
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text
