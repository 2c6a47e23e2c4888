"""Plans over the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.api.conftest import Desk


async def test_a_sentence_is_proposed_with_its_parts_and_nothing_is_written(desk: Desk) -> None:
    before = await desk.ids()
    said = await desk.ask("POST", "/plans/propose", {"sentence": "write a book of 80,000 words by 30 June"})
    answer = said.json()
    assert answer["title"] == "Write a book"
    assert answer["outline"].splitlines()[1] == "  T: 80,000 words = 80000 words sum"
    assert (answer["startsOn"], answer["endsOn"]) == ("2026-11-02", "2027-06-30")
    assert [level["level"] for level in answer["parts"]] == ["quarterly", "monthly", "weekly"]
    for level in answer["parts"]:
        assert sum(part["amount"] for part in level["parts"]) == 80_000
    assert answer["parts"][0]["parts"][0]["periodStart"] == "2026-11-02"
    assert not answer["assumedEnd"]
    assert await desk.ids() == before


async def test_changes_in_words_are_taken_in_their_order(desk: Desk) -> None:
    body = {"sentence": "lose 8 kg by June", "changes": ["86", "until 31 July 2027"]}
    answer = (await desk.ask("POST", "/plans/propose", body)).json()
    assert "  T: Weight = 86 -> 78 kg" in answer["outline"]
    assert answer["endsOn"] == "2027-07-31"
    unknown = (await desk.ask("POST", "/plans/propose", {"sentence": "lose 8 kg by June"})).json()
    assert (unknown["needsNow"], unknown["outline"], unknown["unit"]) == (True, None, "kg")


async def test_a_proposal_is_planted_as_it_is(desk: Desk) -> None:
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
async def test_an_impossible_aim_is_refused(desk: Desk, path: str, sentence: str, code: str) -> None:
    refused = await desk.ask("POST", path, {"sentence": sentence})
    assert (refused.status_code, refused.json()["code"]) == (422, code), refused.text


async def test_the_goals_that_are_proposed_may_be_changed_before_they_are_planted(desk: Desk) -> None:
    body: dict[str, Any] = {"sentence": "write a book of 80,000 words by 30 June"}
    goals = (await desk.ask("POST", "/plans/propose", body)).json()["goals"]
    assert [goal["depth"] for goal in goals] == [0, 1, 2, 3, 4, 5]
    assert [goal["differs"] for goal in goals] == [False, False, True, True, True, False]
    day = len(goals) - 1
    body["edits"] = [
        {"at": 0, "title": "My novel"},
        {"at": day, "weekdays": ["mon", "tue"], "target": 900},
        {"at": 0, "add": "D: Read it aloud"},
        {"at": day - 1, "drop": True},
    ]
    answer = (await desk.ask("POST", "/plans/propose", body)).json()
    assert [goal["title"] for goal in answer["goals"]][0::4] == ["My novel", "Read it aloud"]
    [planted] = (await desk.ask("POST", "/plans", body)).json()["planted"]
    assert planted["added"] == 5
    targets = []
    for on in ("2026-11-02", "2027-05-05"):
        tree = (await desk.get(f"/goal-tree/{planted['visionId']}", on=on))["vision"]
        targets.append(tree["kpis"][0]["children"][0]["targetValue"])
    assert targets[0] != targets[1]  # each period has its own part, as proposed


async def test_a_template_is_proposed_with_its_answers(desk: Desk) -> None:
    answer = (await desk.get("/plans/templates"))["templates"]
    marathon = next(one for one in answer if one["key"] == "marathon")
    assert marathon["questions"] == [{"asks": "until", "question": "On which day is the race?", "usual": "2027-02-21"}]
    body: dict[str, Any] = {"template": "marathon", "answers": ["2027-04-18"]}
    proposed = (await desk.ask("POST", "/plans/propose", body)).json()
    assert (proposed["title"], proposed["endsOn"]) == ("Run a marathon", "2027-04-18")
    assert proposed["goals"][1]["differs"]
    planted = await desk.ask("POST", "/plans", {**body, "edits": [{"at": 4, "drop": True}]})
    assert planted.json()["planted"][0]["changed"] + planted.json()["planted"][0]["added"] > 3


async def test_words_that_are_no_change_are_refused(desk: Desk) -> None:
    body = {"sentence": "read 24 books in 2027", "changes": ["purple"]}
    assert not (await desk.ask("POST", "/plans/propose", body)).json()["isRead"]
    body = {"sentence": "run a marathon"}
    assert (await desk.ask("POST", "/plans/propose", body)).json()["template"] == "marathon"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"template": "marathon"}, "answer_unread"),
        ({"template": "marathon", "answers": ["yesterday week"]}, "answer_unread"),
        ({"template": "marathon", "answers": ["2027-04-18", "more"]}, "answers_unasked"),
        ({"template": "flying"}, "template_gone"),
        ({"sentence": "read 24 books", "template": "marathon"}, "request_invalid"),
        ({"sentence": "read 24 books", "edits": [{"at": 0, "drop": True}]}, "vision_stays"),
        ({"sentence": "read 24 books", "edits": [{"at": 1, "weekdays": ["mon"], "everyDays": 2}]}, "request_invalid"),
    ],
)
async def test_a_body_that_is_no_plan_is_refused(desk: Desk, body: dict[str, Any], code: str) -> None:
    refused = (await desk.ask("POST", "/plans", body)).json()
    assert code in [refused["code"], *(fault["code"] for fault in refused["faults"])]


async def test_a_number_in_a_title_of_an_outline_has_two_readings(desk: Desk) -> None:
    outline = 'Fit\n  D: Read 5 pages\n  D: "Swim 2 km"\n  D: Walk = 3 km'
    answer = (await desk.ask("POST", "/plans/propose", {"outline": outline})).json()
    assert answer["numbered"] == [
        {
            "line": 2,
            "title": "Read 5 pages",
            "target": "5 pages",
            "asTarget": "  D: Read = 5 pages",
            "asName": '  D: "Read 5 pages"',
        }
    ]
    for reading, target in (("asTarget", 5), ("asName", None)):
        meant = outline.replace("  D: Read 5 pages", answer["numbered"][0][reading])
        said = (await desk.ask("POST", "/plans/propose", {"outline": meant})).json()
        assert (said["numbered"], said["goals"][1]["target"]) == ([], target)
    assert (await desk.ask("POST", "/plans/propose", {"sentence": "read 24 books in 2027"})).json()["numbered"] == []


async def test_a_tree_that_is_there_already_is_named(desk: Desk) -> None:
    outline = {"outline": "Fit\n  D: Run = 5 km\nCalm\n  D: Tea"}
    assert (await desk.ask("POST", "/plans/propose", outline)).json()["extends"] == []
    await desk.ask("POST", "/plans", {"outline": "Fit\n  D: Gym"})
    assert (await desk.ask("POST", "/plans/propose", outline)).json()["extends"] == ["Fit"]
