"""What the bot can do, in one look."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.html import esc
from bot.menu import FOR_ADMINS, MENU
from language.i18n import Words


def in_group(w: Words) -> str:
    """The commands of a group, by who may use them."""
    return "\n\n".join(
        (
            w.t("<b>Take part</b>\n/join and /leave – only who joined is counted"),
            w.t(
                "<b>Tick off</b>\n"
                "/log – today's goals as buttons; each tap counts for whoever taps\n"
                "<code>/log run 5</code> – a number; <code>/log gym skip</code> – leaves it out\n"
                "/undo – takes your last one back; editing your message corrects it"
            ),
            w.t(
                "<b>Look</b>\n"
                "/tree – everything, up to the vision\n"
                "/summary – today, week, month, quarter\n"
                "/digest – a report on the week, month or quarter\n"
                "/streaks – what you keep up\n"
                "/shared – what members show of goals of their own"
            ),
            w.t(
                "<b>Together</b>\n"
                "/board – how everyone does; /nudge – a friendly word to who is still open\n"
                "<code>/away 3 days</code>, /back – nothing is missed meanwhile\n"
                "<code>/buddy Ann</code> – Ann confirms what you check off"
            ),
            w.t(
                "<b>For admins</b>\n"
                "/plan – plants goals; <code>/archive gym</code> ends one\n"
                "/settings – time zone, start of the day, the daily round; <code>/settings topic here</code>\n"
                "/invite – a link that brings people in\n"
                "/publish – digests in a channel as well"
            ),
        )
    )


def overview(w: Words) -> str:
    """The commands by what one wants to do."""
    tick_off = w.t("<b>Tick off</b>") + "\n" + w.t("<code>run 5</code> – just say it")
    return "\n\n".join(
        (
            tick_off
            + "\n"
            + w.t(
                "/log – today's goals as buttons\n"
                "<code>/log run 5 yesterday felt great</code> – a day and a note\n"
                "<code>/log run =7</code> – sets the day; <code>/log gym skip</code> – leaves it out\n"
                "/undo – takes the last one back; editing your message corrects it"
            ),
            w.t(
                "<b>Look</b>\n"
                "/tree – everything, up to the vision; <code>/tree run</code> – a branch\n"
                "/summary – today, week, month, quarter\n"
                "/digest – a report on the week; <code>/digest last month</code>, <code>/digest quarter</code>\n"
                "/streaks – what you keep up"
            ),
            w.t(
                "<b>Plan</b>\n"
                "/plan – a few questions, or a whole outline in one message\n"
                "<code>/tree outline</code> – gives your tree as an outline, to change and send back with /plan\n"
                "<code>/archive gym</code> – ends a goal and keeps its history\n"
                "/cancel – leaves my questions"
            ),
            w.t(
                "<b>Set up</b>\n"
                "/remind – when I ask you how it went: <code>/remind weekdays 21:00</code>\n"
                "/settings – time zone, start of the day and the week, quiet hours, digests\n"
                "/share – shows one of your goals to a group, /unshare ends it\n"
                "/export – everything as a file; send it back to me to restore it\n"
                "/forget_me – erases everything about you"
            ),
        )
    )


def unknown(command: str, w: Words) -> str:
    """One sentence for what is no command, with the nearest one."""
    close = process.extractOne(command.lstrip("/").lower(), [*MENU, *FOR_ADMINS], scorer=fuzz.ratio, score_cutoff=60)
    said = esc(command[:40])
    if close:
        return w.t("I do not know {command}. Did you mean /{nearest}?", command=said, nearest=close[0])
    return w.t("I do not know {command}. /help shows what I can do.", command=said)
