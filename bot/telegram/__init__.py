"""The parts that any Telegram bot needs; they import no feature."""
