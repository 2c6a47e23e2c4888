"""The input line at the foot of the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout

from sandbox.script import WORDS
from sandbox.world import World


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.document.text_before_cursor.endswith("\\"):
            buffer.delete_before_cursor()
            buffer.newline(copy_margin=False)
        else:
            buffer.validate_and_handle()

    @keys.add("escape", "enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.newline(copy_margin=False)

    return keys


class KeyboardPrompt:
    """Enter sends; Alt-Enter, or Enter after a backslash, begins a new line; a pasted block stays together."""

    def __init__(self, world: World) -> None:
        words = WordCompleter(lambda: self._words(world), sentence=True)
        self._session: PromptSession[str] = PromptSession(
            multiline=True,
            key_bindings=_keys(),
            completer=words,
            complete_while_typing=False,
            erase_when_done=True,
            reserve_space_for_menu=4,
            prompt_continuation="  ",
        )

    @contextlib.contextmanager
    def screen(self) -> Generator[None, None, None]:
        """A context in which output appears above the prompt."""
        with patch_stdout(raw=True):
            yield

    async def ask(self, label: str) -> str:
        """The person's next line. Raises EOFError or KeyboardInterrupt when they leave."""
        return await self._session.prompt_async(label)

    def print(self, text: str) -> None:
        """Print above the prompt."""
        print_formatted_text(ANSI(text))

    @staticmethod
    def _words(world: World) -> list[str]:
        commands = {command["command"] for listed in world.profile.commands.values() for command in listed}
        return [f"/{command}" for command in sorted(commands)] + [f":{word}" for word in WORDS]
