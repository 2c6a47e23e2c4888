"""The services that handlers use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.pictures.painter import Painter
from bot.telegram.admins import AdminList
from bot.telegram.asides import Asides
from bot.telegram.beginnings import Beginnings
from bot.telegram.gathering import Gathering
from bot.telegram.invite_links import InviteLinks
from bot.telegram.shown import Shown
from bot.telegram.throttle import Allowance
from core.caps import CAPS, Caps
from core.memory import Memory
from core.observing import UNOBSERVED, Observer
from core.ports.store import Store
from core.records import record
from language import i18n

_MOST_NODES = 16_384
"""How many nodes of trees are cached for reading words, about a kilobyte each: those of some hundred people."""


@record
class Services:
    """The services that handlers use. `shown` knows which change each message shows. `allowed` are the users that the
    bot serves (None: everyone), `allowance` is how much each may send (None: any number), `caps` how much each chat may
    have. Without a `painter` there are no pictures. `has_api`: there is an API that tokens are for; `address` is its
    public address, if known; `app_url` is that of the Mini App, if there is one; `goals` caches the trees that words
    may mean in each chat (`bot.common.goals`)."""

    store: Store
    clock: Callable[[], datetime]
    shown: Shown
    beginnings: Beginnings
    allowed: frozenset[int] | None = None
    catalogues: Path = i18n.LOCALES
    painter: Painter | None = None
    observer: Observer = UNOBSERVED
    allowance: Allowance | None = None
    caps: Caps = CAPS
    admins: AdminList = field(default_factory=AdminList)
    asides: Asides = field(default_factory=Asides)
    gathering: Gathering = field(default_factory=Gathering)
    has_api: bool = False
    app_url: str | None = None
    address: str | None = None
    ways_in: InviteLinks = field(default_factory=InviteLinks)
    goals: Memory[int, Any] = field(default_factory=lambda: Memory(_MOST_NODES))
