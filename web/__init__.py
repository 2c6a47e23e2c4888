"""The HTTP front: Telegram's webhook, health probes and metrics."""
