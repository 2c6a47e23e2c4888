"""The layout: well-formed whatever people write, inside its edges, and of a size that a phone can show."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.fonts import ALL
from bot.pictures.model import MOST_BARS, MOST_STRIPS, Day, Legend, Mark, Picture, Strip, fitting
from bot.pictures.sheet import WIDTH, svg
from tests.bot.pictures.pixels import inked
from tests.bot.pictures.samples import LEGEND, TITLES, WEEK, days, picture


def words(drawn: Picture) -> str:
    document, _ = svg(drawn)
    return "\n".join(text.text or "" for text in ElementTree.fromstring(document).iter() if text.tag.endswith("text"))


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_leaves_the_document_well_formed(title: str) -> None:
    document, _ = svg(picture(title))
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(document).iter()}
    assert tags == {"svg", "rect", "text", "path", "circle"}


@given(st.text())
def test_any_title_leaves_the_document_well_formed(title: str) -> None:
    ElementTree.fromstring(svg(picture(title))[0])


@pytest.mark.parametrize("count", [1, 7, 10, 28, 31, 92])
@pytest.mark.parametrize("rows", [0, 1, 40])
def test_the_picture_is_of_a_size_that_telegram_takes(rows: int, count: int) -> None:
    _, height = svg(picture(*["Run"] * rows, count=count))
    assert WIDTH + height <= 10_000
    assert 1 / 20 <= height / WIDTH <= 4


@pytest.mark.parametrize("count", [7, 31, 92])
def test_nothing_is_drawn_outside_the_edges(count: int) -> None:
    document, height = svg(picture(*TITLES, *TITLES, count=count))
    around = 200
    wide, high = WIDTH + 2 * around, height + 2 * around
    wider = re.sub(
        r"^<svg [^>]*>",
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-around} {-around} {wide} {high}" '
        f'width="{wide // 8}" height="{high // 8}">',
        document.replace(f'<rect width="{WIDTH}" height="{height}"', '<rect width="0" height="0"'),
    )
    png = resvg_py.svg_to_bytes(svg_string=wider, skip_system_fonts=True, font_files=[str(face.path) for face in ALL])
    box = inked(png)
    assert box
    left, top, right, bottom = (8 * edge - around for edge in box)
    assert left >= 20
    assert top >= 20
    assert right <= WIDTH - 20
    assert bottom <= height


def test_letters_are_large_enough_for_a_phone() -> None:
    document, _ = svg(picture(*TITLES, count=31))
    assert min(int(size) for size in re.findall(r'font-size="(\d+)"', document)) >= 26


def test_forty_goals_show_the_first_and_say_how_many_are_not_shown() -> None:
    strips = [Strip(f"Goal {index}", days(7)) for index in range(1, 41)]
    shown, more = fitting(strips, MOST_STRIPS, lambda count: f"… and {count} more")
    text = words(Picture("Week 48", strips=shown, more_strips=more))
    assert "Goal 24" in text
    assert "Goal 25" not in text
    assert "… and 16 more" in text


def test_rows_beyond_the_most_are_not_drawn() -> None:
    drawn = picture(*[f"Goal {index}" for index in range(40)])
    text = words(drawn)
    assert text.count("Goal 3\n") == 2
    assert f"Goal {MOST_BARS}\n" in text
    assert f"Goal {MOST_STRIPS}\n" not in text


def test_all_rows_fit_without_a_word_of_more() -> None:
    assert fitting([1, 2], 2, str) == ((1, 2), "")


def test_the_legend_explains_the_signs_that_occur_and_no_others() -> None:
    text = words(Picture("Week", strips=(Strip("Run", (Day(Mark.DONE), Day(Mark.OFF))),), legend=LEGEND))
    assert "done" in text
    assert not any(word in text for word in ("missed", "partly", "skipped", "open", "pace", "last week"))


def test_a_sign_without_a_word_is_not_explained() -> None:
    strip = Strip("Run", (Day(Mark.DONE), Day(Mark.MISSED)))
    assert words(Picture("Week", strips=(strip,), legend=Legend(done="done"))).split() == ["Week", "Run", "done"]


def test_a_picture_without_goals_says_what_it_is_told_to() -> None:
    assert "No goals yet." in words(Picture("Week 48", footer=("No goals yet.",)))


def test_headings_that_would_touch_are_thinned_out_evenly() -> None:
    strips = (Strip("", days(31)),)
    text = words(Picture("", strips=strips, columns=tuple(str(day) for day in range(1, 32))))
    assert text.split() == [str(day) for day in range(1, 32, 2)]
    assert words(Picture("", strips=(Strip("", days(7)),), columns=WEEK)).split() == list(WEEK)


def test_a_streak_is_shown_from_one_on() -> None:
    assert words(Picture("", strips=(Strip("", days(7), streak=12),))).split() == ["12"]
    assert words(Picture("", strips=(Strip("", days(7)),))) == ""
