"""Documents typed for a test, and their faults."""

from __future__ import annotations

import json
from datetime import time as clock
from typing import Any

import pytest

from core.errors import InvalidPlan
from core.goals.model import Owner, OwnerType
from core.planning.document import parse_document
from language.i18n import words
from language.refusals import placed

OWNER = Owner(1, 1, OwnerType.LOCAL, timezone="Europe/Berlin", day_start=clock(4, 0), week_start=6, locale="de")


def document(*children: dict[str, Any], entries: list[dict[str, Any]] | None = None, **fields: Any) -> str:
    vision = {"key": "v", "title": "V", "children": list(children)}
    return json.dumps({"format": "goaltree/1", "visions": [vision], "entries": entries or [], **fields})


GYM = {"key": "gym", "title": "Gym", "level": "daily"}
CHECK_IN = {"kind": "check_in", "at": "20:00"}
RUN = {"key": "run", "title": "Run", "level": "daily", "measure": "number", "unit": "km", "target": 5}


def faults(raw: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidPlan) as refused:
        parse_document(raw)
    assert all(placed(fault, words("en")).endswith(".") for fault in refused.value.faults)
    return [(fault.place, fault.code) for fault in refused.value.faults]
