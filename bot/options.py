"""The options of a bot, all with a sensible default."""

from __future__ import annotations

from dataclasses import KW_ONLY
from pathlib import Path

from bot.pictures.painter import Painter
from bot.telegram.limits import TELEGRAM, Limits
from bot.telegram.throttle import Allowance
from core.caps import CAPS, Caps
from core.observing import UNOBSERVED, Observer
from core.peers import ChatLocks
from core.records import record
from language import i18n


@record
class BotOptions:
    """`allowed` are the users that the bot serves (None: everyone). `limits` are those of the Bot API server (None:
    none). `painter` draws pictures (None: the bot starts one). `locks` divide the chats among several processes on one
    store. `allowance` is how much one person may send (None: any number), `caps` how much one chat may have. `has_api`:
    the process serves the API, so people may make tokens; `address` is its public address, if known. `app_url` is the
    public address of the Mini App."""

    _: KW_ONLY
    base_url: str = TELEGRAM
    allowed: frozenset[int] | None = None
    catalogues: Path = i18n.LOCALES
    limits: Limits | None = None
    painter: Painter | None = None
    observer: Observer = UNOBSERVED
    locks: ChatLocks | None = None
    allowance: Allowance | None = None
    caps: Caps = CAPS
    has_api: bool = False
    app_url: str | None = None
    address: str | None = None
