"""The ready-made plans: each gives a sound tree, and its numbers agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from babel import Locale

from core.errors import InvalidPlan
from core.goals.model import Level
from core.goals.tree import Tree
from core.planning.outline import assign_keys, parse_outline, print_plan
from core.planning.plan import nodes_of
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.hearing import Hearing
from language.parsing.template_answers import answers_of
from language.template_plans import plan_of, usual_end
from language.templates import Answers, Template, by_name, templates, wanted

TODAY = date(2026, 11, 23)
EN = words("en")
HEARING = Hearing(TODAY, lexicon(Locale("en")))
SAID = {"what": "Spanish", "now": "86 kg", "amount": "78", "until": "2027-05-30"}


def answered(template: Template, **said: str) -> Answers:
    result = answers_of(template, [{**SAID, **said}[asked] for asked in template.asks], HEARING)
    assert result is not None
    return result


def outline(key: str, **said: str) -> list[str]:
    plan = plan_of(templates()[key], answered(templates()[key], **said), TODAY, 0, EN)
    return print_plan(replace(plan, starts_on=None)).splitlines()


def test_there_are_a_dozen() -> None:
    assert list(templates()) == [
        "marathon", "book", "savings", "weight", "language", "exam", "instrument", "sleep", "quit", "home", "reading",
        "okr",
    ]  # fmt: skip


@pytest.mark.parametrize("key", list(templates()))
def test_each_gives_a_sound_tree_that_its_outline_gives_again(key: str) -> None:
    template = templates()[key]
    plan = plan_of(template, answered(template), TODAY, 0, EN)
    tree = Tree(nodes_of(assign_keys(plan, set()), count(1)))
    assert tree.loggable()
    [read] = parse_outline(print_plan(plan), TODAY)
    assert [node.title for node in read.walk()] == [node.title for node in plan.walk()]
    assert [node.level for node in read.walk()] == [node.level for node in plan.walk()]
    assert set(template.asks) == set(template.questions)


def test_a_marathon_goes_by_its_weeks_up_to_the_race() -> None:
    plan = plan_of(templates()["marathon"], answered(templates()["marathon"], until="2027-04-25"), TODAY, 0, EN)
    sums, long, easy = (
        next(node for node in plan.walk() if node.title == title)
        for title in ("Kilometres each week", "Long run", "Easy runs")
    )
    assert sums.terms[-1].since == date(2027, 4, 19)
    assert long.target == 42
    assert sums.target == 54
    for week in sums.terms:
        parts = [[terms.target for terms in node.terms if terms.since <= week.since][-1] for node in (long, easy)]
        assert sum(part or Decimal(0) for part in parts) == week.target
    assert (sums.terms[0].since, int(sums.terms[0].target or 0)) == (date.min, 24)


def test_a_marathon_that_is_near_takes_the_last_weeks() -> None:
    plan = plan_of(templates()["marathon"], answered(templates()["marathon"], until="2026-12-20"), TODAY, 0, EN)
    sums = next(node for node in plan.walk() if node.title == "Kilometres each week")
    assert [int(terms.target or 0) for terms in sums.terms] == [50, 38, 28, 54]


def test_answers_appear_in_the_tree() -> None:
    assert outline("weight")[:2] == ["From 86 to 78 kg (until 2027-05-30)", "  T: Weight = 86 -> 78 kg"]
    assert outline("quit", what="smoking")[:2] == ["Quit smoking", "  D: Smoking <= 0"]
    assert outline("savings", amount="3,000 $")[:2] == ["Save 3000 $ (until 2027-05-30)", "  T: 3,000 $ = 3000 $ sum"]
    assert outline("book", amount="60,000")[1] == "  T: 60,000 words = 60000 words sum"
    assert outline("reading", amount="24")[1] == "  T: 24 books = 24 books sum"
    assert outline("okr", what="Customers stay with us")[0] == "Customers stay with us (until 2027-05-30)"
    assert outline("sleep")[0] == "Sleep well"


def test_words_that_are_no_answer_are_not_taken() -> None:
    weight = templates()["weight"]
    for said in (["heavy"], ["-5"], ["86 kg", "0"], ["86 kg", "78", "yesterday"], ["86 kg", "78", "2027-02-30"]):
        assert answers_of(weight, said, HEARING) is None
    with pytest.raises(InvalidPlan):
        plan_of(weight, answered(weight, amount="86"), TODAY, 0, EN)
    with pytest.raises(InvalidPlan):
        plan_of(weight, replace(answered(weight), until=date(2026, 11, 22)), TODAY, 0, EN)


@pytest.mark.parametrize(
    ("sentence", "key"),
    [
        ("run a marathon in April", "marathon"),
        ("run a half marathon", None),
        ("Learn Spanish", "language"),
        ("pass the exam", "exam"),
        ("get an OKR going", "okr"),
        ("be kinder", None),
    ],
)
def test_a_sentence_may_want_a_plan(sentence: str, key: str | None) -> None:
    result = wanted(sentence)
    assert (result and result.key) == key


def test_a_plan_is_found_by_its_name() -> None:
    assert [result.key if (result := by_name(name)) else None for name in ("Marathon", "tidy", "okr", "x")] == [
        "marathon", "home", "okr", None,
    ]  # fmt: skip
    assert usual_end(templates()["exam"], TODAY) == date(2027, 2, 20)
    assert usual_end(templates()["sleep"], TODAY) is None
    assert templates()["savings"].finest is Level.MONTHLY
