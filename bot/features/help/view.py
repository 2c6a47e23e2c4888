"""The text of /help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.telegram.feature import Section
from bot.telegram.html import esc
from core.likeness import most_alike
from language.i18n import Words

_ALIKE = 65
"""The similarity (0 to 100) from which a command is suggested for what was typed: a letter or two may be wrong."""


def overview(lines: Mapping[Section, Sequence[str]], w: Words) -> str:
    """The lines of all features, under the headings of their sections."""
    return "\n\n".join("\n".join(w.t(text) for text in (section.value, *texts)) for section, texts in lines.items())


def unknown(command: str, known: Sequence[str], w: Words) -> str:
    """The answer to an unknown command, with the most similar one."""
    close = most_alike(command.lstrip("/").lower(), known, _ALIKE)
    said = esc(command[:40])
    if close:
        return w.t("I do not know {command}. Did you mean /{nearest}?", command=said, nearest=close[0])
    return w.t("I do not know {command}. /help shows what I can do.", command=said)
