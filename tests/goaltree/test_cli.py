"""The command line from outside: output, error output and exit status."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.throttle import Allowance
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.caps import Caps
from core.goals.model import OwnerType
from core.ports.store import Transaction
from goaltree.cli import main
from goaltree.settings import BadSetting, load
from goaltree.text_views import ago
from storage import open_store
from tests.cases import case_files
from tests.storage.remembering import message

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

PLAN = {
    "format": "goaltree/1",
    "owner": {"timezone": "Europe/Berlin", "week_start": "monday"},
    "visions": [
        {
            "key": "v",
            "title": "Healthy",
            "kind": "vision",
            "starts_on": "2026-11-02",
            "children": [{"key": "gym", "title": "Gym", "kind": "kpi", "level": "daily", "measure": "check"}],
        }
    ],
    "entries": [{"node": "gym", "date": "2026-11-16", "value": 1}],
}


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("GOALTREE_DATABASE_URL", raising=False)
    monkeypatch.delenv("GOALTREE_BOT_TOKEN", raising=False)
    return tmp_path / "data"


def write(folder: Path, document: object) -> str:
    file = folder / "plan.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return str(file)


def nodes_of(vision: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found, waiting = {}, [vision]
    while waiting:
        node = waiting.pop()
        found[node["key"]] = node
        waiting += node.get("children", []) + node.get("kpis", []) + node.get("quarterlyTargets", [])
    return found


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


def test_entries_are_exported_as_a_sheet_that_is_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entries: list[dict[str, object]] = [
        {"node": "gym", "date": "2026-11-16", "note": "=2+3"},
        {"node": "gym", "date": "2026-11-17", "value": 0},
    ]
    skip: dict[str, object] = {"node": "gym", "date": "2026-11-18", "skipped": True}
    assert main(["import", write(tmp_path, PLAN | {"entries": [*entries, skip]})]) == 0
    assert main(["export", "--csv", "--output", "entries.csv"]) == 0
    sheet = (tmp_path / "entries.csv").read_bytes().decode("utf-8-sig")
    assert sheet.splitlines() == [
        "date,goal,path,value,unit,skipped,note",
        "2026-11-16,Gym,Healthy,1,,,'=2+3",
        "2026-11-17,Gym,Healthy,0,,,",
        "2026-11-18,Gym,Healthy,,,yes,",
    ]
    periods = (tmp_path / "entries-periods.csv").read_bytes().decode("utf-8-sig").splitlines()
    assert periods[0] == "goal,path,level,from,to,expected,value,unit,percent,status"
    assert "Gym,Healthy,daily,2026-11-16,2026-11-16,,1,,100,done" in periods
    assert "Gym,Healthy,daily,2026-11-17,2026-11-17,,0,,0,missed" in periods
    assert "Gym,Healthy,daily,2026-11-18,2026-11-18,,0,,0,off" in periods
    assert main(["export", "--csv", "--output", str(tmp_path)]) == 0
    assert (tmp_path / "periods.csv").read_bytes() == (tmp_path / "entries-periods.csv").read_bytes()
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "other"))
    assert main(["import", "entries.csv"]) == 0
    capsys.readouterr()
    assert main(["export"]) == 0
    found = json.loads(capsys.readouterr().out)["entries"]
    assert [entry | {"node": "gym"} for entry in found] == [entries[0] | {"value": 1}, entries[1], skip]


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


def test_an_export_brought_into_an_empty_database_exports_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    assert main(["export", "--output", "one.json"]) == 0
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "other"))
    assert main(["import", "one.json"]) == 0
    assert main(["export", "--output", "two.json"]) == 0
    assert (tmp_path / "one.json").read_text() == (tmp_path / "two.json").read_text()


def test_a_changed_figure_is_found_by_verify_and_mended_by_rebuild(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    assert main(["import", write(tmp_path, PLAN)]) == 0
    with sqlite3.connect(data_dir / "goaltree.db") as database:
        database.execute("UPDATE cells SET progress = 1 WHERE progress > 1")
    database.close()
    capsys.readouterr()
    assert main(["verify"]) == 1
    assert "Repair them with: goaltree rebuild" in capsys.readouterr().out
    assert main(["rebuild"]) == 0
    assert main(["verify"]) == 0


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


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["fnord"], "invalid choice"),
        (["tree", "--on", "yesterday"], "use one such as 2026-11-23"),
        (["tree", "--on", "9999-12-31"], "too far away"),
        (["backup", "nowhere/at/all.db"], "make it first"),
        (["tree"], "Nobody has spoken to the bot"),
        (["tree", "--owner", "7"], "Nobody has spoken to the bot"),
        (["import", "nowhere.json"], "cannot be read"),
        (["run"], "GOALTREE_BOT_TOKEN is not set"),
    ],
)
def test_bad_use_is_one_line_that_says_what_to_do(
    argv: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main(argv)
    except SystemExit as end:
        status = int(str(end.code))
    said = capsys.readouterr()
    assert status == 2
    assert says in said.err
    assert said.err.count("\n") == 1


def test_a_database_that_cannot_be_used_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_DATABASE_URL", "mysql://somewhere/x")
    assert main(["tree"]) == 2
    assert "GOALTREE_DATABASE_URL" in capsys.readouterr().err
    monkeypatch.setenv("GOALTREE_DATABASE_URL", "postgresql+asyncpg://nobody@127.0.0.1:1/x")
    assert main(["tree"]) == 1
    said = capsys.readouterr().err
    assert "cannot be reached" in said
    assert said.count("\n") == 1


def test_a_setting_that_cannot_be_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_ALLOWED_USERS", "anna, ben")
    monkeypatch.setenv("GOALTREE_BACKUPS", "-1")
    assert main(["tree"]) == 2
    said = capsys.readouterr().err
    assert "GOALTREE_ALLOWED_USERS" in said
    assert "GOALTREE_BACKUPS" in said


def status(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert main(["status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {line[:20].strip(): line[20:] for line in lines}


def test_caps_and_the_allowance_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (load().caps, load().allowance) == (Caps(), Allowance())
    for number, cap in enumerate(fields(Caps), start=10):
        monkeypatch.setenv(f"GOALTREE_MAX_{cap.name.upper()}", f"{number if cap.name == 'depth' else number * 100}")
    monkeypatch.setenv("GOALTREE_MAX_AT_ONCE", "20")
    monkeypatch.setenv("GOALTREE_MAX_A_MINUTE", "30")
    caps = load().caps
    assert caps.depth == 13
    assert [getattr(caps, cap.name) for cap in fields(Caps) if cap.name != "depth"] == [
        number * 100 for number in (*range(10, 13), *range(14, 21))
    ]
    assert load().allowance == Allowance(20, 30)
    monkeypatch.setenv("GOALTREE_MAX_DEPTH", "31")
    with pytest.raises(BadSetting, match=r"GOALTREE_MAX_DEPTH: .*less than or equal to 30"):
        load()


def test_the_status_of_an_empty_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    capsys.readouterr()
    assert status(capsys) == {
        "people": "0, and 0 groups",
        "trees": "0",
        "entries": "0",
        "reminders": "0: 0 due in an hour, 0 in a day",
        "outbox": "0 pending, 0 sending, 0 retry, 0 sent, 0 dead, 0 dropped",
        "oldest undelivered": "none",
        "digests": "none waits",
        "last tick": "never",
        "last verification": "never",
        "last backup": "never",
    }
    assert main(["status", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["outbox"] == {"pending": 0, "sending": 0, "retry": 0, "sent": 0, "dead": 0, "dropped": 0}
    assert {name for name, value in shown.items() if value is None} == {
        "oldestUndelivered", "digestsUntil", "lastTick", "lastVerification", "lastBackup",
    }  # fmt: skip


async def fill(url: str, now: datetime) -> None:
    """A person, and a group that cannot be reached; a late message and a sent one; a tick and a night's work."""
    async with open_store(url) as store:

        def work(tx: Transaction) -> None:
            [anna] = tx.owners.all()
            group = tx.owners.add(-5, OwnerType.GROUP, "Friends", "en", now)
            tx.owners.save(replace(group, unreachable_since=now))
            for due in (now + 30 * MINUTE, now + 20 * HOUR, now + 40 * HOUR):
                tx.reminders.add(Reminder(0, anna.id, MessageKind.CHECK_IN, Schedule(time(20)), next_due=due), now)
            written = now - 3 * HOUR
            messages = [message(anna.id, key, written) for key in ("late", "sent")]
            tx.outbox.add(messages, written)
            _, sent = tx.outbox.claim(now, now, 2)
            tx.outbox.sent(sent, 41, now)
            weekly = MessageKind.WEEKLY_DIGEST
            tx.outbox.add([message(anna.id, f"w{n}", now + n * MINUTE, kind=weekly) for n in (5, 10)], now)
            tx.journal.note("tick", now - 2 * MINUTE, {})
            tx.journal.note("verification", now - 30 * HOUR, {"visions": 1, "differences": 0})
            tx.journal.note("backup", now - 49 * HOUR, {"path": "/data/backups/goaltree-20261123.db", "bytes": 4096})

        await store.write(work)


