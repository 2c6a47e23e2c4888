"""The codes of refusals, collected from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from inspect import signature
from itertools import chain, combinations
from pathlib import Path

import bot.telegram.admins
import bot.telegram.callback
import core
import language.parsing.errors
import web
from core.errors import GoaltreeError
from core.group.permissions import Act, Role, refusal
from core.planning.document.schema import _CODES

CORE = Path(core.__path__[0])
FOLDERS = [CORE, Path(bot.__path__[0]), Path(language.__path__[0]), Path(web.__path__[0])]

CODE_AT = {"Fault": 1, "fault": 1, "refuse": 1, "_refused": 1, "refused": 1, "once": 2, "_Unfit": 0}
"""The position of the code among the arguments of calls that make a fault. In exceptions it comes first."""


_TEXTS = ("title", "unit", "key", "note")
COMPOSED = {
    "*_empty": _TEXTS,
    "*_too_long": _TEXTS,
    "*_unprintable": _TEXTS,
    "*_differ": ("terms", "targets"),
    "*_start": ("terms", "targets"),
    "too_many_*": ("visions", "entries", "pauses", "reminders"),
}
"""Codes that are composed, and their parts."""


@dataclass(frozen=True)
class Use:
    """A place where a code is given, with the names of its values; None if they are passed on from elsewhere."""

    where: str
    code: str
    values: frozenset[str] | None


def classes() -> dict[str, type[GoaltreeError]]:
    """All classes of refusals with codes of their own, by name. `InvalidPlan` has the codes of its faults."""
    result: dict[str, type[GoaltreeError]] = {}
    waiting: list[type[GoaltreeError]] = [GoaltreeError]
    while waiting:
        one = waiting.pop()
        result[one.__name__] = one
        waiting += one.__subclasses__()
    del result["InvalidPlan"]
    return result


def _takes_code(one: type[GoaltreeError]) -> bool:
    return next(iter(signature(one).parameters), None) == "code"


def _own(one: type[GoaltreeError]) -> set[str]:
    """The values that a class names in its constructor."""
    return {name for name, one in signature(one).parameters.items() if one.kind is not one.VAR_KEYWORD} - {"code"}


def _made(one: type[GoaltreeError]) -> tuple[str, frozenset[str]]:
    """The code and values of a class that sets its own code."""
    required = [name for name, one in signature(one).parameters.items() if one.default is one.empty]
    error = one(*required)
    return error.code, frozenset(error.values)


def uses() -> list[Use]:
    """Every use of a code in core, bot and language."""
    result = [use for folder in FOLDERS for path in sorted(folder.rglob("*.py")) for use in _uses_in(path)]
    result += [Use(name, *_made(one)) for name, one in classes().items() if not _takes_code(one)]
    result += [Use("core/planning/document/schema.py", code, frozenset()) for code in sorted(set(_CODES.values()))]
    groups = chain.from_iterable(combinations(Role, count) for count in range(len(Role) + 1))
    codes = {refusal(act, frozenset(roles)) or "" for roles in groups for act in Act} - {""}
    result += [Use("core/group/permissions.py", code, frozenset()) for code in sorted(codes)]
    return result


@cache
def _known() -> dict[str, set[str]]:
    """The classes that are given a code, with the values that they name themselves."""
    return {name: _own(one) for name, one in classes().items() if _takes_code(one)}


def _uses_in(path: Path) -> Iterator[Use]:
    known, source = _known(), path.read_text()
    if not any(f"{name}(" in source for name in (*known, *CODE_AT)):
        return  # most modules refuse nothing, and need not be parsed
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        at = 0 if name in known else CODE_AT.get(name)
        if at is None or len(node.args) <= at:
            continue
        keywords = {keyword.arg for keyword in node.keywords}
        values = None if None in keywords else frozenset(filter(None, keywords)) | known.get(name, set())
        for code in _codes(node.args[at]):
            yield Use(f"{path.name}:{node.lineno}", code, values)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _codes(given: ast.expr) -> Iterator[str]:
    match given:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from _codes(one)
            yield from _codes(other)
        case ast.JoinedStr(values=parts):
            pattern = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)
            yield from (pattern.replace("*", part) for part in COMPOSED[pattern])
        case ast.Call(args=[_, default]):  # a code from a table, or else this one
            yield from _codes(default)
