"""/undo: reverts the sender's last check-off, or their last change of goals."""

from __future__ import annotations

from bot.features.log.mine_view import in_group
from bot.features.log.undo_view import with_nothing_changed, worded
from bot.telegram.feature import GROUP, PRIVATE, TICK_OFF, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.actions.edit.undo import group_of_last, undo_last
from core.group.permissions import Act
from language.meanings import Meaning


async def undo_command(turn: Turn) -> None:
    """Reverts the change, and shows the result."""
    if turn.args:
        await turn.reply(with_nothing_changed(turn.words))
        return
    key = turn.source_key()
    group = await group_of_last(turn.store, turn.actor, source_key=key) if turn.is_private else None
    actor = turn.actor_in(group.chat_id) if group else turn.actor
    done = await undo_last(turn.store, actor, turn.now, source_key=key)
    said = worded(done, turn.words)
    await turn.reply(in_group(group, said, turn.words) if group else said)


FEATURE = Feature(
    commands=(Command("undo", undo_command, Act.UNDO, plain=True, said=Meaning.ASK_UNDO),),
    menu=(MenuLine("undo", "Take back what you did last", {PRIVATE: 70, GROUP: 140}),),
    help=(
        HelpLine(TICK_OFF, "/undo – takes back what you did last; editing your message corrects it", {PRIVATE: 50}),
        HelpLine(TICK_OFF, "/undo – takes back what you did last; editing your message corrects it", {GROUP: 50}),
    ),
)
