"""Messages drawn for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sandbox.objects import Json
from sandbox.styled import lines_of, painted, width_of

INDENT = "  "
OUTWARD = ("url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat")


def buttons_of(message: Json) -> list[Json]:
    """The buttons under a message, in the order of their numbers."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _written(message: Json) -> tuple[str, list[Json]]:
    """The text or the caption of a message, with its entities."""
    if text := message.get("text"):
        return text, message.get("entities") or []
    return message.get("caption") or "", message.get("caption_entities") or []


def size_text(size: int) -> str:
    """A file's size for people."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


@dataclass
class Renderer:
    """Draws for a screen of a given width, with or without ANSI colours."""

    width: int = 80
    colour: bool = False

    def message(self, speaker: str, message: Json, *, edited: bool = False, saved_as: str = "") -> str:
        """A message under its speaker's name: text, file and buttons, on one line if they fit."""
        name = f"{speaker} (edited):" if edited else f"{speaker}:"
        text, marks = _written(message)
        body = [self._attached(message, saved_as)] if message.keys() & {"document", "photo"} else []
        body += self._lines(text, marks) if text else []
        if len(body) == 1 and self._fits(f"{name} {text or body[0]}"):
            drawn = [f"{self._bold(name)} {body[0]}"]
        else:
            drawn = [self._bold(name), *((INDENT + line).rstrip() for line in body)]
        return "\n".join(drawn + self._keyboard(message))

    def _fits(self, line: str) -> bool:
        return "\n" not in line and width_of(line) <= self.width

    def _lines(self, text: str, marks: list[Json]) -> list[str]:
        return [painted(line, colour=self.colour) for line in lines_of(text, marks, self.width - len(INDENT))]

    def note(self, text: str) -> str:
        """A quiet line between messages, such as a toast."""
        return self._dim(self._hanging("· ", text))

    def alert(self, text: str) -> str:
        """A line that must be noticed."""
        return self._bold(self._hanging("! ", text))

    def reaction(self, emoji: str) -> str:
        """The bot's reaction to a message."""
        return f"{INDENT}reacted {emoji}" if emoji else f"{INDENT}took its reaction back"

    def clock(self, local: datetime) -> str:
        """The time, shown after it was changed."""
        return self._dim(f"{INDENT}⏱ {local:%a} {local.day} {local:%b %Y %H:%M}")

    def _hanging(self, mark: str, text: str) -> str:
        lines = lines_of(text, [], self.width - len(INDENT) - len(mark))
        plain = [painted(line, colour=False) for line in lines]
        return "\n".join(INDENT + (mark if place == 0 else " " * len(mark)) + line for place, line in enumerate(plain))

    def _attached(self, message: Json, saved_as: str) -> str:
        if "document" in message:
            file = message["document"]
            what = f"📎 {file['file_name']} ({size_text(file['file_size'])})"
        else:
            file = message["photo"][-1]
            what = f"🖼 picture {file['width']}×{file['height']} ({size_text(file['file_size'])})"
        return f"{what} → {saved_as}" if saved_as else what

    def _keyboard(self, message: Json) -> list[str]:
        lines: list[str] = []
        number = 0
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            line = ""
            for button in row:
                number += 1
                away = " ↗" if any(kind in button for kind in OUTWARD) else ""
                label = f"[{number} {button['text']}{away}]"
                if line and len(INDENT) + width_of(line) + 2 + width_of(label) > self.width:
                    lines.append(line)
                    line = ""
                line = f"{line}  {label}" if line else label
            lines.append(line)
        return [INDENT + self._blue(line) for line in lines]

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def _blue(self, text: str) -> str:
        return f"\x1b[34m{text}\x1b[0m" if self.colour else text
