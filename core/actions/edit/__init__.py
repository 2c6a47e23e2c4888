"""Changing a goal of a tree that is there: one module for each kind of edit, and `undo` for what was done last."""
