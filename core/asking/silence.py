"""Evenings without an answer: after a few of them a person or group is asked once whether to go on, and then left in
peace until they do anything."""

from __future__ import annotations

MOST_UNANSWERED = 4
"""How many evenings in a row a chat is asked without an answer."""
ASKED_WHETHER = MOST_UNANSWERED + 1
"""The count of evenings after the question whether to go on. Anything that they write, tap or log resets it to zero."""
