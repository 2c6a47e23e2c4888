"""/undo: takes back what whoever asks did last: a check-off, or a change of their goals."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.features.log.mine_view import in_group
from bot.features.log.undo_view import with_nothing_changed, worded
from bot.telegram.feature import GROUP, PRIVATE, TICK_OFF, Command, Feature, HelpLine, MenuLine
from bot.telegram.turn import Turn
from core.actions.edit.undo import undo_last
from core.goals.model import Owner
from core.group.permissions import Act
from core.ports.store import Transaction


async def undo_command(turn: Turn) -> None:
    """Says what was taken back, and where everything stands without it."""
    if turn.args:
        await turn.reply(with_nothing_changed(turn.words))
        return
    user_id = turn.user_id
    group = await turn.store.read(lambda tx: _newest_in(tx, turn, user_id)) if turn.is_private and user_id else None
    actor = turn.actor_in(group.chat_id) if group else turn.actor
    done = await undo_last(turn.store, actor, turn.now, source_key=turn.source_key())
    said = worded(done, turn.words)
    await turn.reply(in_group(group, said, turn.words) if group else said)


def _newest_in(tx: Transaction, turn: Turn, user_id: int) -> Owner | None:
    """The group in which somebody logged last, from wherever; None if they did something in their own chat since. For a
    message that arrives again: where it took something back."""
    groups = [group for _, group in tx.members.of_user(user_id)]
    if before := tx.entries.taken_back_by(turn.source_key()):
        return next((group for group in groups if group.chat_id == before[1]), None)
    if tx.edits.undone_by(turn.source_key()):
        return None
    edit = tx.edits.latest(turn.owner.id, user_id)
    told = (_last_logged(tx, turn.owner, user_id), None if edit is None else edit.at)
    own = [at for at in told if at is not None]
    latest = [(at, group) for group in groups if (at := _last_logged(tx, group, user_id))]
    at, group = max(latest, key=lambda pair: pair[0], default=(None, None))
    return group if at is not None and at > max(own, default=datetime.min.replace(tzinfo=UTC)) else None


def _last_logged(tx: Transaction, owner: Owner, user_id: int) -> datetime | None:
    return next((entry.created_at for entry in tx.entries.of_owner_latest(owner.id, user_id, 1)), None)


FEATURE = Feature(
    commands=(Command("undo", undo_command, Act.UNDO, plain=True),),
    menu=(MenuLine("undo", "Take back what you did last", {PRIVATE: 70, GROUP: 140}),),
    help=(
        HelpLine(TICK_OFF, "/undo – takes back what you did last; editing your message corrects it", {PRIVATE: 50}),
        HelpLine(TICK_OFF, "/undo – takes back what you did last; editing your message corrects it", {GROUP: 50}),
    ),
)
