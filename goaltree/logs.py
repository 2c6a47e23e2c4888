"""Logging: lines for people, or JSON for machines. It never contains a token or what people wrote."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote, unquote, urlsplit

from core.observing import AT_WORK
from goaltree.settings import Settings

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_HIDDEN = "…"
_SHORTEST = 4
"""The shortest secret that is searched for: shorter ones occur in ordinary words."""


class Secrets:
    """Removes secrets from texts, in every form in which they may be written."""

    def __init__(self, secrets: Iterable[str]) -> None:
        written = {form for secret in secrets if len(secret) >= _SHORTEST for form in _forms(secret)}
        # The longest first, since one may be part of another.
        self._written = sorted(written, key=len, reverse=True)

    def hide(self, text: str) -> str:
        """The text without secrets."""
        for form in self._written:
            text = text.replace(form, _HIDDEN)
        return text


def _forms(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret, safe="")
    yield quote(secret, safe=":/")
    yield repr(secret)[1:-1]


def secrets_of(settings: Settings) -> Secrets:
    configured = [settings.bot_token, settings.webhook_secret, settings.metrics_token]
    secrets = [secret.get_secret_value() for secret in configured if secret is not None]
    try:
        password = urlsplit(settings.url).password
    except ValueError:
        password = None
    if password:
        secrets += [password, unquote(password)]
    return Secrets(secrets)


class _Redacting(logging.Formatter):
    """Leaves out the messages of exceptions, since they may quote a person's words, and removes secrets everywhere."""

    def __init__(self, secrets: Secrets, form: str | None = None) -> None:
        super().__init__(form)
        self._secrets = secrets

    def formatException(self, ei: object) -> str:  # noqa: N802 (it is logging's)
        """The stack and the types of all exceptions in the chain."""
        assert isinstance(ei, tuple)
        return "".join(_told(ei[1])).rstrip("\n") if ei[1] is not None else ""

    def _message(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        # From its second line on, asyncio's message about a failed task has the exception's words.
        return message.partition("\n")[0] if record.name == "asyncio" else message


class _Lines(_Redacting):
    def format(self, record: logging.LogRecord) -> str:
        at = _at_work(record)
        told = " ".join(f"{name}={value}" for name, value in (*at.items(), *_extra(record)))
        time = self.formatTime(record)
        line = f"{time} {record.levelname:<7} {record.name}: {self._message(record)}{f' [{told}]' if told else ''}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return self._secrets.hide(line)


class _JsonLines(_Redacting):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
            **_at_work(record),
            **dict(_extra(record)),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps({key: self._hide(value) for key, value in line.items()}, ensure_ascii=False)

    def _hide(self, value: object) -> object:
        return value if isinstance(value, int | float | None) else self._secrets.hide(str(value))


def _at_work(record: logging.LogRecord) -> dict[str, object]:
    at = AT_WORK.get()
    if at is None or "update_id" in vars(record):
        return {}
    return {"update_id": at.update_id, **({} if at.chat_id is None else {"chat_id": at.chat_id})}


def _extra(record: logging.LogRecord) -> list[tuple[str, object]]:
    """The caller's extra fields, without uvicorn's colours."""
    return [(key, value) for key, value in vars(record).items() if key not in _STANDARD and key != "color_message"]


def _told(error: BaseException, known: frozenset[int] = frozenset()) -> Iterator[str]:
    """The stacks of an exception and its causes, the earliest first, each with the safe part of its message."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in known:
        yield from _told(earlier, known | {id(error)})
        yield "which led to:\n"
    yield from traceback.format_tb(error.__traceback__)
    yield f"{kind_of(error)}\n"
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _told(one, known | {id(error)})


def kind_of(error: BaseException) -> str:
    """The safe words about an exception: its type, and the reason given by the system or the database."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    if kind.__module__ == "sqlite3":  # which never quotes a value
        return f"{name}: {error}"
    if state := getattr(error, "sqlstate", None):
        return f"{name}: {state}"
    return name


def set_up(settings: Settings) -> None:
    """Log to standard error in the form that the settings choose."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_JsonLines if settings.log_format == "json" else _Lines)(secrets_of(settings)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    # At DEBUG an HTTP client may log each request with its URL, which holds the bot's token, and with what is sent.
    # Neither may be logged.
    for name in ("aiohttp", "httpx", "httpcore", "telegram", "sqlalchemy", "aiosqlite", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # A line for every tick, or every second of a long tick, is noise.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
