"""The table of permissions, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from core.errors import Refused
from core.goals.model import Owner, OwnerType
from core.group.permissions import Act, Actor, Role, Via, check, may, refusal, roles_of

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
    "oneself": {Role.ONESELF},
    "host": {Role.HOST},
}

# For each act below: "+" if the role may, or the first letters of the refusal's code.
ACTS = {
    # member, outsider, admin, admin who joined, anonymous, channel, sharer, sharer who left, buddy, buddy who left,
    # invited, stranger, oneself, host
    Act.LOG: "+ join join + anon chan + join + join join not + not",
    Act.UNDO: "+ join + + anon chan + join + join join not + not",
    Act.LOG_FOR_ANOTHER: "another another another another another chan another another"
    " another another another another another +",
    Act.CHANGE_ANOTHERS: "another another another another another chan another another"
    " another another another another another another",
    Act.SKIP_SHARED: "every every + + anon chan every every every every every not not not",
    Act.SEE: "+ + + + + chan + + + + join not + +",
    Act.EDIT_TREE: "adm adm + + + chan adm adm adm adm adm not + +",
    Act.SETTINGS: "adm adm + + + chan adm adm adm adm adm not + +",
    Act.JOIN: "+ + + + anon chan + + + + + not not not",
    Act.LEAVE: "+ join join + anon chan + join + join join not not not",
    Act.AWAY: "+ join join + anon chan + join + join join not not not",
    Act.NUDGE: "+ join join + anon chan + join + join join not not not",
    Act.CONFIRM: "bud join join bud anon chan bud join + join join not not not",
    Act.PUBLISH: "adm adm + + anon chan adm adm adm adm adm not not not",
    Act.SHARE: "anothers_goal join join anothers_goal anon chan + join anothers_goal join join not not not",
    Act.SEE_SHARE: "+ + + + + chan + + + + join not not not",
    Act.OWN_AFFAIRS: "not not not not not chan not not not not not not + not",
    Act.OPERATE: "not not not not not chan not not not not not not not +",
}


def cells() -> Iterator[tuple[Act, str, str]]:
    """(act, person, expected result) of each cell."""
    for act, row in ACTS.items():
        for person, said in zip(PEOPLE, row.split(), strict=True):
            yield act, person, said


def test_every_act_has_its_row() -> None:
    assert set(ACTS) == set(Act)


@pytest.mark.parametrize(("act", "person", "said"), list(cells()))
def test_each_role_may_do_what_the_table_says(act: Act, person: str, said: str) -> None:
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
    editors = {MEMBER, ADMIN, Role.ONESELF, Role.HOST}
    assert may(Act.EDIT_TREE, roles, members_plan=True) is (bool(roles & editors) and CHANNEL not in roles)
    for act in set(Act) - {Act.EDIT_TREE}:
        assert may(act, roles, members_plan=True) is may(act, roles)


@pytest.mark.parametrize("act", list(Act))
def test_nobody_may_what_no_role_of_theirs_may(act: Act) -> None:
    """Two roles together allow nothing that neither allows, except where membership is needed besides."""
    for one, other in combinations(Role, 2):
        if may(act, {one, other}):
            besides = act in (Act.CONFIRM, Act.SHARE) and {one, other} in ({MEMBER, BUDDY}, {MEMBER, SHARER})
            assert may(act, {one}) or may(act, {other}) or besides


PRIVATE, GROUP, LOCAL = Owner(1, 7, OwnerType.PRIVATE), Owner(2, -7, OwnerType.GROUP), Owner(3, 0, OwnerType.LOCAL)


@pytest.mark.parametrize(
    ("actor", "owner", "joined", "roles"),
    [
        (Actor.alone(7), PRIVATE, False, {Role.ONESELF}),
        (Actor.alone(7), None, False, {Role.ONESELF}),
        (Actor(7, 8, Via.PRIVATE_CHAT), PRIVATE, False, set()),
        (Actor(7, 8, Via.API, frozenset({ADMIN})), PRIVATE, False, set()),
        (Actor(0, 0, Via.API), LOCAL, False, set()),
        (Actor.host(0), LOCAL, False, {Role.HOST}),
        (Actor.in_group(-7, 7), GROUP, True, {MEMBER}),
        (Actor.in_group(-7, 7, ADMIN), GROUP, True, {MEMBER, ADMIN}),
        (Actor.in_group(-7, 7), GROUP, False, {OUTSIDER}),
        (Actor.in_group(-7, 7, via=Via.PRIVATE_CHAT), GROUP, False, set()),
        (Actor.in_group(-7, 7, INVITED, via=Via.LINK), GROUP, False, {INVITED}),
        (Actor.anonymous(-7), GROUP, False, {ADMIN, ANONYMOUS}),
        (Actor(-7, None, Via.GROUP_CHAT, frozenset({CHANNEL})), GROUP, False, {CHANNEL}),
    ],
)
def test_the_roles_of_an_actor(actor: Actor, owner: Owner | None, joined: bool, roles: set[Role]) -> None:
    assert roles_of(actor, owner, joined=joined) == roles


def test_a_front_cannot_say_what_the_database_knows() -> None:
    with pytest.raises(ValueError, match="the database says"):
        Actor.in_group(-7, 7, MEMBER)
