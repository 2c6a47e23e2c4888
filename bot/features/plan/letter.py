"""The message about a plan whose second part never came."""

from __future__ import annotations

from datetime import datetime

from bot.features.plan import outline_view
from bot.telegram.feature import Feature
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from core.actions.plan_parts import read_plan
from core.actions.read import today_of
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.errors import InvalidPlan
from core.goals.model import Owner, OwnerType
from core.group.permissions import Actor
from core.planning.outline import parse_outline
from core.ports.plan_messages import Stage
from language import i18n
from language.lexicon import lexicon
from language.parsing.until import day_reader


async def faults(services: Services, owner: Owner, asked: Message, now: datetime) -> Letter | NotNeeded:
    """The faults of a plan that is still waiting."""
    [message_id] = asked.nodes
    plan = await read_plan(services.store, Actor.host(owner.chat_id), message_id)
    if plan is None or plan.stage is not Stage.WAITING:
        return NotNeeded("the rest of the plan has come")
    words = i18n.words(owner.locale, services.catalogues)
    today = today_of(owner, now)
    reader = day_reader(today, lexicon(words.locale))
    try:
        parse_outline(plan.text, today, decimal_comma=words.decimal_comma, caps=services.caps, read_day=reader)
    except InvalidPlan as error:
        return Letter(
            outline_view.faulty(error.faults, words, private=owner.type is OwnerType.PRIVATE), reply_to=message_id
        )
    return NotNeeded("the plan can be read")


FEATURE = Feature(letters={MessageKind.PLAN_PART: faults})
