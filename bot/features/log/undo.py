"""/undo: takes back the last check-off of whoever asks."""

from __future__ import annotations

from bot.features.log.mine_view import in_group
from bot.features.log.view import check_off
from bot.telegram.feature import GROUP, PRIVATE, TICK_OFF, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.actions.log import undo
from core.goals.model import Owner
from core.group.permissions import Act
from core.ports.store import Transaction


async def undo_command(turn: Turn) -> None:
    """Says what was taken back, and where everything stands without it."""
    if turn.args:
        await turn.reply(
            turn.words.t("/undo takes back your last check-off, whichever it is: send it alone. Nothing was changed.")
        )
        return
    user_id = turn.user_id
    group = await turn.store.read(lambda tx: _newest_in(tx, turn, user_id)) if turn.is_private and user_id else None
    actor = turn.actor_in(group.chat_id) if group else turn.actor
    done = await undo(turn.store, actor, turn.now, source_key=turn.source_key())
    said = check_off(done, turn.words)
    await turn.reply(in_group(group, said, turn.words) if group else said)


def _newest_in(tx: Transaction, turn: Turn, user_id: int | None) -> Owner | None:
    """The group in which somebody logged last, from wherever; None if that was in their own chat. For a message that
    arrives again: where it took something back."""
    groups = [group for _, group in tx.members.of_user(user_id or 0)]
    places = [(None, turn.owner.id), *((group, group.id) for group in groups)]
    if before := tx.entries.taken_back_by(turn.source_key()):
        return next((group for group in groups if group.chat_id == before[1]), None)
    latest = [(found[0].id, group) for group, id in places if (found := tx.entries.of_owner_latest(id, user_id, 1))]
    return max(latest, key=lambda pair: pair[0], default=(0, None))[1]


FEATURE = Feature(
    commands=(Command("undo", undo_command, Act.LOG, plain=True),),
    menu=(MenuLine("undo", "Take the last entry back", {PRIVATE: 70, GROUP: 140}),),
    help=(
        HelpLine(TICK_OFF, "/undo – takes the last one back; editing your message corrects it", {PRIVATE: 50}),
        HelpLine(TICK_OFF, "/undo – takes your last one back; editing your message corrects it", {GROUP: 50}),
    ),
)