def test_the_status_says_what_is_late_and_what_last_happened(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    now = datetime.now(UTC).replace(microsecond=0)
    asyncio.run(fill(f"sqlite+aiosqlite:///{data_dir / 'goaltree.db'}", now))
    capsys.readouterr()
    shown = status(capsys)
    assert shown == {
        "people": "1, and 1 group, 1 of them out of reach",
        "trees": "1",
        "entries": "1",
        "reminders": "3: 1 due in an hour, 2 in a day",
        "outbox": "2 pending, 1 sending, 0 retry, 1 sent, 0 dead, 0 dropped",
        "oldest undelivered": "3 hours ago",
        "digests": "2 to be sent, the last in 9 minutes",
        "last tick": "2 minutes ago",
        "last verification": "1 day ago: 1 tree, every figure right",
        "last backup": "2 days ago: /data/backups/goaltree-20261123.db",
    }
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "people": 1,
        "groups": 1,
        "unreachable": 1,
        "trees": 1,
        "outdatedTrees": 0,
        "entries": 1,
        "reminders": 3,
        "dueWithinHour": 1,
        "dueWithinDay": 2,
        "outbox": {"pending": 2, "sending": 1, "retry": 0, "sent": 1, "dead": 0, "dropped": 0},
        "digestsWaiting": 2,
        "digestsUntil": (now + 10 * MINUTE).isoformat(),
        "oldestUndelivered": (now - 3 * HOUR).isoformat(),
        "lastTick": {"at": (now - 2 * MINUTE).isoformat()},
        "lastVerification": {"at": (now - 30 * HOUR).isoformat(), "visions": 1, "differences": 0},
        "lastBackup": {
            "at": (now - 49 * HOUR).isoformat(), "path": "/data/backups/goaltree-20261123.db", "bytes": 4096,
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds ago"),
        (1, "1 second ago"),
        (119, "1 minute ago"),
        (7199, "1 hour ago"),
        (172_800, "2 days ago"),
        (-60, "at 2026-11-23 21:01 UTC, which is still to come"),
    ],
)
def test_ages_are_told_in_the_largest_unit_that_fits(seconds: int, said: str) -> None:
    now = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert ago(now - timedelta(seconds=seconds), now) == said


