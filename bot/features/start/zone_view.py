"""The question for a time zone, and the answer with the local time."""

from __future__ import annotations

from datetime import datetime

from bot.features.start import zones
from bot.features.start.buttons import AskZone, ChooseZone
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from language.i18n import Words


def question(w: Words) -> tuple[str, Keyboard]:
    """Asks for the place."""
    return w.t("Where are you? Type a city, or the time on your clock (it is 21:40 here), or pick one:"), common()


def why(w: Words) -> tuple[str, Keyboard]:
    """Help for people who do not know what to say."""
    text = w.t(
        "I keep goals, and ask in the evening how they went. For that I have to know when your day ends: type a city "
        "near you, such as <i>Lisbon</i>, or pick one. “Skip” goes on without."
    )
    return text, common()


def later(city: str, w: Words) -> str:
    """The answer when no zone was given."""
    return w.t("Then your days go by the clock of {city} for now; /settings zone changes that.", city=bold(city))


def common() -> Keyboard:
    """Buttons for a few zones with many people."""
    return rows((_button(zones.ZonePlace(zones.city_of(name), name)) for name in zones.COMMON), width=3)


def which(places: tuple[zones.ZonePlace, ...], now: datetime, w: Words) -> tuple[str, Keyboard]:
    """Asks which of several places is meant."""
    buttons = [
        Button(f"{place.name} · {w.time(zones.clock_at(place.zone, now))}", ChooseZone(place.zone)) for place in places
    ]
    return w.t("Which one is yours?"), rows(buttons, width=1)


def whether_there(places: tuple[zones.ZonePlace, ...], now: datetime, w: Words) -> tuple[str, Keyboard]:
    """Asks whether to change the zone of a person who says that they are elsewhere."""
    return w.t("Shall your days go by the clock there? Tap it, or just go on."), which(places, now, w)[1]


def there_already(place: zones.ZonePlace, w: Words) -> str:
    """The answer to a person who names the place of their zone."""
    return w.t("Your days go by the clock of {city} already.", city=bold(place.name))


def name_on(label: str) -> str:
    """The place's name on its button, without the local time."""
    return label.partition(" · ")[0]


def unknown(text: str, w: Words) -> tuple[str, Keyboard]:
    """The answer to words that name no place."""
    answer = w.t(
        "I do not know a place called “{text}”. Try the next larger city, a zone such as <code>Europe/Lisbon</code>, "
        "or the time on your clock. “Skip” goes on without:",
        text=esc(text[:60]),
    )
    return answer, common()


def chosen(place: zones.ZonePlace, now: datetime, w: Words) -> str:
    """The local time, to be confirmed: "It is 21:40 in Berlin, right?"."""
    clock = zones.clock_at(place.zone, now)
    return w.t(
        "It is {time} on {day} in {city}, right? Your days go by that clock.",
        time=w.time(clock),
        day=w.date(clock.date()),
        city=bold(place.name),
    )


def week_starts(weekday: int, w: Words) -> str:
    """Says when weeks start in the country of the first zone."""
    return w.t("Your weeks start on {weekday}; /settings week changes that.", weekday=w.weekday(weekday))


def elsewhere(w: Words) -> Button:
    """The button for another place."""
    return Button(w.t("No, somewhere else"), AskZone())


def _button(place: zones.ZonePlace) -> Button:
    return Button(place.name, ChooseZone(place.zone))
