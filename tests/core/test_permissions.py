"""The table of who may do what, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from core.errors import Refused
from core.permissions import Act, Role, check, may, refusal

MEMBER, OUTSIDER, ADMIN, ANONYMOUS = Role.MEMBER, Role.OUTSIDER, Role.ADMIN, Role.ANONYMOUS
CHANNEL, SHARER, BUDDY, INVITED = Role.CHANNEL, Role.SHARER, Role.BUDDY, Role.INVITED

PEOPLE = {
    "member": {MEMBER},
    "outsider": {OUTSIDER},
    "admin": {ADMIN},
    "admin who joined": {ADMIN, MEMBER},
    "anonymous admin": {ADMIN, ANONYMOUS},
    "channel": {CHANNEL},
    "sharer": {MEMBER, SHARER},
    "sharer who left": {OUTSIDER, SHARER},
    "buddy": {MEMBER, BUDDY},
    "buddy who left": {OUTSIDER, BUDDY},
    "invited": {INVITED},
    "stranger": set[Role](),
}

# What each may, in the order of the acts below: "+" they may, or the first letters of the code that says why not.
ACTS = {
    # member, outsider, admin, admin who joined, anonymous, channel, sharer, sharer who left, buddy, buddy who left,
    # invited, stranger
    Act.LOG: "+ join join + anon chan + join + join join not",
    Act.LOG_FOR_ANOTHER: "another another another another another chan another another another another another another",
    Act.CHANGE_ANOTHERS: "another another another another another chan another another another another another another",
    Act.SKIP_SHARED: "every every + + anon chan every every every every every not",
    Act.SEE: "+ + + + + chan + + + + join not",
    Act.EDIT_TREE: "adm adm + + + chan adm adm adm adm adm not",
    Act.SETTINGS: "adm adm + + + chan adm adm adm adm adm not",
    Act.JOIN: "+ + + + anon chan + + + + + not",
    Act.LEAVE: "+ join join + anon chan + join + join join not",
    Act.AWAY: "+ join join + anon chan + join + join join not",
    Act.NUDGE: "+ join join + anon chan + join + join join not",
    Act.CONFIRM: "bud join join bud anon chan bud join + join join not",
    Act.PUBLISH: "adm adm + + anon chan adm adm adm adm adm not",
    Act.SHARE: "anothers_goal join join anothers_goal anon chan + join anothers_goal join join not",
    Act.SEE_SHARE: "+ + + + + chan + + + + join not",
}


def cells() -> Iterator[tuple[Act, str, str]]:
    """(act, person, what is expected) of each cell."""
    for act, row in ACTS.items():
        for person, said in zip(PEOPLE, row.split(), strict=True):
            yield act, person, said


def test_every_act_has_its_row() -> None:
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize(("act", "person", "said"), list(cells()))
def test_who_may_do_what(act: Act, person: str, said: str) -> None:
    code = refusal(act, PEOPLE[person])
    assert may(act, PEOPLE[person]) is (said == "+")
    if said == "+":
        check(act, PEOPLE[person])
    else:
        assert code is not None
        assert code.startswith(said)
        with pytest.raises(Refused) as refused:
            check(act, PEOPLE[person])
        assert refused.value.code == code


@pytest.mark.parametrize("person", list(PEOPLE))
def test_admins_can_let_members_edit_the_tree(person: str) -> None:
    roles = PEOPLE[person]
    assert may(Act.EDIT_TREE, roles, members_plan=True) is (bool(roles & {MEMBER, ADMIN}) and CHANNEL not in roles)
    for act in set(Act) - {Act.EDIT_TREE}:
        assert may(act, roles, members_plan=True) is may(act, roles)


@pytest.mark.parametrize("act", list(Act))
def test_nobody_may_what_no_role_of_theirs_may(act: Act) -> None:
    """Two roles together open nothing that neither opens, but for what takes a member besides."""
    for one, other in combinations(Role, 2):
        if may(act, {one, other}):
            besides = act in (Act.CONFIRM, Act.SHARE) and {one, other} in ({MEMBER, BUDDY}, {MEMBER, SHARER})
            assert may(act, {one}) or may(act, {other}) or besides
