"""The buttons of /share and /unshare in a private chat, and of /shared in a group."""

from __future__ import annotations

from enum import Enum

from bot.telegram.callback import Callback


class Extent(Enum):
    """How much of a goal is shown."""

    WHOLE = "w"
    BRIEF = "b"


class ShareGoal(Callback, prefix="share:n"):
    """Chooses the goal."""

    node: int
    extent: Extent


class _InGroup(Callback):
    node: int
    extent: Extent
    group: int


class PreviewShare(_InGroup, prefix="share:p"):
    """Shows the preview of a share."""


class ShareNow(_InGroup, prefix="share:y"):
    """Starts sharing."""


class CancelShare(Callback, prefix="share:x"):
    """Cancels sharing."""


class Unshare(Callback, prefix="unshare"):
    """Ends a share."""

    share: int


class SharedPage(Callback, prefix="shared"):
    """Shows a page of what members share."""

    page: int


class SharedTree(Callback, prefix="shared"):
    """Shows a page of one goal's tree."""

    share: int
    page: int
