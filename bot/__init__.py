"""What the user sees: Telegram handlers, views, callback data and the messenger."""

from bot import libraries

__all__ = ["libraries"]
