"""Where someone is: asked at /start and in /settings, answered by words or a button."""

from __future__ import annotations

from bot import zones
from bot.handlers import log
from bot.keyboard import Keyboard
from bot.turn import State, Turn
from bot.views import start as first
from bot.views import zone as view
from core.actions.owners import change_settings

ASKED: State = {"state": "zone"}


async def answered(turn: Turn) -> None:
    """Words after the question. Who has goals already and means one of them is not held up by it."""
    found = await zones.find(turn.args, turn.now)
    if not found.places and turn.is_private and await _has_goals(turn):
        await log.free_text(turn)
        return
    await settle(turn, turn.args, found)


async def settle(turn: Turn, text: str, found: zones.Found) -> None:
    """Takes the place that a text names; asks if it may be several."""
    if found.sure:
        await _take(turn, found.places[0])
    elif found.places:
        await turn.reply(*view.which(found.places, turn.now, turn.words))
    else:
        await turn.reply(*view.unknown(text, turn.words))


async def tapped(turn: Turn) -> None:
    """A zone's button, or "somewhere else"."""
    if turn.args == "ask":
        await turn.edit(*view.question(turn.words))
        await turn.remember(ASKED)
    else:
        await _take(turn, zones.Place(view.name_on(turn.label) or zones.city_of(turn.args), turn.args))


async def _take(turn: Turn, place: zones.Place) -> None:
    """Keeps the zone and says what time it is there, so that a mistake is seen at once."""
    is_first = not turn.owner.zone_chosen
    turn.owner = await change_settings(turn.store, turn.chat_id, timezone=place.zone)
    if (await turn.recall() or {}).get("state") == "zone":
        await turn.remember(None)
    text, w = view.chosen(place, turn.now, turn.words), turn.words
    keyboard: Keyboard = ((view.elsewhere(w),),)
    if is_first and not await _has_goals(turn):
        text = f"{text}\n\n{w.t('Now the first goal: I ask you three questions, or you send a whole tree at once.')}"
        keyboard = (*first.first_steps(w), *keyboard)
    await (turn.edit if turn.query else turn.reply)(text, keyboard)


async def _has_goals(turn: Turn) -> bool:
    return await turn.store.read(lambda tx: bool(tx.trees.visions_of(turn.owner.id)))


CALLBACKS = {"zone": tapped}
STATES = {"zone": answered}
