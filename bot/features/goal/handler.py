"""/goal opens a goal's card; its buttons and commands change the goal: /rename, /target, /move, /add, /pause, /end …"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from typing import Protocol

from bot.common.cards import ShowGoal
from bot.common.goals import goals_of, readings_on
from bot.features.goal import adding, ask_view, changed_view, changing, ending, pausing, placing
from bot.features.goal.asking import edit_key, goal_of_chat, leave, meant, plainly
from bot.features.goal.buttons import (
    AddWithNumber,
    ArchiveGoal,
    BeginChange,
    ChooseGoal,
    ChooseToArchive,
    DeleteGoal,
    EditAsked,
    EndPause,
    FromDay,
    GoalAction,
    KeepGoal,
    Leave,
    MoveBefore,
    MoveBelow,
    NumberAsked,
    PauseDays,
    SinceAsked,
    TakeUp,
)
from bot.features.goal.card_view import card
from bot.features.log import handler as log
from bot.features.log.clear import clearly_logs
from bot.features.plan.leaving import leavable
from bot.telegram.feature import (
    ADMINS,
    FOR_ADMINS,
    GROUP,
    LOOK,
    PLAN,
    PRIVATE,
    Command,
    Feature,
    HelpLine,
    MenuLine,
    OnAnswer,
    OnTap,
)
from bot.telegram.turn import Handler, Turn
from core.actions.edit.moving import NewPlace, move
from core.actions.goal_card import read_goal_card
from core.group.permissions import Act
from language.meanings import Meaning
from language.parsing.edits.naming import read_whole_name


class EditStep(Protocol):
    """Changes a goal as `said`, or asks for what is missing. `asked`: the words answer a question."""

    def __call__(self, turn: Turn, node_id: int, said: str, *, asked: bool) -> Awaitable[None]: ...


async def _card(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    await leave(turn)
    goal = await read_goal_card(turn.store, turn.actor, node_id, turn.today)
    await turn.edit(*card(goal, turn.words))


_STEPS: Mapping[GoalAction, EditStep] = {
    GoalAction.CARD: _card,
    GoalAction.RENAME: changing.give_name,
    GoalAction.TARGET: changing.set_target,
    GoalAction.DAYS: changing.set_days,
    GoalAction.MOVE: placing.put,
    GoalAction.PAUSE: pausing.take_days,
    GoalAction.BACK: pausing.end_days,
    GoalAction.END: ending.ask_end,
    GoalAction.DELETE: ending.ask_delete,
    GoalAction.ADD: adding.add_below,
}


@plainly
async def _step(what: GoalAction, turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    await _STEPS[what](turn, node_id, said, asked=asked)


def _command(what: GoalAction) -> Handler:
    """The handler of a command with a goal's name and the change."""

    async def handle(turn: Turn) -> None:
        named = await meant(turn, what, turn.args)
        if named is not None:
            await _step(what, turn, *named, asked=False)

    return handle


async def _chosen(turn: Turn, button: ChooseGoal) -> None:
    """Continues with the chosen goal. The question holds the words about it."""
    asked = await turn.recall()
    if isinstance(asked, EditAsked) and asked.node is None:
        await _step(asked.what, turn, button.node, asked.said or "", asked=False)
    else:
        await turn.answer(ask_view.over(turn.words), alert=True)


async def _place(turn: Turn, button: MoveBefore) -> None:
    """Moves the goal up or down, and updates its card."""
    _, node = await goal_of_chat(turn, button.node)
    if node.parent_id is not None:
        place = NewPlace(node.parent_id, button.before or None)
        done = await move(turn.store, turn.actor, node.id, place, turn.now, source_key=edit_key(turn))
        await turn.answer(changed_view.moved(done, turn.words))
    await _card(turn, node.id, "", asked=False)


async def _leave(turn: Turn, _: Leave) -> None:
    await leave(turn)
    await turn.edit(ask_view.left(turn.words))


async def _answered(turn: Turn, asked: EditAsked) -> None:
    """Handles words that answer the question, or log a goal meanwhile."""
    if await _is_aside(turn, asked):
        await log.free_text(turn)
        await turn.reply(ask_view.still_open(turn.words), silent=True)
    elif asked.what is GoalAction.ADD and asked.node is None and not asked.said:
        turn.args = turn.text
        await plainly(adding.add_command)(turn)
    elif asked.node is None:
        wanted = await meant(turn, asked.what, turn.text)
        if wanted is not None:
            node_id, rest = wanted
            await _step(asked.what, turn, node_id, asked.said or rest, asked=False)
    else:
        await _step(asked.what, turn, asked.node, await _said_of_it(turn, asked), asked=True)


async def _said_of_it(turn: Turn, asked: EditAsked) -> str:
    """The words without the goal's title in front, except for a new name, which may begin with it."""
    title = await _title(turn, asked)
    is_named = title and asked.what is not GoalAction.RENAME and turn.text.casefold().startswith(f"{title.casefold()} ")
    return turn.text[len(title) :].strip() if is_named else turn.text


