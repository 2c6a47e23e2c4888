"""Edits in words: which goal is meant, and how it is to change."""
