"""The law of permissions: every public action of `core.actions` × every role of the table, and other chats' ids."""

from __future__ import annotations

import importlib
import inspect
import itertools
import pkgutil
from contextlib import suppress

import pytest

import core.actions
from core.errors import GoaltreeError, NotFound, Refused
from core.group.permissions import Act, Actor, Role, Via, refusal
from core.ports.store import Store
from tests.core.actions.circle import ANN, BEN, CLEO
from tests.laws.open_chats import DORA, EVE, FRED, GROUP, LEO, Action, Place, all_of, eves_chats, open_chats

ACT_OF = {
    "absences.is_away": Act.AWAY, "absences.go_away": Act.AWAY, "absences.come_back": Act.AWAY,
    "buddies.ask_buddy": Act.LOG, "buddies.answer_buddy": Act.LOG, "buddies.end_buddy": Act.LOG,
    "buddies.confirm": Act.CONFIRM, "buddies.read_buddy": Act.LOG,
    "cache.renew": Act.OPERATE, "cache.outdated": Act.OPERATE,
    "cache.rebuild": Act.OPERATE, "cache.verify": Act.OPERATE,
    "closing.carry_over": Act.EDIT_TREE, "closing.let_go": Act.EDIT_TREE,
    "day.board.read_board": Act.SEE, "day.board.keep_board": Act.SEE,
    "day.circle.read_circle": Act.SEE, "day.day.read_day": Act.SEE, "day.day.read_leaves": Act.SEE,
    "day.day.read_item": Act.SEE, "day.day.read_amounts": Act.SEE, "day.prompt.read_prompt": Act.SEE,
    "day.mine.read_mine": Act.OWN_AFFAIRS, "day.round.read_own_parts": Act.LOG,
    "deliver.claim": Act.OPERATE, "deliver.something_waits": Act.OPERATE, "deliver.settle": Act.OPERATE,
    "deliver.prune": Act.OPERATE, "deliver.snooze": Act.LOG,
    "charts.read_board_chart": Act.SEE,
    "charts.read_goal_chart": Act.SEE,
    "digest.read_digest": Act.SEE,
    "documents.import_document": Act.EDIT_TREE, "documents.export_document": Act.SETTINGS,
    "exports.export": Act.SETTINGS,
    "due.make_due": Act.OPERATE, "due.something_is_due": Act.OPERATE, "due.move_on_all": Act.OPERATE,
    "farewell.ended_within": Act.SEE, "farewell.take_leave": Act.OPERATE,
    "edit.rename.rename": Act.EDIT_TREE, "edit.terms.change_terms": Act.EDIT_TREE,
    "edit.pauses.pause": Act.EDIT_TREE, "edit.pauses.resume": Act.EDIT_TREE, "edit.pauses.end_pause": Act.EDIT_TREE,
    "edit.pauses.list_pauses": Act.SEE, "edit.moving.move": Act.EDIT_TREE, "edit.adding.add": Act.EDIT_TREE,
    "edit.deleting.delete": Act.EDIT_TREE, "edit.undo.undo_last": Act.UNDO,
    "edit.undo.group_of_last": Act.OWN_AFFAIRS,
    "edit.ending.end": Act.EDIT_TREE, "edit.ending.take_up": Act.EDIT_TREE,
    "entries.read_entries": Act.SEE,
    "forget.groups_of": Act.OWN_AFFAIRS, "forget.logged_in_groups": Act.OWN_AFFAIRS, "forget.forget": Act.OWN_AFFAIRS,
    "goal_card.read_goal_card": Act.SEE,
    "groups.is_known": Act.OPERATE, "groups.arrived": Act.OPERATE,
    "groups.retitled": Act.OPERATE, "groups.choose_topic": Act.SETTINGS,
    "imports.import_from_app": Act.EDIT_TREE, "imports.own_names": Act.SEE, "imports.list_places": Act.EDIT_TREE,
    "invites.invite": Act.SETTINGS, "invites.invited_to": Act.OWN_AFFAIRS,
    "log.change_entry": Act.LOG, "log.take_back_entry": Act.LOG,
    "log.logged_with": Act.SEE, "log.logged_by_message": Act.SEE,
    "log.last_logged": Act.SEE,
    "log.log": Act.LOG, "log.log_all": Act.LOG, "log.amend": Act.LOG,
    "members.join": Act.JOIN, "members.leave": Act.LEAVE, "members.allow_name": Act.LOG,
    "members.show_notes": Act.LOG, "members.ask_about_notes": Act.LOG,
    "members.read_members": Act.SEE, "members.read_member": Act.LOG, "members.memberships": Act.OWN_AFFAIRS,
    "members.renamed": Act.OWN_AFFAIRS,
    "nudges.nudge": Act.NUDGE, "nudges.allow_nudges": Act.NUDGE,
    "owners.list_owners": Act.OWN_AFFAIRS,
    "owners.welcome": Act.OPERATE, "owners.change_settings": Act.SETTINGS, "owners.closed": Act.OPERATE,
    "owners.reopened": Act.OPERATE, "owners.heard_again": Act.OPERATE, "owners.moved": Act.OPERATE,
    "plant.plant": Act.EDIT_TREE, "plant.trees_there": Act.SEE, "propose.propose": Act.EDIT_TREE,
    "plan_parts.read_plan": Act.EDIT_TREE, "plan_parts.latest_plan": Act.EDIT_TREE,
    "plan_parts.keep_plan": Act.EDIT_TREE, "plan_parts.await_rest": Act.EDIT_TREE,
    "replant.outlook": Act.EDIT_TREE, "replant.replant": Act.EDIT_TREE,
    "replant.was_planted_by": Act.EDIT_TREE,
    "publish.publish": Act.PUBLISH, "publish.unpublish": Act.PUBLISH, "publish.list_publications": Act.SEE,
    "publish.shut_out": Act.OPERATE,
    "reach.read_trees_in_reach": Act.SEE,
    "read.has_goals": Act.SEE,
    "read.read_tree": Act.SEE, "read.read_goal": Act.SEE, "read.read_mark": Act.SEE, "series.read_series": Act.SEE,
    "why.read_why": Act.SEE,
    "tokens.make_token": Act.OWN_AFFAIRS, "tokens.list_tokens": Act.OWN_AFFAIRS, "tokens.revoke_token": Act.OWN_AFFAIRS,
    "tokens.token_of": Act.OPERATE, "tokens.make_address": Act.OWN_AFFAIRS,
    "calendar.read_calendar": Act.SEE, "hooks.log_named": Act.LOG,
    "read.read_trees": Act.SEE, "read.read_summary": Act.SEE, "read.read_owner": Act.SEE,
    "read.read_owner_for": Act.SEE,
    "reminders.list_promised": Act.SEE, "reminders.add_check_in": Act.SETTINGS,
    "reminders.change_reminder": Act.SETTINGS, "reminders.set_round": Act.SETTINGS,
    "reminders.delete_reminder": Act.SETTINGS, "reminders.turn_check_ins_off": Act.SETTINGS,
    "reminders.turn_branch_off": Act.SETTINGS, "reminders.turn_check_ins_on": Act.SETTINGS,
    "owners.heard": Act.OPERATE, "reminders.ask_less": Act.SETTINGS,
    "reminders.set_digest": Act.SETTINGS, "reminders.set_up_first": Act.EDIT_TREE,
    "first_reminders.set_up_with": Act.EDIT_TREE,
    "sent.read_sent": Act.SEE, "sent.read_sent_as": Act.SEE, "sent.sent_since": Act.SEE,
    "sent.shorter_beside": Act.SEE, "sent.last_sent": Act.OPERATE,
    "sharing.groups_to_share_with": Act.OWN_AFFAIRS, "sharing.preview": Act.OWN_AFFAIRS,
    "sharing.share": Act.OWN_AFFAIRS, "sharing.own_shares": Act.OWN_AFFAIRS, "sharing.unshare": Act.OWN_AFFAIRS,
    "sharing.shown_in": Act.SEE_SHARE, "sharing.shown_tree": Act.SEE_SHARE,
}  # fmt: skip
"""The act that each action checks. (`share` checks Act.SHARE against the membership and goal that it reads.)"""

