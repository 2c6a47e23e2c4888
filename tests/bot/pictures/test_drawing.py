"""The layout: well-formed whatever people write, inside its edges, and of a size that a phone can show."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
import resvg_py
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.canvas import MARGIN, SHOWN, WIDTH
from bot.pictures.drawing import svg
from bot.pictures.fonts import ALL
from bot.pictures.model import (
    MOST_BARS,
    MOST_STRIPS,
    Bar,
    DigestPicture,
    DrawnDay,
    DrawnDays,
    DrawnLine,
    DrawnMark,
    DrawnStrip,
    GoalPicture,
    Headline,
    Legend,
    Picture,
    fitting,
)
from bot.pictures.palette import BLUE, GREEN
from bot.pictures.text import measured, pieces
from core.goals.model import Status
from tests.bot.pictures.pixels import inked
from tests.bot.pictures.samples import LEGEND, TITLES, WEEK, board, days, goal, picture


def words(drawn: Picture) -> str:
    document, _ = svg(drawn)
    return "\n".join(text.text or "" for text in ElementTree.fromstring(document).iter() if text.tag.endswith("text"))


KINDS = pytest.mark.parametrize("kind", [picture, board, goal])


@KINDS
@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_leaves_the_document_well_formed(kind: Callable[[str], Picture], title: str) -> None:
    document, _ = svg(kind(title))
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(document).iter()}
    assert tags == {"svg", "rect", "text", "path", "circle"}


@given(st.text())
def test_any_title_leaves_the_document_well_formed(title: str) -> None:
    ElementTree.fromstring(svg(picture(title))[0])


@KINDS
@pytest.mark.parametrize("count", [1, 7, 10, 28, 31, 92, 366])
@pytest.mark.parametrize("rows", [0, 1, 40])
def test_the_picture_is_of_a_size_that_telegram_takes(kind: Callable[..., Picture], rows: int, count: int) -> None:
    _, height = svg(kind(*["Run"] * rows, count=count))
    assert WIDTH + height <= 10_000
    assert 1 / 20 <= height / WIDTH <= 4


@KINDS
@pytest.mark.parametrize("count", [7, 31, 92, 366])
def test_nothing_is_drawn_outside_the_edges(kind: Callable[..., Picture], count: int) -> None:
    document, height = svg(kind(*TITLES, *TITLES, count=count))
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
    strips = [DrawnStrip(f"Goal {index}", days(7)) for index in range(1, 41)]
    shown, more = fitting(strips, MOST_STRIPS, lambda count: f"… and {count} more")
    text = words(DigestPicture("Week 48", days=DrawnDays(shown, more=more)))
    assert "Goal 24" in text
    assert "Goal 25" not in text
    assert "… and 16 more" in text


def test_rows_beyond_the_most_are_not_drawn() -> None:
    text = words(picture(*[f"Goal {index}" for index in range(40)]))
    assert text.count("Goal 3\n") == 2
    assert f"Goal {MOST_BARS}\n" in text
    assert f"Goal {MOST_STRIPS}\n" not in text


def test_all_rows_fit_without_a_word_of_more() -> None:
    assert fitting([1, 2], 2, str) == ((1, 2), "")


def test_the_legend_explains_the_signs_that_occur_and_no_others() -> None:
    strip = DrawnStrip("Run", (DrawnDay(DrawnMark.DONE), DrawnDay(DrawnMark.OFF)))
    text = words(DigestPicture("Week", days=DrawnDays((strip,)), legend=LEGEND))
    assert "done" in text
    assert "off" in text
    assert not any(word in text for word in ("missed", "partly", "skipped", "open", "pace"))


def test_a_sign_without_a_word_is_not_explained() -> None:
    strip = DrawnStrip("Run", (DrawnDay(DrawnMark.DONE), DrawnDay(DrawnMark.MISSED)))
    drawn = words(DigestPicture("Week", days=DrawnDays((strip,)), legend=Legend(done="done")))
    assert drawn.split() == ["Week", "Run", "done"]


def test_a_note_stands_below_the_name_or_at_the_other_end() -> None:
    for count in (7, 30, 92, 365):
        assert words(DigestPicture("", days=DrawnDays((DrawnStrip("Run", days(count), "2 of 3"),)))).splitlines() == [
            "Run",
            "2 of 3",
        ]


def test_headings_that_would_touch_are_thinned_out_evenly() -> None:
    month = DrawnDays((DrawnStrip("", days(31)),), tuple(f"{day}." for day in range(100, 131)))
    shown = words(DigestPicture("", days=month)).split()
    assert shown == [f"{day}." for day in range(100, 131)][:: 31 // len(shown) + 1][: len(shown)]
    assert words(DigestPicture("", days=DrawnDays((DrawnStrip("", days(7)),), WEEK))).split() == list(WEEK)


@pytest.mark.parametrize("lead", range(7))
def test_the_days_of_a_year_stand_in_the_rows_of_their_weekdays(lead: int) -> None:
    """Each column is a week: the first day stands in the row of its weekday, the next one below it."""
    marks = (DrawnDay(DrawnMark.DONE), *[DrawnDay(DrawnMark.OPEN)] * 364)
    document, _ = svg(DigestPicture("", days=DrawnDays((DrawnStrip("", marks),), lead=lead)))
    cells = [element for element in ElementTree.fromstring(document).iter() if element.tag.endswith("rect")][1:]
    places = [(float(cell.attrib["x"]), float(cell.attrib["y"])) for cell in cells]
    first, top = places[0], min(y for _, y in places)
    step = (max(y for _, y in places) - top) / 6
    assert cells[0].attrib["fill"] == GREEN
    assert round((first[1] - top) / step) == lead
    assert {round((x - first[0]) / step) for x, _ in places} == set(range(-(-(365 + lead) // 7)))
    assert {round((y - top) / step) for _, y in places} == set(range(7))


def test_a_title_from_right_to_left_begins_at_the_right_end_of_its_room() -> None:
    def left(title: str) -> float:
        document, _ = svg(DigestPicture("", bars=(Bar(title, 50, "50%", Status.ON_TRACK),)))
        text = next(element for element in ElementTree.fromstring(document).iter() if element.tag.endswith("text"))
        return float(text.attrib["x"])

    assert left("Run") < WIDTH / 4
    assert left("קריאה") > WIDTH / 2


def test_the_line_of_a_goal_ends_where_its_value_is() -> None:
    """The end of the period is the right edge, and a value at the target lies on the target's line."""
    line = DrawnLine(points=((0, 0), (1, 50)), target=50, target_word="50 km", now="50 km")
    document, _ = svg(GoalPicture("Run", line=line))
    dot = next(element for element in ElementTree.fromstring(document).iter() if element.tag.endswith("circle"))
    across = f'<path d="M{MARGIN} ([0-9.]+)H{WIDTH - MARGIN}"'
    rule = re.search(across + r' stroke="[^"]*" stroke-width="2" stroke-dasharray', document)
    assert rule
    assert float(dot.attrib["cx"]) == WIDTH - MARGIN
    assert dot.attrib["cy"] == rule[1]


