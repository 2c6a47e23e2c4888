"""/log and plain words: what was done, and all it adds up to."""

from __future__ import annotations

from collections.abc import Sequence

from bot.common.goals import Reach, leaves_below, reach_on
from bot.common.terms import invitation
from bot.features.group.buddy import buddys_word
from bot.features.group.members_view import way_in
from bot.features.log import choices, choose, day
from bot.features.log import sentences as talk
from bot.features.log.buttons import AmountAsked, Choosing
from bot.features.log.edits import edited
from bot.features.log.lines import MOST_LINES, Answer, read_all, wanted
from bot.features.log.mine_view import in_group
from bot.features.log.view import check_off
from bot.telegram.acts import with_words
from bot.telegram.errors import sentence
from bot.telegram.feature import (
    GROUP,
    PRIVATE,
    TICK_OFF,
    Command,
    Feature,
    HelpLine,
    Listener,
    MenuLine,
    OnAnswer,
)
from bot.telegram.html import LIMIT, units
from bot.telegram.turn import Turn
from core.actions.log import log
from core.actions.logged import CheckOff
from core.errors import GoaltreeError, ValueNeeded
from core.group.permissions import Act
from language.i18n import Words
from language.parsing.line import Goal, Line


async def log_command(turn: Turn) -> None:
    """`/log` shows the day as buttons; with words it logs them."""
    if turn.args:
        reach = await reach_on(turn, turn.about)
        await _log_lines(turn, reach, await read_all(turn, reach), talking=False)
    else:
        await day.show_today(turn)


async def free_text(turn: Turn) -> None:
    """Plain words in a private chat: a log if they name a goal, else one gentle sentence."""
    if not turn.is_private:
        return
    turn.args = turn.text
    reach = await reach_on(turn, turn.about)
    if not reach.readings:
        await turn.reply(invitation(turn.words))
        return
    lines = await read_all(turn, reach)
    understood = [line for line in lines if isinstance(line, Line)]
    if len(understood) < len(lines) or any(_says_a_log(line) for line in understood):
        await _log_lines(turn, reach, lines, talking=True)
    elif perhaps := next((line for line in understood if line.goals), None):
        await _ask_whether(turn, perhaps, lines.index(perhaps))
    else:
        await turn.reply(talk.not_understood(_nearest(understood)[:3], turn.words))


def _nearest(lines: Sequence[Line]) -> list[Goal]:
    """The goals that the lines resemble, each once."""
    return list(dict.fromkeys(goal for line in lines for goal in line.nearest))


def _says_a_log(line: Line) -> bool:
    """Whether a line names a goal and does not sound like talk."""
    return bool(line.goals) and not line.sounds_like_talk


async def _ask_whether(turn: Turn, line: Line, part: int) -> None:
    """Asks whether words that sound like talk are to be logged."""
    await choose.keep_notes(turn, {part: line.said.note or ""})
    await turn.reply(*choices.perhaps(line.goals, line.said, _origin(turn, part), turn.words))


async def words_in_reply(turn: Turn) -> None:
    """Words in a group that reply to its round: a log if they name a goal; else people talk to each other."""
    turn.args = turn.text
    reach = await reach_on(turn, turn.about)
    lines = await read_all(turn, reach)
    if any(isinstance(line, Line) and _says_a_log(line) for line in lines):
        await _log_lines(turn, reach, lines, talking=True)


async def amount(turn: Turn, asked: AmountAsked) -> None:
    """The answer to "How much?"."""
    if not await day.take_amount(turn, asked):
        await free_text(turn)


async def _written_meanwhile(turn: Turn, _: Choosing) -> None:
    """Words while a goal is to be chosen by a button: a new log."""
    await free_text(turn)


async def _log_lines(turn: Turn, reach: Reach, lines: list[Line | Answer], *, talking: bool) -> None:
    if not reach.readings:
        await turn.reply(invitation(turn.words))
        return
    if len(lines) > MOST_LINES:
        await turn.reply(talk.too_many_lines(MOST_LINES, turn.words))
        return
    answers = [
        line if isinstance(line, Answer) else await _log_line(turn, reach, line, part, talking=talking)
        for part, line in enumerate(lines)
    ]
    await _keep_notes(turn, lines, answers)
    for answer in _joined(await _with_buddy(turn, answers)):
        await turn.reply(answer.text, answer.keyboard)


