"""The heartbeat of a running process."""

from __future__ import annotations

from pathlib import Path

import pytest

from goaltree.heartbeat import heartbeat_file
from goaltree.run import Heart


async def test_it_beats_while_telegram_is_heard_and_says_once_when_it_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard = [True, False, False, False, True, True]
    heart, file, beats = Heart(tmp_path, lambda: not heard.pop(0)), heartbeat_file(tmp_path), []
    while heard:
        await heart.beat()
        beats.append(file.exists())
        file.unlink(missing_ok=True)
    assert beats == [True, False, False, False, True, True]
    assert caplog.messages == ["nothing was heard of Telegram for two polls", "Telegram is heard again"]
