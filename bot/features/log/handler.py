"""/log and plain words: logs what was done, and shows all that it adds up to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.common.goals import Reach, context_of, reach_on
from bot.common.terms import invitation
from bot.features.help.handler import unknown
from bot.features.log import choices, choose, day
from bot.features.log import sentences as talk
from bot.features.log.answers import log_lines
from bot.features.log.buttons import AmountAsked, Choosing
from bot.features.log.edits import edited
from bot.features.log.lines import origin_of, read_all
from bot.features.log.put_right import puts_right
from bot.features.log.small_talk import answers_talk
from bot.features.log.whole_day import answers_whole_day
from bot.telegram.acts import with_words
from bot.telegram.errors import sentence
from bot.telegram.feature import GROUP, PRIVATE, TICK_OFF, Command, Feature, HelpLine, Listener, MenuLine, OnAnswer
from bot.telegram.turn import Turn
from core.group.permissions import Act
from language.meanings import Meaning
from language.parsing.amounts import begins_amount
from language.parsing.line import KnownGoal, SaidLine
from language.parsing.log_text import only_a_day
from language.parsing.names import find_name
from language.tokens import phrase, tokens


async def log_command(turn: Turn) -> None:
    """`/log` shows the day as buttons, `/log yesterday` another one; with more words it logs them."""
    if turn.args:
        reach = await reach_on(turn, turn.about)
        if on := only_a_day(turn.args, reach.goals, context_of(turn, turn.about)):
            await day.show_day(turn, on)
        elif not await answers_whole_day(turn, reach) and not await _is_talk(turn, reach):
            await log_lines(turn, reach, await read_all(turn, reach), talking=False)
    else:
        await day.show_day(turn)


async def _is_talk(turn: Turn, reach: Reach) -> bool:
    """Answers words that a group says to the bot and that are no log. Returns whether it did."""
    if turn.text.startswith("/"):
        return False
    return await puts_right(turn, reach) or await answers_talk(turn, reach)


async def free_text(turn: Turn) -> None:
    """Handles plain words in a private chat: logs them if they name a goal, else answers with one gentle sentence."""
    if not turn.is_private:
        return
    turn.args = turn.text
    reach = await reach_on(turn, turn.about)
    if not reach.trees:
        await turn.reply(invitation(turn.words))
        return
    if on := only_a_day(turn.args, reach.goals, context_of(turn, turn.about)):
        await day.show_day(turn, on)
        return
    if await answers_whole_day(turn, reach) or await puts_right(turn, reach) or await answers_talk(turn, reach):
        return
    await _answer_lines(turn, reach)


async def _answer_lines(turn: Turn, reach: Reach) -> None:
    """Logs words that name a goal; answers others as talk."""
    lines = await read_all(turn, reach)
    understood = [line for line in lines if isinstance(line, SaidLine)]
    if len(understood) < len(lines) or any(_says_a_log(line) for line in understood):
        await log_lines(turn, reach, lines, talking=True)
    else:
        await _answer_talk(turn, understood)


async def _answer_talk(turn: Turn, lines: Sequence[SaidLine]) -> None:
    """Asks about the goals that the words may name, or says that they were not understood."""
    if perhaps := next((line for line in lines if line.goals), None):
        await _ask_whether(turn, perhaps, lines.index(perhaps))
    elif near := next((line for line in lines if line.nearest), None):
        await _offer_nearest(turn, near, lines.index(near))
    elif re.search(turn.lexicon.any_of(Meaning.ABSENT), phrase(turn.text)):
        await turn.reply(talk.going_away(turn.words))
    else:
        await turn.reply(talk.not_understood(turn.words, is_near=False))


async def _offer_nearest(turn: Turn, line: SaidLine, part: int) -> None:
    """Offers the goals that resemble words that name none."""
    await choose.keep_notes(turn, {part: line.said.note or ""})
    text = talk.not_understood(turn.words, is_near=True)
    await turn.reply(text, choices.buttons(line.nearest, line.said, origin_of(turn, part), turn.words))


def _says_a_log(line: SaidLine) -> bool:
    """Whether a line names a goal and does not sound like talk."""
    return bool(line.goals) and not line.sounds_like_talk


async def _ask_whether(turn: Turn, line: SaidLine, part: int) -> None:
    """Asks whether words that sound like talk are to be logged."""
    await choose.keep_notes(turn, {part: line.said.note or ""})
    origin, w = origin_of(turn, part), turn.words
    if line.doubt is not None:
        doubt, why = line.doubt.without_days_ahead(turn.today), sentence(line.doubt.why, w)
        await turn.reply(*choices.doubtful(why, line.goals, doubt, turn.about, origin, w))
        return
    await turn.reply(*choices.perhaps(line.goals, line.said, origin, w))


async def _unknown_command(turn: Turn) -> None:
    """Logs a goal's name with a slash before it; refuses any other unknown command."""
    reach = await reach_on(turn, turn.about)
    text = turn.text.removeprefix("/").strip()
    if find_name(tokens(text), reach.goals, context_of(turn, turn.about)) is None:
        await unknown(turn)
        return
    turn.args = text
    await log_lines(turn, reach, await read_all(turn, reach), talking=False)


async def words_in_reply(turn: Turn, asked: KnownGoal | None = None) -> None:
    """Handles words in a group that reply to its round. They are a log if they name a goal, or begin with an amount and
    `asked` is the only goal that counts; otherwise people talk to each other."""
    heard = tokens(turn.text)
    begins = asked and heard and begins_amount(heard, 0, turn.lexicon)
    turn.args = f"{asked.title} {turn.text}" if asked and begins else turn.text
    reach = await reach_on(turn, turn.about)
    if await answers_whole_day(turn, reach):
        return
    lines = await read_all(turn, reach)
    if any(isinstance(line, SaidLine) and _says_a_log(line) for line in lines):
        await log_lines(turn, reach, lines, talking=True)


async def amount(turn: Turn, asked: AmountAsked) -> None:
    """Handles the answer to "How much?"."""
    if not await day.take_amount(turn, asked):
        await free_text(turn)


FEATURE = Feature(
    commands=(
        Command(
            "log",
            log_command,
            with_words(Act.SEE, Act.LOG),
            after_edit=edited,
            edit_act=Act.LOG,
            mentioned=True,
            said=Meaning.ASK_DAY,
        ),
    ),
    menu=(MenuLine("log", "Tick off today's goals, or log one: /log run 5", {PRIVATE: 10, GROUP: 90}),),
    answers=(OnAnswer(AmountAsked, amount, Act.LOG), OnAnswer(Choosing, None, None)),
    listeners=(
        Listener(100, lambda turn: turn.is_private and bool(turn.text), free_text),
        # People may reply to the question but mean the round; a stranger's words, or talk, log nothing.
        Listener(101, lambda turn: turn.replies_to_us and bool(turn.text), words_in_reply),
    ),
    unknown_command=_unknown_command,
    after_edit=edited,
    after_edit_act=Act.LOG,
    help=(
        HelpLine(TICK_OFF, "<code>run 5</code> – just say it", {PRIVATE: 10}),
        HelpLine(
            TICK_OFF,
            "/log – today's goals as buttons; <code>/log yesterday</code> – those of another day",
            {PRIVATE: 20},
        ),
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
