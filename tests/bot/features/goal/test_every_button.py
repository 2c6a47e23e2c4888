"""One conversation, over HTTP, that taps every button of the goal card and of its questions, and makes every edit in
words as well. A new kind of button fails here until it is tapped."""

from __future__ import annotations

from contextlib import suppress
from inspect import getmembers, isclass

import pytest

from bot.features.goal import buttons
from bot.features.goal.buttons import ArchiveGoal, BeginChange, ChooseToArchive, GoalAction, KeepGoal
from bot.telegram.callback import BadButton, Callback, unpack
from tests.bot.conftest import Said, Stage, Talk
from tests.bot.planting import planted

OUTLINE = """Feel well (from 2026-10-01 until 2027-04-30)
  W: Body
    D: Gym
    D: Run = 5 km
  W: Mind
    D: Read
  D: Coffee <= 2 cups
"""
BY_BUTTONS = (
    ("/goal gym", "🟢 Gym · on track"),
    ("[Rename]", "What is Gym to be called?"),
    ("Weights", "Gym is called Weights now."),
    ("[‹ Weights]", "🟢 Weights"),
    ("[Target]", "Weights: to be ticked off. Write what it is to be"),
    ("[Cancel]", "🟢 Weights"),
    ("[Days]", "On which days is Weights to be done?"),
    ("mon wed", "from when?"),
    ("[today]", "on Mon and Wed from today on."),
    ("[‹ Weights]", "🎯 to be ticked off, on Mon and Wed"),
    ("[Move]", "Below which goal is Weights to stand?"),
    ("[Mind]", "Weights stands below Mind now."),
    ("[‹ Weights]", "Feel well › Mind"),
    ("[▲ up]", "Feel well › Mind"),
    ("[Pause]", "For how long does Weights pause?"),
    ("[3 days]", "Weights is paused from Mon 23 Nov until the end of Wed 25 Nov."),
    ("[‹ Weights]", "paused"),
    ("[End the pause]", "Weights counts again"),
    ("/goal mind", "🟢 Mind"),
    ("[Add]", "What is to be done for Mind?"),
    ("Squats 3x10", "is 30 the target?"),
    ("[Yes]", "Below Mind there is now D: Squats = 30."),
    ("/goal weights", "🟢 Weights"),
    ("[End]", "End Weights? Its history stays."),
    ("[Keep it]", "🟢 Weights"),
    ("[End]", "End Weights? Its history stays."),
    ("[End it]", "Weights has ended."),
    ("[‹ Weights]", "Weights has ended"),
    ("[Take up again]", "Weights"),
    ("run 5", "today done"),
    ("/goal run", "✅ Run · done"),
    ("[Delete]", "“Run” was logged once"),
    ("[Delete it]", "Run is deleted."),
    ("/undo", "Run is there again"),
    ("/pause weights 2 weeks", "Weights is paused"),
    ("/pause 1 week", "Everything is paused from Mon 23 Nov until the end of Sun 29 Nov."),
    ("/back", "Which pause ends?"),
    ("[Everything]", "counts again"),
    ("/goal", "Which goal do you want to see?"),
    ("[Coffee]", "at most 2 cups"),
    ("/rename", "Which goal gets a new name?"),
    ("[Read]", "What is Read to be called?"),
    ("Read aloud", "Read is called Read aloud now."),
    ("/pause", "For how long?"),
    ("[Cancel]", "Cancelled."),
    ("/pause", "For how long?"),
    ("[today]", "is paused"),
)
IN_WORDS = (
    ("/rename read aloud Read", "Read aloud is called Read now."),
    ("/target run 8", "Run: 8 km from tomorrow on"),
    ("/target coffee <= 3", "Coffee: at most 3 cups"),
    ("/target read mon wed", "Read: to be ticked off, on Mon and Wed"),
    ("/target read x2", "weight 2"),
    ("/move read below Body", "Read stands below Body now."),
    ("/move read up", "Read is 1 of"),
    ("/add Mind: D: Stretch = 10 min", "Below Mind there is now D: Stretch = 10 min."),
    ("/pause run until 12 Dec", "Run is paused"),
    ("/back run", "Run counts again"),
    ("/end stretch", "End Stretch?"),
    ("[End it]", "Stretch has ended."),
    ("/back stretch", "Stretch"),
    ("/delete stretch", "Stretch is deleted."),
    ("/undo", "Stretch is there again"),
)


@pytest.fixture
def over_http() -> bool:
    return True


class Tapping(Talk):
    """A person and the kinds of buttons that they have tapped."""

    tapped: list[str]

    async def press(self, data: str, message_id: int | None = None) -> list[Said]:
        self.tapped.append(data)
        return await super().press(data, message_id)

    async def do(self, what: str) -> str:
        """Tap a [button], or say the words; returns what is shown then."""
        heard = await (self.tap(what[1:-1]) if what.startswith("[") else self.say(what))
        return "\n".join([said.text for said in heard] + self.toasts)


async def test_every_button_is_tapped_and_every_edit_is_said(stage: Stage) -> None:
    anna = stage.talk("Anna")
    chat = Tapping(stage, anna.person, anna.chat)
    chat.tapped = []
    nodes = await planted(chat, OUTLINE)
    for what, seen in (*BY_BUTTONS, *IN_WORDS):
        assert seen in await chat.do(what), what
    # Messages of the first release still have these.
    read = nodes["Read"].id
    for old in (ChooseToArchive(read), KeepGoal(), ArchiveGoal(read)):
        await chat.press(old.pack())

    own = [kind for _, kind in getmembers(buttons, isclass) if kind.__module__ == buttons.__name__]
    kinds = [kind for kind in own if issubclass(kind, Callback)]
    result = [button for data in chat.tapped if (button := known(data, kinds)) is not None]
    assert set(kinds) - {type(button) for button in result} == set()
    asked_in_words = {GoalAction.CARD, GoalAction.BACK}
    assert (
        set(GoalAction) - asked_in_words - {button.what for button in result if isinstance(button, BeginChange)}
        == set()
    )


def known(data: str, kinds: list[type[Callback]]) -> Callback | None:
    """The button of one of these kinds; None for one of another feature."""
    with suppress(BadButton):
        return unpack(data, kinds)
    return None
