"""The current settings, and the choices for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.common.schedules import when
from bot.features.settings import digests_view
from bot.features.settings.buttons import ChangeZone, ChooseSetting, OpenSetting, Setting, ShowSettings
from bot.features.start import zones
from bot.telegram.html import bold, esc
from bot.telegram.keyboard import Button, Keyboard, rows
from core.asking.reminders import MessageKind, Reminder
from core.goals.model import Owner, OwnerType
from language.i18n import Words, parse_locale

PRIVATE = (Setting.QUIET, Setting.NUDGE)
"""Settings of a person."""
OF_REMINDERS = (*PRIVATE, Setting.DIGESTS, Setting.WEEKLY, Setting.MONTHLY, Setting.QUARTERLY, Setting.YEARLY)
GROUP = (Setting.ROUND, Setting.DEADLINE, Setting.BOARD, Setting.PLAN)
"""Settings of a group."""
_ROUNDS = (8, 12, 18, 19, 20, 21)
_DEADLINES = (20, 21, 22, 23)
_DAY_STARTS = (0, 2, 3, 4, 5, 6)
_WEEK_STARTS = (("monday", 0), ("saturday", 5), ("sunday", 6))
_QUIET = ((22, 7), (22, 8), (23, 7), (23, 8))
_NUDGES = (30, 60, 120, 180)


def overview(
    owner: Owner,
    reminders: Sequence[Reminder],
    now: datetime,
    languages: Sequence[str],
    w: Words,
    *,
    changed: bool = False,
) -> tuple[str, Keyboard]:
    """All settings, each with a button to change it."""
    clock = zones.clock_at(owner.timezone, now)
    lines = [
        bold(w.t("Settings saved") if changed else w.t("Settings")),
        w.t("Time zone: {zone}, where it is {time}", zone=esc(owner.timezone), time=w.time(clock)),
        w.t("The day starts at {time}", time=w.time(owner.day_start)),
        w.t("The week starts on {weekday}", weekday=w.weekday(owner.week_start)),
        w.t("Language and numbers: {language}", language=esc(_language(owner.locale))),
    ]
    if owner.thread_id is not None:
        lines.append(w.t("What I send by myself comes to a topic of its own: <code>/settings topic general</code>"))
    buttons = [
        Button(w.t("Time zone"), ChangeZone()),
        Button(w.t("Day start"), OpenSetting(Setting.DAY)),
        Button(w.t("Week start"), OpenSetting(Setting.WEEK)),
    ]
    if len(languages) > 1:
        buttons.append(Button(w.t("Language"), OpenSetting(Setting.LANGUAGE)))
    keyboard = rows(buttons, width=3)
    if owner.type is OwnerType.GROUP:
        lines += [
            _round(reminders, w),
            _deadline(owner, w),
            digests_view.line(reminders, w),
            _board(owner, w),
            _plan(owner, w),
        ]
        of_group = [
            Button(w.t("Round"), OpenSetting(Setting.ROUND)),
            Button(w.t("Deadline"), OpenSetting(Setting.DEADLINE)),
            Button(w.t("Digests"), OpenSetting(Setting.DIGESTS)),
            Button(w.t("Board"), OpenSetting(Setting.BOARD)),
            Button(w.t("Who may plan"), OpenSetting(Setting.PLAN)),
        ]
        keyboard = (*keyboard, *rows(of_group, width=3))
    else:
        lines += [_quiet(owner, w), _nudge(owner, w), digests_view.line(reminders, w)]
        of_reminders = [
            Button(w.t("Quiet hours"), OpenSetting(Setting.QUIET)),
            Button(w.t("Second reminder"), OpenSetting(Setting.NUDGE)),
            Button(w.t("Digests"), OpenSetting(Setting.DIGESTS)),
        ]
        keyboard = (*keyboard, *rows(of_reminders, width=3))
    if owner.day_start != time(0):
        lines.append(w.t("<i>What you log before {time} counts for the day before.</i>", time=w.time(owner.day_start)))
    return "\n".join(lines), keyboard


def how_topic(w: Words) -> str:
    """The answer to an invalid value of "topic"."""
    return w.t(
        "<code>/settings topic here</code> in a topic brings there what I send by myself; <code>/settings topic general"
        "</code> takes it back."
    )


def topic_chosen(owner: Owner, w: Words) -> str:
    """The answer to the choice of a topic."""
    if owner.thread_id is None:
        return w.t("What I send by myself comes to the whole group, not to one topic.")
    return w.t("What I send by myself comes to this topic from now on.")


def _round(reminders: Sequence[Reminder], w: Words) -> str:
    rounds = [r.schedule for r in reminders if r.kind is MessageKind.CHECK_IN and not r.paused]
    if not rounds:
        return w.t("No daily round")
    return w.t("The round comes {when}", when=w.listed([when(schedule, w) for schedule in rounds]))


def _deadline(owner: Owner, w: Words) -> str:
    if owner.round_deadline is None:
        return w.t("It ends with the day")
    return w.t("It ends at {time}", time=w.time(owner.round_deadline))


def _board(owner: Owner, w: Words) -> str:
    return w.t("The board goes by the week") if owner.board_ordered else w.t("The board goes by name")


def _plan(owner: Owner, w: Words) -> str:
    if owner.members_plan:
        return w.t("Members and admins may change the goals")
    return w.t("Only admins may change the goals")


def of_group(setting: str, w: Words, *, misread: str = "") -> tuple[str, Keyboard]:
    """The choices for a setting of a group."""
    back = (Button(w.t("« Back"), ShowSettings()),)
    sorry = _sorry(misread, w)
    if setting == "round":
        text = w.t("When shall the daily round come? Type <code>/settings round 20:00</code>, or tap:")
        hours = [Button(w.time(time(hour)), ChooseSetting(Setting.ROUND, f"{hour:02}:00")) for hour in _ROUNDS]
        return sorry + text, (*rows(hours, width=3), (Button(w.t("Off"), ChooseSetting(Setting.ROUND, "off")),), back)
    if setting == "deadline":
        text = w.t(
            "When does the round end? Then it becomes the round-up; the next round goes by it. "
            "Type <code>/settings deadline 22:00</code>, or tap:"
        )
        hours = [Button(w.time(time(hour)), ChooseSetting(Setting.DEADLINE, f"{hour:02}:00")) for hour in _DEADLINES]
        return sorry + text, (
            *rows(hours, width=4),
            (Button(w.t("With the day"), ChooseSetting(Setting.DEADLINE, "off")),),
            back,
        )
    if setting == "board":
        text = w.t("In which order does /board show the members?")
        ways = (
            Button(w.t("By the week"), ChooseSetting(Setting.BOARD, "ordered")),
            Button(w.t("By name"), ChooseSetting(Setting.BOARD, "unordered")),
        )
        return sorry + text, (ways, back)
    text = w.t("Who may plant, change and end the goals of this group?")
    ways = (
        Button(w.t("Only admins"), ChooseSetting(Setting.PLAN, "admins")),
        Button(w.t("Members too"), ChooseSetting(Setting.PLAN, "members")),
    )
    return sorry + text, (ways, back)


def only_private(w: Words) -> str:
    """The refusal of a private setting in a group."""
    return w.t("That is for your private chat with me: send it there.")


def _quiet(owner: Owner, w: Words) -> str:
    if owner.quiet is None:
        return w.t("No quiet hours")
    start, end = w.time(owner.quiet.start), w.time(owner.quiet.end)
    return w.t("Quiet hours from {start} to {end}", start=start, end=end)


def _nudge(owner: Owner, w: Words) -> str:
    if owner.nudge_after is None:
        return w.t("No second reminder")
    return w.t("A second reminder {pause} after the first, if something is open", pause=_pause(owner.nudge_after, w))


def _pause(length: timedelta, w: Words) -> str:
    """A duration: "2 h", "1 h 30 min"."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    parts = [w.t("{count} h", count=hours)] if hours else []
    return " ".join([*parts, w.t("{count} min", count=minutes)] if minutes else parts)


