"""The visual order of a line, from left to right. Capitals stand for Hebrew letters."""

from __future__ import annotations

import pytest

from bot.pictures.bidi import levels, visual

_HEBREW = {chr(ord("A") + index): chr(0x05D0 + index) for index in range(26)}
_LATIN = {hebrew: capital for capital, hebrew in _HEBREW.items()}


def seen(text: str) -> str:
    signs = [_HEBREW.get(char, char) for char in text]
    order = visual(levels(signs))
    return "".join(_LATIN.get(signs[index], signs[index]) for index in order)


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("run 5 km", "run 5 km"),
        ("ABC", "CBA"),
        ("run ABC", "run CBA"),
        ("ABC run", "run CBA"),
        ("run ABC DEF km", "run FED CBA km"),
        ("ABC 123 DEF", "FED 123 CBA"),
        ("ABC 10:30 DEF", "FED 10:30 CBA"),
        ("ABC 50% DEF", "FED 50% CBA"),
        ("ABC: run 10k", "run 10k :CBA"),
        ("ABC...", "...CBA"),
        ("run ABC!", "run CBA!"),
        ("12 ABC", "CBA 12"),
        ("12:30", "12:30"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_a_line_is_read_in_the_direction_of_its_first_letter(stored: str, read: str) -> None:
    assert seen(stored) == read


def test_digits_after_arabic_letters_keep_their_order() -> None:
    signs = list("\u0634 12 \u0645")
    assert [signs[index] for index in visual(levels(signs))] == list("\u0645 12 \u0634")


ISOLATED = "\u2068{}\u2069"


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (f"! {ISOLATED.format('אב 5')}: 10 days", [0, 0, 0, 1, 1, 1, 2, 0, *[0] * 9]),
        (f"אב {ISOLATED.format('Run 5')} ג", [1, 1, 1, 1, *[2] * 5, 1, 1, 1]),
        (f"a {ISOLATED.format('ב ' + ISOLATED.format('c 1'))}", [0, 0, 0, 1, 1, 1, 2, 2, 2, 1, 0]),
        ("a \u2068אב", [0, 0, 0, 1, 1]),
        ("a\u2069 אב", [0, 0, 0, 1, 1]),
    ],
)
def test_isolated_text_has_a_direction_of_its_own(stored: str, expected: list[int]) -> None:
    assert levels(list(stored)) == expected
