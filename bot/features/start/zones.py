"""Time zones from a city, a zone's name or the time on a clock."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from zoneinfo import ZoneInfo

from bot.features.start import abbreviations, countries
from bot.features.start.gazetteer import fold, lines_of
from core.actions.owners import known_zones
from core.likeness import most_alike
from core.records import record

COMMON = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Moscow",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
)
"""A populous zone of each part of the world, for buttons."""

# Populous zones at offsets that no common zone has, so that a clock finds one.
_SPREAD = (
    *COMMON,
    "Europe/Athens", "Asia/Karachi", "Asia/Dhaka", "Asia/Jakarta", "Asia/Kathmandu", "Asia/Tehran", "Asia/Kabul",
    "Asia/Yangon", "Africa/Lagos", "Africa/Cairo", "Africa/Nairobi", "Africa/Johannesburg", "America/Denver",
    "America/Phoenix", "America/Anchorage", "Pacific/Honolulu", "America/Bogota", "America/Mexico_City",
    "America/Halifax", "America/St_Johns", "Atlantic/Azores", "America/Noronha", "Australia/Adelaide",
    "Australia/Brisbane", "Australia/Perth", "Australia/Darwin", "Pacific/Auckland", "Pacific/Noumea", "Pacific/Fiji",
    "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Marquesas", "Pacific/Pago_Pago",
    "Asia/Singapore", "Asia/Seoul", "Atlantic/Reykjavik", "America/Caracas", "Pacific/Guam", "Australia/Lord_Howe",
    "Australia/Eucla",
)  # fmt: skip

_CLOCK = re.compile(
    r"(?:it(?:'|’)?s?(?:\s+is)?\s+)?(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})\s*(?P<half>[ap]\.?m\.?)?"
    r"(?:\s+(?:here|now|o'clock|at my place))*[.!]?\Z"
    r"|(?:it(?:'|’)?s?(?:\s+is)?\s+)?(?P<hour12>\d{1,2})\s*(?P<half12>[ap]\.?m\.?)(?:\s+(?:here|now))*[.!]?\Z",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−-])\s*(\d{1,2})(?::?(\d{2}))?\Z", re.IGNORECASE)

_WITHOUT_PLACE = ("UTC", "CET", "EET", "MET", "WET")
"""Zones that are named after no place; they have summer time where people have it."""

BIG_ENOUGH = 10
"""A namesake is a candidate if its population is at least a tenth of the largest one's."""
MOST = 12
"""Of more places than this, only the likeliest are offered."""
OTHER_NAME = 20
"""A city found by an alternative name counts with a twentieth of its population."""


@record
class ZonePlace:
    """A zone with the name that led to it."""

    name: str
    zone: str


@record
class ZonesFound:
    """The places that a text may mean, likeliest first; `sure` if the first is surely meant."""

    places: tuple[ZonePlace, ...]
    sure: bool


NOTHING = ZonesFound((), False)


async def find(text: str, now: datetime, locale: str = "en") -> ZonesFound:
    """The places that a text may mean: "Berlin", "India", "europe/berlin", "EST", "UTC+2", "it is 21:40 here". A
    country is named in English, in the owner's language (`locale`) or in its own."""
    wanted = " ".join(text.split())[:100]
    if not wanted:
        return NOTHING
    offset = clock_offset(wanted, now)
    if offset is None:
        offset = _written_offset(wanted)
    if offset is not None:
        return ZonesFound(tuple(at_offset(offset, now)), False)
    if meant := abbreviations.zones_of(fold(wanted)):
        return ZonesFound(tuple(ZonePlace(city_of(zone), zone) for zone in meant), len(meant) == 1)
    exact = _zone_named(wanted)
    if exact:
        return ZonesFound((ZonePlace(city_of(exact), exact),), True)
    return await asyncio.to_thread(_look_up, wanted, now, locale)


def is_place(text: str, locale: str = "en") -> bool:
    """Whether a text is exactly the name of a city, a country or a zone."""
    wanted = fold(" ".join(text.split())[:100])
    return bool(_zones().get(wanted) or countries.codes_of(wanted, locale) or _cities_named(wanted))


def clock_offset(text: str, now: datetime) -> timedelta | None:
    """The UTC offset of a person whose clock shows this, rounded to a quarter of an hour."""
    match = _CLOCK.match(text.strip())
    if match is None:
        return None
    half = (match["half"] or match["half12"] or "").replace(".", "").lower()
    hour, minute = _hour(int(match["hour"] or match["hour12"]), half), int(match["minute"] or 0)
    if hour is None or minute > 59:
        return None
    utc = now.hour * 60 + now.minute
    quarters = round((hour * 60 + minute - utc) / 15)
    quarters = (quarters + 12 * 4) % (24 * 4) - 12 * 4  # −12:00 up to +11:45
    return timedelta(minutes=quarters * 15)


def _hour(hour: int, half: str) -> int | None:
    """The hour of the day, perhaps with "am" or "pm"; None if there is no such hour."""
    if not half:
        return hour if hour <= 23 else None
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else None


def tells_the_clock(text: str, now: datetime) -> bool:
    """Whether a text says "it is 21:40 here" and nothing else."""
    said = text.strip().casefold()
    return said.startswith("it") and "here" in said and clock_offset(text, now) is not None


