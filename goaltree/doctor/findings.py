"""The doctor's findings."""

from __future__ import annotations

from enum import StrEnum

from core.records import record


class Health(StrEnum):
    """WARN: it works, but perhaps not for long, or not for everyone."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@record
class Finding:
    """The result of one check, with advice if there is a fault."""

    check: str
    state: Health
    says: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.state:4}  {self.check}: {self.says}{f' → {self.do}' if self.do else ''}"


def ok(check: str, says: str) -> Finding:
    """A finding without fault."""
    return Finding(check, Health.OK, says)


def warn(check: str, says: str, do: str) -> Finding:
    """A finding that something works, but needs attention."""
    return Finding(check, Health.WARN, says, do)


def fail(check: str, says: str, do: str) -> Finding:
    """A finding that something does not work."""
    return Finding(check, Health.FAIL, says, do)
