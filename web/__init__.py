"""What others ask over HTTP: Telegram's updates by webhook, and how the process is."""
