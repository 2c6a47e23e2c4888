"""Reading outlines as the chat does, and planting them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.actions.first_reminders import set_up_with
from core.actions.plant import plant
from core.asking.reminders import Reminder
from core.caps import Caps
from core.goals.model import Owner
from core.goals.tree import Tree
from core.planning.outline import parse_outline
from core.planning.plan import PlanNode
from language.i18n import words
from language.lexicon import lexicon
from language.parsing.hearing import Hearing
from language.parsing.numbered import Numbered, numbered
from language.parsing.until import day_reader
from web.api.endpoint import Answer, Call


def read_outline(text: str, owner: Owner, today: date, caps: Caps) -> list[PlanNode]:
    """The trees of an outline, with numbers and days in the owner's language. Raises `InvalidPlan`."""
    hearing = hearing_of(owner, today)
    read_day = day_reader(today, hearing.lexicon)
    return parse_outline(text, today, decimal_comma=hearing.decimal_comma, caps=caps, read_day=read_day)


def hearing_of(owner: Owner, today: date) -> Hearing:
    """The context in which an owner's words about goals are read."""
    w = words(owner.locale)
    return Hearing(today, lexicon(w.locale), owner.week_start, w.decimal_comma)


def numbers_in(text: str, plans: Sequence[PlanNode], owner: Owner, today: date) -> list[Numbered]:
    """The lines of an outline whose titles carry a number that may be the target. Takes a tenth of a second for
    hundreds of lines."""
    return numbered(plans, hearing_of(owner, today), text=text)


async def planted(call: Call[Any, Any], plans: Sequence[PlanNode], owner: Owner, today: date) -> Answer:
    """Plant the trees, and describe the result."""
    done = await plant(call.store, call.actor, plans, today, call.now, call.caps)
    trees = [
        {
            "visionId": str(one.tree.vision.id),
            "title": one.tree.vision.title,
            "isNew": one.new,
            "added": one.added,
            "changed": one.changed,
        }
        for one in done
    ]
    return Answer({"planted": trees, "firstCheckIn": await first_check_in(call, [one.tree for one in done], owner)})


async def first_check_in(call: Call[Any, Any], trees: Sequence[Tree], owner: Owner) -> dict[str, object] | None:
    """The check-in that was set up with these trees, if they are the first."""
    reminder = await set_up_with(call.store, call.actor, trees, call.now)
    return None if reminder is None else _check_in(reminder, owner)


def _check_in(reminder: Reminder, owner: Owner) -> dict[str, object]:
    return {"at": f"{reminder.schedule.at:%H:%M}", "timezone": owner.timezone, "zoneChosen": owner.zone_chosen}
