"""Settings, all from the environment or a `.env` file (design.md §5)."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.telegram.limits import TELEGRAM
from bot.telegram.throttle import Allowance
from core.caps import Caps
from core.records import record
from web.address import Address, parse_address
from web.paths import API, APP, RESERVED

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_PORTS = (443, 80, 88, 8443)
"""The path that Telegram posts to, by default."""
_WEBHOOK_AT = Address("127.0.0.1", 8080)
"""Where to listen for updates by default."""
_HOW = "Make one with: openssl rand -hex 32"

_ALLOWANCE, _CAPS = Allowance(), Caps()


class BadSetting(Exception):
    """A setting that is invalid or missing; the message names the variable and says what to do."""


@record
class WebhookSettings:
    """The URL that Telegram posts updates to, its path, and the secret."""

    url: str
    path: str
    secret: str


class Settings(BaseSettings):
    """The settings of the person who hosts goaltree. Nothing is read before an instance is made."""

    model_config = SettingsConfigDict(
        env_prefix="GOALTREE_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    bot_token: SecretStr | None = None
    data_dir: Path = Field(default_factory=lambda: Path.home() / ".local" / "share" / "goaltree")
    database_url: str | None = None
    api_base_url: AnyHttpUrl = AnyHttpUrl(TELEGRAM)
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: Annotated[Address | None, NoDecode] = None
    app_url: str | None = None
    metrics_token: SecretStr | None = None
    messages_per_second: int = Field(30, ge=1, le=1000)
    backups: int = Field(7, ge=0)
    allowed_users: Annotated[frozenset[int] | None, NoDecode] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    max_at_once: int = Field(_ALLOWANCE.at_once, ge=10)
    max_a_minute: int = Field(_ALLOWANCE.a_minute, ge=1)
    max_trees: int = Field(_CAPS.trees, ge=1)
    max_nodes: int = Field(_CAPS.nodes, ge=1)
    max_nodes_in_tree: int = Field(_CAPS.nodes_in_tree, ge=1, le=10_000)
    max_depth: int = Field(_CAPS.depth, ge=2, le=30)
    max_entries_a_day: int = Field(_CAPS.entries_a_day, ge=1)
    max_reminders: int = Field(_CAPS.reminders, ge=1)
    max_pauses: int = Field(_CAPS.pauses, ge=1)
    max_outline: int = Field(_CAPS.outline, ge=100)
    max_document: int = Field(_CAPS.document, ge=1_000, le=20_000_000)
    max_document_entries: int = Field(_CAPS.document_entries, ge=1)
    max_export: int = Field(_CAPS.export, ge=1_000, le=50_000_000)

    @field_validator("allowed_users", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return frozenset(int(part) for part in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("use Telegram user ids, separated by commas, such as 1234567,7654321") from None

    @field_validator("listen", mode="before")
    @classmethod
    def _address(cls, value: Any) -> Any:
        return parse_address(value) if isinstance(value, str) else value

    @field_validator("webhook_secret")
    @classmethod
    def _characters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError(f"use 1 to 256 letters, digits, _ and -. {_HOW}")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _printable(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[!-~]+", value.get_secret_value()):
            raise ValueError(f"use letters, digits and signs without spaces. {_HOW}")
        return value

    @field_validator("app_url")
    @classmethod
    def _app(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        is_plain = parts.hostname and not _says_more(parts)
        if value is not None and not (parts.scheme == "https" and is_plain and parts.path.endswith(APP)):
            raise ValueError("Telegram opens https only: use an address such as https://bot.example.org/app")
        return value

    @model_validator(mode="after")
    def _webhook_as_telegram_takes_it(self) -> Self:
        if self.webhook_url is not None:
            if problem := self._against(self.webhook_url):
                raise ValueError(f"GOALTREE_WEBHOOK_URL: {problem}")
            if self.webhook_secret is None:
                raise ValueError(
                    "GOALTREE_WEBHOOK_SECRET: it is needed with GOALTREE_WEBHOOK_URL, so that nobody but Telegram can "
                    f"post updates. {_HOW}"
                )
        return self

    @model_validator(mode="after")
    def _app_is_served(self) -> Self:
        if self.app_url is not None and self.listen is None and self.webhook_url is None:
            raise ValueError("GOALTREE_APP_URL: nothing serves it. Set GOALTREE_LISTEN as well, such as 127.0.0.1:8080")
        return self

    def _against(self, url: str) -> str | None:
        """The fault in a webhook's address."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return "use an address such as https://bot.example.org/telegram"
        telegram = self.api == TELEGRAM
        if parts.scheme not in (("https",) if telegram else ("https", "http")) or not parts.hostname:
            return "Telegram posts to https only: use an address such as https://bot.example.org/telegram"
        if telegram and port not in (None, *_PORTS):
            return f"Telegram posts to ports 443, 80, 88 and 8443 only, not to {port}"
        if _says_more(parts):
            return "leave out user, ? and #: what tells Telegram from others is GOALTREE_WEBHOOK_SECRET"
        return _against_path(parts.path) or self._against_token(url)

    def _against_token(self, url: str) -> str | None:
        if self.bot_token is not None and self.bot_token.get_secret_value() in unquote(url):
            return "leave the bot token out of it: addresses are written into the logs of proxies"
        return None

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @property
    def address(self) -> str | None:
        """The server's public address without a trailing slash; None if no setting gives one."""
        if self.app_url is not None:
            return self.app_url.removesuffix(APP)
        if self.webhook_url is not None:
            parts = urlsplit(self.webhook_url)
            return f"{parts.scheme}://{parts.netloc}"
        return None

    def served_at(self, *, receives: bool) -> Address | None:
        """The address on which a process listens; None if it serves nothing. `receives`: it receives updates."""
        return self.listen or (_WEBHOOK_AT if receives and self.webhook else None)

    @property
    def allowance(self) -> Allowance:
        """The limits on what one person may send."""
        return Allowance(self.max_at_once, self.max_a_minute)

    @property
    def caps(self) -> Caps:
        """The limits on what one chat may hold."""
        return Caps(**{cap.name: getattr(self, f"max_{cap.name}") for cap in fields(Caps)})

    @property
    def url(self) -> str:
        """The database's URL: the setting, or a SQLite file in the data directory."""
        return self.database_url or f"sqlite+aiosqlite:///{self.database_file}"

    @property
    def database_file(self) -> Path:
        """The SQLite file that is used unless a URL names another database."""
        return self.data_dir / "goaltree.db"

    @property
    def backup_dir(self) -> Path:
        """The directory of the nightly backups."""
        return self.data_dir / "backups"

    @property
    def api(self) -> str:
        """The Bot API server's address, without a trailing slash."""
        return str(self.api_base_url).rstrip("/")

    @property
    def webhook(self) -> WebhookSettings | None:
        """The webhook's settings; None if the bot polls."""
        if self.webhook_url is None or self.webhook_secret is None:
            return None
        path = unquote(urlsplit(self.webhook_url).path) or "/"
        return WebhookSettings(self.webhook_url, path, self.webhook_secret.get_secret_value())

    def token(self) -> str:
        """The bot's token. Raises `BadSetting` if there is none."""
        if self.bot_token is None:
            raise BadSetting(
                "GOALTREE_BOT_TOKEN is not set. Get a token from @BotFather in Telegram (send it /newbot), "
                "then run: GOALTREE_BOT_TOKEN=123:abc goaltree run. To try goaltree without one: goaltree chat."
            )
        return self.bot_token.get_secret_value()


def load(**overrides: object) -> Settings:
    """The present settings. Raises `BadSetting` with each invalid variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise BadSetting("; ".join(map(_fault, error.errors()))) from None


def _fault(item: Any) -> str:
    says = str(item["msg"]).removeprefix("Value error, ")
    return f"GOALTREE_{str(item['loc'][0]).upper()}: {says}" if item["loc"] else says


def _says_more(address: SplitResult) -> bool:
    """Whether an address has more than scheme, host, port and path."""
    return bool(address.username or address.query or address.fragment)


def _against_path(path: str) -> str | None:
    if path in RESERVED or path.startswith((f"{API}/", f"{APP}/")) or path == API:
        return f"{path} is taken: use another path"
    return "use a path of letters, digits, - and /" if re.search(r"[{}\s]", unquote(path)) else None
