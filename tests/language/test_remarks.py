"""Every remark of an import has a sentence, and every sentence a remark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import core.importing
from core.importing import Remark
from core.importing.formats import loop
from language.i18n import words
from language.remarks import SENTENCES, remark

EN = words("en")
SOURCE = "\n".join(path.read_text() for path in Path(core.importing.__path__[0]).rglob("*.py"))
CALL = re.compile(r'\.(?:remark|no_entry)\(\s*f?"([a-z_{}]+)"(?: if [^,]* else "([a-z_]+)")?')


def codes() -> Iterator[str]:
    for result in CALL.finditer(SOURCE):
        for code in filter(None, result.groups()):
            levels = ("weekly", "monthly", "yearly") if "{level}" in code else ("",)
            yield from (code.replace("{level}", level) for level in levels)
    for of_state in loop.SILENT.values():
        yield from of_state.values()


def test_every_remark_has_a_sentence_and_none_is_left_over() -> None:
    assert set(codes()) == SENTENCES.keys()


def test_every_sentence_can_be_said() -> None:
    for code, said in SENTENCES.items():
        for count in (1, 12):
            texts = (said,) if isinstance(said, str) else said
            names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
            sentence = remark(Remark(code, {**dict.fromkeys(names, 3), "count": count}), EN)
            assert sentence.endswith("."), code
            assert "{" not in sentence, code


def test_a_remark_counts() -> None:
    assert remark(Remark("computed", {"count": 1}), EN) == (
        "1 day that the app filled in by itself is left out: nobody did it."
    )
    assert remark(Remark("computed", {"count": 1200}), EN).startswith("1,200 days")