def test_a_backup_holds_what_the_database_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    (tmp_path / "copy").mkdir()
    assert main(["backup", str(tmp_path / "copy" / "goaltree.db")]) == 0
    assert main(["backup", str(tmp_path / "copy" / "goaltree.db")]) == 2  # an existing file is never overwritten
    monkeypatch.setenv("GOALTREE_DATA_DIR", str(tmp_path / "copy"))
    capsys.readouterr()
    assert main(["summary", "--on", "2026-11-16"]) == 0
    assert "1 of 1 done" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("role", "url", "words"),
    [
        ("web", None, "on SQLite one process does it all"),
        ("scheduler", None, "on SQLite one process does it all"),
        ("web", "postgresql+asyncpg://nobody@nowhere/nothing", "set GOALTREE_WEBHOOK_URL"),
        ("cook", None, "invalid choice"),
    ],
)
def test_a_role_that_cannot_be_is_refused_with_what_to_do(
    role: str, url: str | None, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOALTREE_BOT_TOKEN", "1:TOKEN")
    if url:
        monkeypatch.setenv("GOALTREE_DATABASE_URL", url)
    try:
        status: object = main(["run", "--role", role])
    except SystemExit as error:
        status = error.code
    assert status == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("command", ["tree", "summary", "status", "verify", "rebuild", "export"])
def test_looking_at_nothing_makes_no_database(command: str, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 2
    assert "Nobody has spoken to the bot and nothing was imported yet." in capsys.readouterr().err
    assert not data_dir.exists()


def test_an_export_to_a_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    capsys.readouterr()
    out = tmp_path / "all.json"
    assert main(["export", "--output", str(out)]) == 0
    assert capsys.readouterr().out == f"Written to {out}: {out.stat().st_size} bytes.\n"


def test_a_reader_that_has_seen_enough_is_no_failure(tmp_path: Path) -> None:
    assert main(["import", write(tmp_path, PLAN)]) == 0
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m goaltree tree | true"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
