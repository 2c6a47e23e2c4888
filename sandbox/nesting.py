"""Rules for entities inside each other."""

from __future__ import annotations

from sandbox.objects import Json

PLAIN = ("bold", "italic", "underline", "strikethrough", "spoiler")


def tidied(entities: list[Json]) -> list[Json]:
    """Remove styles inside code and pre, and nested quotes."""
    fixed = [e for e in entities if e["type"] in ("pre", "code")]
    quotes = [e for e in entities if e["type"].endswith("quote")]
    tidy: list[Json] = []
    for entity in entities:
        if entity["type"] in PLAIN:
            tidy += _around(entity, fixed)
        elif not _nested(entity, fixed if entity in fixed else quotes):
            tidy.append(entity)
    return sorted(tidy, key=lambda e: (e["offset"], -e["length"]))


def _around(entity: Json, holes: list[Json]) -> list[Json]:
    """The parts of an entity outside of others."""
    pieces = [entity]
    for hole in holes:
        pieces = [part for piece in pieces for part in without(piece, hole)]
    return pieces


def _nested(entity: Json, others: list[Json]) -> bool:
    return entity in others and any(other is not entity and _inside(entity, other) for other in others)


def _inside(inner: Json, outer: Json) -> bool:
    end = outer["offset"] + outer["length"]
    return bool(outer["offset"] <= inner["offset"] and inner["offset"] + inner["length"] <= end)


def without(entity: Json, hole: Json) -> list[Json]:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    left, right = hole["offset"], hole["offset"] + hole["length"]
    if right <= start or end <= left:
        return [entity]
    parts = ((start, left), (right, end))
    return [{**entity, "offset": a, "length": b - a} for a, b in parts if b > a]