async def _keep_notes(turn: Turn, lines: Sequence[Line | Answer], answers: Sequence[Answer]) -> None:
    """Keeps the notes of those lines whose goal is yet to be chosen by a button."""
    notes = {}
    for part, (line, answer) in enumerate(zip(lines, answers, strict=True)):
        if answer.keyboard and isinstance(line, Line) and line.said.note:
            notes[part] = line.said.note
    if notes:
        await choose.keep_notes(turn, notes)


async def _with_buddy(turn: Turn, answers: list[Answer]) -> list[Answer]:
    """The answers, with what waits for a buddy's word below the last."""
    logged = [answer.logged for answer in answers if answer.logged is not None]
    waits, keyboard = await buddys_word(turn, max(done.on for done in logged)) if logged else ("", ())
    if not waits:
        return answers
    if answers[-1].keyboard:
        return [*answers, Answer(waits, keyboard)]
    return [*answers[:-1], Answer(f"{answers[-1].text}\n{waits}", keyboard)]


async def _log_line(turn: Turn, reach: Reach, line: Line, part: int, *, talking: bool) -> Answer:
    w, origin = turn.words, _origin(turn, part)
    if not line.goals:
        return Answer(*choices.unknown(line.name, line.nearest, line.said, origin, w))
    if talking and line.sounds_like_talk:
        return Answer(*choices.perhaps(line.goals, line.said, origin, w))
    if len(line.goals) > 1:
        return Answer(*choices.which(line.name, line.goals, line.said, origin, w))
    goal = line.goals[0]
    if not goal.leaf:
        return Answer(*choices.below(goal.title, leaves_below(reach.readings, goal.id), line.said, origin, w))
    try:
        wished = await wanted(turn, reach, goal, line.said, turn.source_key(part))
        done = await log(turn.store, turn.actor_in(reach.chat_of(turn, goal.id)), wished, turn.now, turn.caps)
    except ValueNeeded as error:
        if reach.group_of(goal.id):
            return Answer(sentence(error, w))
        return Answer(*await day.amounts_for(turn, goal.id, line.said.on, above=sentence(error, w)))
    except GoaltreeError as error:
        return Answer(sentence(error, w), way_in(error, w, is_private=turn.is_private))
    return Answer(_told(reach, done, w), logged=done)


def _told(reach: Reach, done: CheckOff, w: Words) -> str:
    group = reach.group_of(done.leaf.id)
    return in_group(group, check_off(done, w), w) if group else check_off(done, w)


def _origin(turn: Turn, part: int) -> tuple[int, int]:
    return (turn.message.message_id if turn.message else 0), part


def _joined(answers: list[Answer]) -> list[Answer]:
    """Answers without buttons share a message as far as they fit."""
    joined: list[Answer] = []
    for answer in answers:
        last = joined[-1] if joined else None
        if last and not last.keyboard and not answer.keyboard and units(last.text + answer.text) < LIMIT - 2:
            joined[-1] = Answer(f"{last.text}\n\n{answer.text}")
        else:
            joined.append(answer)
    return joined


FEATURE = Feature(
    commands=(Command("log", log_command, with_words(Act.SEE, Act.LOG), after_edit=edited, edit_act=Act.LOG),),
    menu=(MenuLine("log", "Tick off today's goals, or log one: /log run 5", {PRIVATE: 10, GROUP: 90}),),
    answers=(OnAnswer(AmountAsked, amount, Act.LOG), OnAnswer(Choosing, _written_meanwhile, Act.LOG)),
    listeners=(Listener(100, lambda turn: turn.is_private and bool(turn.text), free_text),),
    after_edit=edited,
    after_edit_act=Act.LOG,
    help=(
        HelpLine(TICK_OFF, "<code>run 5</code> – just say it", {PRIVATE: 10}),
        HelpLine(TICK_OFF, "/log – today's goals as buttons", {PRIVATE: 20}),
        HelpLine(TICK_OFF, "<code>/log run 5 yesterday felt great</code> – a day and a note", {PRIVATE: 30}),
        HelpLine(
            TICK_OFF,
            "<code>/log run =7</code> – sets the day; <code>/log gym skip</code> – leaves it out",
            {PRIVATE: 40},
        ),
        HelpLine(TICK_OFF, "/log – today's goals as buttons; each tap counts for whoever taps", {GROUP: 20}),
        HelpLine(
            TICK_OFF, "<code>/log run 5</code> – a number; <code>/log gym skip</code> – leaves it out", {GROUP: 30}
        ),
    ),
)
