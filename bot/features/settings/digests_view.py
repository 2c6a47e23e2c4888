"""The digests among the settings: which come, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time

from bot.common.schedules import when
from bot.features.settings.buttons import ChooseSetting, OpenSetting, Setting
from bot.telegram.keyboard import Button, Keyboard, rows
from core.asking.reminders import MessageKind, Reminder
from core.asking.schedule import Schedule
from core.records import record
from language.i18n import Words, mark

_DAYS = (("friday", 4), ("saturday", 5), ("sunday", 6), ("monday", 0))
_HOURS = (8, 10, 21, 22)


@record
class _DigestSetting:
    """The phrases of a digest's setting: its name, its schedule, and the question when it should come."""

    kind: MessageKind
    name: str
    described: Callable[[Schedule, Words], str]
    asked: str


_DIGESTS: Mapping[Setting, _DigestSetting] = {
    Setting.WEEKLY: _DigestSetting(
        MessageKind.WEEKLY_DIGEST,
        mark("Weekly"),
        lambda schedule, w: w.t("weekly ({when})", when=when(schedule, w)),
        mark("When shall the weekly digest come? Type <code>/settings weekly monday 10:00</code>, or tap:"),
    ),
    Setting.MONTHLY: _DigestSetting(
        MessageKind.MONTHLY_DIGEST,
        mark("Monthly"),
        lambda schedule, w: w.t("monthly ({time})", time=w.time(schedule.at)),
        mark(
            "The monthly digest comes when the month is over, on the first of the next; at a time after noon, on the "
            "last day itself. At what time? Type <code>/settings monthly 10:00</code>, or tap:"
        ),
    ),
    Setting.QUARTERLY: _DigestSetting(
        MessageKind.QUARTERLY_DIGEST,
        mark("Quarterly"),
        lambda schedule, w: w.t("quarterly ({time})", time=w.time(schedule.at)),
        mark(
            "The quarterly digest comes when the quarter is over, on the first of the next; at a time after noon, on "
            "the last day itself. At what time? Type <code>/settings quarterly 10:00</code>, or tap:"
        ),
    ),
    Setting.YEARLY: _DigestSetting(
        MessageKind.YEARLY_DIGEST,
        mark("Yearly"),
        lambda schedule, w: w.t("yearly ({time})", time=w.time(schedule.at)),
        mark(
            "The yearly digest comes when the year is over, on 1 January; at a time after noon, on 31 December. At "
            "what time? Type <code>/settings yearly 10:00</code>, or tap:"
        ),
    ),
}


def line(reminders: Sequence[Reminder], w: Words) -> str:
    """The current digests and their schedules."""
    going = {reminder.kind: reminder.schedule for reminder in reminders if not reminder.paused}
    lines = [digest.described(going[digest.kind], w) for digest in _DIGESTS.values() if digest.kind in going]
    return w.t("Digests: {digests}", digests=", ".join(lines)) if lines else w.t("No digests")


def which(reminders: Sequence[Reminder], w: Words) -> tuple[str, Keyboard]:
    """Asks which digest to change."""
    text = w.t("Digests tell how your goals stand and what moved them. Which one?")
    names = [Button(w.t(digest.name), OpenSetting(setting)) for setting, digest in _DIGESTS.items()]
    return f"{line(reminders, w)}\n{text}", rows(names, width=2)


def one(setting: Setting, reminders: Sequence[Reminder], w: Words) -> tuple[str, Keyboard]:
    """Asks when a digest should come."""
    digest = _DIGESTS[setting]
    is_there = any(reminder.kind is digest.kind and not reminder.paused for reminder in reminders)
    keyboard = rows([Button(w.time(time(hour)), ChooseSetting(setting, f"{hour:02}:00")) for hour in _HOURS], width=4)
    if setting is Setting.WEEKLY:
        days = [Button(w.weekday(number), ChooseSetting(setting, name)) for name, number in _DAYS]
        keyboard = (*rows(days, width=4), *keyboard)
    switch = (
        Button(w.t("Off"), ChooseSetting(setting, "off"))
        if is_there
        else Button(w.t("On"), ChooseSetting(setting, "on"))
    )
    return w.t(digest.asked), (*keyboard, (switch, Button(w.t("« Back"), OpenSetting(Setting.DIGESTS))))
