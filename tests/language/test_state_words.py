"""The words that sheets are read with."""

from __future__ import annotations

from core.importing import Options, understand
from language.state_words import state_words


def test_the_words_of_the_lexicons_are_understood_in_sheets() -> None:
    words = state_words()
    assert {"yes", "done", "true"} <= words.done
    assert {"no", "missed", "false"} <= words.undone
    assert {"skip", "skipped"} <= words.skipped
    assert (words.months["january"], words.months["sept"]) == (1, 9)


def test_no_word_says_two_things() -> None:
    words = state_words()
    assert not words.done & words.undone
    assert not words.skipped & (words.done | words.undone)


def test_a_sheet_is_read_with_them() -> None:
    sheet = b"date,Read\n5 January 2026,Done\n6 January 2026,missed\n7 January 2026,Skipped\n"
    entries = understand(sheet, Options(words=state_words())).parsed().entries
    assert [(entry.on.day, entry.skipped) for entry in entries] == [(5, False), (7, True)]
