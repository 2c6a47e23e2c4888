"""A person's place: asked at /start and in /settings, answered by words or a button."""

from __future__ import annotations

from bot.common.beginning import FirstGoalAsked, ZoneAsked, ZoneConfirmationAsked
from bot.common.schedules import next_line
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan import guided
from bot.features.plan.leaving import leavable
from bot.features.prompt.handler import is_number_alone, number_alone
from bot.features.start import countries, zones
from bot.features.start import view as first
from bot.features.start import zone_view as view
from bot.features.start.buttons import AskZone, ChooseZone
from bot.telegram.feature import Feature, Listener, OnAnswer, OnTap
from bot.telegram.keyboard import Keyboard
from bot.telegram.turn import Turn
from core.actions.owners import SettingChanges, change_settings
from core.actions.read import has_goals
from core.actions.reminders import list_promised
from core.group.permissions import Act
from language.meanings import Meaning
from language.parsing import goal_lines
from language.parsing.aims import is_helpless
from language.parsing.place import place_said
from language.tokens import phrase

_LATER = (Meaning.SKIP, Meaning.LATER, Meaning.NEXT, Meaning.NONE, Meaning.NOTHING, Meaning.NO)
_WRONG = (Meaning.NO, Meaning.WRONG)


async def _answered(turn: Turn, _: ZoneAsked) -> None:
    """Handles words after the question. People can still log an existing goal, or continue without an answer."""
    if turn.lexicon.means(phrase(turn.args), *_LATER):
        await _go_on_without(turn)
        return
    if is_helpless(turn.args, turn.lexicon):
        await turn.reply(*view.why(turn.words))
        return
    place = place_said(turn.args, turn.lexicon, asked=True) or turn.args
    looked_up = await zones.find(place, turn.now, turn.owner.locale)
    if not looked_up.places and turn.is_private and await clearly_logs(turn):
        await log.free_text(turn)
        return
    await settle(turn, place, looked_up)


async def _go_on_without(turn: Turn) -> None:
    """Continues without a zone: days keep the current clock until one is given."""
    begins = turn.is_private and not await has_goals(turn.store, turn.actor)
    text = view.later(zones.city_of(turn.owner.timezone), turn.words)
    keyboard: Keyboard = ()
    if begins:
        text, keyboard = f"{text}\n\n{first.first_goal(turn.words, is_private=True)}", first.first_steps(turn.words)
    await turn.remember(FirstGoalAsked() if begins else None)
    await turn.reply(text, keyboard)


async def _told(turn: Turn, _: ZoneConfirmationAsked) -> None:
    """Handles words after "right?": a no asks again."""
    await turn.remember(None)
    if not await _asks_again(turn):
        await log.free_text(turn)


async def _asks_again(turn: Turn) -> bool:
    """Asks for the place again if the words say that it is wrong."""
    if not turn.lexicon.means(phrase(turn.args), *_WRONG):
        return False
    await turn.remember(ZoneAsked())
    await turn.reply(*view.question(turn.words))
    return True


async def _first_contact(turn: Turn) -> None:
    """Handles the first words of a person: welcomes them, unless they have goals that the words may be about."""
    if await has_goals(turn.store, turn.actor) or await clearly_logs(turn):  # including what their groups ask
        await (number_alone(turn) if is_number_alone(turn) else log.free_text(turn))
    else:
        user = turn.update.effective_user
        await turn.reply(*first.welcome(user.first_name if user else "", True, turn.words))
        await turn.remember(ZoneAsked())


async def _clock_told(turn: Turn) -> None:
    """Handles "it is 21:40 here" at any time: sets the zone."""
    await settle(turn, turn.text, await zones.find(turn.text, turn.now))


def _says_where(turn: Turn) -> bool:
    place = place_said(turn.text, turn.lexicon) if turn.is_private else None
    return place is not None and zones.is_place(place, turn.owner.locale)


async def _where_told(turn: Turn) -> None:
    """Handles "I'm in New York now" at any time: asks whether to change the zone."""
    looked_up = await zones.find(place_said(turn.text, turn.lexicon) or "", turn.now, turn.owner.locale)
    here = next((place for place in looked_up.places if place.zone == turn.owner.timezone), None)
    if looked_up.places and here is None:
        await turn.reply(*view.whether_there(looked_up.places, turn.now, turn.words))
    elif here is not None:
        await turn.reply(view.there_already(here, turn.words))


