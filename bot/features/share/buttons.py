"""The buttons of /share and /unshare in a private chat, and of /shared in a group."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.telegram.callback import Callback


class Extent(Enum):
    """How much of a goal is shown."""

    WHOLE = "w"
    BRIEF = "b"


@dataclass(frozen=True)
class ShareGoal(Callback):
    """Chooses the goal."""

    prefix = "share:n"
    node: int
    extent: Extent


@dataclass(frozen=True)
class _InGroup(Callback):
    node: int
    extent: Extent
    group: int


@dataclass(frozen=True)
class PreviewShare(_InGroup):
    """Shows what the group would see."""

    prefix = "share:p"


@dataclass(frozen=True)
class Share(_InGroup):
    """The group sees it from now on."""

    prefix = "share:y"


@dataclass(frozen=True)
class CancelShare(Callback):
    """Nothing is shared."""

    prefix = "share:x"


@dataclass(frozen=True)
class Unshare(Callback):
    """Ends a share."""

    prefix = "unshare"
    share: int


@dataclass(frozen=True)
class SharedPage(Callback):
    """Shows a page of what members share."""

    prefix = "shared"
    page: int


@dataclass(frozen=True)
class SharedTree(Callback):
    """Shows a page of one goal's tree."""

    prefix = "shared"
    share: int
    page: int
