"""What a group asks of one of its members on a day: their own leaves, and those of everyone. Values, no wording."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.model import Member, Owner
from core.round import Ask, Round, State


@dataclass(frozen=True, slots=True)
class Mine:
    """One goal as it stands with the member. `amount` is what they logged on it that day."""

    ask: Ask
    state: State
    amount: Decimal

    @property
    def is_open(self) -> bool:
        """Whether it is still to be asked of them."""
        return self.state is State.OPEN


@dataclass(frozen=True, slots=True)
class Section:
    """A group, and what it asks of the member."""

    group: Owner
    member: Member
    round: Round
    goals: tuple[Mine, ...]

    @property
    def is_over(self) -> bool:
        """Whether nothing is open with the member."""
        return not any(goal.is_open for goal in self.goals)


def section_of(group: Owner, member: Member, found: Round) -> Section:
    """What a round asks of one of the members."""
    return Section(group, member, found, tuple(mine for ask in found.asks if (mine := _mine(ask, member)) is not None))


def _mine(ask: Ask, member: Member) -> Mine | None:
    own = next((part for part in ask.parts if part.member.id == member.id), None)
    amount = own.amount if own else Decimal(0)
    if ask.is_shared:
        return Mine(ask, State.OPEN if ask.is_open else State.DONE, amount)
    return None if own is None else Mine(ask, own.state, amount)
