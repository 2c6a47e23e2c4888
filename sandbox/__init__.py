"""A local Telegram: a Bot API server and a chat client, so that everything runs without a token."""
