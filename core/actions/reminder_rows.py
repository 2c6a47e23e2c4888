"""A chat's reminders as rows: found, added and saved with when they are due next."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.actions.rescheduling import next_due_of, next_of, without_repeats
from core.asking.reminders import BY_DEFAULT, PROMPTS, MessageKind, Reminder
from core.errors import NotFound
from core.goals.model import Owner
from core.goals.tree import Tree
from core.ports.store import Transaction

_TURNED_OFF = "reminders were turned off"


def reminder_of(tx: Transaction, owner: Owner, reminder_id: int) -> Reminder:
    """An owner's reminder; raises `NotFound`."""
    for reminder in tx.reminders.of_owner(owner.id):
        if reminder.id == reminder_id:
            return reminder
    raise NotFound("reminder_gone")


def at_or_below(tx: Transaction, owner: Owner, node_id: int) -> set[int]:
    """The ids of a branch's nodes; raises `NotFound` for a node that is not this chat's."""
    for vision in tx.trees.visions_of(owner.id):
        if any(node.id == node_id for node in vision.nodes):
            tree = Tree(vision.nodes)
            return {node.id for _, node in tree.walk(tree.nodes[node_id])}
    raise NotFound("goal_gone")


def of_kind(tx: Transaction, owner: Owner, kind: MessageKind) -> list[Reminder]:
    """An owner's reminders of a kind."""
    return [reminder for reminder in tx.reminders.of_owner(owner.id) if reminder.kind is kind]


def refuse_default(tx: Transaction, owner: Owner, kind: MessageKind, now: datetime) -> None:
    """Stores a paused default reminder for somebody who turns it off before the first plan, so that they can resume
    it."""
    if not owner.defaults_given and kind in BY_DEFAULT:
        paused = Reminder(0, owner.id, kind, BY_DEFAULT[kind], paused=True)
        tx.reminders.add(paused, now)


def drop_unasked(tx: Transaction, owner: Owner, now: datetime) -> None:
    """Drops waiting prompts if no check-in is active."""
    if all(reminder.paused for reminder in of_kind(tx, owner, MessageKind.CHECK_IN)):
        tx.outbox.drop_open(owner.id, _TURNED_OFF, now, PROMPTS)


def add(tx: Transaction, owner: Owner, new: Reminder, now: datetime) -> Reminder:
    """Adds a reminder of an owner, with its next due time."""
    return tx.reminders.add(replace(new, next_due=next_due_of(new, owner, now)), now)


def save(tx: Transaction, owner: Owner, reminder: Reminder, now: datetime) -> Reminder:
    """Saves a reminder of an owner, with its next due time; an occasion whose message was made does not come again."""
    due = without_repeats(tx, owner, {reminder: next_of(reminder, owner, now)}, now)
    saved = replace(reminder, next_due=due[reminder])
    tx.reminders.save(saved)
    return saved
