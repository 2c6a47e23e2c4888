"""/settings: time zone, start of the day and the week, language."""

from __future__ import annotations

from datetime import time

from bot import zones
from bot.handlers import zone
from bot.i18n import languages
from bot.parsing import settings as parsing
from bot.turn import Turn
from bot.views import settings as view
from bot.views import zone as zone_view
from core.actions.owners import change_settings


async def settings(turn: Turn) -> None:
    """Shows them; with words behind it, changes one."""
    if not turn.args:
        await turn.reply(*view.overview(turn.owner, turn.now, _languages(turn), turn.words))
        return
    wish = parsing.wish(turn.args)
    if wish is None or not wish.value:
        await turn.reply(*(view.choices(wish.setting, _languages(turn), turn.words) if wish else view.how(turn.words)))
    elif wish.setting == "zone":
        await zone.settle(turn, wish.value, await zones.find(wish.value, turn.now))
    elif await _change(turn, wish.setting, wish.value):
        await turn.reply(*view.overview(turn.owner, turn.now, _languages(turn), turn.words, changed=True))
    else:
        await turn.reply(*view.choices(wish.setting, _languages(turn), turn.words, misread=wish.value))


async def tapped(turn: Turn) -> None:
    """A button: a setting to change, or what it is to be."""
    setting, _, value = turn.args.partition(":")
    if setting == "zone":
        await turn.edit(*zone_view.question(turn.words))
        await turn.remember(zone.ASKED)
    elif setting in view.SETTINGS and not value:
        await turn.edit(*view.choices(setting, _languages(turn), turn.words))
    elif not value or await _change(turn, setting, value):
        await turn.edit(*view.overview(turn.owner, turn.now, _languages(turn), turn.words, changed=bool(value)))


async def _change(turn: Turn, setting: str, value: str) -> bool:
    """Changes a setting; False if the value makes no sense for it."""
    day_start: time | None = None
    week_start: int | None = None
    locale: str | None = None
    if setting == "day":
        day_start = parsing.day_start(value)
    elif setting == "week":
        week_start = parsing.weekday(value, turn.words)
    elif setting == "language":
        locale = parsing.language(value)
    if day_start is None and week_start is None and locale is None:
        return False
    turn.owner = await change_settings(
        turn.store, turn.chat_id, turn.now, day_start=day_start, week_start=week_start, locale=locale
    )
    return True


def _languages(turn: Turn) -> list[str]:
    return languages(turn.services.catalogues)


COMMANDS = {"settings": settings}
CALLBACKS = {"set": tapped}