async def _is_aside(turn: Turn, asked: EditAsked) -> bool:
    """Whether the words are a log, and not about the goal in question or the name of a goal."""
    if not turn.is_private or not await clearly_logs(turn):
        return False
    if asked.node is None:
        goals = goals_of(await readings_on(turn))
        if asked.what is GoalAction.ADD:  # a leaf is not offered as a parent
            goals = [goal for goal in goals if not goal.leaf]
        return not read_whole_name(turn.text, goals).goals
    title = await _title(turn, asked)
    return not title or not turn.text.casefold().startswith(title.casefold())


async def _title(turn: Turn, asked: EditAsked) -> str:
    """The title of the goal in question; empty if the question is about everything. Raises `NotFound` if the goal is
    gone."""
    return (await goal_of_chat(turn, asked.node))[1].title if asked.node else ""


async def _since_said(turn: Turn, asked: SinceAsked) -> None:
    if turn.is_private and await clearly_logs(turn):
        await log.free_text(turn)
        await turn.reply(ask_view.still_open(turn.words), silent=True)
    else:
        await plainly(changing.since_said)(turn, asked)


FEATURE = Feature(
    commands=(
        Command("goal", _command(GoalAction.CARD), Act.SEE),
        Command("rename", _command(GoalAction.RENAME), Act.EDIT_TREE, spoken=True),
        Command("target", _command(GoalAction.TARGET), Act.EDIT_TREE, spoken=True),
        Command("move", _command(GoalAction.MOVE), Act.EDIT_TREE, spoken=True),
        Command("add", plainly(adding.add_command), Act.EDIT_TREE, spoken=True),
        Command("end", _command(GoalAction.END), Act.EDIT_TREE),
        Command("archive", _command(GoalAction.END), Act.EDIT_TREE, spoken=True),
        Command("delete", _command(GoalAction.DELETE), Act.EDIT_TREE),
        Command("pause", pausing.pause_command, None, spoken=True),
        Command("back", pausing.back_command, None, said=Meaning.BACK_AGAIN),
    ),
    menu=(
        MenuLine("goal", "One goal, and how to change it: /goal gym", {PRIVATE: 35, ADMINS: 165}),
        MenuLine("pause", "Days off: /pause 2 weeks", {PRIVATE: 65, ADMINS: 167}),
    ),
    taps=(
        OnTap(ShowGoal, lambda turn, button: _card(turn, button.node, "", asked=False), Act.SEE),
        OnTap(BeginChange, lambda turn, button: _step(button.what, turn, button.node, "", asked=True), Act.EDIT_TREE),
        OnTap(ChooseGoal, _chosen, Act.EDIT_TREE),
        OnTap(MoveBelow, plainly(placing.put_below), Act.EDIT_TREE),
        OnTap(MoveBefore, plainly(_place), Act.EDIT_TREE),
        OnTap(TakeUp, plainly(ending.take_up_tapped), Act.EDIT_TREE),
        OnTap(DeleteGoal, plainly(ending.delete_tapped), Act.EDIT_TREE),
        OnTap(ChooseToArchive, ending.ask_end_of, Act.EDIT_TREE),
        OnTap(ArchiveGoal, plainly(ending.end_tapped), Act.EDIT_TREE),
        OnTap(KeepGoal, ending.keep, Act.EDIT_TREE),
        OnTap(FromDay, plainly(changing.since_tapped), Act.EDIT_TREE),
        OnTap(PauseDays, pausing.days_tapped, Act.EDIT_TREE),
        OnTap(EndPause, pausing.end_pause_tapped, Act.EDIT_TREE),
        OnTap(AddWithNumber, plainly(adding.number_tapped), Act.EDIT_TREE),
        OnTap(Leave, _leave, None),
    ),
    answers=(
        OnAnswer(EditAsked, leavable(_answered), Act.EDIT_TREE),
        OnAnswer(SinceAsked, leavable(_since_said), Act.EDIT_TREE),
        OnAnswer(NumberAsked, leavable(plainly(adding.number_said)), Act.EDIT_TREE),
    ),
    help=(
        HelpLine(LOOK, "<code>/goal gym</code> – one goal, and all that can be changed", {PRIVATE: 15, GROUP: 15}),
        HelpLine(
            PLAN,
            "<code>/target run 8 from 1 Jan</code>, <code>/rename gym Weights</code>, "
            "<code>/move gym below Body</code>, <code>/add Body: Stretch</code> – change the tree",
            {PRIVATE: 25},
        ),
        HelpLine(
            PLAN,
            "<code>/pause 2 weeks</code>, <code>/pause gym until 12 Jan</code> – days off; /back ends them",
            {PRIVATE: 27},
        ),
        HelpLine(
            PLAN,
            "<code>/end gym</code> – ends a goal and keeps its history; <code>/back gym</code> takes it up again",
            {PRIVATE: 30},
        ),
        HelpLine(FOR_ADMINS, "<code>/goal gym</code> changes a goal; <code>/end gym</code> ends one", {GROUP: 11}),
        HelpLine(FOR_ADMINS, "<code>/pause 2 weeks</code> – days off for all; /back ends them", {GROUP: 12}),
    ),
)
