"""The question, after some evenings without an answer, whether to go on asking."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.common.schedules import days
from bot.features.prompt.buttons import AskOn, QuietWish
from bot.telegram.feature import Feature, OnTap
from bot.telegram.keyboard import Button, Keyboard
from bot.telegram.letter import Letter
from bot.telegram.services import Services
from bot.telegram.turn import Turn
from core.actions.edit.pauses import pause
from core.actions.reminders import SELDOM, ask_less
from core.asking.delivery import NotNeeded
from core.asking.reminders import Message, MessageKind
from core.asking.silence import ASKED_WHETHER, MOST_UNANSWERED
from core.goals.model import Owner, Pause
from core.group.permissions import Act
from language import i18n
from language.i18n import Words

PAUSE = timedelta(days=14)


async def still_there(services: Services, owner: Owner, message: Message, now: datetime) -> Letter | NotNeeded:
    """The question, unless the person has been heard from meanwhile."""
    if owner.unanswered < ASKED_WHETHER:
        return NotNeeded("something was heard of the person")
    return Letter(*question(i18n.words(owner.locale, services.catalogues)))


def question(w: Words) -> tuple[str, Keyboard]:
    """Asks whether to go on."""
    text = w.t(
        "👋 I asked on {count} evenings and heard nothing. Shall I go on, pause for two weeks, or ask only {days}? "
        "Until I hear from you I keep still.",
        count=w.number(MOST_UNANSWERED),
        days=days(SELDOM, w),
    )
    wishes = {
        QuietWish.GO_ON: w.t("Go on"),
        QuietWish.PAUSE: w.t("Pause 2 weeks"),
        QuietWish.LESS: w.t("Ask less often"),
    }
    return text, (tuple(Button(label, AskOn(wish)) for wish, label in wishes.items()),)


def paused(until: date, w: Words) -> str:
    """The answer when everything is paused."""
    return w.t("⏸ Everything is paused until {day}: those days are not counted as missed.", day=w.date(until))


async def _answered(turn: Turn, button: AskOn) -> None:
    w = turn.words
    match button.wish:
        case QuietWish.GO_ON:
            text = w.t("I'll go on asking as before. /log shows what is open today.")
        case QuietWish.PAUSE:
            last = turn.today + PAUSE - timedelta(days=1)
            wanted = Pause(0, turn.today, last)
            await pause(turn.store, turn.actor, wanted, turn.now, turn.caps, source_key=turn.tap_key)
            text = paused(last, w)
        case QuietWish.LESS:
            chosen = await ask_less(turn.store, turn.actor, turn.now)
            text = w.t("I'll ask only {days} from now on. /remind changes that.", days=days(chosen, w))
    await turn.answer()
    await turn.edit(text)


FEATURE = Feature(letters={MessageKind.STILL_THERE: still_there}, taps=(OnTap(AskOn, _answered, Act.SETTINGS),))
