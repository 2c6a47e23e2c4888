"""The front on Telegram: handlers, views, callback data and the messenger."""
