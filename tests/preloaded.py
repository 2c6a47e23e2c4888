"""Imports that all processes of the tests share: see `tests.processes`."""

import bot.application
import bot.features
import web.api.application
import web.application
import web.server  # noqa: F401

bot.features.features()
