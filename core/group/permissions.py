"""Permissions: the actor, and one table that every action consults before it reads or writes.

An action computes the actor's roles inside its own transaction (`core.actions.access`). A front only adds what the
database cannot know, such as whether Telegram lists somebody as an admin.
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from core.errors import Refused
from core.goals.model import Owner, OwnerType
from core.records import record


class Role(StrEnum):
    """A role of an actor towards an owner, or towards the object of an act; an actor may have several.

    Somebody who is not in the chat, or who belongs to another one, has none.
    """

    ONESELF = "oneself"
    """The private chat is their own."""
    MEMBER = "member"
    """They joined the group."""
    OUTSIDER = "outsider"
    """They are in the chat but did not join."""
    ADMIN = "admin"
    """An admin of the chat, joined or not, with a name or without."""
    ANONYMOUS = "anonymous"
    """They write in the name of the group, so nobody can tell who it is. Always an admin too."""
    CHANNEL = "channel"
    """A channel that writes here, or an automatic forward from the linked channel."""
    SHARER = "sharer"
    """The shared goal in question is theirs."""
    BUDDY = "buddy"
    """They were asked to confirm what the person in question checks off."""
    INVITED = "invited"
    """They follow the group's invitation link, in the chat or not."""
    HOST = "host"
    """Runs the process: the scheduler, the front's own upkeep, and the command line."""


class Via(StrEnum):
    """How a request came in."""

    PRIVATE_CHAT = "private_chat"
    GROUP_CHAT = "group_chat"
    """A message in the group itself, so the actor is in the chat."""
    LINK = "link"
    API = "api"
    COMMAND_LINE = "command_line"
    SCHEDULER = "scheduler"


FOUND_OUTSIDE = frozenset({Role.ADMIN, Role.ANONYMOUS, Role.CHANNEL, Role.INVITED, Role.HOST, Role.OUTSIDER})
"""The roles that a front tells, such as that Telegram lists somebody as an admin. All others are read from the
database."""


@record
class Actor:
    """The person who asks for something of one owner, and how the request came in.

    `chat_id` is the owner's chat. Roles hold for that chat only, so an admin of one group has no rights in another. It
    is None for the host when no single owner is meant. `user_id` is None for an anonymous admin, a channel and the
    host. `known` holds roles of `FOUND_OUTSIDE`.
    """

    chat_id: int | None
    user_id: int | None
    via: Via
    known: frozenset[Role] = frozenset()

    def __post_init__(self) -> None:
        if not self.known <= FOUND_OUTSIDE:
            raise ValueError(f"the database says who is {sorted(self.known - FOUND_OUTSIDE)}")

    @classmethod
    def alone(cls, user_id: int, via: Via = Via.PRIVATE_CHAT) -> Actor:
        """A person in their own private chat, whose id is theirs."""
        return cls(user_id, user_id, via)

    @classmethod
    def in_group(cls, chat_id: int, user_id: int, *known: Role, via: Via = Via.GROUP_CHAT) -> Actor:
        """A person who acts in a group."""
        return cls(chat_id, user_id, via, frozenset(known))

    @classmethod
    def anonymous(cls, chat_id: int) -> Actor:
        """An admin who writes in the name of the group."""
        return cls(chat_id, None, Via.GROUP_CHAT, frozenset({Role.ANONYMOUS, Role.ADMIN}))

    @classmethod
    def host(cls, chat_id: int | None = None, via: Via = Via.SCHEDULER) -> Actor:
        """The operator of the process, for one owner or for all."""
        return cls(chat_id, None, via, frozenset({Role.HOST}))


class Act(StrEnum):
    """Something that an actor may want to do."""

    LOG = "log"
    """Log, skip, amend and undo for oneself, on one's own leaf or a shared one."""
    UNDO = "undo"
    """Take back one's last action, which may need a further act."""
    LOG_FOR_ANOTHER = "log_for_another"
    """Write entries of others: only the host, to restore a group's document."""
    CHANGE_ANOTHERS = "change_anothers"
    """Amend, undo or plan another person's own leaves."""
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
    """The front checks that they are an admin of the channel as well."""
    SHARE = "share"
    """Share a goal of one's own, or stop sharing it."""
    SEE_SHARE = "see_share"
    OWN_AFFAIRS = "own_affairs"
    """A person's own affairs, wherever they are: their data, their shares, their name."""
    OPERATE = "operate"
    """The work of the process itself: delivery, upkeep of caches, news of chats."""


