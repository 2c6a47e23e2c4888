"""Modules that a process with SQLite and long polling must not load: only other roles, or rare events, need them."""

from __future__ import annotations

import signal

import pytest

from tests.goaltree.test_run import OUTLINE, Hosted, hosted  # noqa: F401 (a fixture)

pytestmark = pytest.mark.long

_AT_THE_END = """
import atexit, sys
from goaltree.cli import main

def tell():
    from bot.features.start.gazetteer import _read_gazetteer
    print(_read_gazetteer.cache_info().currsize, *sys.modules, file=sys.stderr)

atexit.register(tell)
sys.exit(main(["run"]))
"""
HEAVY = {
    "alembic": "only to migrate",
    "asyncpg": "another database",
    "sqlalchemy.dialects.postgresql": "another database",
    "sqlalchemy.ext.asyncio": "another database",
    "sqlalchemy.orm": "nothing maps rows to objects",
    "prometheus_client": "nobody can ask for figures",
    "starlette": "it serves nothing",
    "telegram.ext": "the library's own framework",
    "uvicorn": "it serves nothing",
    "core.importing.recognising": "files of other apps",
    "core.planning.document.parsing": "documents",
    "icalendar": "the calendar's feed",
    "goaltree.on_a_store": "other commands",
    "sandbox": "the local Telegram",
    "rapidfuzz": "words that are misspelt",
    "resvg_py": "the process that draws",
    "bot.pictures.worker": "the process that draws",
}


async def test_a_process_loads_only_what_it_needs(hosted: Hosted) -> None:  # noqa: F811
    hosted.program = ("-c", _AT_THE_END)
    await hosted.start()
    hosted.say(OUTLINE)
    await hosted.told("Planted")
    hosted.say("run 5")
    await hosted.told("✅ Run")
    status, log = await hosted.end(signal.SIGTERM)
    assert status == 0, log
    places, *modules = log.splitlines()[-1].split()
    assert {"bot.features.digest.letter", "telegram"} <= {*modules}
    assert {name: why for name, why in HEAVY.items() if name in modules} == {}
    assert places == "0"
