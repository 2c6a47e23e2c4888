"""Who may do what in a group: one table, which everything that acts for somebody asks."""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from core.errors import Refused


class Role(StrEnum):
    """What somebody is to a group, or to what they act on; they may be several of these.

    Nobody in particular is none of them: who is not in the chat, or belongs to another one.
    """

    MEMBER = "member"
    """They joined."""
    OUTSIDER = "outsider"
    """They are in the chat, and did not join."""
    ADMIN = "admin"
    """An admin of the chat, joined or not, with a name or without."""
    ANONYMOUS = "anonymous"
    """Writes in the name of the group, so that nobody can tell who it is. Always an admin too."""
    CHANNEL = "channel"
    """A channel that writes here, or what was forwarded from the linked one by itself."""
    SHARER = "sharer"
    """The shared goal in question is theirs."""
    BUDDY = "buddy"
    """They were asked to confirm what the person in question checks off."""
    INVITED = "invited"
    """They come by the group's own link, in the chat or not."""


class Act(StrEnum):
    """What somebody may want to do."""

    LOG = "log"
    """Log, skip, amend and undo for oneself: one's own leaf, or one's own part of a shared one."""
    LOG_FOR_ANOTHER = "log_for_another"
    CHANGE_ANOTHERS = "change_anothers"
    """Amend or undo what somebody else logged."""
    SKIP_SHARED = "skip_shared"
    """Skip a shared leaf, for everyone."""
    SEE = "see"
    """The tree, the summary, the round and the board."""
    EDIT_TREE = "edit_tree"
    SETTINGS = "settings"
    JOIN = "join"
    LEAVE = "leave"
    AWAY = "away"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    PUBLISH = "publish"
    """That they are an admin of the channel as well is asked there."""
    SHARE = "share"
    """Show a goal of one's own, or end that."""
    SEE_SHARE = "see_share"


_PRESENT = frozenset({Role.MEMBER, Role.OUTSIDER, Role.ADMIN})
_MEMBERS = frozenset({Role.MEMBER})
_ADMINS = frozenset({Role.ADMIN})

MAY: dict[Act, frozenset[Role]] = {
    Act.LOG: _MEMBERS,
    Act.LOG_FOR_ANOTHER: frozenset(),
    Act.CHANGE_ANOTHERS: frozenset(),
    Act.SKIP_SHARED: _ADMINS,
    Act.SEE: _PRESENT,
    Act.EDIT_TREE: _ADMINS,
    Act.SETTINGS: _ADMINS,
    Act.JOIN: _PRESENT | {Role.INVITED},
    Act.LEAVE: _MEMBERS,
    Act.AWAY: _MEMBERS,
    Act.NUDGE: _MEMBERS,
    Act.CONFIRM: frozenset({Role.BUDDY}),
    Act.PUBLISH: _ADMINS,
    Act.SHARE: frozenset({Role.SHARER}),
    Act.SEE_SHARE: _PRESENT,
}
"""Which roles may do it: one of them is enough."""

ALSO_MEMBERS = frozenset({Act.CONFIRM, Act.SHARE})
"""What takes a member besides."""

AS_ONESELF = frozenset(
    {Act.LOG, Act.SKIP_SHARED, Act.JOIN, Act.LEAVE, Act.AWAY, Act.NUDGE, Act.CONFIRM, Act.PUBLISH, Act.SHARE}
)
"""What has to be somebody's: nobody does it in the name of the group."""


def may(act: Act, roles: Set[Role], *, members_plan: bool = False) -> bool:
    """Whether somebody who is all of these may do it. `members_plan`: the admins let members edit the tree."""
    return refusal(act, roles, members_plan=members_plan) is None


def check(act: Act, roles: Set[Role], *, members_plan: bool = False) -> None:
    """Raises `Refused` if they may not."""
    code = refusal(act, roles, members_plan=members_plan)
    if code is not None:
        raise Refused(code)


def refusal(act: Act, roles: Set[Role], *, members_plan: bool = False) -> str | None:
    """Why they may not, as a code of `Refused`; None if they may."""
    if Role.CHANNEL in roles:
        return "channel"
    if act in (Act.LOG_FOR_ANOTHER, Act.CHANGE_ANOTHERS):
        return "anothers"
    if Role.ANONYMOUS in roles and act in AS_ONESELF:
        return "anonymous"
    allowed = MAY[act] | (_MEMBERS if members_plan and act is Act.EDIT_TREE else frozenset())
    if roles & allowed and (act not in ALSO_MEMBERS or Role.MEMBER in roles):
        return None
    if not roles & (_PRESENT | {Role.INVITED}):
        return "not_here"
    if Role.MEMBER not in roles and (act in ALSO_MEMBERS or Role.MEMBER in allowed):
        return "join_first"
    return {Act.CONFIRM: "buddies_only", Act.SHARE: "anothers_goal", Act.SKIP_SHARED: "everyones"}.get(
        act, "not_here" if allowed == _PRESENT else "admins_only"
    )


def roles_of(user_id: int | None, *, joined: bool, is_admin: bool = False) -> frozenset[Role]:
    """What somebody who is in the chat is to the group. Without an id they write in its name."""
    roles = {Role.MEMBER if joined else Role.OUTSIDER}
    if is_admin:
        roles.add(Role.ADMIN)
    if user_id is None:
        roles.add(Role.ANONYMOUS)
    return frozenset(roles)
