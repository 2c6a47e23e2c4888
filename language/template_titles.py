"""The titles and questions in the files of `language/templates`, for translators."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any


def extract(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The entry point for Babel's extraction."""
    content = tomllib.loads(file.read().decode())
    for sentence in sentences(content):
        yield 1, "t", sentence, []


def sentences(content: Mapping[str, Any]) -> Iterator[str]:
    """The translatable texts of a template, without the words of the outline's grammar."""
    yield content["name"]
    yield content["title"]
    yield content["about"]
    yield from content.get("questions", {}).values()
    yield from (title for _, title, _ in content["goals"])
    if "total" in content:
        yield content["total"]
