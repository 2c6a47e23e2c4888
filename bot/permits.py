"""What each command, button and answer does in a group: which act of `core.permissions` it is. Asked in one place,
before any handler runs, so that old buttons, forged data and replies get no further than words do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bot.actor import Standing
from bot.turn import Turn
from core.errors import Refused
from core.permissions import MAY, Act, Role, check, may

Choice = Act | None | Callable[[Turn], Act | None]
"""The act of a handler, or how it follows from what was written; None: anybody may."""


def _with_words(bare: Act | None, act: Act) -> Callable[[Turn], Act | None]:
    """Words behind the command make it something else."""
    return lambda turn: act if turn.args else bare


def _pages_or_closes(turn: Turn) -> Act:
    return Act.SEE if turn.args.count(":") == 1 else Act.EDIT_TREE


COMMANDS: Mapping[str, Choice] = {
    "start": None,
    "help": None,
    "cancel": None,
    "join": Act.JOIN,
    "leave": Act.LEAVE,
    "log": _with_words(Act.SEE, Act.LOG),
    "undo": Act.LOG,
    "tree": Act.SEE,
    "summary": Act.SEE,
    "streaks": Act.SEE,
    "digest": Act.SEE,
    "plan": Act.EDIT_TREE,
    "archive": Act.EDIT_TREE,
    "export": Act.SETTINGS,
    "import": Act.EDIT_TREE,
    "settings": _with_words(Act.SEE, Act.SETTINGS),
    "remind": _with_words(Act.SEE, Act.SETTINGS),
    "publish": _with_words(Act.SEE, Act.PUBLISH),
    "unpublish": Act.PUBLISH,
    "board": Act.SEE,
    "nudge": Act.NUDGE,
    "nudges": Act.NUDGE,
    "away": Act.AWAY,
    "back": Act.AWAY,
    "buddy": Act.LOG,
    "forget_me": None,
    "share": None,
    "unshare": None,
    "shared": Act.SEE_SHARE,
    "invite": Act.SETTINGS,
}
CALLBACKS: Mapping[str, Choice] = {
    "example": None,
    "join": Act.JOIN,
    "log": Act.LOG,
    "pick": Act.LOG,
    "ask": Act.LOG,
    "tree": Act.SEE,
    "sum": Act.SEE,
    "digest": Act.SEE,
    "plan": Act.EDIT_TREE,
    "arch": Act.EDIT_TREE,
    "close": _pages_or_closes,
    "zone": Act.SETTINGS,
    "set": Act.SETTINGS,
    "rem": Act.SETTINGS,
    # These ask by themselves: each of their buttons is for other people.
    "rd": None,
    "bud": None,
    "my": None,
    "forget": None,
    "share": None,
    "unshare": None,
    "shared": Act.SEE_SHARE,
}
STATES: Mapping[str, Choice] = {
    "zone": Act.SETTINGS,
    "first": Act.EDIT_TREE,
    "amount": Act.LOG,
    "choosing": Act.LOG,
    "plan.title": Act.EDIT_TREE,
    "plan.until": Act.EDIT_TREE,
    "plan.goals": Act.EDIT_TREE,
    "plan.aim": Act.EDIT_TREE,
    "plan.preview": Act.EDIT_TREE,
    "close.target": Act.EDIT_TREE,
    "remind": Act.SETTINGS,
}
EDITS: Mapping[str, Choice] = {"": Act.LOG, "log": Act.LOG, "plan": Act.EDIT_TREE}
REPLY: Choice = None
"""Words that answer a round may be talk among people, whoever they are: what is a log asks when it is logged."""

OF_PART = {"COMMANDS": COMMANDS, "CALLBACKS": CALLBACKS, "STATES": STATES, "EDITS": EDITS}


def missing(part: str, names: Iterable[str]) -> set[str]:
    """Handlers of a part that say nothing here: what they may is not left to chance."""
    return set(names) - OF_PART[part].keys()


async def permit(turn: Turn, choice: Choice) -> None:
    """Raises `Refused` if whoever acts may not do this in this group. A private chat is one's own."""
    act = choice(turn) if callable(choice) else choice
    if turn.is_private:
        return
    if act is None:
        if turn.actor.standing is Standing.CHANNEL:
            raise Refused("channel")
        return
    roles, members_plan = await turn.roles(), turn.owner.members_plan
    if not may(act, roles, members_plan=members_plan) and Role.ADMIN in MAY[act]:
        roles = await turn.roles(asks_telegram=True)
    check(act, roles, members_plan=members_plan)
