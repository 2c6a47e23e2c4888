"""A local Telegram: a Bot API server over HTTP and a terminal chat, so that a real bot runs without a token.

Nothing in here knows what the bot is for. `clock` and `world` hold the state, `server` speaks the Bot API, `terminal`
is the person's side.
"""
