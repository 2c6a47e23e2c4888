"""goaltree import: documents, sheets and the files of other apps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goaltree.cli import main
from tests.cases import case_files
from tests.goaltree.cli.plans import PLAN, write


def nodes_of(vision: dict[str, Any]) -> dict[str, dict[str, Any]]:
    result, waiting = {}, [vision]
    while waiting:
        node = waiting.pop()
        result[node["key"]] = node
        waiting += node.get("children", []) + node.get("kpis", []) + node.get("quarterlyTargets", [])
    return result


@pytest.mark.parametrize("file", case_files(), ids=lambda file: file.stem)
def test_an_imported_case_shows_the_expected_tree_and_summary(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = json.loads(file.read_text())
    assert main(["import", write(tmp_path, case["plan"])]) == 0
    capsys.readouterr()

    assert main(["tree", "--json", "--on", case["as_of"]]) == 0
    shown = nodes_of(json.loads(capsys.readouterr().out)["vision"])
    for key, expected in case["expect"]["nodes"].items():
        actual = {name: shown[key][name] for name in expected}
        if actual["currentValue"] is not None:
            actual["currentValue"] = round(actual["currentValue"], 2)
        assert actual == {**expected, "currentValue": pytest.approx(expected["currentValue"], abs=0.005)}, key

    assert main(["summary", "--json", "--on", case["as_of"]]) == 0
    assert json.loads(capsys.readouterr().out) == case["expect"]["summary"]
    assert main(["verify"]) == 0


def test_importing_the_same_document_again_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, PLAN)
    assert main(["import", file]) == 0
    assert main(["export"]) == 0
    first = capsys.readouterr().out
    assert main(["import", file]) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert main(["export"]) == 0
    assert capsys.readouterr().out in first


def test_a_tick_whose_title_carries_a_number_is_hinted_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    goal = {"key": "r", "title": "Read 5 pages", "kind": "kpi", "level": "daily"}
    plan = {"key": "v", "title": "Read", "kind": "vision", "children": [goal]}
    document = {"format": "goaltree/1", "visions": [plan]}
    assert main(["import", write(tmp_path, json.dumps(document))]) == 0
    assert capsys.readouterr().err == (
        "“Read 5 pages” is ticked off. If its number is the target, write it as: D: Read = 5 pages\n"
    )


SHEET = "date,habit,value\n3/4/2026,Read,x\n5/4/2026,Read,no\n"


def test_another_apps_file_is_shown_first_and_then_brought_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, SHEET)]) == 2
    assert "'dmy' or 'mdy'" in capsys.readouterr().err

    assert main(["import", write(tmp_path, SHEET), "--dates", "dmy", "--preview"]) == 0
    assert capsys.readouterr().out.splitlines()[:3] == [
        "CSV: 1 goal (1 daily)",
        "Fri, 3 Apr 2026 – Fri, 3 Apr 2026: 1 tick",
        "Read, Fri, 3 Apr 2026: done",
    ]
    assert main(["tree"]) == 2  # nothing was written

    assert main(["import", write(tmp_path, SHEET), "--dates", "dmy"]) == 0
    said = capsys.readouterr().out
    assert "2 goal(s) added, 0 changed; 1 entries added." in said
    assert "1 day marked as not done makes no entry" in said


def test_a_sheet_has_the_chats_limit_of_entries_and_a_document_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_MAX_DOCUMENT_ENTRIES", "1")
    assert main(["import", write(tmp_path, "date,Read\n2026-11-16,x\n2026-11-17,x\n")]) == 2
    assert "more than 1 entries" in capsys.readouterr().err
    entries = [{"node": "gym", "date": f"2026-11-{day}"} for day in (16, 17)]
    assert main(["import", write(tmp_path, PLAN | {"entries": entries})]) == 0


def test_goals_of_another_app_stand_below_the_goal_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    sheet = write(tmp_path, "date,Run\n2026-11-16,x\n")
    assert main(["import", sheet, "--below", "nowhere"]) == 2
    assert main(["import", sheet, "--below", "v"]) == 0
    capsys.readouterr()
    assert main(["tree", "--on", "2026-11-16"]) == 0
    assert [line.split("  ")[1] for line in capsys.readouterr().out.splitlines() if line.startswith("  ")] == [
        "Gym",
        "Run",
    ]


BAD_DOCUMENTS = {
    "broken": "{",
    "no document": "[]",
    "another format": {"format": "goaltree/9"},
    "a child coarser than its parent": {
        **PLAN,
        "entries": [],
        "visions": [
            {
                "key": "v",
                "title": "V",
                "kind": "vision",
                "children": [
                    {
                        "key": "d",
                        "title": "D",
                        "kind": "kpi",
                        "level": "daily",
                        "children": [{"key": "w", "title": "W", "kind": "kpi", "level": "weekly"}],
                    }
                ],
            }
        ],
    },
    "an entry for an unknown goal": {**PLAN, "entries": [{"node": "fnord", "date": "2026-11-16", "value": 1}]},
    "a value that is none": json.dumps(PLAN).replace('"value": 1', '"value": NaN'),
    "a value too large": json.dumps(PLAN).replace('"value": 1', '"value": 1e400'),
}


@pytest.mark.parametrize("document", BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS.keys())
def test_a_bad_document_is_one_line_on_standard_error_and_nothing_is_written(
    document: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, document)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("goaltree: ")
    assert said.err.count("\n") == 1
    assert main(["tree"]) == 2  # not even an owner was created
