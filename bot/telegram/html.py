"""Telegram's HTML: escaping what people wrote, and keeping a message within the limit."""

from __future__ import annotations

import html
import re

LIMIT = 4096
"""Telegram's limit for a message, in UTF-16 units, after its entities are taken out."""

CAPTION_LIMIT = 1024

_TOKEN = re.compile(r"<(/?)([a-z][a-z-]*)[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);|.", re.DOTALL)


def esc(text: str) -> str:
    """A person's words, escaped."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped, in bold."""
    return f"<b>{esc(text)}</b>"


def code(text: str) -> str:
    """Escaped, in monospace; a tap copies the text."""
    return f"<code>{esc(text)}</code>"


def pre(text: str) -> str:
    """Escaped, as a monospaced block."""
    return f"<pre>{esc(text)}</pre>"


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def fit(text: str, limit: int = LIMIT) -> str:
    """The text, cut at the limit with "…" and its tags closed."""
    if len(text) * 2 <= limit:
        return text
    shown, used, open_tags, cut_at, open_at_cut = 0, 0, [], 0, []  # type: int, int, list[str], int, list[str]
    for token in _TOKEN.finditer(text):
        name = token[2]
        if name and token[1]:
            if open_tags:
                open_tags.pop()
        elif name:
            open_tags.append(name)
        else:
            used += units(html.unescape(token[0]))
            if used > limit:
                return text[:cut_at] + "…" + "".join(f"</{tag}>" for tag in reversed(open_at_cut))
        shown = token.end()
        if used < limit:
            cut_at, open_at_cut = shown, list(open_tags)
    return text


def plain(text: str) -> str:
    """A message without its tags, for places that take no HTML (the answer to a tap)."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def below(above: str, text: str) -> str:
    """A text with another one above it, unless that is empty."""
    return f"{above}\n\n{text}" if above else text