def at_offset(offset: timedelta, now: datetime) -> list[ZonePlace]:
    """Well-known zones that are now at an offset from UTC; +13 and −11 show the same time of day."""
    day = timedelta(days=1)
    return [
        ZonePlace(city_of(name), name) for name in _SPREAD if (_offset_of(name, now) - offset) % day == timedelta(0)
    ][:8]


def city_of(zone: str) -> str:
    """The city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock_at(zone: str, now: datetime) -> datetime:
    """The local time of a zone."""
    return now.astimezone(ZoneInfo(zone))


def _offset_of(zone: str, now: datetime) -> timedelta:
    return clock_at(zone, now).utcoffset() or timedelta(0)


def _written_offset(text: str) -> timedelta | None:
    match = _OFFSET.match(text)
    if match is None or (hours := int(match[2])) > 14 or (minutes := int(match[3] or 0)) > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return size if match[1] == "+" else -size


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zones by their folded names, without deprecated ones and those named after a country, which is looked up as
    one."""
    names = sorted(
        name
        for name in known_zones()
        if name in _WITHOUT_PLACE or ("/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/")))
    )
    return {fold(name.replace("_", " ")): name for name in names}


def _zone_named(text: str) -> str | None:
    return _zones().get(fold(text.replace("_", " ")))


def _look_up(text: str, now: datetime, locale: str) -> ZonesFound:
    looked_up = _search(fold(text), now, locale)
    return looked_up if looked_up.places else _found(_in_lands(countries.codes_by_iso(text), now))


def _search(wanted: str, now: datetime, locale: str) -> ZonesFound:
    area, slash, city = wanted.rpartition("/")
    if slash:
        # Looks like a zone but is none: first similar ones of its area, then those of the city; to be asked.
        city = " ".join(city.replace("_", " ").split())
        return ZonesFound(_close(city, area) or _search(city, now, locale).places, False)
    codes = countries.codes_of(wanted, locale)
    places = _in_lands(codes, now) if codes else _cities_named(wanted)
    if codes and all("-" in code for code in codes):
        places = _state_or_city(codes, wanted, places)
    places = places or _zones_of_city(wanted)
    return _found(places) if places else ZonesFound(_close(wanted), False)


def _zones_of_city(wanted: str) -> tuple[ZonePlace, ...]:
    """The zones that are named after a city."""
    return tuple(ZonePlace(city_of(name), name) for key, name in _zones().items() if key.rpartition("/")[2] == wanted)


def _found(places: Sequence[ZonePlace]) -> ZonesFound:
    return ZonesFound(tuple(places[:MOST]), len(places) == 1)


def _in_lands(codes: Sequence[str], now: datetime) -> tuple[ZonePlace, ...]:
    """The clocks of the countries or states that a name may mean."""
    clocks = [(code, countries.clocks_of(code, now)) for code in codes]
    return tuple(
        ZonePlace(countries.title_of(code) if len(zones) == 1 else city_of(zone), zone)
        for code, zones in clocks
        for zone in zones
    )


def _state_or_city(codes: Sequence[str], wanted: str, places: tuple[ZonePlace, ...]) -> tuple[ZonePlace, ...]:
    """A state of the United States, and a city of the same name elsewhere if it is large enough."""
    cities = [
        place
        for place, people in _ranked_cities(wanted)
        if people * BIG_ENOUGH >= countries.people_of(codes[0]) and place.zone not in [known.zone for known in places]
    ]
    return (*places, *cities)


def _close(city: str, area: str = "") -> tuple[ZonePlace, ...]:
    """The zones whose names are similar, in any area or in one."""
    if len(city) < 4:
        return ()
    keys = {
        key.rpartition("/")[2]: name
        for key, name in _zones().items()
        if "/" in key and (not area or key.rpartition("/")[0] == area)
    }
    return tuple(ZonePlace(city_of(keys[key]), keys[key]) for key in most_alike(city, list(keys), 78, most=3))


def _cities_named(wanted: str) -> tuple[ZonePlace, ...]:
    """The largest city of a name, and its large namesakes in other zones."""
    ranked = _ranked_cities(wanted)
    return tuple(place for place, people in ranked if people * BIG_ENOUGH >= ranked[0][1])[:6]


@lru_cache(maxsize=512)
def _ranked_cities(wanted: str) -> list[tuple[ZonePlace, int]]:
    """The largest city of a name in each zone, with its population. "Portland, Maine" names one of them."""
    name, _, region = (part.strip() for part in wanted.partition(","))
    lands = {region, *(fold(countries.title_of(code)) for code in countries.codes_of(region, "en"))}
    by_zone: dict[str, tuple[ZonePlace, int]] = {}
    for line in lines_of(name):
        country, area, population, zone, title, _ = line.split("\t")
        if region and not lands & {fold(country), fold(area), *fold(area).split("|")}:
            continue
        # Most people do not mean a city that merely has the name as an alternative.
        people = int(population) if fold(title) == name else int(population) // OTHER_NAME
        city = (ZonePlace(f"{title}, {_land(country, area)}", zone), people)
        by_zone[zone] = max(by_zone.get(zone, city), city, key=itemgetter(1))
    return sorted(by_zone.values(), key=lambda item: -item[1])


def _land(country: str, area: str) -> str:
    """The country shown after a city's name; in the United States the state, if known."""
    return country if country != "United States" else area.partition("|")[2] or country
