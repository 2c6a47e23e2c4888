"""What people typed to the first release, and what becomes of it. It is Monday 2026-11-23."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time

import pytest
from babel import Locale
from babel.dates import get_day_names

from core.actions.logged import How
from core.errors import GoaltreeError
from core.values import plain_text
from language.lexicon import lexicon, of_language
from language.near_days import DOUBTFUL, doubtful, near_days
from language.parsing.line import Context, KnownGoal, SaidOfGoal
from language.parsing.log_text import read_line
from language.parsing.several import split_goals
from language.tokens import plain

LANGUAGES = (
    "ar", "de", "en", "es", "fa", "fr", "hi", "id", "it", "ja", "kk", "pl", "pt", "ru", "tr", "uk", "uz", "vi", "zh",
)  # fmt: skip
MONDAY = date(2026, 11, 23)
GOALS = [
    KnownGoal(1, "Run", number=True, unit="km"),
    KnownGoal(2, "Gym"),
    KnownGoal(3, "Read", number=True, unit="pages"),
    KnownGoal(4, "Meditate", number=True, unit="min"),
    KnownGoal(5, "Water", number=True, unit="l"),
    KnownGoal(6, "Sleep", number=True, unit="h"),
    KnownGoal(7, "Save", number=True, unit="€"),
    KnownGoal(8, "Steps", number=True),
    KnownGoal(9, "Brush"),
    KnownGoal(10, "Jog"),
    KnownGoal(11, "Study", number=True, unit="min"),
    KnownGoal(12, "Meat", number=True, unit="g"),
    KnownGoal(13, "Lesen", number=True, unit="Seiten"),
    KnownGoal(14, "Бег", number=True, unit="км"),
    KnownGoal(15, "قراءة", number=True),
    KnownGoal(16, "読書", number=True),
]
CONTEXT = Context(MONDAY, lexicon(Locale("en")))


def shown(said: SaidOfGoal) -> str:
    """What is said, in one short line: the act, the day where it is not Monday 23, and the note."""
    act = said.how.value if said.value is None else f"{said.how.value} {plain_text(said.value)}"
    day = "" if said.on == MONDAY else f" {said.on:%d %b}"
    through = f"..{said.through:%d %b}" if said.through else ""
    return f"{act}{day}{through}" + (f" ({said.note})" if said.note else "")


def heard(text: str, context: Context = CONTEXT, goals: Sequence[KnownGoal] = GOALS) -> list[str]:
    """What becomes of a line: of each goal in it what is said, or why it is asked or refused."""
    found = []
    for part in split_goals(text, goals, context):
        try:
            line = read_line(part, goals, context)
        except GoaltreeError as error:
            return [f"refused: {error.code}"]
        names = "/".join(goal.title for goal in line.goals) or "?"
        found.append(f"asked: {line.doubt.why.code}" if line.doubt else f"{names}: {shown(line.said)}")
    return found


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("run 3.5km & read 20 pages", ["Run: add 3.5", "Read: add 20"]),
        ("run 5, read 10, gym", ["Run: add 5", "Read: add 10", "Gym: add"]),
        ("run 5 and gym", ["Run: add 5", "Gym: add"]),
        ("run 5 gym", ["Run: add 5", "Gym: add"]),
        ("run 5 km read 20 pages gym", ["Run: add 5", "Read: add 20", "Gym: add"]),
        ("5 km run and 20 pages read", ["Run: add 5", "Read: add 20"]),
        ("ran 5k and read 20 pages", ["Run: add 5", "Read: add 20"]),
        ("run 5 then gym", ["Run: add 5", "Gym: add"]),
        ("run 5 / gym", ["Run: add 5", "Gym: add"]),
        ("yesterday: run 5, gym", ["Run: add 5 22 Nov", "Gym: add 22 Nov"]),
        ("run 5 next week", ["asked: still_ahead"]),
        ("gym later", ["asked: still_ahead"]),
        ("gym maybe tonight", ["asked: still_ahead"]),
        ("gym was closed", ["asked: denied"]),
        ("gym skipped legs", ["asked: denied"]),
        ("gym no legs", ["asked: denied"]),
        ("run 5 like every monday", ["Run: add 5 (like every monday)"]),
        ("run 5 better than yesterday", ["Run: add 5 (better than yesterday)"]),
        ("gym every monday", ["asked: another_day"]),
        ("gym sore from yesterday", ["asked: another_day"]),
        ("run 5 yesterday and today", ["asked: another_day"]),
        ("gym yesteray", ["asked: like_a_day"]),
        ("gym a few days ago", ["asked: like_a_day"]),
        ("run 10 gestern", ["Run: add 10 22 Nov"]),
        ("run 5 ayer", ["Run: add 5 22 Nov"]),
        ("run 5 вчера", ["Run: add 5 22 Nov"]),
        ("run 10 أمس", ["Run: add 10 22 Nov"]),
        ("run 10 昨日", ["Run: add 10 22 Nov"]),
        ("lesen 10 gestern", ["Lesen: add 10 22 Nov"]),
        ("бегал 5 вчера", ["Бег: add 5 22 Nov"]),
        ("قراءة 10 أمس", ["قراءة: add 10 22 Nov"]),
        ("読書 10 昨日", ["読書: add 10 22 Nov"]),
        ("run 10 vorgestern", ["Run: add 10 21 Nov"]),
        ("run 5 hier", ["asked: like_a_day"]),
        ("run 5 कल", ["asked: like_a_day"]),
        ("run skip 4 nov to 17 nov", ["Run: skip 04 Nov..17 Nov"]),
        ("run skip 4-17 nov", ["Run: skip 04 Nov..17 Nov"]),
        ("skip run from 4 to 17 nov", ["Run: skip 04 Nov..17 Nov"]),
        ("skip gym monday to wednesday", ["Gym: skip 16 Nov..18 Nov"]),
        ("run 5 4 nov to 17 nov", ["refused: several_days"]),
        ("run no", ["Run: set 0"]),
        ("gym - felt great", ["Gym: add (felt great)"]),
        ("brush for Timmy", ["asked: for_another"]),
        ("brush for my son", ["asked: for_another"]),
        ("run 5 for charity", ["Run: add 5 (for charity)"]),
        ("gym after the run", ["asked: another_goal"]),
        ("gym?", ["asked: a_question"]),
        ("did you go to the gym?", ["asked: a_question"]),
        ("gym and swim 2", ["asked: another_amount"]),
        ("gym & cycling 20 km", ["asked: another_amount"]),
        ("gym and sauna", ["Gym: add (and sauna)"]),
        ("gym with 5 friends", ["Gym: add (with 5 friends)"]),
        ("run easy 5 km", ["asked: another_amount"]),
        ("run 5 5k race", ["asked: another_amount"]),
        ("run 5 in 30 min", ["Run: add 5 (in 30 min)"]),
        ("run 5 felt great", ["Run: add 5 (felt great)"]),
    ],
)
def test_nothing_is_misread_silently(text: str, becomes: list[str]) -> None:
    assert heard(text) == becomes


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("ran 5k", "Run: add 5"),
        ("I ran 5 km yesterday", "Run: add 5 22 Nov"),
        ("jogged yesterday", "Jog: add 22 Nov"),
        ("studied 30", "Study: add 30"),
        ("slept 8", "Sleep: add 8"),
        ("meditated 20 min", "Meditate: add 20"),
        ("did gym", "Gym: add"),
        ("went to the gym", "Gym: add"),
        ("✅ gym", "Gym: add"),
        ("- run 5", "Run: add 5"),
        ("gym!", "Gym: add"),
        ("gym 💪", "Gym: add (💪)"),
        ("5 km run", "Run: add 5"),
        ("20 pages read yesterday", "Read: add 20 22 Nov"),
        ("yesterday gym", "Gym: add 22 Nov"),
        ("no run today", "Run: set 0"),
        ("no gym because of rain", "Gym: set 0 (because of rain)"),
        ("didn't run", "Run: set 0"),
        ("missed gym", "Gym: set 0"),
        ("skipped gym yesterday", "Gym: skip 22 Nov"),
        ("gym done", "Gym: add"),
        ("run five", "Run: add 5"),
        ("read twenty pages", "Read: add 20"),
        ("meditate 1h", "Meditate: add 60"),
        ("meditate 1h30", "Meditate: add 90"),
        ("meditate 1 h 30 min", "Meditate: add 90"),
        ("meditate an hour", "Meditate: add 60"),
        ("sleep 7:30", "Sleep: add 7.5"),
        ("sleep 450 min", "Sleep: add 7.5"),
        ("water 500 ml", "Water: add 0.5"),
        ("water 500ml", "Water: add 0.5"),
        ("run 800 m", "Run: add 0.8"),
        ("meat 0.2 kg", "Meat: add 200"),
        ("save €5", "Save: add 5"),
        ("save 5 euros", "Save: add 5"),
        ("steps 10k", "Steps: add 10000"),
        ("gym the day before yesterday", "Gym: add 21 Nov"),
        ("run 5 four days ago", "Run: add 5 19 Nov"),
        ("run 5 on the 9th", "Run: add 5 09 Nov"),
        ("run 5 on the 9th of november", "Run: add 5 09 Nov"),
        ("run 5 last night", "Run: add 5 22 Nov"),
        ("gym yesterday.", "Gym: add 22 Nov"),
        ("gym yesterday!", "Gym: add 22 Nov"),
        ("gym (yesterday)", "Gym: add 22 Nov"),
        ("gym yesterday🎉", "Gym: add 22 Nov"),
        ("run 5 2026-11-22.", "Run: add 5 22 Nov"),
        ("run 5 on Sunday.", "Run: add 5 22 Nov"),
        ("gym skip yesterday.", "Gym: skip 22 Nov"),
        ("meditate 1h30 yesterday)", "Meditate: add 90 22 Nov"),
        ("gym not done yesterday.", "Gym: set 0 22 Nov"),
        ("gym Sunday 15 November", "Gym: add 15 Nov"),
        ("run 5 Mon 16.11.2026", "Run: add 5 16 Nov"),
        ("run 5 monday, 16 november", "Run: add 5 16 Nov"),
        ("run 5 2026-11-16 monday", "Run: add 5 16 Nov"),
        ("run 5 monday 17 november", "refused: doubtful_day"),
        ("run 5 on the 31st", "Run: add 5 31 Oct"),
        ("meditate 1:30", "refused: unclear_time"),
        ("run 30 min", "refused: other_unit"),
        ("save $5", "refused: other_unit"),
        ("run 12 345", "refused: two_numbers"),
    ],
)
def test_what_people_say_is_understood(text: str, becomes: str) -> None:
    assert heard(text) == [becomes]


@pytest.mark.parametrize(("text", "becomes"), [("run 12 345", "Run: add 12345"), ("run 1 500,5", "Run: add 1500.5")])
def test_thousands_are_parted_as_the_locale_does(text: str, becomes: str) -> None:
    french = Context(MONDAY, lexicon(Locale("fr")), decimal_comma=True, spaced_thousands=True)
    assert heard(text, french) == [becomes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_near_day_of_any_language_is_known_or_doubted(language: str) -> None:
    own = of_language(Locale(language))
    for word, offset in own.days.items():
        elsewhere = near_days().get(word)
        assert elsewhere in (None, offset)
        if language != "en":
            assert elsewhere == offset or lexicon(Locale("en")).resembles_day(word) is not None, word


def test_no_near_day_is_two_days() -> None:
    assert all(plain(word) == word for word in near_days())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("gym skip 4 mar to 8 mar", date(2026, 3, 4), date(2026, 3, 8)),
        ("gym skip 4 march - 8 march", date(2026, 3, 4), date(2026, 3, 8)),
        ("run skip 10 to 12 march", date(2026, 3, 10), date(2026, 3, 12)),
        ("run skip 10 until 12 nov", date(2026, 11, 10), date(2026, 11, 12)),
        ("run 10 to 12 march", date(2026, 3, 10), date(2026, 3, 12)),
    ],
)
def test_several_days_in_a_month_whose_name_is_a_word_too(text: str, first: date, last: date) -> None:
    said = read_line(text, GOALS, CONTEXT).said
    assert (said.on, said.through, said.value, said.note) == (first, last, None, None)


def test_a_month_whose_name_is_a_word_may_be_a_note() -> None:
    assert read_line("run 4 march with friends", GOALS, CONTEXT).said.note == "march with friends"


MORNING, EVENING = replace(CONTEXT, clock=time(7, 30)), replace(CONTEXT, clock=time(21))


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("gym tmrw", ["Gym: add 24 Nov"]),
        ("gym 2moro", ["Gym: add 24 Nov"]),
        ("gym yest", ["Gym: add 22 Nov"]),
        ("gym tdy", ["Gym: add"]),
        ("gym tonight", ["asked: still_ahead"]),
        ("run 5 tonite", ["asked: still_ahead"]),
        ("run 5 this evening", ["asked: still_ahead"]),
        ("gym this afternoon", ["asked: still_ahead"]),
        ("run 5 this morning", ["Run: add 5"]),
        ("run ~4", ["Run: add 4"]),
        ("run ≈ 4.5 km", ["Run: add 4.5"]),
        ("run about 4", ["Run: add 4"]),
        ("ran around 4 km yesterday", ["Run: add 4 22 Nov"]),
        ("about 4 km run", ["Run: add 4"]),
        ("meditated for ten minutes", ["Meditate: add 10"]),
        ("run for 5 km", ["Run: add 5"]),
        ("run 5 for charity", ["Run: add 5 (for charity)"]),
        ("gym for 45 min", ["Gym: add (for 45 min)"]),
        ("20 pages", ["Read: add 20"]),
        ("did twenty pages yesterday", ["Read: add 20 22 Nov"]),
        ("€5", ["Save: add 5"]),
        ("ran 3k this morning and did 20 pages", ["Run: add 3", "Read: add 20"]),
        ("gym, run 5, 20 pages", ["Gym: add", "Run: add 5", "Read: add 20"]),
        ("20 min", ["Meditate/Study: add 20"]),
        ("2 l", ["Water: add 2"]),
        ("500 ml", ["Water: add 0.5"]),
        ("log run 5", ["Run: add 5"]),
        ("logged gym yesterday", ["Gym: add 22 Nov"]),
        ("gym ✅", ["Gym: add"]),
        ("gym ✔️", ["Gym: add"]),
        ("gym done ✅", ["Gym: add"]),
        ("didnt go to the gym", ["Gym: set 0"]),
        ("didn't manage to get to the gym, was sick", ["Gym: set 0 (was sick)"]),
        ("no time for the gym yesterday", ["Gym: set 0 22 Nov"]),
        ("steps 7/10", ["Steps: add 7"]),
        ("run 5 7/10", ["refused: doubtful_day"]),
        ("zero meat", ["Meat: add 0"]),
    ],
)
def test_what_people_typed_who_tried_it_later(text: str, becomes: list[str]) -> None:
    assert heard(text, MORNING) == becomes


@pytest.mark.parametrize("text", ["gym tonight", "gym this evening", "gym this afternoon"])
def test_a_part_of_the_day_that_has_begun_is_no_plan(text: str) -> None:
    assert heard(text, EVENING)[0].startswith("Gym: add")
    assert heard(text, replace(CONTEXT, clock=time(1)))[0].startswith("Gym: add")


def test_what_resembles_a_goal_is_offered_as_it_was_said() -> None:
    denied = read_line("never made it for a gyym", GOALS, CONTEXT)
    assert (denied.goals, denied.said.how) == ((), How.SKIP)
    assert read_line("good night", [KnownGoal(1, "Mood", number=True)], CONTEXT).nearest == ()
    assert [goal.title for goal in read_line("rub 5", GOALS, CONTEXT).nearest] == ["Run"]


def test_weekdays_of_other_languages_are_those_of_the_cldr() -> None:
    names = {
        plain(str(name).casefold())
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for name in get_day_names("wide", context, locale=Locale(language)).values()
    }
    assert doubtful() - DOUBTFUL <= names
    assert not (doubtful() - DOUBTFUL) & set(lexicon(Locale("en")).words)
