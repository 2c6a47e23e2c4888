"""How what was read becomes a document, whatever app it comes from."""

from __future__ import annotations

import pytest

from core.importing import understand
from tests.core.importing.files import said

LONG = "x" * 300


def test_titles_units_and_notes_are_made_to_fit() -> None:
    result = said(f'date,habit,value,unit,note\n2026-01-01,"{LONG}",5,{LONG[:40]},"{"n" * 5000}"\n')
    goal = result.goals[0]
    assert (len(goal["title"]), len(goal["unit"])) == (200, 20)
    assert len(result.content["entries"][0]["note"]) == 4096
    assert result.remarks["texts_cut"] == 3


def test_a_note_of_several_lines_stays_whole() -> None:
    result = said('date,habit,value,note\n2026-01-01,Run,x,"one\ntwo"\n')
    assert result.entries == {"Run": [("2026-01-01", "done", "one\ntwo")]}


def test_several_marks_of_a_day_become_one_with_all_notes_and_a_skip_yields() -> None:
    result = said("date,habit,value,note\n2026-01-01,Run,skip,ill\n2026-01-01,Run,x,better\n2026-01-01,Run,x,better\n")
    assert result.entries == {"Run": [("2026-01-01", "done", "ill\nbetter")]}
    assert result.remarks["repeated"] == 2


def test_numbers_finer_than_what_is_kept_are_rounded() -> None:
    backup = '[{"slug":"a","goal_type":"custom","datapoints":[{"daystamp":"20260101","value":0.12345678}]}]'
    result = said(backup)
    assert result.entries == {"a": [("2026-01-01", 0.123457)]}
    assert result.remarks["rounded"] == 1


def test_keys_of_a_habit_do_not_depend_on_the_rest_of_the_file() -> None:
    one = said("date,Run,Läufe\n2026-01-01,x,x\n").content["visions"][0]["children"]
    other = said("date,Läufe,Swim,Run\n2026-02-01,,x,x\n").content["visions"][0]["children"]
    assert {goal["title"]: goal["key"] for goal in one}.items() <= {
        goal["title"]: goal["key"] for goal in other
    }.items()


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "run/fast", "Run & <b>", "🏃", "-", "ранок"])
def test_any_name_makes_a_sound_key(title: str) -> None:
    document = understand(f'date,"{title}"\n2026-01-01,x\n'.encode()).parsed()
    assert document.visions[0].children[0].title == title
