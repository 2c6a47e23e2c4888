"""The sentences in the Mini App's scripts: `t("…")`, and `n("…", "…", count)` for one and for several."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CALL = re.compile(rf"(?<![\w.$])(?:t\(\s*(?P<one>{_TEXT})|n\(\s*(?P<single>{_TEXT})\s*,\s*(?P<plural>{_TEXT}))")
Sentence = tuple[str, ...]


def sentences(script: str) -> Iterator[tuple[int, Sentence]]:
    """Each sentence of a script with its line number: one string, or a singular and a plural."""
    for call in _CALL.finditer(script):
        texts = [call["one"]] if call["one"] else [call["single"], call["plural"]]
        yield script.count("\n", 0, call.start()) + 1, tuple(json.loads(text) for text in texts)


def extract(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """The entry point for Babel's extraction."""
    for line, sentence in sentences(file.read().decode()):
        yield line, "t" if len(sentence) == 1 else "n", sentence[0] if len(sentence) == 1 else sentence, []
