"""Words about a whole day: "all done", "skip all", "sick today". One button confirms them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.columns import cut
from bot.common.goals import Reach
from bot.features.log import day
from bot.features.log import sentences as talk
from bot.features.log.buttons import ACT_DONE, ACT_SKIP, SetAmount, SettleDay
from bot.features.log.day_view import DayPlace, day_sheet
from bot.telegram.feature import Feature, OnTap
from bot.telegram.keyboard import Button, rows
from bot.telegram.turn import Turn
from core.actions.day.day import Day, read_day
from core.actions.day.items import Item
from core.actions.log import log_all
from core.actions.logged import How, Log
from core.errors import DateRefused
from core.goals.model import Aggregate, Level, Status
from core.group.permissions import Act
from language.meanings import Meaning
from language.tokens import phrase

_ALL = (Meaning.ALL, Meaning.ALL_DONE, Meaning.EVERYTHING)
_YES = (Meaning.AGREED, Meaning.NOD, Meaning.OK, Meaning.YES)
_OF_ONE = (Meaning.DONE, Meaning.SKIP, Meaning.SKIPPED)
"""Words that do not name a goal by themselves."""


async def answers_whole_day(turn: Turn, reach: Reach) -> bool:
    """Answers words about a whole day; False if they are not. A goal of that name takes precedence. In a group it shows
    the day, where all tap their own goals."""
    said = phrase(turn.args)
    if said in reach.goals.phrases:
        return False
    if _is_all_but(turn, said):
        await day.show_day(turn)
        return True
    said = _without_reason(turn, said)
    is_whole = _is_whole(turn, said)
    if turn.lexicon.means(said, *_OF_ONE) or (is_whole and not turn.is_private):
        await day.show_day(turn, skipping=not turn.lexicon.means(said, Meaning.DONE, Meaning.ALL_DONE))
        return True
    if turn.is_private and turn.lexicon.means(said, Meaning.NO, Meaning.NONE, Meaning.NOTHING):
        return await _asks_none_of_what(turn)
    if is_whole:
        await _ask_whether_all(turn, skipped=turn.lexicon.means(said, Meaning.DAY_OFF))
    return is_whole


def _is_whole(turn: Turn, said: str) -> bool:
    """Whether words are about all goals. "Yes" in reply to "how is it going?" may mean that all is done."""
    if turn.lexicon.means(said, Meaning.ALL_DONE, Meaning.DAY_OFF, Meaning.EVERYTHING):
        return True
    return turn.is_private and turn.prompt is not None and turn.lexicon.means(said, *_YES)


async def _ask_whether_all(turn: Turn, *, skipped: bool) -> None:
    sheet = await read_day(turn.store, turn.actor, turn.about, turn.now)
    wanted, left_out = _open(sheet, skipped=skipped)
    text = talk.whether_all(sheet.on, _titles(wanted), _titles(left_out), turn.words, skipped=skipped)
    label = turn.words.t("⏭ Skip all") if skipped else turn.words.t("✅ All done")
    button = Button(label, SettleDay(sheet.on, ACT_SKIP if skipped else ACT_DONE, turn.update_id))
    await turn.reply(text, ((button,),) if wanted else ())


def _is_all_but(turn: Turn, said: str) -> bool:
    """Whether words say that all goals but some are done: that needs the buttons."""
    return any(
        turn.lexicon.means(said[:at].rstrip(" ,"), *_ALL)
        and turn.lexicon.means(said[at:].split()[0], Meaning.AND, Meaning.DENIED)
        for at in _blanks(said)
    )


def _without_reason(turn: Turn, said: str) -> str:
    """The words of a day off without the reason after a comma: "nothing today, easter"."""
    first, comma, _ = said.partition(",")
    return first if comma and turn.lexicon.means(first, Meaning.DAY_OFF) else said


def _blanks(text: str) -> list[int]:
    return [at + 1 for at, char in enumerate(text) if char == " "][:5]


async def _asks_none_of_what(turn: Turn) -> bool:
    """Asks whether "none today" is about a limit or about everything open; False if nothing is open."""
    sheet = await read_day(turn.store, turn.actor, turn.about, turn.now)
    limits = [item for item in sheet.items if item.standing.node.is_limit and not (item.settled or item.is_check)]
    skipped, _ = _open(sheet, skipped=True)
    if not skipped:
        return False
    buttons = [
        Button(
            f"{cut(item.standing.node.title, 24)}: {turn.words.t('none today')}",
            SetAmount(item.id, sheet.on, turn.update_id, Decimal(0)),
        )
        for item in limits
    ]
    buttons.append(Button(turn.words.t("⏭ Skip all"), SettleDay(sheet.on, ACT_SKIP, turn.update_id)))
    await turn.reply(turn.words.t("None of what?"), rows(buttons, width=1))
    return True


async def _settle(turn: Turn, button: SettleDay) -> None:
    """Ticks or skips everything open on a day in one go, and shows the day."""
    if button.on > turn.today:
        raise DateRefused("day_ahead", on=button.on, limit=turn.today)
    skipped = button.act.how is How.SKIP
    items, left_out = _open(await read_day(turn.store, turn.actor, button.on, turn.now), skipped=skipped)
    wanted = [
        Log(item.id, button.on, button.act.how, _missing(item, skipped=skipped), None, f"{turn.tap_key}:{item.id}")
        for item in items
    ]
    await log_all(turn.store, turn.actor, wanted, turn.now, turn.caps)
    after = await read_day(turn.store, turn.actor, button.on, turn.now)
    above = talk.settled(len(wanted), _titles(left_out), turn.words, skipped=skipped)
    await turn.edit(*day_sheet(after, DayPlace(turn.update_id), turn.words, above=above))


def _open(sheet: Day, *, skipped: bool) -> tuple[list[Item], list[Item]]:
    """(the open leaves of a day that can be settled as they are, those that need a number)."""
    items = [item for item in sheet.items if _is_meant(item, skipped)]
    wanted = [item for item in items if skipped or item.is_check or _missing(item, skipped=False) is not None]
    return wanted, [item for item in items if item not in wanted]


def _is_meant(item: Item, skipped: bool) -> bool:
    """Whether words about the whole day mean this goal. A member's part in a group is up to them. A day off skips daily
    goals only; limits and tracked goals need a number from the person."""
    node = item.standing.node
    if item.settled or item.people is not None:
        return False
    if skipped:
        return node.level is Level.DAILY
    return item.standing.status is not Status.TRACKED and not node.is_limit


def _missing(item: Item, *, skipped: bool) -> Decimal | None:
    """The amount that a number still needs to reach its target; None for a check, a skip, and a number that does not
    add up."""
    standing = item.standing
    value = standing.value or Decimal(0)
    adds_up = standing.node.aggregate in (None, Aggregate.SUM) and not standing.node.is_limit
    if skipped or item.is_check or standing.target is None or not adds_up:
        return None
    return standing.target - value if standing.target > value else None


def _titles(items: Sequence[Item]) -> list[str]:
    return [item.standing.node.title for item in items]


FEATURE = Feature(taps=(OnTap(SettleDay, _settle, Act.LOG),))
