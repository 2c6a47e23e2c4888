"""A small bot on python-telegram-bot, to test the local Telegram with a real client."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes, MessageHandler, filters

from sandbox.server import LocalTelegram

BUTTONS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("✅ Done", callback_data="done"), InlineKeyboardButton("Skip", callback_data="skip")]]
)
Context = ContextTypes.DEFAULT_TYPE


@dataclass
class SmallBot:
    """Echoes texts, asks with buttons, sends and takes files; `seen` lists its updates."""

    app: Application[Any, Any, Any, Any, Any, Any]
    seen: list[Update] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    async def settle(self) -> None:
        await self.app.update_queue.join()

    async def echo(self, update: Update, context: Context) -> None:
        assert update.effective_message is not None
        verb = "You changed it to" if update.edited_message else "You said"
        await update.effective_message.reply_text(
            f"{verb} <b>{update.effective_message.text_html}</b>", parse_mode="HTML"
        )

    async def ask(self, update: Update, context: Context) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Did you run today?", reply_markup=BUTTONS)

    async def fail(self, update: Update, context: Context) -> None:
        raise RuntimeError("broken on purpose")

    async def send_file(self, update: Update, context: Context) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_document(
            io.BytesIO(b'{"a": 1}'), filename="plan.json", caption="Your plan"
        )

    async def take_file(self, update: Update, context: Context) -> None:
        assert update.effective_message is not None
        assert update.effective_message.document is not None
        file = await update.effective_message.document.get_file()
        content = bytes(await file.download_as_bytearray())
        await update.effective_message.reply_text(f"{update.effective_message.document.file_name}: {content.decode()}")

    async def tapped(self, update: Update, context: Context) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Saved")
        await update.callback_query.edit_message_text(f"You chose {update.callback_query.data}.")

    async def look(self, update: Update, context: Context) -> None:
        self.seen.append(update)

    async def remember(self, update: object, context: Context) -> None:
        assert context.error is not None
        self.errors.append(context.error)


@asynccontextmanager
async def running_bot(telegram: LocalTelegram) -> AsyncIterator[SmallBot]:
    """The small bot, polling the local Telegram."""
    app = (
        Application.builder()
        .token(telegram.token)
        .base_url(f"{telegram.base_url}/bot")
        .base_file_url(f"{telegram.base_url}/file/bot")
        .job_queue(None)
        .build()
    )
    bot = SmallBot(app)
    app.add_handler(MessageHandler(filters.ALL, bot.look), group=-1)
    app.add_handler(CommandHandler("ask", bot.ask))
    app.add_handler(CommandHandler("fail", bot.fail))
    app.add_handler(CommandHandler("file", bot.send_file))
    app.add_handler(MessageHandler(filters.Document.ALL, bot.take_file))
    app.add_handler(MessageHandler(filters.TEXT, bot.echo))
    app.add_handler(CallbackQueryHandler(bot.tapped))
    app.add_error_handler(bot.remember)
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(timeout=5, allowed_updates=Update.ALL_TYPES)
        try:
            yield bot
        finally:
            await app.updater.stop()
            await app.stop()
