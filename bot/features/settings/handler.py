"""/settings: time zone, start of the day and the week, language, quiet hours, the second reminder, digests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias, cast

from bot.common.beginning import ZoneAsked
from bot.features.group.members_view import only_in_groups
from bot.features.settings import view
from bot.features.settings.buttons import ChangeZone, ChooseSetting, OpenSetting, Setting, ShowSettings
from bot.features.start import zone, zone_view, zones
from bot.telegram.acts import with_words
from bot.telegram.feature import ADMINS, FOR_ADMINS, GROUP, PRIVATE, SET_UP, Command, Feature, HelpLine, MenuLine, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.groups import choose_topic
from core.actions.owners import SettingChanges, change_settings
from core.actions.reminders import list_promised, set_digest, set_round, turn_check_ins_off, turn_check_ins_on
from core.asking.reminders import DIGEST_OF_LEVEL, DIGEST_TIMES, FIRST_CHECK_IN
from core.asking.schedule import Schedule
from core.goals.model import Level
from core.group.permissions import Act
from language.i18n import languages
from language.lexicon import Lexicon
from language.parsing import settings as parsing
from language.parsing.clock import clock
from language.parsing.errors import Misread
from language.parsing.remind import read_when

_Reader: TypeAlias = Callable[[str, Lexicon], object]

_OFF: Mapping[str, SettingChanges] = {
    "quiet": {"quiet": None},
    "nudge": {"nudge_after": None},
    "deadline": {"round_deadline": None},
}


async def settings(turn: Turn) -> None:
    """Shows the settings; with arguments, changes one."""
    if not turn.args:
        await turn.reply(*await _overview(turn))
        return
    wish = parsing.wish(turn.args, turn.lexicon)
    if wish is None:
        await turn.reply(*view.how(turn.words, is_private=turn.is_private))
    elif refusal := _elsewhere(turn, wish.setting):
        await turn.reply(refusal)
    elif wish.setting == "topic":
        await _topic(turn, wish.value)
    elif not wish.value:
        await turn.reply(*await _choices(turn, wish.setting))
    elif wish.setting == "zone":
        await zone.settle(turn, wish.value, await zones.find(wish.value, turn.now, turn.owner.locale))
    elif await _change(turn, wish.setting, wish.value):
        await turn.reply(*await _overview(turn, changed=True))
    else:
        await turn.reply(*await _choices(turn, wish.setting, misread=wish.value))


def _elsewhere(turn: Turn, setting: str) -> str:
    """The refusal of a setting of another kind of chat; empty if it belongs here."""
    if setting in view.PRIVATE and not turn.is_private:
        return view.only_private(turn.words)
    return only_in_groups(turn.words) if setting in view.GROUP and turn.is_private else ""


async def _back(turn: Turn, _: ShowSettings) -> None:
    await turn.edit(*await _overview(turn))


async def _ask_zone(turn: Turn, _: ChangeZone) -> None:
    await turn.edit(*zone_view.question(turn.words))
    await turn.remember(ZoneAsked())


async def _open(turn: Turn, button: OpenSetting) -> None:
    if await _is_here(turn, button.setting):
        await turn.edit(*await _choices(turn, button.setting))


async def _set(turn: Turn, button: ChooseSetting) -> None:
    if await _is_here(turn, button.setting) and await _change(turn, button.setting, button.value):
        await turn.edit(*await _overview(turn, changed=True))


async def _is_here(turn: Turn, setting: Setting) -> bool:
    """Whether this kind of chat has the setting; if not, answers the tap with that."""
    if setting in view.PRIVATE and not turn.is_private:
        await turn.answer(view.only_private(turn.words), alert=True)
    elif setting in view.GROUP and turn.is_private:
        await turn.answer(only_in_groups(turn.words), alert=True)
    else:
        return True
    return False


async def _topic(turn: Turn, value: str) -> None:
    """Sets the topic for the bot's scheduled messages."""
    here = parsing.is_here(value, turn.lexicon)
    if turn.is_private:
        await turn.reply(only_in_groups(turn.words))
    elif here is None:
        await turn.reply(view.how_topic(turn.words))
    else:
        turn.owner = await choose_topic(turn.store, turn.actor, turn.thread_id if here else None)
        await turn.reply(view.topic_chosen(turn.owner, turn.words))


async def _overview(turn: Turn, *, changed: bool = False) -> tuple[str, Keyboard]:
    reminders = await list_promised(turn.store, turn.actor, turn.now)
    return view.overview(turn.owner, reminders, turn.now, _languages(turn), turn.words, changed=changed)


