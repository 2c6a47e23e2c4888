"""Numbers in words."""

from __future__ import annotations

import pytest

from tests.language.parsing.hearing import heard


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run five", "Run: add 5"),
        ("read thirty pages", "Read: add 30"),
        ("read twenty pages", "Read: add 20"),
        ("meditated for ten minutes", "Meditate: add 10"),
        ("read twenty five pages", "Read: add 25"),
        ("read twenty-five", "Read: add 25"),
        ("read a hundred and five pages", "Read: add 105"),
        ("drank two hundred ml of water", "Water: add 0.2"),
        ("walk 10 thousand", "Walk: add 10000"),
        ("a dozen pages of read", "Read: add 12"),
    ],
)
def test_a_number_in_words_is_heard(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]
