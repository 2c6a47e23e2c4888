"""Settings, all from the environment or a `.env` file (DESIGN.md §5)."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.pace import Pace
from core.caps import Caps

_PACE, _CAPS = Pace(), Caps()


class BadSetting(Exception):
    """A setting that cannot be, or is missing; the message names the variable and says what to do."""


class Settings(BaseSettings):
    """What the person who hosts goaltree decides. Nothing is read before an instance is made."""

    model_config = SettingsConfigDict(
        env_prefix="GOALTREE_", env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    bot_token: SecretStr | None = None
    data_dir: Path = Field(default_factory=lambda: Path.home() / ".local" / "share" / "goaltree")
    database_url: str | None = None
    api_base_url: AnyHttpUrl = AnyHttpUrl("https://api.telegram.org")
    webhook_url: str | None = None
    backups: int = Field(7, ge=0)
    allowed_users: Annotated[frozenset[int] | None, NoDecode] = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    max_at_once: int = Field(_PACE.at_once, ge=10)
    max_a_minute: int = Field(_PACE.a_minute, ge=1)
    max_trees: int = Field(_CAPS.trees, ge=1)
    max_nodes: int = Field(_CAPS.nodes, ge=1)
    max_nodes_in_tree: int = Field(_CAPS.nodes_in_tree, ge=1, le=10_000)
    max_depth: int = Field(_CAPS.depth, ge=2, le=30)
    max_entries_a_day: int = Field(_CAPS.entries_a_day, ge=1)
    max_reminders: int = Field(_CAPS.reminders, ge=1)
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

    @field_validator("webhook_url")
    @classmethod
    def _polling_only(cls, value: str | None) -> str | None:
        if value is not None:
            raise ValueError("this version has no webhooks yet: unset it, and the bot polls")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @property
    def pace(self) -> Pace:
        """How much one person may send."""
        return Pace(self.max_at_once, self.max_a_minute)

    @property
    def caps(self) -> Caps:
        """How much one chat may have."""
        return Caps(**{cap.name: getattr(self, f"max_{cap.name}") for cap in fields(Caps)})

    @property
    def url(self) -> str:
        """The database's URL: the one that was set, or a SQLite file in the data directory."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir / 'goaltree.db'}"

    @property
    def backup_dir(self) -> Path:
        """Where the nightly backups are kept."""
        return self.data_dir / "backups"

    @property
    def api(self) -> str:
        """The Bot API server, without a slash at the end."""
        return str(self.api_base_url).rstrip("/")

    def token(self) -> str:
        """The bot's token; raises `BadSetting` when there is none."""
        if self.bot_token is None:
            raise BadSetting(
                "GOALTREE_BOT_TOKEN is not set. Get a token from @BotFather in Telegram (send it /newbot), "
                "then run: GOALTREE_BOT_TOKEN=123:abc goaltree run. To try goaltree without one: goaltree chat."
            )
        return self.bot_token.get_secret_value()


def load(**overrides: object) -> Settings:
    """The settings as they are now; raises `BadSetting` naming each variable that cannot be."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        faults = (
            f"GOALTREE_{str(item['loc'][0]).upper()}: {item['msg'].removeprefix('Value error, ')}"
            for item in error.errors()
        )
        raise BadSetting("; ".join(faults)) from None
