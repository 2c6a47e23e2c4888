"""A group and a private chat with one of everything, and arguments with which actions can be called there."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from core.actions.day.board import Board, read_board
from core.actions.deliver import Snoozed
from core.actions.documents import export_document
from core.actions.edit.adding import NewGoal
from core.actions.edit.moving import NewPlace as Where
from core.actions.edit.pauses import pause
from core.actions.edit.terms import TermsChange
from core.actions.exports import Export
from core.actions.hooks import NamedLog
from core.actions.log import log
from core.actions.logged import EntryChange, How, Log
from core.actions.members import join, leave
from core.actions.owners import welcome
from core.actions.plant import plant
from core.actions.reminders import add_check_in
from core.actions.replant import PlantingWish
from core.actions.sharing import share
from core.actions.tokens import list_tokens, make_token
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind, MessageState, NewMessage
from core.asking.schedule import Schedule
from core.goals.model import Kind, Level, Node, OwnerType, Pause
from core.goals.periods import Period, period_of
from core.goals.tree import Tree
from core.group.permissions import Actor
from core.importing import understand
from core.planning.generate import Aim, PlanTitles
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from core.ports.plan_messages import PlanMessage, Stage
from core.ports.store import Store, Transaction
from core.tokens import Scope
from tests.core.actions.circle import ANN, BEN, MONDAY, Circle

GROUP, EVE = -100, 99
DORA, FRED, LEO = 14, 15, 16
NOON = datetime.combine(MONDAY, time(12), UTC)
AHEAD = timedelta(days=90)
Action = Callable[..., Awaitable[Any]]


@dataclass
class Place:
    """A chat with one of everything, and the ids for calls of actions. `things` are by parameter."""

    store: Store
    node: int
    member: int
    owner: int
    board: Board
    things: Mapping[str, int]

    def arguments(self, action: Action) -> dict[str, Any]:
        """A value for every required parameter besides store and actor, and for every id."""
        message = Message(10**6, MessageKind.WEEKLY_DIGEST, 1, GROUP, MONDAY, NOON, MessageState.SENDING, 1)
        values: dict[str, Any] = {
            "node_id": self.node, "member_id": self.member, "buddy_id": self.member,
            "group_id": self.owner, "vision_id": self.node, **self.things,
            "message_id": self.things["prompt_id"], "shown": self.board,
            "channel_id": -1005, "new_chat_id": -101, "thread_id": None,
            "now": NOON, "on": MONDAY, "today": MONDAY,
            "last": MONDAY + timedelta(days=2), "accepts": True, "allowed": True, "whole": False, "page": 0, "size": 5,
            "start": date(2026, 10, 1), "name": "Somebody", "title": "Title", "locale": "en", "token": "word",
            "owner_type": OwnerType.GROUP, "reason": "gone", "after": 0, "limit": 10, "chance": 0.5, "batch": 10,
            "message": message, "outcome": NotNeeded("no goals"), "nobody": lambda owner: "Nobody",
            "level": Level.WEEKLY, "period": period_of(Level.WEEKLY, MONDAY), "schedule": Schedule(time(21)),
            "at": time(21), "source_key": None, "source_prefix": "none:", "chat_id": GROUP,
            "kinds": [MessageKind.WEEKLY_DIGEST],
            "what": Export.ENTRIES, "said": '{"format": "goaltree/1", "visions": []}',
            "document": understand(b"date,Swim\n2026-11-23,x\n").parsed(),
            "plans": parse_outline("New\n  D: Swim\n", MONDAY), "aim": Aim("New", "Swim"), "titles": PlanTitles("All"),
        }  # fmt: skip
        values |= {
            "dates": Period(MONDAY, MONDAY), "limit": 10, "change": EntryChange(Decimal(1)),
            "secret": f"gt_{name_of(action)}_{self.owner}", "scope": Scope.HOOK, "scopes": frozenset({Scope.READ}),
        }  # fmt: skip
        wanted = {"log.log": Log(self.node, MONDAY, How.ADD, Decimal(1)), "log.amend": [], "nudges.nudge": None}
        wanted["log.log_all"] = []
        wanted["hooks.log_named"] = NamedLog("Run", MONDAY, value=Decimal(1))
        wanted["edit.pauses.pause"] = Pause(0, MONDAY, MONDAY, self.node)
        wanted["edit.adding.add"] = NewGoal(self.node, PlanNode("Swim", Kind.KPI, Level.DAILY))
        vision, leaf = (
            Node(1, None, "new", Kind.VISION, Level.VISION, "New", starts_on=MONDAY),
            Node(2, 1, "swim", Kind.KPI, Level.DAILY, "Swim"),
        )
        values["planted"] = [Tree([vision, leaf])]
        values["place"] = Where(self.node)
        values["wish"] = PlantingWish(values["plans"])
        if name_of(action) in ("plan_parts.await_rest", "plan_parts.keep_plan", "replant.replant"):
            values["message"] = PlanMessage(GROUP, 1, ANN, NOON, {1: "New\n  D: Swim"}, Stage.FAULTY)
        if name_of(action) == "edit.terms.change_terms":
            values["change"] = TermsChange(Decimal(8))
        wanted["deliver.snooze"] = Snoozed(1, NOON + timedelta(hours=1), "tap")
        values["wanted"] = wanted.get(name_of(action))
        parameters = list(inspect.signature(action).parameters.values())[2:]
        return {
            one.name: values[one.name]
            for one in parameters
            if one.kind is not one.VAR_KEYWORD and (one.default is one.empty or one.name.endswith("_id"))
        }


def name_of(action: Action) -> str:
    """The name of an action in the table."""
    return f"{action.__module__.removeprefix('core.actions.')}.{action.__name__}"


async def place(store: Store, chat_id: int) -> Place:
    """Everything in an opened chat, with one of everything that has an id."""
    host = Actor.host(chat_id)
    made = await add_check_in(store, host, Schedule(time(20)), NOON)
    board = await read_board(store, host, MONDAY)
    await pause(store, host, Pause(0, MONDAY + AHEAD, MONDAY + AHEAD), NOON, source_key=None)
    await make_token(store, Actor.alone(ANN), f"gt_{chat_id}", frozenset({Scope.READ}), "", NOON)
    [token, *_] = await list_tokens(store, Actor.alone(ANN))

    def look(tx: Transaction) -> Place:
        owner = tx.owners.by_chat(chat_id)
        assert owner is not None
        useful = NOON + timedelta(hours=9)
        tx.outbox.add([NewMessage(f"{chat_id}", MessageKind.CHECK_IN, owner.id, chat_id, MONDAY, NOON, useful)], NOON)
        [prompt] = tx.outbox.rounds(chat_id, MONDAY) or tx.outbox.claim(NOON, useful, 1)
        nodes = [node for vision in tx.trees.visions_of(owner.id) for node in vision.nodes]
        leaf = next(node for node in nodes if node.title == "Run")
        [entry] = tx.entries.of_leaf(leaf.id, MONDAY, MONDAY)
        members = [one.id for one in tx.members.of_owner(owner.id) if one.user_id == ANN]
        things = {
            "reminder_id": made.reminder.id,
            "pause_id": tx.pauses.of_owner(owner.id)[0].id,
            "share_id": tx.shares.of_user(ANN)[0].id,
            "prompt_id": prompt.id,
            "entry_id": entry.id,
            "token_id": token.id,
        }
        return Place(store, leaf.id, members[0] if members else 10**6, owner.id, board, things)

    return await store.write(look)


async def open_chats(store: Store) -> tuple[Place, Place]:
    """A group of Ann, her buddy Ben and Dora, and Ann's own chat."""
    circle = await Circle(store, GROUP).open("Fit (from 2026-11-02)\n  D: Run = 5 km\n  D: Read = 20 pages each\n")
    for user in (ANN, BEN, DORA, LEO):
        await join(store, Actor.in_group(GROUP, user), f"P{user}", circle.now)
    await leave(store, Actor.in_group(GROUP, LEO), circle.now)
    await welcome(store, Actor.host(ANN), OwnerType.PRIVATE, "Ann", "en", NOON)
    await plant(
        store, Actor.host(ANN), parse_outline("Mine (from 2026-11-02)\n  D: Run = 5 km\n", MONDAY), MONDAY, NOON
    )
    runs, group = await store.read(_runs)
    for actor, run in ((Actor.in_group(GROUP, ANN), runs[GROUP]), (Actor.alone(ANN), runs[ANN])):
        await log(store, actor, Log(run, MONDAY, How.ADD, Decimal(1)), NOON)
    await share(store, Actor.alone(ANN), group, runs[ANN], NOON, whole=True)
    return await place(store, GROUP), await place(store, ANN)


