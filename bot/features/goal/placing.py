"""Moves a goal below another, or up and down among its siblings."""

from __future__ import annotations

from bot.common.goals import goals_of, readings_on
from bot.features.goal import ask_view, changed_view
from bot.features.goal.asking import ask, edit_key, goal_of_chat, leave
from bot.features.goal.buttons import EditAsked, GoalAction, MoveBelow
from bot.features.goal.card_view import to_card
from bot.telegram.turn import Turn
from core.actions.edit.edited import Edited
from core.actions.edit.moving import NewPlace, move
from core.goals.model import Level, Node
from core.goals.tree import Tree
from language.parsing.edits.moving import read_place
from language.parsing.edits.naming import read_whole_name


async def put(turn: Turn, node_id: int, said: str, *, asked: bool) -> None:
    """Moves a goal to where the words say; asks if they are empty or the name is ambiguous."""
    reading, node = await goal_of_chat(turn, node_id)
    place = read_place(said, turn.lexicon)
    if place.steps and node.parent_id is not None:
        await _move(turn, node, NewPlace(node.parent_id, _before(reading.tree, node, place.steps)))
        return
    if not place.below:
        await ask(
            turn, EditAsked(GoalAction.MOVE, node_id), *ask_view.move(node, fitting(reading.tree, node), turn.words)
        )
        return
    goals = [goal for goal in goals_of(await readings_on(turn)) if not goal.over]
    named = read_whole_name(place.below, [goal for goal in goals if goal.id != node_id])
    if not named.goals:  # the goal's own name is refused
        named = read_whole_name(place.below, goals)
    if named.sure is not None:
        await _move(turn, node, _below(reading.tree, node, named.sure.id))
    else:
        await ask(turn, EditAsked(GoalAction.MOVE, node_id), *ask_view.below_which(node, named, turn.words))


def _before(tree: Tree, node: Node, steps: int) -> int | None:
    """The sibling before which the goal stands after moving down `steps` places; None: behind all others."""
    order = [one.id for one in tree.children(tree.nodes[node.parent_id or 0])]
    others = [one for one in order if one != node.id]
    at = max(order.index(node.id) + steps, 0)
    return others[at] if at < len(others) else None


def _below(tree: Tree, node: Node, parent_id: int) -> NewPlace:
    """The place behind all children of a parent; the goal's own place if it is already below that parent."""
    return NewPlace(parent_id, _before(tree, node, 0) if parent_id == node.parent_id else None)


def fitting(tree: Tree, node: Node) -> list[Node]:
    """The possible new parents: goals of the tree that have goals below them."""
    inside = {below.id for _, below in tree.walk(node)}
    return [
        one
        for one in tree.goals()
        if one.id not in inside
        and one.id != node.parent_id
        and not tree.is_loggable(one)
        and (node.level is Level.RANGE or node.level.rank <= one.level.rank)
    ]


async def put_below(turn: Turn, button: MoveBelow) -> None:
    """Moves a goal to the parent and place of a button."""
    reading, node = await goal_of_chat(turn, button.node)
    await _move(turn, node, _below(reading.tree, node, button.parent))


async def _move(turn: Turn, node: Node, place: NewPlace) -> Edited:
    done = await move(turn.store, turn.actor, node.id, place, turn.now, source_key=edit_key(turn))
    await leave(turn)
    await turn.edit(changed_view.moved(done, turn.words), (to_card(node.id, node.title),))
    return done
