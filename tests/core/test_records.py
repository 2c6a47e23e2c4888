"""A record is a dataclass whose methods are generated on their first call."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, field, fields, replace
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from core.records import as_record, record

T = TypeVar("T")
METHODS = ("__init__", "__repr__", "__eq__", "__hash__")


def made(decorate: Any) -> tuple[type[Any], type[Any]]:
    """A class and its subclass, new for each test."""

    @decorate
    class Goal:
        kind: ClassVar[str] = "goal"
        title: str
        weight: int = 1
        tags: list[str] = field(default_factory=list, compare=False)
        note: str = field(default="", repr=False)

        def __post_init__(self) -> None:
            if not self.title:
                raise ValueError("no title")

    @decorate
    class Leaf(Goal):
        _: KW_ONLY
        unit: str | None = None

        def __hash__(self) -> int:
            return 7

    return Goal, Leaf


@pytest.fixture
def kinds() -> tuple[type[Any], type[Any]]:
    return made(record)


@record
class Kept(Generic[T]):
    """A record that pickle can find."""

    value: T


def test_a_record_is_what_a_dataclass_is(kinds: tuple[type[Any], type[Any]]) -> None:
    def seen(goal: type[Any], leaf: type[Any]) -> Iterator[object]:
        yield [(one.name, one.default, one.kw_only) for one in fields(leaf)]
        yield (goal.__match_args__, leaf.__match_args__)
        yield (goal("a") == goal("a", 1, ["b"]), goal("a") == goal("a", 2), goal("a") == leaf("a"), goal("a") == "a")
        yield (hash(goal("a")) == hash(goal("a")), hash(leaf("a")))
        yield str(goal("a", 2, note="c")).rpartition(".")[2] + str(leaf("a", unit="km")).rpartition(".")[2]
        yield (goal("a").tags is goal("a").tags, leaf("a").kind, leaf("a", 3, ["b"]).tags)
        yield replace(leaf("a", 4), unit="km").weight
        yield copy.copy(leaf("a", 4)).weight
        for wrong in (dict, lambda **_: leaf("a", 1, [], "", "km"), goal, lambda: goal("")):
            try:
                yield wrong()
            except (TypeError, ValueError) as error:
                yield str(error).rpartition(".")[2]

    assert [*seen(*kinds)] == [*seen(*made(dataclass(slots=True, frozen=True)))]


def test_a_method_is_compiled_when_it_is_first_called(kinds: tuple[type[Any], type[Any]]) -> None:
    goal, leaf = kinds
    before = {name: vars(goal)[name] for name in METHODS}
    first = goal("a")
    assert [name for name in METHODS if vars(goal)[name] is not before[name]] == ["__init__"]
    compiled = goal.__init__
    assert (first == goal("a"), goal.__init__) == (True, compiled)
    assert [name for name in METHODS if vars(goal)[name] is not before[name]] == ["__init__", "__eq__"]
    assert leaf("a").weight == 1
    assert goal.__init__ is compiled


def test_a_class_below_may_call_the_method_above() -> None:
    above, _ = made(record)

    class Below(above):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__("below")

    assert (Below().title, above("a").title) == ("below", "a")


def test_one_that_came_without_init_is_compared_and_shown() -> None:
    assert pickle.loads(pickle.dumps(Kept(1))) == Kept(1)


def test_it_has_slots_but_where_its_class_must_stay_the_same() -> None:
    class Button:
        def __init_subclass__(cls) -> None:
            as_record(cls)

    class Tap(Button):
        number: int

    assert not hasattr(Kept(1), "__dict__")
    assert (vars(Tap(3)), Tap(3) == Tap(3), Tap(3) == Tap(4)) == ({"number": 3}, True, False)  # type: ignore[call-arg]