async def _first_words(turn: Turn, _: FirstGoalAsked) -> None:
    """Begins the first plan with what should become true."""
    if await _asks_again(turn):
        return
    if goal_lines.is_agreed(turn.args, turn.lexicon) or turn.lexicon.means(phrase(turn.args), *_LATER):
        await turn.reply(first.first_goal(turn.words, is_private=True), first.first_steps(turn.words))
        return
    if await has_goals(turn.store, turn.actor) or await clearly_logs(turn):  # including what their groups ask
        await turn.remember(None)
        await log.free_text(turn)
    else:
        await guided.title_said(turn)


async def settle(turn: Turn, text: str, looked_up: zones.ZonesFound) -> None:
    """Sets the zone of the place that a text names; asks if it is ambiguous."""
    if looked_up.sure:
        await _take(turn, looked_up.places[0])
    elif looked_up.places:
        await turn.reply(*view.which(looked_up.places, turn.now, turn.words))
    else:
        await turn.reply(*view.unknown(text, turn.words))


async def _ask(turn: Turn, _: AskZone) -> None:
    await turn.edit(*view.question(turn.words))
    await turn.remember(ZoneAsked())


async def _chosen(turn: Turn, button: ChooseZone) -> None:
    await _take(turn, zones.ZonePlace(view.name_on(turn.label) or zones.city_of(button.zone), button.zone))


async def _take(turn: Turn, place: zones.ZonePlace) -> None:
    """Stores the zone and shows its local time, so that a mistake is noticed at once."""
    is_first, is_planted, w = not turn.owner.zone_chosen, await has_goals(turn.store, turn.actor), turn.words
    changes = SettingChanges(timezone=place.zone)
    if is_first or not is_planted:
        changes |= _week_start_there(turn, place.zone)
    turn.owner = await change_settings(turn.store, turn.actor, turn.now, **changes)
    asked = await turn.recall()
    text = await _what_follows(turn, place, says_week=is_first or "week_start" in changes)
    keyboard: Keyboard = ((view.elsewhere(w),),)
    begins = (is_first or isinstance(asked, ZoneAsked | FirstGoalAsked)) and not is_planted
    if begins:
        text = f"{text}\n\n{first.first_goal(w, is_private=turn.is_private)}"
        keyboard = (*first.first_steps(w), *keyboard)
    if asked is None or isinstance(asked, ZoneAsked | ZoneConfirmationAsked | FirstGoalAsked):
        await _ask_next(turn, begins=begins)
    await turn.edit(text, keyboard)


async def _what_follows(turn: Turn, place: zones.ZonePlace, *, says_week: bool) -> str:
    """Says what time it is there, when weeks start, and when the bot asks next."""
    text, w = view.chosen(place, turn.now, turn.words), turn.words
    if says_week:
        text = f"{text} {view.week_starts(turn.owner.week_start, w)}"
    reminders = await list_promised(turn.store, turn.actor, turn.now)
    coming = next_line(reminders, turn.owner, turn.now, w)
    return f"{text}\n{coming}" if coming else text


async def _ask_next(turn: Turn, *, begins: bool) -> None:
    """Remembers the next question, unless a draft is open again."""
    await turn.remember(None)
    if turn.is_private and await turn.recall() is None:
        await turn.remember(FirstGoalAsked() if begins else ZoneConfirmationAsked())


def _week_start_there(turn: Turn, zone: str) -> SettingChanges:
    """The country's start of the week, unless the person chose another than that of their earlier zone."""
    usual = countries.week_start_in(turn.owner.timezone) if turn.owner.zone_chosen else 0
    there = countries.week_start_in(zone)
    return {"week_start": there} if turn.owner.week_start == usual != there else {}


FEATURE = Feature(
    taps=(OnTap(AskZone, _ask, Act.SETTINGS), OnTap(ChooseZone, _chosen, Act.SETTINGS)),
    answers=(
        OnAnswer(ZoneAsked, _answered, Act.SETTINGS),
        OnAnswer(ZoneConfirmationAsked, _told, Act.SETTINGS),
        OnAnswer(FirstGoalAsked, leavable(_first_words), Act.EDIT_TREE),
    ),
    listeners=(
        Listener(90, lambda turn: turn.is_private and bool(turn.text) and not turn.owner.zone_chosen, _first_contact),
        Listener(-21, _says_where, _where_told, Act.SETTINGS, gives_way=lambda asked: isinstance(asked, ZoneAsked)),
        Listener(-20, lambda turn: turn.is_private and zones.tells_the_clock(turn.text, turn.now), _clock_told),
    ),
)