def test_a_way_that_never_moved_is_drawn_flat() -> None:
    document, _ = svg(GoalPicture("Weight", line=DrawnLine(points=((0, 80), (1, 80)))))
    ElementTree.fromstring(document)


def placed(drawn: Picture) -> dict[str, tuple[float, float]]:
    """The start and end of each piece of text, from left to right."""
    result = {}
    for text in ElementTree.fromstring(svg(drawn)[0]).iter():
        if text.tag.endswith("text"):
            said = (text.text or "").strip("\u202e\u202c")
            width, x = measured(pieces(said), float(text.get("font-size", 0))), float(text.get("x", 0))
            result[said] = x, x + width
    return result


def test_a_goal_from_the_right_stands_before_what_is_said_of_it() -> None:
    result = placed(DigestPicture("Week", highlight="🏆 \u2068לרוץ 5 ק״מ\u2069: 10 days, the longest yet"))
    last = max(end for text, (_, end) in result.items() if "לרוץ" in text or "ק״מ" in text)
    [(begins, _)] = [place for text, place in result.items() if "10 days, the longest yet" in text]
    assert begins >= last - 1


@pytest.mark.parametrize("count", [7, 28, 92])
def test_a_name_from_the_right_ends_where_its_days_begin_or_end(count: int) -> None:
    result = placed(
        DigestPicture("Week", days=DrawnDays((DrawnStrip("לרוץ", days(count)), DrawnStrip("Run", days(count)))))
    )
    assert result["Run"][0] == MARGIN
    if count == 28:
        assert result["לרוץ"][1] == pytest.approx(WIDTH - MARGIN, abs=1)
    assert result["לרוץ"][0] > MARGIN


@pytest.mark.parametrize("count", [7, 92])
def test_a_note_stands_at_the_side_of_its_name(count: int) -> None:
    result = placed(
        DigestPicture(
            "Week",
            days=DrawnDays((DrawnStrip("לרוץ", days(count), "2 of 3"), DrawnStrip("Run", days(count), "1 of 3"))),
        )
    )
    assert result["2 of 3"][1] == pytest.approx(result["לרוץ"][1], abs=1)
    assert result["1 of 3"][0] == result["Run"][0] == MARGIN


def test_a_title_from_the_right_stands_on_the_right() -> None:
    result = placed(GoalPicture("לרוץ", "בריאות", Headline("לרוץ מהר", "33%", "", "behind", False), Status.BEHIND))
    assert [result[word][1] for word in ("לרוץ מהר", "בריאות")] == pytest.approx([WIDTH - MARGIN] * 2, abs=1)


def test_how_a_goal_stands_has_the_colour_of_its_line() -> None:
    drawn = GoalPicture("Run", headline=Headline("Run", "0", "of 5 km", "on track", True), status=Status.ON_TRACK)
    document = svg(drawn)[0]
    assert re.search(rf'fill="{re.escape(BLUE)}"[^>]*>on track<', document)


@pytest.mark.parametrize("count", [7, 31, 92, 366])
def test_the_edges_of_boxes_are_on_whole_pixels(count: int) -> None:
    document = svg(picture("Run", "Read", count=count))[0]
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', document)
    assert boxes
    for edge in (float(value) * SHOWN / WIDTH for box in boxes for value in box):
        assert edge == pytest.approx(round(edge), abs=0.1)
