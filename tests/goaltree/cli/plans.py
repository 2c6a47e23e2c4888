"""A plan for the command line, as a file."""

from __future__ import annotations

import json
from pathlib import Path

PLAN = {
    "format": "goaltree/1",
    "owner": {"timezone": "Europe/Berlin", "week_start": "monday"},
    "visions": [
        {
            "key": "v",
            "title": "Healthy",
            "kind": "vision",
            "starts_on": "2026-11-02",
            "children": [{"key": "gym", "title": "Gym", "kind": "kpi", "level": "daily", "measure": "check"}],
        }
    ],
    "entries": [{"node": "gym", "date": "2026-11-16", "value": 1}],
}


def write(folder: Path, document: object) -> str:
    file = folder / "plan.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return str(file)
