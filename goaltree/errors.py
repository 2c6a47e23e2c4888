"""The errors that end a command."""


class BadUse(Exception):
    """The request cannot be carried out as given (exit status 2); the message says what to do instead."""


class Failure(Exception):
    """The request was valid but failed (exit status 1)."""
