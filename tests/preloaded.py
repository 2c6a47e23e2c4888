"""What the processes of the tests share from their beginning: see `tests.processes`."""

import bot.application
import bot.features
import web.api.application
import web.application
import web.server  # noqa: F401

bot.features.features()
