"""Wrong usage gets one line that says what to do."""

from __future__ import annotations

import pytest

from goaltree.cli import main


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