STEPS = {"read.on_snapshot"}
"""Takes a store without being an action: it runs the work of one, which checks."""


def actions() -> dict[str, Action]:
    """All public functions of `core.actions` that take a store, by name."""
    result = {}
    for module in pkgutil.walk_packages(core.actions.__path__, "core.actions."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            takes_store = "store" in inspect.signature(function).parameters
            if function.__module__ == module.name and not name.startswith("_") and takes_store:
                result[f"{module.name.removeprefix('core.actions.')}.{name}"] = function
    return {name: function for name, function in result.items() if name not in STEPS}


ALL = actions()

IN_GROUP = {
    "member": (Actor.in_group(GROUP, DORA), {Role.MEMBER}),
    "buddy": (Actor.in_group(GROUP, BEN), {Role.MEMBER, Role.BUDDY}),
    "outsider": (Actor.in_group(GROUP, CLEO), {Role.OUTSIDER}),
    "admin": (Actor.in_group(GROUP, FRED, Role.ADMIN), {Role.OUTSIDER, Role.ADMIN}),
    "admin who joined": (Actor.in_group(GROUP, DORA, Role.ADMIN), {Role.MEMBER, Role.ADMIN}),
    "anonymous": (Actor.anonymous(GROUP), {Role.ANONYMOUS, Role.ADMIN}),
    "channel": (Actor(GROUP, None, Via.GROUP_CHAT, frozenset({Role.CHANNEL})), {Role.CHANNEL}),
    "invited": (Actor.in_group(GROUP, EVE, Role.INVITED, via=Via.LINK), {Role.INVITED}),
    "member from their own chat": (Actor.in_group(GROUP, DORA, via=Via.PRIVATE_CHAT), {Role.MEMBER}),
    "stranger": (Actor.in_group(GROUP, EVE, via=Via.API), set[Role]()),
    "one who left": (Actor.in_group(GROUP, LEO), {Role.OUTSIDER}),
    "one who left, from their own chat": (Actor.in_group(GROUP, LEO, via=Via.PRIVATE_CHAT), set[Role]()),
    "host": (Actor.host(GROUP), {Role.HOST}),
}
IN_PRIVATE = {
    "oneself": (Actor.alone(ANN), {Role.ONESELF}),
    "another": (Actor(ANN, EVE, Via.API), set[Role]()),
    "another who claims to be an admin": (Actor(ANN, EVE, Via.API, frozenset({Role.ADMIN})), set[Role]()),
    "channel": (Actor(ANN, None, Via.PRIVATE_CHAT, frozenset({Role.CHANNEL})), {Role.CHANNEL}),
    "host": (Actor.host(ANN), {Role.HOST}),
}


def test_the_table_knows_every_action_and_every_action_takes_an_actor() -> None:
    assert ALL.keys() == ACT_OF.keys()
    for action in ALL.values():
        assert list(inspect.signature(action).parameters)[:2] == ["store", "actor"]
    asked_within = {Act.LOG_FOR_ANOTHER, Act.CHANGE_ANOTHERS, Act.SKIP_SHARED, Act.SHARE}
    assert set(ACT_OF.values()) == set(Act) - asked_within
    tried = set[Role]().union(*(roles for people in (IN_GROUP, IN_PRIVATE) for _, roles in people.values()))
    assert tried == set(Role) - {Role.SHARER}


async def answered(name: str, actor: Actor, here: Place) -> type[GoaltreeError] | None:
    """The refusal of an actor by an action; None if it is allowed."""
    try:
        await ALL[name](here.store, actor, **here.arguments(ALL[name]))
    except GoaltreeError as error:
        return type(error)
    return None


@pytest.mark.long
async def test_an_action_refuses_what_the_table_refuses(store: Store) -> None:
    """All actions, one after another in the same chats: a refused action changes nothing that the next one needs."""
    group, private = await open_chats(store)
    before = await all_of(store, GROUP), await all_of(store, ANN)
    for name, act in sorted(ACT_OF.items()):
        for people, here in ((IN_GROUP, group), (IN_PRIVATE, private)):
            for person, (actor, roles) in people.items():
                if refusal(act, roles) is None:
                    continue
                answer = await answered(name, actor, here)
                wanted = {Refused} if actor.chat_id == GROUP else {Refused, NotFound}
                assert answer in wanted, f"{name} by {person}: {answer}"
        assert (await all_of(store, GROUP), await all_of(store, ANN)) == before, name


@pytest.mark.long
async def test_an_action_touches_no_other_chats_things(store: Store) -> None:
    """An actor with every right in their own chats uses the ids of a group that they are not in, and of a private
    chat."""
    group, private = await open_chats(store)
    before = await all_of(store, GROUP), await all_of(store, ANN)
    for name in sorted(name for name, act in ACT_OF.items() if act is not Act.OPERATE):
        for actor, there in itertools.product(
            (Actor.alone(EVE), Actor.in_group(-7, EVE, Role.ADMIN)), (group, private)
        ):
            await eves_chats(store)
            with suppress(GoaltreeError):
                await ALL[name](store, actor, **there.arguments(ALL[name]))
        assert (await all_of(store, GROUP), await all_of(store, ANN)) == before, name
