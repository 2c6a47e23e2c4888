"""/log and plain words: what was done, and all it adds up to. An edited message amends what it had logged."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.acts import with_words
from bot.buttons.choose import Choosing
from bot.buttons.day import AmountAsked
from bot.errors import sentence
from bot.feature import Audience, Command, Feature, HelpLine, Listener, MenuLine, OnAnswer, Section
from bot.handlers import choose, day
from bot.handlers.buddys_word import buddys_word
from bot.handlers.goals import Reach, decimal_comma, goal_of, leaves_below, reach_on
from bot.html import LIMIT, units
from bot.keyboard import Keyboard
from bot.turn import Turn
from bot.views import choices, talk
from bot.views.check_off import check_off, taken_away
from bot.views.members import way_in
from bot.views.mine import in_group
from bot.views.today import invitation
from core.actions.log import amend, log
from core.actions.logged import CheckOff, How, Log, Outcome
from core.errors import GoaltreeError, InvalidValue, ValueNeeded
from core.model import Entry, Measure, Node
from core.permissions import Act
from core.reading import Reading
from language.i18n import Words, mark
from language.parsing.amounts import read_amount
from language.parsing.line import Context, Goal, Line, Said
from language.parsing.log_text import read_line, split_lines

MOST_LINES = 30
"""More would keep other chats waiting: finding names in a big tree takes its time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line is answered with. `logged` is what it did."""

    text: str
    keyboard: Keyboard = ()
    logged: CheckOff | None = None


async def log_command(turn: Turn) -> None:
    """`/log` shows the day as buttons; with words it logs them."""
    if turn.args:
        reach = await reach_on(turn, turn.about)
        await _log_lines(turn, reach, await _read_all(turn, reach), talking=False)
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
    lines = await _read_all(turn, reach)
    understood = [line for line in lines if isinstance(line, Line)]
    perhaps = [line for line in understood if line.goals]
    if len(understood) < len(lines) or any(not line.sounds_like_talk for line in perhaps):
        await _log_lines(turn, reach, lines, talking=True)
    elif perhaps:
        first, part = perhaps[0], lines.index(perhaps[0])
        await choose.keep_notes(turn, {part: first.said.note or ""})
        await turn.reply(*choices.perhaps(first.goals, first.said, _origin(turn, part), turn.words))
    else:
        nearest = dict.fromkeys(goal for line in understood for goal in line.nearest)
        await turn.reply(talk.not_understood(list(nearest)[:3], turn.words))


async def words_in_reply(turn: Turn) -> None:
    """Words in a group that reply to its round: a log if they name a goal; else people talk to each other."""
    turn.args = turn.text
    reach = await reach_on(turn, turn.about)
    lines = await _read_all(turn, reach)
    if any(isinstance(line, Line) and line.goals and not line.sounds_like_talk for line in lines):
        await _log_lines(turn, reach, lines, talking=True)


async def amount(turn: Turn, asked: AmountAsked) -> None:
    """The answer to "How much?"."""
    if not await day.take_amount(turn, asked):
        await free_text(turn)


async def _written_meanwhile(turn: Turn, _: Choosing) -> None:
    """Words while a goal is to be chosen by a button: a new log."""
    await free_text(turn)


async def edited(turn: Turn) -> None:
    """An edited message stands for what it says now; if that is no log, what it had logged stays."""
    reach = await reach_on(turn, turn.about)
    told = await turn.store.read(lambda tx: tx.entries.by_message(turn.source_prefix))
    before = [entry for entry in told if entry.author_id in (None, turn.user_id)]
    commanded = turn.text.startswith("/")
    total = _other_total(turn, reach.readings, before)
    wanted = [total] if total else await _amendment(turn, reach, talking=not commanded)
    if isinstance(wanted, str):
        if before:
            await turn.reply(talk.edit_refused(wanted, turn.words))
        elif commanded:
            await turn.reply(wanted)
        return
    ids = [*(entry.node_id for entry in before), *(item.node_id for item in wanted)]
    chats = {reach.chat_of(turn, id) for id in ids}
    if len(chats) > 1:
        await turn.reply(talk.edit_refused(talk.other_chat(turn.words), turn.words))
        return
    try:
        actor = turn.actor_in(chats.pop()) if chats else turn.actor
        done = await amend(turn.store, actor, turn.source_prefix, wanted, turn.now, turn.caps)
    except GoaltreeError as error:
        reason = sentence(error, turn.words)
        await turn.reply(talk.edit_refused(reason, turn.words) if before else reason)
        return
    gone = [] if any(one.outcome is Outcome.REPEATED for one in done) else _gone(reach.readings, before, done)
    for at, one in enumerate(done):
        text = check_off(one, turn.words, corrected=bool(before), alone=not gone)
        if at == 0 and gone:
            text = "\n".join([taken_away(*each, turn.words) for each in gone] + [text])
        await turn.reply(text)


def _gone(readings: list[Reading], before: Sequence[Entry], done: Sequence[CheckOff]) -> list[tuple[Node, Entry, bool]]:
    """What an edit took away without anything new on the same goal: the goal, the entry, if it is a check."""
    logged = {one.leaf.id for one in done if one.outcome is Outcome.LOGGED}
    found = []
    for entry in before:
        reading = next((reading for reading in readings if entry.node_id in reading.tree.nodes), None)
        if reading and entry.node_id not in logged:
            node = reading.tree.nodes[entry.node_id]
            named = replace(node, title=reading.tree.called(node))
            found.append((named, entry, reading.tree.measure(node) is Measure.CHECK))
    return found


def _other_total(turn: Turn, readings: list[Reading], before: Sequence[Entry]) -> Log | None:
    """What the bare number that answered a prompt was changed to, if that is one too."""
    if turn.prompt is None or len(before) != 1:
        return None
    goal = goal_of(readings, before[0].node_id)
    if not goal.number:
        return None
    try:
        value = read_amount(turn.text, goal, turn.lexicon, decimal_comma=decimal_comma(turn.words))
    except InvalidValue:
        return None
    key = f"{turn.source_key()}:{turn.update_id}"
    return Log(goal.id, before[0].on, How.SET, value, None, key)


async def _amendment(turn: Turn, reach: Reach, *, talking: bool) -> list[Log] | str:
    """What an edited message wants logged, or the sentence that says why it cannot be told."""
    wanted = []
    lines = await _read_all(turn, reach)
    if len(lines) > MOST_LINES:
        return talk.too_many_lines(MOST_LINES, turn.words)
    for part, line in enumerate(lines):
        if not isinstance(line, Line):
            return line.text
        if len(line.goals) != 1 or not line.goals[0].leaf or (talking and line.sounds_like_talk):
            return talk.unclear_in_edit(line.name, turn.words)
        # With the update's id: two edits may fall into the same second.
        key = f"{turn.source_key(part)}:{turn.update_id}"
        wanted.append(await _wanted(turn, reach, line.goals[0], line.said, key))
    return wanted or talk.unclear_in_edit("", turn.words)


async def _read_all(turn: Turn, reach: Reach) -> list[Line | Answer]:
    """Every line (one too many, if they are), understood or answered with what is wrong with it."""
    goals, lines = reach.goals, []
    for text in split_lines(turn.args)[: MOST_LINES + 1]:
        lines.append(_read(turn, goals, text))
        await asyncio.sleep(0)  # let other chats have their turn
    return lines


def _read(turn: Turn, goals: list[Goal], text: str) -> Line | Answer:
    try:
        return read_line(text, goals, Context(turn.written_on, turn.lexicon, turn.about, decimal_comma(turn.words)))
    except GoaltreeError as error:
        return Answer(sentence(error, turn.words))


async def _log_lines(turn: Turn, reach: Reach, lines: list[Line | Answer], *, talking: bool) -> None:
    if not reach.readings:
        await turn.reply(invitation(turn.words))
        return
    if len(lines) > MOST_LINES:
        await turn.reply(talk.too_many_lines(MOST_LINES, turn.words))
        return
    answers = []
    notes = {}
    for part, line in enumerate(lines):
        answer = line if isinstance(line, Answer) else await _log_line(turn, reach, line, part, talking=talking)
        if answer.keyboard and isinstance(line, Line) and line.said.note:
            notes[part] = line.said.note
        answers.append(answer)
    if notes:
        await choose.keep_notes(turn, notes)
    logged = [answer.logged for answer in answers if answer.logged is not None]
    if logged:
        waits, keyboard = await buddys_word(turn, max(done.on for done in logged))
        if waits and not answers[-1].keyboard:
            answers[-1] = Answer(f"{answers[-1].text}\n{waits}", keyboard)
        elif waits:
            answers.append(Answer(waits, keyboard))
    for answer in _joined(answers):
        await turn.reply(answer.text, answer.keyboard)


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
        wanted = await _wanted(turn, reach, goal, line.said, turn.source_key(part))
        done = await log(turn.store, turn.actor_in(reach.chat_of(turn, goal.id)), wanted, turn.now, turn.caps)
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


async def _wanted(turn: Turn, reach: Reach, goal: Goal, said: Said, source_key: str) -> Log:
    skips = said.how is How.SKIP
    if skips:
        await turn.try_whether_admin()
    value = None if skips else said.value
    on = reach.day_of(turn, goal.id, said.on)
    return Log(goal.id, on, said.how, value, said.note, source_key)


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


_PRIVATE, _GROUP = Audience.PRIVATE, Audience.GROUP
_MENU = mark("Tick off today's goals, or log one: /log run 5")

FEATURE = Feature(
    commands=(
        Command(
            "log",
            log_command,
            with_words(Act.SEE, Act.LOG),
            menu=(MenuLine(10, _PRIVATE, _MENU), MenuLine(90, _GROUP, _MENU)),
            after_edit=edited,
            edit_act=Act.LOG,
        ),
    ),
    answers=(OnAnswer(AmountAsked, amount, Act.LOG), OnAnswer(Choosing, _written_meanwhile, Act.LOG)),
    listeners=(Listener(100, lambda turn: turn.is_private and bool(turn.text), free_text),),
    after_edit=edited,
    after_edit_act=Act.LOG,
    help=(
        HelpLine(10, _PRIVATE, Section.TICK_OFF, mark("<code>run 5</code> – just say it")),
        HelpLine(20, _PRIVATE, Section.TICK_OFF, mark("/log – today's goals as buttons")),
        HelpLine(
            30, _PRIVATE, Section.TICK_OFF, mark("<code>/log run 5 yesterday felt great</code> – a day and a note")
        ),
        HelpLine(
            40,
            _PRIVATE,
            Section.TICK_OFF,
            mark("<code>/log run =7</code> – sets the day; <code>/log gym skip</code> – leaves it out"),
        ),
        HelpLine(
            20, _GROUP, Section.TICK_OFF, mark("/log – today's goals as buttons; each tap counts for whoever taps")
        ),
        HelpLine(
            30,
            _GROUP,
            Section.TICK_OFF,
            mark("<code>/log run 5</code> – a number; <code>/log gym skip</code> – leaves it out"),
        ),
    ),
)
