"""The doctor's findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """Whether it is well. WARN: it works, and may not for long, or not for everyone."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it is, and what to do if it is not well."""

    check: str
    state: Health
    says: str
    do: str = ""

    def __str__(self) -> str:
        return f"{self.state:4}  {self.check}: {self.says}{f' → {self.do}' if self.do else ''}"


def ok(check: str, says: str) -> Finding:
    """It is well."""
    return Finding(check, Health.OK, says)


def warn(check: str, says: str, do: str) -> Finding:
    """It works, and something should be done."""
    return Finding(check, Health.WARN, says, do)


def fail(check: str, says: str, do: str) -> Finding:
    """It does not work."""
    return Finding(check, Health.FAIL, says, do)
