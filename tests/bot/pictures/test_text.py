"""Text in a picture, measured with the fonts that draw it."""

from __future__ import annotations

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.fonts import ALL, EMOJI
from bot.pictures.text import cut, measured, pieces, wrapped, written
from tests.bot.pictures.pixels import inked
from tests.bot.pictures.samples import TITLES

SIZE = 20
MARGIN = 40


def shown(text: str) -> str:
    return "".join(piece.text for piece in pieces(text))


@given(st.one_of(st.text(), st.sampled_from(TITLES)), st.integers(20, 600))
def test_a_text_that_was_cut_fits(text: str, room: int) -> None:
    assert measured(cut(text, SIZE, room), SIZE) <= room


@given(st.one_of(st.text(), st.sampled_from(TITLES)), st.integers(100, 600), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_no_more_than_allowed(text: str, room: int, lines: int) -> None:
    result = wrapped(text, SIZE, room, lines)
    assert len(result) <= lines
    assert all(measured(line, SIZE) <= room for line in result)


def test_a_text_that_fits_is_left_whole() -> None:
    assert "".join(piece.text for piece in cut("Run 5 km", SIZE, 500)) == "Run 5 km"


def test_a_cut_goes_by_width_and_not_by_letters() -> None:
    assert len(cut("i" * 100, SIZE, 200)) > 3 * len(cut("W" * 100, SIZE, 200))


def test_a_cut_leaves_no_blank_before_the_ellipsis() -> None:
    for room in range(30, 200):
        assert " …" not in "".join(piece.text for piece in cut("to be or not to be, that is it", SIZE, room))


def test_wrapping_keeps_every_word_that_fits() -> None:
    words = "the quick brown fox jumps over the lazy dog"
    lines = wrapped(words, SIZE, 150, 9)
    assert len(lines) > 2
    assert " ".join("".join(piece.text for piece in line) for line in lines) == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x1bc", "abc"),
        ("two\n\n  lines\t", "two lines"),
        ("\u202eabc\u202c", "abc"),
        ("\ud800x", "x"),
        ("x\U000f0000𓀀y", "xy"),
        ("é", "é"),
        ("e\u0301", "é"),
        ("\u0e31x \u093f", "x "),
    ],
)
def test_undrawable_characters_are_left_out(text: str, kept: str) -> None:
    assert shown(text) == kept


def test_a_title_of_which_nothing_can_be_drawn_is_an_ellipsis() -> None:
    assert "".join(piece.text for piece in cut("𓀀\x00", SIZE, 200)) == "…"


def test_marks_heaped_on_a_letter_do_not_reach_into_other_lines() -> None:
    assert len(shown("x" + "\u0316" * 30)) == 4


@pytest.mark.parametrize("emoji", ["🏃", "👩‍💻", "👨‍👩‍👧‍👦", "🇩🇪", "👍🏽", "1️⃣", "❤️‍🔥", "🧘🏾‍♀️"])
def test_an_emoji_is_one_piece_as_wide_as_any_other(emoji: str) -> None:
    (piece,) = pieces(emoji)
    assert piece.face is EMOJI
    assert measured([piece], SIZE) == measured(pieces("🏃"), SIZE)


def test_an_emoji_that_the_font_does_not_have_is_drawn_as_its_first() -> None:
    assert shown("🏃\u200d📚") == "🏃"


@pytest.mark.parametrize("text", [title for title in TITLES if shown(title)])
def test_drawn_text_is_no_wider_than_measured(text: str) -> None:
    drawn = cut(text, SIZE, 800)
    width = measured(drawn, SIZE)
    left, _, right, _ = ink(written(drawn, MARGIN, 60, SIZE, f'font-size="{SIZE}"'), round(width) + 2 * MARGIN)
    # A letter may lean a little out of its own width.
    assert left >= MARGIN - 3
    assert right <= MARGIN + width + 3


@pytest.mark.parametrize(
    "text", ["Running every day", "قراءة القرآن صفحات", "שלום עולם", "跑步五公里", "الله أكبر لا إله", "می\u200cخواهم"]
)
def test_a_measure_is_close_to_what_is_drawn(text: str) -> None:
    drawn = pieces(text)
    width = measured(drawn, 60)
    left, _, right, _ = ink(written(drawn, MARGIN, 80, 60, 'font-size="60"'), round(width) + 2 * MARGIN)
    assert right - left >= 0.95 * width - 6


@pytest.mark.parametrize("text", ["A", "я", "ω", "א", "ش", "ह", "ก", "日", "ひ", "한", "🏃", "→", "★"])
def test_every_script_that_is_bundled_leaves_ink(text: str) -> None:
    assert ink(written(pieces(text), MARGIN, 60, SIZE, f'font-size="{SIZE}"'), 120)


def ink(text: str, width: int) -> tuple[int, int, int, int]:
    png = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="120">{text}</svg>',
        skip_system_fonts=True,
        font_files=[str(face.path) for face in ALL],
    )
    result = inked(png)
    assert result
    return result
