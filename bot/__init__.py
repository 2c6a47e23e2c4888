"""The front that users see: Telegram handlers, views, callback data and the messenger."""
