"""Sentences about logging, for words that are no log and edits that are refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.columns import cut
from bot.telegram.html import bold, code, esc
from language.i18n import Words

MOST_NAMED = 8


def not_understood(w: Words, *, is_near: bool) -> str:
    """The answer to plain words in a private chat that name no goal. `is_near`: buttons offer similar ones."""
    if is_near:
        return w.t("I am not sure which goal that is. Did you mean one of these?")
    text = w.t("I did not find a goal in that.")
    return text + " " + w.t("To log, write a goal's name and what you did, such as {example}; /plan adds goals.",
                            example=code(w.t("run 5")))  # fmt: skip


def going_away(w: Words) -> str:
    """The answer to "I am away"."""
    return w.t("Going away? Say until when, such as {example}: nothing is asked meanwhile, and no streak breaks.",
               example=code(w.t("pause until Monday")))  # fmt: skip


def welcome(w: Words) -> str:
    """The answer to thanks."""
    return w.t("You are welcome. 🌳")


def greeting(w: Words) -> str:
    """The answer to a greeting from a person with goals."""
    return w.t("Hello! 🌳 Tell me what you did, such as {example}, or tap through today with /log.",
               example=code(w.t("run 5")))  # fmt: skip


def how_to_be_left_alone(w: Words) -> str:
    """The answer to a person who does not want to be asked."""
    return w.t("/remind off ends my questions until /remind on; /pause takes some days off.")


def yes_to_what(w: Words) -> str:
    """The answer to a "yes" that fits no question: questions have buttons."""
    return w.t("👍 If I asked something, tap its button: a yes alone does not tell me which.")


def how_to_take_back(w: Words) -> str:
    """The answer to words of regret, which do not say what about."""
    return w.t("/undo takes back what you did last; to correct what a message logged, edit the message.")


def settled(count: int, left_out: Sequence[str], w: Words, *, skipped: bool) -> str:
    """The answer when everything open on a day was ticked or skipped; `left_out` are goals that need a number."""
    if skipped:
        text = w.n("⏭ {count} goal skipped.", "⏭ {count} goals skipped.", count)
    else:
        text = w.n("✅ {count} goal done.", "✅ {count} goals done.", count)
    return text if not left_out else text + "\n" + w.t("These need a number: {names}.", names=_listed(left_out, w))


def whether_all(on: date, titles: Sequence[str], left_out: Sequence[str], w: Words, *, skipped: bool) -> str:
    """Asks whether to tick or skip everything that is open on a day."""
    if not titles:
        text = w.t("Nothing is open on {day}.", day=w.date(on))
    elif skipped:
        text = w.t("Skip all on {day}: {names}?", day=w.date(on), names=_listed(titles, w))
    else:
        text = w.t("Is all done on {day}: {names}?", day=w.date(on), names=_listed(titles, w))
    return text if not left_out else text + "\n" + w.t("These need a number: {names}.", names=_listed(left_out, w))


def settled_days(title: str, first: date, last: date, count: int, w: Words) -> str:
    """The answer when the same was logged on several days."""
    span = w.span(first, last)
    return w.n(
        "{title}, {span}: {count} day logged.", "{title}, {span}: {count} days logged.", count, title=bold(title),
        span=span,
    )  # fmt: skip


def _listed(titles: Sequence[str], w: Words) -> str:
    shown = [f"“{esc(cut(title, 40))}”" for title in titles[:MOST_NAMED]]
    return w.listed(shown) + (" …" if len(titles) > MOST_NAMED else "")


def other_chat(w: Words) -> str:
    """The refusal of an edit that would move an entry from one chat's goals to another's."""
    return w.t("What that message logged and what it says now belong to different chats: write the new one anew.")


def too_many_lines(most: int, w: Words) -> str:
    """The refusal of a message with too many lines."""
    return w.t("That is too much at once: a message can log {count} lines. Nothing was logged.", count=most)


def command_edited(w: Words) -> str:
    """The refusal of an edit that now means a command, which may have run already."""
    return w.t("An edit corrects what was logged, and nothing else. Send that as a new message to have it done.")


def edit_refused(reason: str, w: Words) -> str:
    """The refusal of an edit that is no log. `reason` is HTML."""
    return reason + "\n" + w.t("So I left what this message had logged as it was.")


def unclear_in_edit(name: str, w: Words) -> str:
    """The refusal of an edited line that names several goals, or none."""
    return w.t("I cannot tell which goal “{name}” means now: write its whole name.", name=esc(cut(name, 60)))


def ask_amount(title: str, unit: str | None, on: date, w: Words) -> str:
    """The question after a tap on "other…"."""
    if unit:
        return w.t(
            "{title}: how many {unit} in all for {day}? Reply with the number.",
            title=bold(cut(title, 60)),
            unit=esc(cut(unit, 20)),
            day=w.date(on),
        )
    return w.t("{title}: how much in all for {day}? Reply with the number.", title=bold(cut(title, 60)), day=w.date(on))


def counted_before(w: Words) -> str:
    """The answer to a repeated tap."""
    return w.t("This tap was counted before. Nothing was changed.")
