"""Permission checks of the actions: the actor's roles, read in the action's own transaction."""

from __future__ import annotations

from core.errors import NotFound, Refused
from core.goals.model import Member, Node, Owner, OwnerType
from core.group.permissions import Act, Actor, Role, check, roles_of
from core.ports.store import Transaction
from core.records import record


@record
class Access:
    """An actor who was let in: the owner, the roles and, for a present member, the membership."""

    actor: Actor
    owner: Owner
    member: Member | None
    roles: frozenset[Role]

    def check(self, act: Act) -> None:
        """Checks one more act; raises `Refused`."""
        check(act, self.roles, members_plan=self.owner.members_plan)

    def check_own(self, node: Node) -> None:
        """Raises `Refused` for another member's own leaf: nobody plans for somebody else."""
        if node.member_id is not None and (self.member is None or node.member_id != self.member.id):
            self.check(Act.CHANGE_ANOTHERS)

    def require_member(self) -> Member:
        """The membership of an actor; raises `Refused` for somebody who did not join."""
        if self.member is None:
            raise Refused("join_first")
        return self.member


def enter(tx: Transaction, actor: Actor, act: Act, *, lock: bool = False) -> Access:
    """Lets an actor in to do one thing. `lock` keeps others from changing the owner until the transaction ends.

    Raises `NotFound` if the chat has no owner, `Refused` if the table does not allow the act.
    """
    owner = tx.owners.by_chat(chat_of(actor), lock=lock)
    if owner is None:
        raise NotFound("chat_unknown", chat_id=actor.chat_id)
    access = access_to(tx, actor, owner)
    access.check(act)
    return access


def chat_of(actor: Actor) -> int:
    """The chat that the actor speaks to; raises `NotFound` for the host who speaks to none."""
    if actor.chat_id is None:
        raise NotFound("chat_unknown", chat_id=None)
    return actor.chat_id


def user_of(actor: Actor) -> int:
    """The user whom the actor is; raises `Refused` for one without a name."""
    if actor.user_id is None:
        raise Refused("channel" if Role.CHANNEL in actor.known else "anonymous")
    return actor.user_id


def access_to(tx: Transaction, actor: Actor, owner: Owner) -> Access:
    """The access of an actor to an owner that was read already. No act is checked yet."""
    member = None
    if owner.type is OwnerType.GROUP and actor.user_id is not None:
        member = tx.members.by_user(owner.id, actor.user_id)
    return access_by(actor, owner, member)


def access_by(actor: Actor, owner: Owner, stored: Member | None) -> Access:
    """The same with a membership that was read already (None: they never had one)."""
    member = stored if owner.type is OwnerType.GROUP and stored is not None and stored.present else None
    return Access(actor, owner, member, roles_of(actor, owner, joined=member is not None))


def check_everywhere(actor: Actor, act: Act) -> None:
    """Checks an act that depends on no owner, such as the host's work. Raises `Refused`."""
    check(act, roles_of(actor, None))
