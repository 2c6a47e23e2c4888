"""How a command can end badly."""


class BadUse(Exception):
    """The request cannot be carried out as it stands (exit status 2); the message says what to do instead."""


class Failure(Exception):
    """The command was right and still could not be done (exit status 1)."""
