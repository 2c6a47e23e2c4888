"""A member's tasks from a group on a day: their own leaves, and those of everyone. Values, no wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from core.goals.model import Entry, Member, Owner
from core.group.round import MemberState, Round, RoundAsk, offers_of
from core.records import record


@record
class Mine:
    """One goal as it stands for the member. `amount` is what they logged that day, `offers` are the totals that its
    buttons set."""

    ask: RoundAsk
    state: MemberState
    amount: Decimal
    offers: tuple[Decimal, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still open for them."""
        return self.state is MemberState.OPEN


@record
class GroupSection:
    """A group with the member's tasks."""

    group: Owner
    member: Member
    round: Round
    goals: tuple[Mine, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing is open for the member."""
        return not any(goal.is_open for goal in self.goals)


def section_of(group: Owner, member: Member, asked_round: Round, logged: Mapping[int, Sequence[Entry]]) -> GroupSection:
    """The tasks of one member in a round. `logged` has the entries for the usual amounts of open number goals."""
    mine = (_mine(ask, member, asked_round.on, logged.get(ask.node.id)) for ask in asked_round.asks)
    return GroupSection(group, member, asked_round, tuple(goal for goal in mine if goal is not None))


def _mine(ask: RoundAsk, member: Member, on: date, logged: Sequence[Entry] | None) -> Mine | None:
    own = next((part for part in ask.parts if part.member.id == member.id), None)
    amount = own.amount if own else Decimal(0)
    offers = () if logged is None else offers_of(ask, on, logged, amount)
    if ask.is_shared:
        return Mine(ask, MemberState.OPEN if ask.is_open else MemberState.DONE, amount, offers)
    return None if own is None else Mine(ask, own.state, amount, offers)
