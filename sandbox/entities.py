"""Telegram's HTML, and entities that Telegram finds by itself (https://core.telegram.org/bots/api#html-style).

Offsets and lengths count UTF-16 code units, as everywhere in the Bot API.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.nesting import tidied, without
from sandbox.objects import Json

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d+)|#x([0-9a-fA-F]+));?")
SPECIAL = re.compile(r"[<&]")
SPACE = " \t\r\n"
_BY_ITSELF = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@]))"
    r"|(?P<mention>(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w&])#\w*[^\W\d]\w*)"
)


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _refuse(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


@dataclass
class _Open:
    tag: str
    start: int
    attributes: dict[str, str]


class _Html:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.parts: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while match := SPECIAL.search(self.source, self.at):
            self._put(self.source[self.at : match.start()])
            self.at = match.start()
            if match.group() == "&":
                self._character()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        self._put(self.source[self.at :])
        if self.open:
            raise _refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), self.entities

    def _put(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += units(text)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _character(self) -> None:
        text, self.at = _decoded(self.source, self.at)
        self._put(text)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(SPACE + ">").lower()
        if self.at >= len(self.source):
            raise _refuse(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in TAGS:
            raise _refuse(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self.open.append(_Open(tag, self.length, attributes))

    def _until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in SPACE:
            self.at += 1

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self.at >= len(self.source):
                raise _refuse(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
            if self.source[self.at] == ">":
                self.at += 1
                return attributes
            name = self._until(SPACE + "=>").lower()
            if not name:
                raise _refuse(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes(begin)}')
            self._skip_space()
            if not self.source.startswith("=", self.at):
                if tag != "blockquote":  # only <blockquote expandable> has an attribute without a value
                    raise _refuse(
                        f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                        f"at byte offset {self._bytes(begin)}"
                    )
                attributes[name] = ""
                continue
            self.at += 1
            self._skip_space()
            attributes[name] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        quote = self.source[self.at : self.at + 1]
        if quote not in ("'", '"'):
            return self._until(SPACE + ">").lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            piece, self.at = _decoded(self.source, self.at)
            value.append(piece)
        if self.at >= len(self.source):
            raise _refuse(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        self.at += 2
        tag = self._until(SPACE + ">").lower()
        self._skip_space()
        if not self.open:
            raise _refuse(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        if not self.source.startswith(">", self.at):
            raise _refuse(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self.at += 1
        opened = self.open.pop()
        if tag and tag != opened.tag:
            raise _refuse(
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
        if self.length > opened.start:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        details = DETAILS[opened.tag](opened.attributes) if opened.tag in DETAILS else {}
        if details is None:
            return
        start, length = opened.start, self.length - opened.start
        entity: Json = {"type": TAGS[opened.tag], "offset": start, "length": length, **details}
        if opened.tag == "pre":
            self._take_language(entity)
        self.entities.append(entity)

    def _take_language(self, pre: Json) -> None:
        # <pre><code class="language-x">: one entity, not two
        last = self.entities[-1] if self.entities else None
        if last and last["type"] == "code" and last["offset"] == pre["offset"] and last["length"] == pre["length"]:
            self.entities.pop()
            if "language" in last:
                pre["language"] = last["language"]


def _link(attributes: dict[str, str]) -> Json | None:
    """None if the address is not a link: Telegram then shows the text alone."""
    address = attributes.get("href", "")
    return {"url": address} if re.match(r"(https?|tg|mailto|tel)://?", address) else None


def _emoji(attributes: dict[str, str]) -> Json:
    if not attributes.get("emoji-id", "").isdigit():
        raise _refuse("Invalid custom emoji identifier specified")
    return {"custom_emoji_id": attributes["emoji-id"]}


def _time(attributes: dict[str, str]) -> Json:
    if not attributes.get("unix", "").isdigit():
        raise _refuse("Invalid date specified")
    return {"unix_time": int(attributes["unix"]), "date_time_format": attributes.get("format", "")}


def _quote(attributes: dict[str, str]) -> Json:
    return {"type": "expandable_blockquote"} if "expandable" in attributes else {}


def _code(attributes: dict[str, str]) -> Json:
    name = attributes.get("class", "")
    return {"language": name.removeprefix("language-")} if name.startswith("language-") else {}


DETAILS: dict[str, Callable[[dict[str, str]], Json | None]] = {
    "a": _link, "tg-emoji": _emoji, "tg-time": _time, "blockquote": _quote, "code": _code,
}  # fmt: skip
"""How a tag's attributes become fields of its entity."""


def _decoded(source: str, at: int) -> tuple[str, int]:
    """The character at a position of an HTML text, with character references resolved, and the position behind it."""
    if source[at] == "&" and (match := CHARACTER.match(source, at)):
        name, decimal, hexadecimal = match.groups()
        code = ord(NAMED[name]) if name else int(decimal) if decimal else int(hexadecimal, 16)
        if 0 < code < 0x10FFFF:
            return chr(code), match.end()
    return source[at], at + 1


def html(source: str) -> tuple[str, list[Json]]:
    """The text and entities of Telegram's HTML; 400 "can't parse entities: …" with Telegram's reasons."""
    text, entities = _Html(source).parse()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return text, tidied(entities)


def with_own_entities(text: str, entities: list[Json]) -> list[Json]:
    """The given entities and those that Telegram finds by itself: commands, mentions, hashtags, addresses."""
    if not any(mark in text for mark in "/@#"):
        return entities
    solid = [e for e in entities if e["type"] in ("pre", "code", "text_link", "custom_emoji")]
    more: list[Json] = []
    for match in _BY_ITSELF.finditer(text):
        entity: Json = {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match.group())}
        if not any(without(entity, other) != [entity] for other in solid):
            more.append(entity)
    return sorted(entities + more, key=lambda e: (e["offset"], -e["length"])) if more else entities


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """The text without blanks at its ends, as Telegram stores it; the left is trimmed only up to the first entity."""
    first = entities[0]["offset"] if entities else units(text)
    lead = min(units(text) - units(text.lstrip(SPACE)), first)
    text = text[lead:].rstrip(SPACE)  # what is cut at the left is ASCII: one code unit per character
    size = units(text)
    kept: list[Json] = []
    for entity in entities:
        start = entity["offset"] - lead
        length = min(entity["length"], size - start)
        if length > 0:
            kept.append({**entity, "offset": start, "length": length})
    return text, kept


def given(raw: Any) -> list[Json]:
    """The entities that the bot lists itself instead of using a parse mode."""
    needed = {"type", "offset", "length"}
    if not isinstance(raw, list) or not all(isinstance(e, dict) and needed <= e.keys() for e in raw):
        raise bad_request("can't parse MessageEntity")
    return sorted(raw, key=lambda e: (e["offset"], -e["length"]))