async def _choices(turn: Turn, setting: str, *, misread: str = "") -> tuple[str, Keyboard]:
    if setting in view.OF_REMINDERS:
        reminders = await list_promised(turn.store, turn.actor, turn.now)
        return view.reminding(Setting(setting), reminders, turn.words, misread=misread)
    if setting in view.GROUP:
        return view.of_group(setting, turn.words, misread=misread)
    return view.choices(setting, _languages(turn), turn.words, misread=misread)


async def _change(turn: Turn, setting: str, value: str) -> bool:
    """Changes a setting; False if the value is invalid."""
    if level := parsing.DIGESTS.get(setting):
        return await _change_digest(turn, level, value)
    if setting == "round":
        return await _change_round(turn, value)
    wanted = _wanted(turn, setting, value)
    if not wanted:
        return False
    turn.owner = await change_settings(turn.store, turn.actor, turn.now, **wanted)
    return True


def _wanted(turn: Turn, setting: str, value: str) -> SettingChanges:
    """The changes; empty if the value is invalid."""
    if setting in _OFF and parsing.is_off(value, turn.lexicon):
        return _OFF[setting]
    if setting not in _READERS:
        return {}
    change, read = _READERS[setting]
    parsed = read(value, turn.lexicon)
    return {} if parsed is None else cast(SettingChanges, {change: parsed})


_READERS: Mapping[str, tuple[str, _Reader]] = {
    "day": ("day_start", clock),
    "week": ("week_start", lambda value, lexicon: lexicon.weekday(value)),
    "language": ("locale", lambda value, _: parsing.language(value)),
    "quiet": ("quiet", parsing.quiet_hours),
    "nudge": ("nudge_after", parsing.pause),
    "deadline": ("round_deadline", clock),
    "board": (
        "board_ordered",
        lambda value, lexicon: parsing.choice(value, parsing.ORDERED, parsing.UNORDERED, lexicon),
    ),
    "plan": ("members_plan", lambda value, lexicon: parsing.choice(value, parsing.MEMBERS, parsing.ADMINS, lexicon)),
}
"""The field and the parser of each setting."""


async def _change_round(turn: Turn, value: str) -> bool:
    """Sets the time of the group's round, or turns it off."""
    if parsing.is_off(value, turn.lexicon):
        await turn_check_ins_off(turn.store, turn.actor, turn.now)
        return True
    if parsing.is_on(value, turn.lexicon) and await turn_check_ins_on(turn.store, turn.actor, turn.now):
        return True
    at = FIRST_CHECK_IN.at if parsing.is_on(value, turn.lexicon) else clock(value, turn.lexicon)
    if at is None:
        return False
    await set_round(turn.store, turn.actor, at, turn.now)
    return True


async def _change_digest(turn: Turn, level: Level, value: str) -> bool:
    """Turns a digest on or off, or sets its time or day."""
    if parsing.is_off(value, turn.lexicon):
        await set_digest(turn.store, turn.actor, level, None, turn.now)
        return True
    reminders = await list_promised(turn.store, turn.actor, turn.now)
    schedule = next((r.schedule for r in reminders if r.kind is DIGEST_OF_LEVEL[level]), DIGEST_TIMES[level])
    changed = schedule if parsing.is_on(value, turn.lexicon) else _rescheduled(turn, schedule, value)
    if changed is None:
        return False
    await set_digest(turn.store, turn.actor, level, changed, turn.now)
    return True


def _rescheduled(turn: Turn, schedule: Schedule, value: str) -> Schedule | None:
    """The schedule with another time or, for a weekly digest, another day."""
    try:
        said = read_when(value, turn.lexicon)
    except Misread:
        return None
    if said is None or (said.weekdays is not None and (schedule.end_of or len(said.weekdays) != 1)):
        return None
    return replace(schedule, at=said.at or schedule.at, weekdays=said.weekdays or schedule.weekdays)


def _languages(turn: Turn) -> list[str]:
    return languages(turn.services.catalogues)


FEATURE = Feature(
    commands=(Command("settings", settings, with_words(Act.SEE, Act.SETTINGS)),),
    menu=(
        MenuLine("settings", "Time zone, start of day and week, quiet hours, digests", {PRIVATE: 90}),
        MenuLine("settings", "Time zone, start of day and week, round, digests, topic", {ADMINS: 170}),
    ),
    taps=(
        OnTap(ShowSettings, _back, Act.SETTINGS),
        OnTap(ChangeZone, _ask_zone, Act.SETTINGS),
        OnTap(OpenSetting, _open, Act.SETTINGS),
        OnTap(ChooseSetting, _set, Act.SETTINGS),
    ),
    help=(
        HelpLine(SET_UP, "/settings – time zone, start of the day and the week, quiet hours, digests", {PRIVATE: 20}),
        HelpLine(
            FOR_ADMINS,
            "/settings – time zone, start of the day, the daily round; <code>/settings topic here</code>",
            {GROUP: 20},
        ),
    ),
)
