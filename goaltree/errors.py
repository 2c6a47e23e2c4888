"""How a command can end badly."""


class BadUse(Exception):
    """What was asked cannot be done as it was asked (exit status 2); the message says what to do instead."""


class Failure(Exception):
    """The command was right and still could not be done (exit status 1)."""