def reminding(setting: Setting, reminders: Sequence[Reminder], w: Words, *, misread: str = "") -> tuple[str, Keyboard]:
    """The choices for a setting of the reminders."""
    back = (Button(w.t("« Back"), ShowSettings()),)
    off = (Button(w.t("Off"), ChooseSetting(setting, "off")),)
    sorry = _sorry(misread, w)
    if setting == "quiet":
        said = w.t(
            "When shall I keep quiet? What falls into that time comes at its end. "
            "Type <code>/settings quiet 22:00-7:00</code>, or tap:"
        )
        spans = [(time(start), time(end)) for start, end in _QUIET]
        hours = [
            Button(f"{w.time(start)} – {w.time(end)}", ChooseSetting(Setting.QUIET, f"{start:%H:%M}-{end:%H:%M}"))
            for start, end in spans
        ]
        return sorry + said, (*rows(hours, width=2), off, back)
    if setting == "nudge":
        said = w.t(
            "If something is still open, I can ask a second time. How long after the first? "
            "Type <code>/settings nudge 2h</code>, or tap:"
        )
        pauses = [
            Button(_pause(timedelta(minutes=count), w), ChooseSetting(Setting.NUDGE, f"{count}m")) for count in _NUDGES
        ]
        return sorry + said, (*rows(pauses, width=4), off, back)
    if setting == "digests":
        said, names = digests_view.which(reminders, w)
        return sorry + said, (*names, back)
    said, keyboard = digests_view.one(setting, reminders, w)
    return sorry + said, keyboard


