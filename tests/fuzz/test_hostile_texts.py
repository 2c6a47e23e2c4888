"""10,000 hostile characters, or 100,000 in `make fuzz`: every parser ends, in time proportional to the text and not to
its square.

No time is measured: a parser with exponential backtracking would not end before the suite does.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from babel import Locale

from bot.features.start import zones
from core.caps import CAPS, Caps
from core.errors import GoaltreeError, InvalidPlan
from core.goals.model import Kind, Level, Measure, Node
from core.planning.document import parse_document
from core.planning.names import longest_name_prefix, match
from core.planning.outline import parse_outline
from core.values import parse_number
from language.i18n import words
from language.lexicon import lexicon
from language.parsing import away, clock, dates, digest, goal_lines, remind, settings, tree_args, until, weekdays
from language.parsing.amounts import read_amount
from language.parsing.edits import adding, change, moving, naming, pausing, since
from language.parsing.hearing import Hearing
from language.parsing.line import Context, KnownGoal
from language.parsing.log_text import read_line, split_lines
from language.parsing.several import split_goals
from language.refusals import placed
from language.tokens import tokens
from tests.laws.plans import LONGER

pytestmark = [pytest.mark.long, pytest.mark.timeout(600 * LONGER)]

LENGTH = 100_000 if LONGER > 1 else 10_000
PART = 1 if LONGER > 1 else 4
"""The share of the size at which an ordinary run tries documents and outlines, and bounds their memory."""
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 20, tzinfo=UTC)
EN = lexicon(Locale("en"))
HEARING = Hearing(TODAY, EN)
GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Read 20 pages"),
    KnownGoal(3, "Morning run club", leaf=False),
]
NODE = Node(1, None, "run", Kind.KPI, Level.DAILY, "Run", measure=Measure.NUMBER, unit="km")
TITLES = [(goal.id, goal.title) for goal in GOALS]

UNITS = [
    *(
        "a",
        " ",
        "\n",
        "\t",
        "1",
        "9.",
        "1 ",
        "a ",
        "1 a ",
        "a 1 ",
        "run ",
        "run 5 ",
        "run\n",
        ",",
        ", ",
        "; ",
        "- ",
        "1. ",
    ),
    *(
        "[",
        "[]",
        "[mon ",
        "(",
        "(from ",
        '"',
        '\\"',
        "= ",
        "=1 ",
        "x2 ",
        " x2",
        "sum ",
        " sum",
        "avg sum ",
        "d: ",
        "  D: a\n",
    ),
    *("1e", "1e9", "0.", "1,1", "1'", "٣", "½", "\u200b", "\u202e", "\x00", "é", "e\u0301", "😀", "ß", "İ", "\ud83d"),
    *(
        "mon ",
        "mon-",
        "mon,",
        "to ",
        "1 to ",
        "22-7 ",
        "22 ",
        "1h ",
        "1h",
        "h",
        "am",
        "1am ",
        "it ",
        "it's 1:00 here ",
        "here ",
    ),
    *(
        "per week ",
        "1 a week ",
        "twice a week ",
        "every day ",
        "20 nov ",
        "in 6 months ",
        "until ",
        "last ",
        "on ",
        "3 days ago ",
    ),
    *("</b>", "{", "{}", "%s", "&amp;", "\\", "/", "//", "-", "--", "–", "+", "+1 ", "utc+", "utc ", "berlin, "),
]
SHAPES: list[Callable[[str], str]] = [
    lambda unit: (unit * LENGTH)[:LENGTH],
    lambda unit: "run " + (unit * LENGTH)[:LENGTH] + "!",
    lambda unit: "1" + (unit * LENGTH)[:LENGTH] + "?x",
    lambda unit: "Goal\n  D: a " + (unit * 900)[:900] + "!",
]

PARSERS: dict[str, Callable[[str], object]] = {
    "log": lambda text: [read_line(line, GOALS, Context(TODAY, EN)) for line in split_lines(text)[:31]],
    "several": lambda text: split_goals(text, GOALS, Context(TODAY, EN)),
    "amount": lambda text: read_amount(text, GOALS[0], Context(TODAY, EN)),
    "date": lambda text: dates.Calendar(TODAY, EN).date_at(tokens(text)),
    "until": lambda text: until.until(text, TODAY, EN),
    "goals": lambda text: goal_lines.goals("\n".join(text.split("\n")[:31]), HEARING),
    "aims": lambda text: goal_lines.aims(text, goal_lines.node(goal_lines.PlannedGoal("Run = 5 km"), HEARING), HEARING),
    "spelled out": goal_lines.is_spelled_out,
    "remind": lambda text: remind.read(text, TITLES, EN),
    "when": lambda text: remind.read_when(text, EN),
    "wish": lambda text: settings.wish("quiet " + text, EN),
    "quiet": lambda text: settings.quiet_hours(text, EN),
    "pause": lambda text: settings.pause(text, EN),
    "away": lambda text: away.last_day(text, TODAY, EN),
    "language": settings.language,
    "clock": lambda text: clock.clock(text, EN),
    "weekdays": lambda text: weekdays.weekdays(text, EN),
    "digest": lambda text: digest.wish(text, TODAY, 0, EN),
    "tree": lambda text: tree_args.read_tree_args(text, [goal.title for goal in GOALS], TODAY, EN),
    "edited goal": lambda text: naming.read_name(text, GOALS),
    "since": lambda text: since.since(text, HEARING),
    "days off": lambda text: pausing.read_days_off(text, HEARING),
    "change": lambda text: change.read_change(text, NODE, HEARING),
    "place": lambda text: moving.read_place(text, EN),
    "addition": lambda text: adding.read_addition(text, GOALS, EN),
    "added line": lambda text: adding.read_goal_line(text, HEARING),
    "told clock": lambda text: zones.tells_the_clock(text, NOW),
    "clock offset": lambda text: zones.clock_offset(text, NOW),
    "outline": lambda text: parse_outline(text, TODAY),
    "number": parse_number,
    "names": lambda text: longest_name_prefix(text.split(), TITLES),
    "name": lambda text: match(text, TITLES),
    "document": parse_document,
}


@pytest.mark.parametrize("parser", PARSERS)
def test_every_parser_ends(parser: str) -> None:
    for at, unit in enumerate(UNITS):
        # An ordinary run tries one shape each.
        for shape in SHAPES if LONGER > 1 else [SHAPES[at % len(SHAPES)]]:
            with suppress(GoaltreeError, ValueError):  # a refusal is an answer
                PARSERS[parser](shape(unit))


def document(**content: object) -> str:
    return json.dumps({"format": "goaltree/1", "visions": [], **content})


def nested(depth: int) -> str:
    return (
        '{"format": "goaltree/1", "visions": ['
        + '{"key": "k", "title": "t", "children": [' * depth
        + "]}" * depth
        + "]}"
    )


HOSTILE_DOCUMENTS = {
    "nested arrays": "[" * (2_000_000 // PART),
    "nested objects": '{"a":' * (500_000 // PART),
    "nested goals": nested(100_000 // PART),
    "millions of lists": '{"format":"goaltree/1","visions":[' + "[]," * (1_600_000 // PART) + "[]]}",
    "millions of entries": '{"format":"goaltree/1","visions":[],"entries":[' + "0," * (2_400_000 // PART) + "0]}",
    "millions of reminders": '{"format":"goaltree/1","visions":[],"reminders":[' + "{}," * (1_600_000 // PART) + "{}]}",
    "a million goals": document(visions=[{"key": "v", "title": "v", "children": [1] * (1_500_000 // PART)}]),
    "fields without end": document(owner={f"f{at}": 1 for at in range(300_000 // PART)}),
    "targets without end": document(visions=[{"key": "v", "title": "v", "targets": [1] * (1_500_000 // PART)}]),
    "weekdays without end": document(visions=[{"key": "v", "title": "v", "weekdays": ["mon"] * (500_000 // PART)}]),
    "one field a thousand times": '{"format":"goaltree/1",' + '"visions":[],' * 1000 + '"visions":[]}',
    "a number of 10^5 digits": document(visions=[{"key": "v", "title": "v", "target": 1}]).replace(
        "1}", "9" * 10**5 + "}"
    ),
    "an exponent without end": document(entries=[{"node": "v", "value": 1}]).replace("1}", "1e999999999}"),
    "a title without end": document(visions=[{"key": "v", "title": "t" * (4_000_000 // PART)}]),
    "faults without end": document(
        visions=[{"key": "v" * 90, "title": "", "kind": "x"}] * 90, entries=[{}] * (90_000 // PART)
    ),
    "no text": "\ud83d" * (100_000 // PART),
    "control characters": "\x00" * (1_000_000 // PART),
    "too large": " " * (CAPS.document + 1),
}


@pytest.mark.parametrize("name", HOSTILE_DOCUMENTS)
def test_a_hostile_document_is_refused_in_bounded_memory(name: str) -> None:
    raw = HOSTILE_DOCUMENTS[name].encode("utf-8", "surrogatepass")
    tracemalloc.start()
    try:
        with pytest.raises(InvalidPlan) as refused:
            parse_document(raw)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 300_000_000 // PART
    assert 1 <= len(refused.value.faults) <= 21
    assert all(len(placed(fault, words("en"))) < 500 for fault in refused.value.faults)


HOSTILE_OUTLINES = {
    "a million lines": "a\n" * (500_000 // PART),
    "lines ever deeper": "\n".join(" " * at + "D: a" for at in range(1_400)),
    "lines ever less deep": "v\n" + "\n".join(" " * (1_400 - at) + "D: a" for at in range(1_399)),
    "more goals than fit": "v\n" + "  D: a\n" * (15_000 // PART),
    "tabs and spaces": "v\n" + " \tD: a\n\t D: b\n" * (5_000 // PART),
    "quotes without end": 'v\n  D: "' + '\\"' * (400_000 // PART),
    "brackets without end": "v\n  D: a " + "[" * 990 + "\n  D: b " + "(" * 990,
    "a number without end": "v\n  D: a = " + "9" * 900,
    "a line without end": "v\n  D: " + "a" * (900_000 // PART),
    "bullets without end": "v\n  " + "- " * (400_000 // PART) + "D: a",
}


@pytest.mark.parametrize("name", HOSTILE_OUTLINES)
def test_a_hostile_outline_is_refused_in_bounded_memory(name: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(InvalidPlan):
            parse_outline(HOSTILE_OUTLINES[name], TODAY)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100_000_000 // PART


def test_a_file_larger_than_a_cap_is_refused_before_it_is_read() -> None:
    caps = Caps(outline=100, document=100)
    for parse in (lambda: parse_outline("v" * 101, TODAY, caps=caps), lambda: parse_document(" " * 101, caps)):
        with pytest.raises(InvalidPlan, match="100") as refused:
            parse()
        [fault] = refused.value.faults
        assert fault.code in ("outline_too_large", "document_too_large")


def test_a_field_that_stands_twice_is_a_fault_and_not_a_choice() -> None:
    with pytest.raises(InvalidPlan, match="duplicate_field field=title"):
        parse_document('{"format": "goaltree/1", "visions": [{"key": "a", "title": "A", "title": "B"}]}')