_PRESENT = frozenset({Role.MEMBER, Role.OUTSIDER, Role.ADMIN})
_MEMBERS = frozenset({Role.MEMBER})
_ADMINS = frozenset({Role.ADMIN})
_ONESELF = frozenset({Role.ONESELF})
_HOST = frozenset({Role.HOST})

MAY: dict[Act, frozenset[Role]] = {
    Act.LOG: _MEMBERS | _ONESELF,
    Act.UNDO: _MEMBERS | _ADMINS | _ONESELF,
    Act.LOG_FOR_ANOTHER: _HOST,
    Act.CHANGE_ANOTHERS: frozenset(),
    Act.SKIP_SHARED: _ADMINS,
    Act.SEE: _PRESENT | _ONESELF | _HOST,
    Act.EDIT_TREE: _ADMINS | _ONESELF | _HOST,
    Act.SETTINGS: _ADMINS | _ONESELF | _HOST,
    Act.JOIN: _PRESENT | {Role.INVITED},
    Act.LEAVE: _MEMBERS,
    Act.AWAY: _MEMBERS,
    Act.NUDGE: _MEMBERS,
    Act.CONFIRM: frozenset({Role.BUDDY}),
    Act.PUBLISH: _ADMINS,
    Act.SHARE: frozenset({Role.SHARER}),
    Act.SEE_SHARE: _PRESENT,
    Act.OWN_AFFAIRS: _ONESELF,
    Act.OPERATE: _HOST,
}
"""The roles that may do each act; one of them is enough."""

ALSO_MEMBERS = frozenset({Act.CONFIRM, Act.SHARE})
"""Acts that need membership as well."""

AS_ONESELF = frozenset(
    {Act.LOG, Act.UNDO, Act.SKIP_SHARED, Act.JOIN, Act.LEAVE, Act.AWAY, Act.NUDGE, Act.CONFIRM, Act.PUBLISH, Act.SHARE}
)
"""Acts that need a person, and cannot be done in the name of the group."""

_REFUSAL_OF = {
    Act.CONFIRM: "buddies_only",
    Act.SHARE: "anothers_goal",
    Act.SKIP_SHARED: "everyones",
    Act.OWN_AFFAIRS: "not_here",
    Act.OPERATE: "not_here",
}


def may(act: Act, roles: Set[Role], *, members_plan: bool = False) -> bool:
    """Whether somebody with these roles may do it. `members_plan`: the admins let members edit the tree."""
    return refusal(act, roles, members_plan=members_plan) is None


def check(act: Act, roles: Set[Role], *, members_plan: bool = False) -> None:
    """Raises `Refused` if they may not."""
    code = refusal(act, roles, members_plan=members_plan)
    if code is not None:
        raise Refused(code)


def refusal(act: Act, roles: Set[Role], *, members_plan: bool = False) -> str | None:
    """The code of `Refused` if they may not; None if they may."""
    if Role.CHANNEL in roles:
        return "channel"
    if Role.ANONYMOUS in roles and act in AS_ONESELF:
        return "anonymous"
    allowed = MAY[act] | _MEMBERS if members_plan and act is Act.EDIT_TREE else MAY[act]
    if roles & allowed and (act not in ALSO_MEMBERS or Role.MEMBER in roles):
        return None
    return _lacking(act, roles, allowed)


def _lacking(act: Act, roles: Set[Role], allowed: Set[Role]) -> str:
    """The role that they would need."""
    if act in (Act.LOG_FOR_ANOTHER, Act.CHANGE_ANOTHERS):
        return "anothers"
    if not roles & (_PRESENT | {Role.INVITED}):
        return "not_here"
    if Role.MEMBER not in roles and (act in ALSO_MEMBERS or Role.MEMBER in allowed):
        return "join_first"
    return _REFUSAL_OF.get(act, "not_here" if allowed == _PRESENT else "admins_only")


def roles_of(actor: Actor, owner: Owner | None, *, joined: bool = False) -> frozenset[Role]:
    """The roles of an actor towards the owner of their chat (None: there is none yet). `joined`: they are a present
    member."""
    if actor.user_id is None or actor.known & {Role.CHANNEL, Role.HOST}:
        return actor.known
    if owner is None or owner.type is not OwnerType.GROUP:
        is_own = actor.user_id == actor.chat_id and (owner is None or owner.type is OwnerType.PRIVATE)
        return _ONESELF if is_own else frozenset()
    if joined:
        return actor.known | _MEMBERS
    return actor.known | ({Role.OUTSIDER} if actor.via is Via.GROUP_CHAT else set())