def _runs(tx: Transaction) -> tuple[dict[int, int], int]:
    """The leaf "Run" of each chat, and the group's id."""
    owners = {owner.chat_id: owner.id for owner in tx.owners.all()}
    runs = {
        chat_id: node.id
        for chat_id, owner_id in owners.items()
        for vision in tx.trees.visions_of(owner_id)
        for node in vision.nodes
        if node.title == "Run"
    }
    return runs, owners[GROUP]


async def all_of(store: Store, chat_id: int) -> tuple[str, object]:
    """The whole contents of a chat, for comparison."""

    def look(tx: Transaction) -> object:
        owner = tx.owners.by_chat(chat_id)
        assert owner is not None
        kept = owner, tx.members.of_owner(owner.id, left_too=True), tx.reminders.of_owner(owner.id)
        shown = tx.publications.of_owner(owner.id), tx.shares.of_owner(owner.id), tx.shares.of_user(ANN)
        return *kept, *shown, tx.tokens.of_user(ANN), tx.outbox.rounds(chat_id, MONDAY)

    return await export_document(store, Actor.host(chat_id)), await store.read(look)


async def eves_chats(store: Store) -> None:
    """Eve's chats, restored for each test: one with goals, and a group that she is in."""
    if await store.read(_eve_has_them):
        return
    await welcome(store, Actor.host(EVE), OwnerType.PRIVATE, "Eve", "en", NOON)
    await plant(store, Actor.host(EVE), parse_outline("Hers\n  D: Run = 5 km\n", MONDAY), MONDAY, NOON)
    await welcome(store, Actor.host(-7), OwnerType.GROUP, "Others", "en", NOON)
    await join(store, Actor.in_group(-7, EVE), "Eve", NOON)


def _eve_has_them(tx: Transaction) -> bool:
    own, group = tx.owners.by_chat(EVE), tx.owners.by_chat(-7)
    if own is None or group is None or not tx.trees.visions_of(own.id):
        return False
    return any(member.user_id == EVE for member in tx.members.of_owner(group.id))
