"""Edits of an existing goal: one module for each kind, and `undo` for the last action."""
