"""The goal that a few words name."""

from __future__ import annotations

import pytest

from core.planning.names import longest_name_prefix, match

TITLES = ["Run", "Morning run", "Read a book", "Reading group", "Stretch", "Café visit", "Straße kehren", "10 push-ups"]
LEAVES = list(enumerate(TITLES))


def meant(query: str, titles: list[str] = TITLES) -> list[str]:
    return [titles[id] for id in match(query, list(enumerate(titles))).exact]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("run", ["Run"]),
        ("  RUN ", ["Run"]),
        ("morning  RUN", ["Morning run"]),
        ("mor", ["Morning run"]),
        ("read", ["Read a book", "Reading group"]),
        ("reading", ["Reading group"]),
        ("group", ["Reading group"]),
        ("a bo", ["Read a book"]),
        ("cafe", ["Café visit"]),
        ("strasse", ["Straße kehren"]),
        ("push", ["10 push-ups"]),
        ("strech", ["Stretch"]),
        ("mornign run", ["Morning run"]),
        ("swim", []),
        ("", []),
        ("(", []),
        ("xz", []),
    ],
)
def test_names_match_whole_then_by_beginning_then_by_word_then_by_likeness(query: str, titles: list[str]) -> None:
    assert meant(query) == titles


def test_one_match_is_sure_and_two_are_not() -> None:
    assert match("stretch", LEAVES).sure == 4
    assert match("read", LEAVES).sure is None


def test_two_goals_alike_are_never_guessed_between() -> None:
    assert meant("wokout", ["Workout A", "Workout B"]) == ["Workout A", "Workout B"]


def test_an_unknown_name_has_its_nearest() -> None:
    result = match("stretsh it out", LEAVES[:3] + LEAVES[4:5])
    assert not result.exact
    assert [TITLES[near] for near in result.nearest] == ["Stretch"]
    assert match("jogged", LEAVES).nearest == ()  # shares letters with some, but resembles none


def test_no_candidates_no_match() -> None:
    assert match("run", []).exact == match("run", []).nearest == ()
    assert longest_name_prefix(["run"], [])[0] == 0


@pytest.mark.parametrize(
    ("text", "count", "titles"),
    [
        ("morning run 5 yesterday felt great", 2, ["Morning run"]),
        ("run 5", 1, ["Run"]),
        ("run =7", 1, ["Run"]),
        ("run", 1, ["Run"]),
        ("read a book 20", 3, ["Read a book"]),
        ("reading group skip", 2, ["Reading group"]),
        ("strech yesterday", 1, ["Stretch"]),
        ("10 push-ups 3", 2, ["10 push-ups"]),
        ("10", 0, []),
        ("swim 5", 0, []),
        ("", 0, []),
    ],
)
def test_the_most_words_that_name_a_goal_are_its_name(text: str, count: int, titles: list[str]) -> None:
    result = longest_name_prefix(text.split(), LEAVES)
    assert (result[0], [TITLES[id] for id in result[1].exact]) == (count, titles)


def test_a_number_is_the_value_though_another_goal_goes_on_with_it() -> None:
    count, result = longest_name_prefix(["run", "5"], [(1, "Run"), (2, "Run 50 km")])
    assert (count, result.sure) == (1, 1)


def test_a_longer_beginning_beside_a_shorter_whole_title_is_asked_about() -> None:
    count, result = longest_name_prefix(["run", "club", "5"], [(1, "Run"), (2, "Run club at nine")])
    assert (count, set(result.exact)) == (2, {1, 2})


def test_a_long_message_among_many_goals_ends() -> None:
    goals = [(id, f"Goal {id} " + "w " * 95) for id in range(2000)]
    assert longest_name_prefix(["word"] * 800, goals)[0] == 0
