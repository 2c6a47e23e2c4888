"""The questions that a chat remembers: each is stored and read in the form that chats have kept so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bot.common.beginning import FirstGoalAsked, ZoneAsked, ZoneConfirmationAsked
from bot.features import features
from bot.features.digest.buttons import TargetAsked, Verb
from bot.features.forget.buttons import ForgetAsked
from bot.features.goal.buttons import EditAsked, GoalAction, NumberAsked, SinceAsked
from bot.features.importing.buttons import FileSent
from bot.features.log.buttons import AmountAsked, Choosing
from bot.features.plan.aim_buttons import AimAsked, ProposalPart
from bot.features.plan.buttons import PlanAsked
from bot.features.plan.outline_buttons import VisionAsked
from bot.features.plan.template_buttons import ChangePlan, TemplateAsked
from bot.features.remind.buttons import NewTimeAsked, OtherTimeAsked
from bot.telegram.question import Question
from core.goals.model import Level
from language.parsing.draft import Draft
from language.parsing.goal_lines import PlannedGoal

ON = date(2026, 11, 23)

KEPT: list[tuple[dict[str, Any], Question]] = [
    ({"state": "zone"}, ZoneAsked()),
    ({"state": "told"}, ZoneConfirmationAsked()),
    ({"state": "first"}, FirstGoalAsked()),
    ({"state": "amount", "node": 46, "on": "20261123", "prompt": 9}, AmountAsked(46, ON, 9)),
    ({"state": "amount", "node": 46, "on": "20261123"}, AmountAsked(46, ON)),
    ({"state": "choosing", "message": 7, "notes": {"0": "felt great"}}, Choosing(7, {0: "felt great"})),
    ({"state": "forget", "word": "0123456789abcdef"}, ForgetAsked("0123456789abcdef")),
    ({"state": "remind", "node": 0, "days": 31}, NewTimeAsked(0, frozenset(range(5)))),
    ({"state": "remind", "reminder": 9}, OtherTimeAsked(9)),
    (
        {
            "state": "close.target",
            "node": 46,
            "quarter": "20261001",
            "message": 7,
            "picture": True,
            "answers": {"47": "l"},
        },
        TargetAsked(46, date(2026, 10, 1), 7, True, {47: Verb.LET_GO}),
    ),
    (
        {
            "state": "close.target",
            "node": 46,
            "quarter": "20260101",
            "message": 7,
            "picture": True,
            "answers": {},
            "is_year": True,
        },
        TargetAsked(46, date(2026, 1, 1), 7, True, {}, True),
    ),
    ({"state": "file", "word": "0123456789abcdef", "file_id": "BQAC"}, FileSent("0123456789abcdef", "BQAC")),
    (
        {"state": "aim", "sentence": "run 5 km", "changes": "on weekdays\nby June", "part": "done"},
        AimAsked("run 5 km", "on weekdays\nby June", ProposalPart.DONE),
    ),
    ({"state": "vision", "message": 40}, VisionAsked(40)),
    ({"state": "edit", "what": "rename", "node": 46}, EditAsked(GoalAction.RENAME, 46)),
    ({"state": "edit.number", "node": 46, "line": "20 km a week"}, NumberAsked(46, "20 km a week")),
    ({"state": "edit", "what": "target", "said": "8 km"}, EditAsked(GoalAction.TARGET, None, "8 km")),
    ({"state": "edit.since", "node": 46, "said": "8 km"}, SinceAsked(46, "8 km")),
    ({"state": "template", "key": "weight", "answers": "86 kg\n78"}, TemplateAsked("weight", "86 kg\n78")),
    (
        {"state": "template", "key": "weight", "answers": "86 kg", "edits": "2 drop ", "at": 3, "part": "days"},
        TemplateAsked("weight", "86 kg", "2 drop ", 3, ChangePlan.DAYS),
    ),
    ({"state": "plan.title", "title": "", "until": None, "goals": [], "at": 0}, PlanAsked(Draft())),
    (
        {
            "state": "plan.aim",
            "title": "Run a marathon",
            "until": "2027-04-30",
            "goals": [["Run = 5 km", "D", [["weekly", "20"]], ""], ["Gym", "W", [], "[mon]"]],
            "at": 1,
        },
        PlanAsked(
            Draft(
                "aim",
                "Run a marathon",
                date(2027, 4, 30),
                (PlannedGoal("Run = 5 km", "D", ((Level.WEEKLY, Decimal(20)),)), PlannedGoal("Gym", "W", (), "[mon]")),
                1,
            )
        ),
    ),
]


@pytest.mark.parametrize(
    ("kept", "question"), KEPT, ids=lambda value: str(value.get("state")) if isinstance(value, dict) else ""
)
def test_a_question_is_kept_and_read_as_ever(kept: dict[str, Any], question: Question) -> None:
    assert question.pack() == kept
    assert features().question(kept) == question


def test_there_is_a_sample_and_an_answer_for_each_kind() -> None:
    features()  # imports the questions of all of them
    kinds = set(Question.__subclasses__())
    assert {type(question) for _, question in KEPT} == kinds
    for kind in kinds:
        assert any(features().answer(question).kind is kind for _, question in KEPT if isinstance(question, kind))


def test_fields_that_an_earlier_release_left_out_or_wrote_as_null() -> None:
    amount = {"state": "amount", "node": 46, "on": "20261123", "prompt": None}
    assert features().question(amount) == AmountAsked(46, ON)
    goals = {"state": "plan.goals", "title": "Run", "until": None, "goals": [["Gym", "W", []]], "at": 0}
    assert features().question(goals) == PlanAsked(Draft("goals", "Run", None, (PlannedGoal("Gym", "W"),)))


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"state": "gone"},
        {"state": "amount"},
        {"state": "amount", "node": 1, "on": "never"},
        {"state": "plan.goals"},
    ],
)
def test_a_question_that_no_feature_knows_is_none(kept: dict[str, Any]) -> None:
    assert features().question(kept) is None
