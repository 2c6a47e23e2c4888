"""The check-in prompt and the nudge: what is open on their day, read as things stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot import i18n
from bot.letters import Letter, round
from bot.letters.mine import sections_of
from bot.turn import Services
from bot.views.prompt import Row, Sheet, prompt
from bot.views.today import Item, items_of
from core.actions.read import read_trees, today_of
from core.asking import is_open, looked_back_to, target_and_half, totals, usual_amounts
from core.delivery import NotNeeded
from core.model import Entry, Level, Measure, Owner, OwnerType
from core.ports.store import Store
from core.progress import contribution
from core.reading import Reading
from core.reminders import Message


async def check_in(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """One message for all that is open; none when nothing is. What comes back (a nudge, a snoozed prompt) does so for
    the day's own leaves only. A group gets its round."""
    if owner.type is OwnerType.GROUP:
        return await round.check_in(services, owner, message, now)
    sheet = await sheet_of(services.store, message, today_of(owner, now), now)
    in_groups = any(not section.is_over for section in sheet.groups)
    if not in_groups and (not sheet.rows or (message.after is not None and sheet.is_over)):
        return NotNeeded("nothing is open")
    text, keyboard = prompt(sheet, i18n.words(owner.locale, services.catalogues))
    return Letter(text, keyboard, reply_to=await _number_of_first(services.store, message))


async def _number_of_first(store: Store, message: Message) -> int | None:
    """Telegram's number of the message that this one comes back to, if it does."""
    if (after := message.after) is None:
        return None
    first = await store.read(lambda tx: tx.outbox.by_id(after, message.chat_id))
    return first.message_id if first else None


async def sheet_of(store: Store, asked: Message, today: date, now: datetime, *, stamp: int = 0, page: int = 0) -> Sheet:
    """What a prompt shows as things stand."""
    readings = await read_trees(store, asked.chat_id, asked.on)
    items = _within(readings, items_of(readings), asked.nodes)
    number_or_longer = [i.id for i in items if not i.is_check or i.standing.node.level is not Level.DAILY]
    first = looked_back_to(asked.on)
    logged: dict[int, list[Entry]] = {}
    if number_or_longer:
        logged = await store.read(lambda tx: tx.entries.of_leaves(number_or_longer, first, asked.on))
    rows = [row for item in items if (row := _row(item, logged.get(item.id, ()), asked.on))]
    groups = () if asked.nodes else await sections_of(store, asked.chat_id, now, asked.on)
    return Sheet(asked, readings, items, rows, today, stamp, page, groups)


def _within(readings: Sequence[Reading], items: Sequence[Item], nodes: Sequence[int]) -> list[Item]:
    """The leaves at or below the nodes; all of them, if none are given."""
    if not nodes:
        return list(items)
    trees = [reading.tree for reading in readings]
    below = {
        leaf.id for tree in trees for node in nodes if node in tree.nodes for leaf in tree.leaves(tree.nodes[node])
    }
    return [item for item in items if item.id in below]


def _row(item: Item, logged: Sequence[Entry], on: date) -> Row | None:
    day = [entry for entry in logged if entry.on == on]
    if not is_open(item.standing, skipped=item.skipped, day=day):
        return None
    if item.is_check:
        return Row(item)
    so_far = contribution(Measure.NUMBER, day)
    shares = [*usual_amounts(logged), *target_and_half(item.standing, so_far)]
    return Row(item, so_far, tuple(totals(item.standing, so_far, shares)))
