from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.telegram.keyboard import MAX_BUTTONS, AppButton, Button, Keyboard


def markup(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    """Buttons as Telegram's type; None without any. Raises ValueError for more than a message may have."""
    if not keyboard:
        return None
    if sum(map(len, keyboard)) > MAX_BUTTONS:
        raise ValueError(f"a message has at most {MAX_BUTTONS} buttons")
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in keyboard])


def _button(button: Button | AppButton) -> InlineKeyboardButton:
    if isinstance(button, Button):
        return InlineKeyboardButton(button.label, callback_data=button.data.pack())
    if button.is_link:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, web_app=WebAppInfo(button.url))