def choices(setting: str, languages: Sequence[str], w: Words, *, misread: str = "") -> tuple[str, Keyboard]:
    """The choices for a setting. `misread` is an invalid value."""
    sorry = _sorry(misread, w)
    if setting == "day":
        question = w.t("When does your day start? Late hours before it still count for the day before.")
        buttons = [Button(w.time(time(hour)), ChooseSetting(Setting.DAY, f"{hour:02}:00")) for hour in _DAY_STARTS]
    elif setting == "week":
        question = w.t("On which day does your week start?")
        buttons = [Button(w.weekday(number), ChooseSetting(Setting.WEEK, name)) for name, number in _WEEK_STARTS]
    elif setting == "language":
        question = w.t("Which language? It also decides how numbers and dates look.")
        buttons = [Button(_language(name), ChooseSetting(Setting.LANGUAGE, name)) for name in languages]
    else:
        question = w.t("Where are you? Type <code>/settings zone Lisbon</code>, or tap:")
        buttons = [Button(w.t("Time zone"), ChangeZone())]
    return sorry + question, (*rows(buttons, width=3), (Button(w.t("« Back"), ShowSettings()),))


def how(w: Words, *, is_private: bool) -> tuple[str, Keyboard]:
    """The help on what can be typed."""
    if not is_private:
        text = w.t(
            "I can set these: <code>/settings zone Lisbon</code>, <code>/settings day 04:00</code>, "
            "<code>/settings week sunday</code>, <code>/settings language en</code>, "
            "<code>/settings round 20:00</code>, <code>/settings deadline 22:00</code>, "
            "<code>/settings board off</code>, <code>/settings plan members</code>, "
            "<code>/settings topic here</code>, "
            "<code>/settings weekly monday 10:00</code>, <code>/settings monthly on</code>."
        )
        return text, ()
    text = w.t(
        "I can set these: <code>/settings zone Lisbon</code>, <code>/settings day 04:00</code>, "
        "<code>/settings week sunday</code>, <code>/settings language en</code>, "
        "<code>/settings quiet 22:00-7:00</code>, <code>/settings nudge 2h</code>, "
        "<code>/settings weekly monday 10:00</code>, <code>/settings monthly on</code>."
    )
    return text, ()


def _sorry(misread: str, w: Words) -> str:
    return w.t("“{value}” makes no sense to me here. ", value=esc(misread[:40])) if misread else ""


def _language(name: str) -> str:
    locale = parse_locale(name)
    return str(locale.get_display_name()) if locale and "-" in name else str(locale and locale.get_language_name())
