"""Who words which kind of scheduled message."""

from __future__ import annotations

from collections.abc import Mapping

from bot.letters import Writer, digest, nudge, prompt, publication, round
from core.reminders import MessageKind

WRITERS: Mapping[MessageKind, Writer] = {
    MessageKind.CHECK_IN: prompt.check_in,
    MessageKind.NUDGE: prompt.check_in,
    MessageKind.ROUND_UP: round.round_up,
    MessageKind.NUDGE_MEMBER: nudge.nudge,
    MessageKind.WEEKLY_DIGEST: digest.digest,
    MessageKind.MONTHLY_DIGEST: digest.digest,
    MessageKind.QUARTERLY_DIGEST: digest.digest,
    MessageKind.UNPUBLISHED: publication.unpublished,
}
