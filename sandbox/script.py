"""Lines that a person types in the terminal chat: messages, and commands that begin with a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sandbox.checks import MAX_TEXT
from sandbox.entities import units

HELP = """\
Type a message to send it. A line that begins with a space goes on with the message above,
and so does the line after one that ends in \\.
  :tap 2, :tap Done      press a button of the newest message that has any, by number or label
  :edit TEXT             change your last message
  :reply TEXT            answer the last message of the bot
  :send FILE             send a file
  :again                 deliver the last thing once more, as Telegram does after a lost connection
  :as Anna               speak as someone else; :as You to come back
  :chat Friends          go to a group, made if it is not there; :chat to come back
  :topic Sport           go to a topic of the group, made if it is not there; :topic for General
  :channel News          go to a channel, made if it is not there: what you type is posted
  :link News             have a channel's posts come to this group, to be discussed
  :promote Ben, :demote Ben, :kick Ben, :add Ben
                         who is an admin here, who goes and comes; goaltree is the bot
  :hide                  write as the group, as an admin may; :hide again to be yourself
  :leave                 leave this group
  :open LINK             follow a link to the bot, such as t.me/goaltree_bot?start=join
  :at 2026-11-23 21:00   set the clock; :at 21:00 is the next time it is so late, :at alone tells the time
  :wait 2d               let time pass: 90m, 3h, 2d, 1w, 2d 3h
  :help, :quit
A message that begins with a colon is typed with two."""

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


class Misunderstood(Exception):
    """A command that makes no sense; the message is one helpful line."""


@dataclass(frozen=True)
class Say:
    """A message."""

    text: str


@dataclass(frozen=True)
class Do:
    """A colon command: its word, and the rest of the line."""

    word: str
    argument: str


# The arguments that a command needs; empty for commands that also work alone.
WORDS = {
    "tap": "the number or label of a button, such as :tap 2",
    "edit": "the new text, such as :edit run 6",
    "reply": "a text, such as :reply done",
    "send": "a file, such as :send plan.json",
    "wait": "a time, such as :wait 2d or :wait 90m",
    "as": None,
    "chat": None,
    "topic": None,
    "channel": "a title, such as :channel News",
    "link": "the title of a channel, such as :link News",
    "promote": "a name, such as :promote Ben",
    "demote": "a name, such as :demote Ben",
    "kick": "a name, such as :kick Ben",
    "add": "a name, such as :add Ben",
    "hide": None,
    "leave": None,
    "open": "a link, such as :open t.me/goaltree_bot?start=join",
    "at": None,
    "again": None,
    "help": None,
    "quit": None,
}


def parse(block: str) -> Say | Do:
    """Parse what was typed. Raises Misunderstood for an unknown or incomplete command."""
    text = block.strip()
    if text.startswith("::"):
        return Say(text[1:])
    if not text.startswith(":"):
        return Say(text)
    match = re.match(r":([A-Za-z]*)(?:\s+(.*))?$", text, re.DOTALL)
    word = match.group(1).lower() if match else ""
    if match is None or word not in WORDS:
        raise Misunderstood(f"There is no {text.split()[0]} here; :help lists what there is. (Two colons send one.)")
    argument = (match.group(2) or "").strip()
    if not argument and (needed := WORDS[word]):
        raise Misunderstood(f":{word} needs {needed}.")
    return Do(word, argument)


class Blocks:
    """Joins lines into messages. A message is complete when the next line does not continue it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._blank = 0
        self._open = False

    def feed(self, line: str) -> list[str]:
        """Take a line; returns the message that it completes, if any."""
        line = line.rstrip("\r\n")
        if not line.strip() and not self._open:
            self._blank += 1
            return []
        done: list[str] = []
        if self._lines and not (self._open or line[0] in " \t"):
            done = self.end()
        if self._lines:
            self._lines += [""] * self._blank
        self._blank = 0
        self._open = line.endswith("\\")
        self._lines.append(line.removesuffix("\\"))
        return done

    def end(self) -> list[str]:
        """No more lines follow: returns the last message, if there is one."""
        lines, self._lines, self._blank, self._open = self._lines, [], 0, False
        return ["\n".join(lines)] if lines else []


def blocks(text: str) -> list[str]:
    """The messages in a whole text, such as a pasted one."""
    held = Blocks()
    return [block for line in text.split("\n") for block in held.feed(line)] + held.end()


def span(text: str) -> timedelta:
    """The duration after ":wait": `90m`, `3h`, `2d 3h`, `1w`."""
    parts = re.findall(r"(\d+)\s*([mhdw])[a-z]*", text.lower())
    if not parts or re.sub(r"\d+\s*[mhdw][a-z]*", "", text.lower()).strip(" ,"):
        raise Misunderstood(f":wait takes times such as 90m, 3h, 2d, 1w or 2d 3h, not {text!r}.")
    try:
        return sum((int(number) * UNITS[unit] for number, unit in parts), timedelta())
    except OverflowError:
        raise Misunderstood(f"{text} is longer than calendars go.") from None


def moment(text: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant after ":at", in UTC: a date and time in that zone, or the next such time after `now`."""
    match = re.fullmatch(r"(?:(\d{4}-\d\d-\d\d|today|tomorrow)[ T]+)?(\d\d?):(\d\d)", text.strip().lower())
    try:
        if match is None:
            raise ValueError(text)
        today = now.astimezone(zone).date()
        wall = time(int(match.group(2)), int(match.group(3)))
        match match.group(1):
            case None:
                at = datetime.combine(today, wall, zone).astimezone(UTC)
                return at if at > now else datetime.combine(today + timedelta(days=1), wall, zone).astimezone(UTC)
            case "today":
                day = today
            case "tomorrow":
                day = today + timedelta(days=1)
            case other:
                day = date.fromisoformat(other)
        return datetime.combine(day, wall, zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Misunderstood(f":at takes 2026-11-23 21:00, tomorrow 21:00 or 21:00, not {text!r}.") from None


def chosen(choice: str, labels: list[str]) -> int | None:
    """The chosen label: by its number (from 1), its text, or its beginning; None if there is none."""
    if choice.isdecimal() and 1 <= int(choice) <= len(labels):
        return int(choice) - 1
    for matches in _alike(choice.casefold(), labels):
        if len(matches) == 1:
            return matches[0]
        if matches:
            names = ", ".join(f"{place + 1} {labels[place]}" for place in matches)
            raise Misunderstood(f"Several buttons begin like that: {names}. Tap one by its number.")
    return None


def _alike(wanted: str, labels: list[str]) -> Iterator[list[int]]:
    """Labels that may be meant, the best match first. "done" presses "✅ Done"."""
    whole = [label.casefold() for label in labels]
    plain = [re.sub(r"^\W+", "", label) for label in whole]
    for texts in (whole, plain):
        yield [place for place, label in enumerate(texts) if label == wanted]
    for texts in (plain, whole):
        yield [place for place, label in enumerate(texts) if label.startswith(wanted)]


def split_long(text: str) -> list[str]:
    """Split a text into messages of at most 4,096 characters, at line ends or blanks as Telegram's apps do."""
    pieces: list[str] = []
    while units(text) > MAX_TEXT:
        end = MAX_TEXT
        while units(text[:end]) > MAX_TEXT:
            end -= max(1, (units(text[:end]) - MAX_TEXT) // 2)
        cut = max(text.rfind("\n", 1, end), 0) or max(text.rfind(" ", 1, end), 0) or end
        pieces.append(text[:cut])
        text = text[cut:].lstrip()
    return [*pieces, text] if text else pieces
