"""Every code of a refusal has a sentence, and every sentence gets its values; core holds no sentence."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from bot.telegram.errors import IN_CHAT, sentence
from core.errors import CapReached, DateRefused, Fault, InvalidPlan, InvalidValue, NotFound, ValueNeeded
from core.goals.model import Level
from language.i18n import words
from language.refusals import SENTENCES, placed, refusal, worded
from language.refusals.outline import WITH_QUOTES_HELP
from language.refusals.sentences import Sentences
from tests.language.codes import CORE, Use, classes, uses

EN = words("en")
USES = uses()
CATALOGUES = (SENTENCES, IN_CHAT)
KEPT_FOR_FRONTS = {("not_a_leaf", "leaves")}
"""Values that no sentence uses: a front offers the goals below."""
OF_FRONTS = {"bad_button", "admins_unknown"}
"""Refusals that only the chat has."""


def code_of(key: str) -> str:
    return key.partition(":")[0]


def placeholders(said: str | tuple[str, str]) -> set[str]:
    texts = (said,) if isinstance(said, str) else said
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_the_collection_finds_what_it_should() -> None:
    where = {use.code for use in USES}
    assert len(where) > 120
    assert {"goal_gone", "level_mismatch", "note_too_long", "second_weight", "not_a_date", "join_first"} <= where
    assert {"ValueNeeded", "BadButton", "Refused"} <= classes().keys()


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.where}-{use.code}")
def test_every_code_has_a_sentence_and_every_placeholder_a_value(use: Use) -> None:
    assert use.code in SENTENCES or use.code in OF_FRONTS
    for catalogue in CATALOGUES:
        for key, said in catalogue.items():
            if code_of(key) == use.code and use.values is not None:
                assert placeholders(said) <= use.values, key


def test_no_sentence_is_left_over() -> None:
    known = {use.code for use in USES}
    assert {code_of(key) for catalogue in CATALOGUES for key in catalogue} == known
    assert known >= WITH_QUOTES_HELP


def test_every_value_is_put_into_a_sentence() -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for catalogue in CATALOGUES:
        for key, text in catalogue.items():
            said[code_of(key)] |= placeholders(text) | set(key.split(":")[1:])
    unused = {(use.code, name) for use in USES for name in (use.values or set()) - said[use.code]}
    assert unused == KEPT_FOR_FRONTS


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["everywhere", "in chat"])
def test_every_sentence_can_be_said(catalogue: Sentences) -> None:
    for key, text in catalogue.items():
        values: dict[str, Any] = dict.fromkeys(placeholders(text), "x<y")
        values["count"] = 1200
        for name in values.keys() & {"on", "limit"}:
            values[name] = date(2026, 11, 23)
        for name in key.split(":")[1:]:
            values[name] = None
        said = worded(code_of(key), values, EN, catalogue)
        assert said.endswith((".", "…]}.")), key
        assert "{" not in said or "{…}" in said or '{"format"' in said, key


def test_the_catalogue_is_plain_text_and_names_no_command() -> None:
    for key, text in SENTENCES.items():
        for one in (text,) if isinstance(text, str) else text:
            assert not re.search(r"<|&|(?:^|\s)/[a-z]", one), key


def test_values_are_written_as_people_read_them() -> None:
    full = CapReached("goals_full", count=12_345, most=10_000)
    assert refusal(full, EN).startswith("This would make 12,345 goals")
    assert refusal(full, words("de")).startswith("This would make 12.345 goals")
    assert placed(Fault("line 2, column 3", "target_not_positive", target=Decimal("-5.50")), EN) == (
        "line 2, column 3: A target is above zero, not -5.5: for none at all, make it a limit of 0."
    )
    assert "Chosen days are for daily goals, this one is weekly" in placed(
        Fault("", "weekdays_not_daily", level=Level.WEEKLY), EN
    )
    assert "between 0002-01-01 and" in placed(
        Fault("", "date_out_of_range", first=date(2, 1, 1), last=date(8999, 12, 31)), EN
    )
    assert refusal(DateRefused("day_ahead", on=date(2026, 11, 24), limit=date(2026, 11, 23)), EN) == (
        "Tue 24 Nov lies ahead: today is Mon 23 Nov. Log it when the day has come."
    )
    assert placed(Fault("", "unknown_word", words=["sum", "average", "min"]), EN) == (
        "Write one of these words: 'sum', 'average' or 'min'."
    )
    assert refusal(NotFound("chat_unknown", chat_id=-100_123), EN) == "There is no chat -100123 here."
    assert placed(Fault("", "more_faults", count=1), EN) == "And 1 more fault of this kind or others."


def test_a_value_that_is_none_has_a_sentence_of_its_own() -> None:
    assert refusal(ValueNeeded("value_needed", title="Run", unit="km"), EN) == "“Run” needs a number of km."
    assert refusal(ValueNeeded("value_needed", title="Run", unit=None), EN) == "“Run” needs a number."


def test_the_chat_escapes_what_people_wrote_once() -> None:
    assert sentence(InvalidValue("not_a_number", text="<b>"), EN).startswith("“&lt;b&gt;” is no number")
    assert sentence(ValueNeeded("value_needed", title="a<b", unit=None), EN) == (
        "“a&lt;b” needs a number, for example <code>a&lt;b 5</code>."
    )
    plan = InvalidPlan([Fault("“<i>”", "title_empty"), Fault("“<i>”", "title_empty")])
    assert sentence(plan, EN).splitlines()[1:] == ["• “&lt;i&gt;”: The title is empty: give it at least one letter."]
    assert refusal(plan, EN).startswith("“<i>”: The title is empty")


def test_an_error_tells_logs_its_code_and_values_and_no_sentence() -> None:
    assert str(CapReached("day_full", on=date(2026, 11, 23), count=3)) == "day_full on=2026-11-23 count=3"
    assert str(InvalidPlan([Fault("n.title", "title_empty"), Fault("", "too_deep", most=20)])) == (
        "n.title: title_empty; too_deep most=20"
    )


SENTENCE = re.compile(r"[A-Z“].*\s.*[a-z)”}][.!?:](?:\s|$)")


def sentences_in(tree: ast.AST) -> list[str]:
    """Literals that look like a sentence for a person, except docstrings and messages about bugs (ValueError,
    assert)."""
    unseen: set[ast.AST] = set()
    result = []
    for node in ast.walk(tree):  # from the outside in
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_bug = isinstance(node, ast.Assert) or (isinstance(node, ast.Call) and ast.unparse(node.func) == "ValueError")
        if is_docstring or is_bug or isinstance(node, ast.JoinedStr):
            unseen |= set(ast.walk(node)) - {node}
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(node, ast.JoinedStr) and node not in unseen:
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if isinstance(text, str) and node not in unseen and SENTENCE.search(text):
            result.append(text)
    return result


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: path.relative_to(CORE).as_posix())
def test_core_holds_no_sentence(path: Path) -> None:
    assert sentences_in(ast.parse(path.read_text())) == []


def test_a_sentence_in_core_would_be_found() -> None:
    source = """
'''A docstring says it. So it may.'''
assert a, "No. Never."
raise ValueError("This is a bug.")
raise Refused(f"There are {count} too many.")
code = "Write it anew."
"""
    assert sentences_in(ast.parse(source)) == ["Write it anew.", "There are {} too many."]
