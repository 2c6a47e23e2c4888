from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sandbox.entities import units
from sandbox.script import Do, Misunderstood, Say, blocks, chosen, moment, parse, span, split_long

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_line_that_begins_with_space_continues_the_message_above() -> None:
    assert blocks("/plan Run\n  Q: a\n\n    M: b\nnext\n") == ["/plan Run\n  Q: a\n\n    M: b", "next"]


def test_a_line_after_a_backslash_continues_the_message_above() -> None:
    assert blocks("/plan\\\nRun\n  Q: a") == ["/plan\nRun\n  Q: a"]


def test_empty_lines_between_messages_are_nothing() -> None:
    assert blocks("\n\na\n\n\nb\n\n") == ["a", "b"]


def test_text_is_said_and_a_colon_word_is_done() -> None:
    assert parse("/log run 5 ") == Say("/log run 5")
    assert parse(":tap  Done") == Do("tap", "Done")
    assert parse(":Edit /plan\n  Q: a") == Do("edit", "/plan\n  Q: a")
    assert parse(":again") == Do("again", "")


def test_two_colons_say_one() -> None:
    assert parse("::tap") == Say(":tap")


@pytest.mark.parametrize("text", [":foo", ":", ": tap", ":tap", ":wait", ":)"])
def test_a_senseless_command_gets_one_line(text: str) -> None:
    with pytest.raises(Misunderstood) as hint:
        parse(text)
    assert "\n" not in str(hint.value)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90m", timedelta(minutes=90)),
        ("2d 3h", timedelta(days=2, hours=3)),
        ("1w", timedelta(weeks=1)),
        ("2 days", timedelta(days=2)),
    ],
)
def test_spans(text: str, length: timedelta) -> None:
    assert span(text) == length


@pytest.mark.parametrize("text", ["soon", "2", "-2d", "3x", "999999999999d"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misunderstood):
        span(text)


def test_at_takes_a_date_and_time_in_the_chats_zone() -> None:
    assert moment("2026-11-23 21:30", NOW, BERLIN) == datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert moment("tomorrow 9:00", NOW, BERLIN) == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_at_with_a_time_alone_is_the_next_such_time() -> None:
    assert moment("21:30", NOW, BERLIN) == datetime(2026, 11, 23, 20, 30, tzinfo=UTC)
    assert moment("21:00", NOW, BERLIN) == datetime(2026, 11, 24, 20, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-13-01 21:00", "25:00", "noon", "2026-11-23", "0001-01-01 00:00"])
def test_a_moment_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Misunderstood):
        moment(text, NOW, ZoneInfo("Asia/Tokyo"))


def test_buttons_are_chosen_by_number_label_or_beginning() -> None:
    labels = ["✅ Done", "Skip", "Skip all"]
    assert chosen("1", labels) == 0
    assert chosen("done", labels) == 0
    assert chosen("✅ Done", labels) == 0
    assert chosen("skip", labels) == 1
    assert chosen("skip a", labels) == 2
    assert chosen("9", labels) is None
    with pytest.raises(Misunderstood, match="by its number"):
        chosen("sk", labels)


def test_a_long_text_is_split_between_words() -> None:
    text = "🔥word " * 2000
    pieces = split_long(text.strip())
    assert all(units(piece) <= 4096 and piece.endswith("word") for piece in pieces)
    assert " ".join(pieces) == text.strip()
    assert [len(piece) for piece in split_long("x" * 5000)] == [4096, 904]
