"""The parameters of a Bot API call, from JSON (values) or a form (strings)."""

from __future__ import annotations

import json
from typing import Any

from sandbox.errors import bad_request
from sandbox.objects import Json, Upload


class Params:
    """Reads the fields of a request by their types in the Bot API."""

    def __init__(self, fields: Json, files: dict[str, Upload] | None = None) -> None:
        self.fields = fields
        self.files = files or {}

    def text(self, name: str, default: str = "") -> str:
        value = self.fields.get(name, default)
        return value if isinstance(value, str) else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """An integer; the default if the field is missing or malformed, as at Telegram."""
        try:
            return int(self.fields.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.fields.get(name, "")).lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:
        """An object or array, which a form carries as JSON text; None if missing."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error

    def upload(self, name: str) -> Upload | None:
        """The file in that field, sent directly or by `attach://`."""
        value = self.fields.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)
