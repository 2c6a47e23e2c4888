"""Telegram's refusals."""

from __future__ import annotations

from sandbox.objects import Json


class ApiError(Exception):
    """A refused Bot API call: an HTTP status, Telegram's own description, and its `parameters` if it sends any."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(description: str) -> ApiError:
    """The common refusal: 400, with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {description}")


def forbidden(description: str) -> ApiError:
    """403: something that the bot may not do, or no longer."""
    return ApiError(403, f"Forbidden: {description}")
