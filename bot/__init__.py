"""What the user sees: Telegram handlers, views, callback data and the messenger."""
