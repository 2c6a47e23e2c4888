"""The features together: no two claim the same, and their lists are complete."""

from __future__ import annotations

import re

import pytest

from bot.features import features
from bot.features.help import view as help
from bot.features.start.buttons import ShowExample
from bot.telegram.feature import Audience, Command, Feature, Features, HelpLine, MenuLine, OnTap, Section
from bot.telegram.turn import Turn
from language.i18n import Words


async def nothing(turn: Turn, button: object = None) -> None:
    raise NotImplementedError


@pytest.mark.parametrize(
    "part", [{"commands": (Command("log", nothing, None),)}, {"taps": (OnTap(ShowExample, nothing, None),)}]
)
def test_two_features_do_not_claim_the_same(part: dict[str, tuple[object, ...]]) -> None:
    with pytest.raises(ValueError, match="two handlers"):
        Features([Feature(**part), Feature(**part)])  # type: ignore[arg-type]


def test_a_features_declarations_are_in_the_menu_and_in_help() -> None:
    command = Command("today", nothing, None)
    shown = MenuLine("today", "The day", {Audience.PRIVATE: 1})
    line = HelpLine(Section.LOOK, "/today – the day", {Audience.PRIVATE: 1})
    both = Features([Feature(commands=(command,), menu=(shown,), help=(line,)), Feature()])
    assert both.commands["today"] is command
    assert both.menu(Audience.PRIVATE) == {"today": "The day"}
    assert both.menu(Audience.GROUP, Audience.ADMINS) == {}
    assert help.overview(both.help(Audience.PRIVATE), Words("en")) == "<b>Look</b>\n/today – the day"


@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.GROUP])
def test_help_names_commands_that_there_are(audience: Audience) -> None:
    text = help.overview(features().help(audience), Words("en"))
    named = set(re.findall(r"(?<![<\w])/([a-z_]+)", text))
    assert named <= set(features().commands)
    listed = set(features().menu(audience))
    assert listed - named - {"help"} == set()


def test_a_menu_shows_its_lines_by_place() -> None:
    assert list(features().menu(Audience.PRIVATE))[:3] == ["log", "tree", "summary"]
    admins = list(features().menu(Audience.GROUP, Audience.ADMINS))
    assert admins[:2] == ["join", "leave"]
    assert admins[-2:] == ["invite", "publish"]
